"""The steps of the graph, each on its own."""

import json
import pickle
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apache_beam as beam
import pyarrow.parquet as pq
import pytest
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that

from pipeline import coding, preparing, staging
from pipeline.coding import Coding, Recoding
from pipeline.fold import ToCode
from pipeline.preparing import Collecting
from pipeline.sources.changes import Bounds
from pipeline.sources.files import Piece
from pipeline.sources.read import read_documents
from pipeline.sources.readers import piece_digest
from pipeline.staging import Stage, Staged, last_missing, read_left, read_list, write_batch
from pipeline.work import DoWork, Item, Task
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


def test_a_piece_is_read_as_documents_and_rejections_then_as_it_was_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    there, gone = Piece(str(tmp_path / "a.txt"), "text", len(TEXT)), Piece(str(tmp_path / "gone.txt"), "text", 1)
    document, part = read_documents(there)
    assert isinstance(document, RawDocument)
    assert part == SeenPart(source_file=there.path, start=0, digest=piece_digest(there), documents=1)
    rejected, part = read_documents(gone)
    assert isinstance(rejected, Rejected)
    assert part == SeenPart(source_file=gone.path, start=0, digest=None, documents=1)


def test_collecting_yields_an_article_with_its_sighting_or_a_stamped_rejection(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "c.txt").write_text("")
    tasks = [Task(n, Piece(str(tmp_path / name), "text", 9)) for n, name in enumerate(("a.txt", "b.txt", "c.txt"))]

    def check(items: list[Item]) -> None:
        assert sorted((item.task, item.at, item.last) for item in items) == [
            (task, at, at == 2) for task in range(3) for at in range(3)
        ]
        found = [record for item in items for record in item.holds]
        (article,) = (f for f in found if isinstance(f, Article))
        (sighting,) = (f for f in found if isinstance(f, Sighting))
        rejected = {Path(f.source_uri).name: f for f in found if isinstance(f, Rejected)}
        assert (article.text, article.run_id, article.relevant) == (TEXT, "r1", True)
        assert (sighting.article_id, sighting.source_file) == (article.article_id, str(tmp_path / "a.txt"))
        assert {uri: f.reason for uri, f in rejected.items()} == {"b.txt": "unreadable", "c.txt": "empty"}
        assert {(f.run_id, f.at) for f in rejected.values()} == {("r1", STAMP.at)}
        assert not [p for f in found for p in problems(f)]
        counted = sum((item.counts for item in items), Counter())
        assert (counted["documents"], counted["prepared"], counted["rejected"]) == (3, 1, 2)

    with local() as pipeline:
        holds(check, pipeline | beam.Create(tasks) | DoWork(Collecting(STAMP, Bounds())))


def test_items_that_are_done_are_not_done_again(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"id": str(n), "text": TEXT}) + "\n" for n in range(5)))
    task = Task(0, Piece(str(tmp_path / "a.jsonl"), "jsonl", 999), done=(range(1), range(3, 4)), last=4)

    def check(items: list[Item]) -> None:
        assert sorted(item.at for item in items) == [1, 2, 4]
        assert sum(item.counts["documents"] for item in items) == 3

    with local() as pipeline:
        holds(check, pipeline | beam.Create([task]) | DoWork(Collecting(STAMP, Bounds())))


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
    texts = {"a.txt": TEXT, "b.txt": "The museum opens at ten on Sundays and is closed on Mondays.", "c.txt": ""}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    tasks = [Task(n, Piece(str(tmp_path / name), "text", 9)) for n, name in enumerate(texts)]
    with local() as pipeline:
        _ = pipeline | beam.Create(tasks) | DoWork(Collecting(STAMP, Bounds())) | Stage(str(tmp_path))
    return read_list(str(tmp_path)).files


def test_where_nothing_is_staged_nothing_is_listed(tmp_path: Path) -> None:
    with local() as pipeline:
        _ = pipeline | beam.Create([]) | Stage(str(tmp_path))
    assert read_list(str(tmp_path)) == Staged()


def test_stage_writes_each_record_type_to_files_of_its_schema(staged: dict[str, list[str]]) -> None:
    assert set(staged) == {"seenrow", "sighting", "rejected", "seenpart"}
    for record_type in (SeenRow, Sighting, Rejected):
        files = staged[record_type.__name__.lower()]
        assert all(pq.read_schema(file).equals(arrow_schema(record_type)) for file in files)
        assert sum(pq.read_metadata(file).num_rows for file in files) == (1 if record_type is Rejected else 2)
    assert not [file for files in staged.values() for file in files if file.endswith(".parquet")]


def rejections(*places: int) -> list[Item]:
    return [
        Item(
            0, at, (Rejected(stage="read", source_uri=str(at), reason="empty", detail=""),), Counter(n=1), last=at == 4
        )
        for at in places
    ]


@pytest.mark.parametrize(("limit", "value"), [("ROWS_PER_BATCH", 2), ("TEXT_PER_BATCH", 0)])
def test_a_worker_holds_no_more_than_a_batch(
    limit: str, value: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(staging, limit, value)
    with local() as pipeline:
        _ = pipeline | beam.Create(rejections(*range(5))) | Stage(str(tmp_path))
    read = read_list(str(tmp_path))
    sizes = [pq.read_metadata(file).num_rows for file in read.files["rejected"]]
    assert sum(sizes) == 5
    assert max(sizes) == (value or 1)
    assert (read.counts, read.last) == (Counter(n=5), {0: 4})
    assert last_missing(read.done[0], 4) is None


def test_of_a_graph_that_was_broken_off_whole_batches_count(tmp_path: Path) -> None:
    write_batch(str(tmp_path), rejections(0, 1, 3))
    cut = Path(write_batch(str(tmp_path), rejections(2)))
    cut.write_bytes(cut.read_bytes()[:-5])
    read = read_left(tmp_path)
    assert (read.done, read.counts, len(read.files["rejected"])) == ({0: [range(2), range(3, 4)]}, Counter(n=3), 1)


@pytest.mark.parametrize(
    ("places", "last", "missing"),
    [
        ([], 0, 0),
        ([range(1)], 0, None),
        ([range(2, 4), range(2)], 3, None),
        ([range(2), range(3, 4)], 3, 2),
        ([range(2), range(3, 4)], 5, 5),
        ([range(1, 4)], 3, 0),
        ([range(2), range(4, 6), range(3, 5)], 5, 2),
    ],
)
def test_the_last_place_that_is_missing(places: list[range], last: int, missing: int | None) -> None:
    assert last_missing(places, last) == missing


def made(work: Coding, wanted: list[ToCode]) -> Iterator[Any]:
    """The records of some work, which has been to a worker and back."""
    sent = pickle.loads(pickle.dumps(work))
    for of in wanted:
        for article in sent.read(of):
            yield from sent.make(article)


def test_coding_codes_the_rows_it_is_given(staged: dict[str, list[str]]) -> None:
    wanted = [ToCode(file, (row,)) for file in staged["seenrow"] for row in range(pq.read_metadata(file).num_rows)]
    found = list(made(Coding(STAMP), wanted))
    assert {(e.event_type, e.source_codes, e.target_codes) for e in found} == {("return", ("GRC",), ("REF",))}
    assert {(e.run_id, e.pipeline_version) for e in found} == {("r1", "9")}
    assert not [p for f in found for p in problems(f)]


def test_recoding_judges_every_one(staged: dict[str, list[str]]) -> None:
    wanted = [ToCode(file, (row,)) for file in staged["seenrow"] for row in range(pq.read_metadata(file).num_rows)]
    found = list(made(Recoding(STAMP), wanted))
    assert sorted(f.relevant for f in found if isinstance(f, Judgement)) == [False, True]
    assert [f.event_type for f in found if isinstance(f, Event)] == ["return"]


def test_an_article_that_cannot_be_coded_keeps_its_row_and_is_named(
    monkeypatch: pytest.MonkeyPatch, staged: dict[str, list[str]]
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(coding, "code_article", fail)
    (article,) = coding.read_rows(ToCode(staged["seenrow"][0], (0,)))
    (rejected,) = coding.code_counted(article, STAMP)
    assert isinstance(rejected, Rejected)
    assert (rejected.stage, rejected.reason, rejected.run_id) == ("code", "failed", "r1")
