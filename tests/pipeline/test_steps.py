"""The steps of the graph, each on its own."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apache_beam as beam
import pyarrow.parquet as pq
import pytest
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that

from pipeline import coding, preparing, staging
from pipeline.coding import CodeArticles, RecodeArticles
from pipeline.fold import ToCode
from pipeline.preparing import PrepareArticles
from pipeline.sources.changes import Bounds
from pipeline.sources.files import Piece
from pipeline.sources.read import ReadPieces
from pipeline.sources.readers import piece_digest
from pipeline.staging import Stage, read_list
from schemas.articles import Article
from schemas.columns import arrow_schema, problems
from schemas.documents import RawDocument, Rejected
from schemas.events import Event
from schemas.runs import RunStamp
from schemas.state import Judgement, SeenPart, SeenRow, Sighting

STAMP = RunStamp(run_id="r1", at=datetime(2018, 6, 25, tzinfo=UTC), pipeline_version="9")
TEXT = "Greece returned 40 migrants to Turkey on Tuesday, the Greek police said."


def holds(check: Callable[[list[Any]], None], collection: beam.PCollection[Any]) -> None:
    assert_that(collection, check)


def local() -> TestPipeline:
    return TestPipeline(runner="FnApiRunner")


def document(text: str, uri: str = "a.txt") -> RawDocument:
    return RawDocument(
        source_uri=uri, source_file=uri, source_kind="seed", media_type="text/plain", body=text.encode(), raw_hash="h"
    )


def test_read_pieces_yields_documents_and_rejections(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    pieces = [Piece(str(tmp_path / "a.txt"), "text", len(TEXT)), Piece(str(tmp_path / "gone.txt"), "text", 1)]

    def check(found: list[Any]) -> None:
        assert {type(f) for f in found} == {RawDocument, Rejected, SeenPart}
        parts = {Path(f.source_file).name: f for f in found if isinstance(f, SeenPart)}
        assert {name: part.documents for name, part in parts.items()} == {"a.txt": 1, "gone.txt": 1}
        assert parts["gone.txt"].digest is None
        assert parts["a.txt"].digest == piece_digest(pieces[0])

    with local() as pipeline:
        holds(check, pipeline | beam.Create(pieces) | ReadPieces())


def test_prepare_articles_yields_an_article_with_its_sighting_or_a_stamped_rejection() -> None:
    earlier = Rejected(stage="read", source_uri="b.txt", reason="unreadable", detail="gone")

    def check(found: list[Any]) -> None:
        (article,) = (f for f in found if isinstance(f, Article))
        (sighting,) = (f for f in found if isinstance(f, Sighting))
        rejected = {f.source_uri: f for f in found if isinstance(f, Rejected)}
        assert (article.text, article.run_id, article.relevant) == (TEXT, "r1", True)
        assert (sighting.article_id, sighting.source_file) == (article.article_id, "a.txt")
        assert {uri: f.reason for uri, f in rejected.items()} == {"b.txt": "unreadable", "c.txt": "empty"}
        assert {(f.run_id, f.at) for f in rejected.values()} == {("r1", STAMP.at)}
        assert not [p for f in found for p in problems(f)]

    with local() as pipeline:
        made = beam.Create([document(TEXT), earlier, document("", "c.txt")])
        holds(check, pipeline | made | PrepareArticles(STAMP, Bounds()))


def test_a_document_that_fails_unforeseen_is_rejected_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(preparing, "prepare", fail)
    (rejected,) = preparing.prepare_counted(document(TEXT), STAMP, Bounds())
    assert isinstance(rejected, Rejected)
    assert (rejected.reason, rejected.source_uri) == ("failed", "a.txt")
    assert "ZeroDivisionError: boom" in rejected.detail


@pytest.fixture
def staged(tmp_path: Path) -> dict[str, list[str]]:
    texts = [
        document(TEXT, "a.txt"),
        document("The museum opens at ten on Sundays and is closed on Mondays.", "b.txt"),
        document("", "c.txt"),
    ]
    with local() as pipeline:
        _ = pipeline | beam.Create(texts) | PrepareArticles(STAMP, Bounds()) | Stage(str(tmp_path))
    return read_list(str(tmp_path))


def test_where_nothing_is_staged_nothing_is_listed(tmp_path: Path) -> None:
    with local() as pipeline:
        _ = pipeline | beam.Create([]) | Stage(str(tmp_path))
    assert read_list(str(tmp_path)) == {}


def test_stage_writes_each_record_type_to_files_of_its_schema(staged: dict[str, list[str]]) -> None:
    assert set(staged) == {"seenrow", "sighting", "rejected"}
    for record_type in (SeenRow, Sighting, Rejected):
        files = staged[record_type.__name__.lower()]
        assert all(pq.read_schema(file).equals(arrow_schema(record_type)) for file in files)
        assert sum(pq.read_metadata(file).num_rows for file in files) == (1 if record_type is Rejected else 2)
    assert not [file for files in staged.values() for file in files if file.endswith(".parquet")]


def test_a_worker_holds_no_more_rows_than_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(staging, "ROWS_PER_FILE", 2)
    records = [Rejected(stage="read", source_uri=str(i), reason="empty", detail="") for i in range(5)]
    with local() as pipeline:
        _ = pipeline | beam.Create(records) | Stage(str(tmp_path))
    sizes = [pq.read_metadata(file).num_rows for file in read_list(str(tmp_path))["rejected"]]
    assert sum(sizes) == 5
    assert max(sizes) == 2


def test_code_articles_codes_the_rows_it_is_given(staged: dict[str, list[str]]) -> None:
    wanted = [ToCode(file, (0,)) for file in staged["seenrow"]] + [ToCode(file, (1,)) for file in staged["seenrow"]]

    def check(found: list[Any]) -> None:
        assert {(e.event_type, e.source_codes, e.target_codes) for e in found} == {("return", ("GRC",), ("REF",))}
        assert {(e.run_id, e.pipeline_version) for e in found} == {("r1", "9")}
        assert not [p for f in found for p in problems(f)]

    with local() as pipeline:
        holds(check, pipeline | beam.Create(wanted) | CodeArticles(STAMP))


def test_recode_articles_judges_every_one(staged: dict[str, list[str]]) -> None:
    wanted = [ToCode(file, (0, 1)) for file in staged["seenrow"]]

    def check(found: list[Any]) -> None:
        assert sorted(f.relevant for f in found if isinstance(f, Judgement)) == [False, True]
        assert [f.event_type for f in found if isinstance(f, Event)] == ["return"]

    with local() as pipeline:
        holds(check, pipeline | beam.Create(wanted) | RecodeArticles(STAMP))


def test_an_article_that_cannot_be_coded_keeps_its_row_and_is_named(
    monkeypatch: pytest.MonkeyPatch, staged: dict[str, list[str]]
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(coding, "code_article", fail)
    (article, _) = coding.read_rows(ToCode(staged["seenrow"][0], (0, 1)))
    (rejected,) = coding.code_counted(article, STAMP)
    assert isinstance(rejected, Rejected)
    assert (rejected.stage, rejected.reason, rejected.run_id) == ("code", "failed", "r1")
