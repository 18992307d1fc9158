"""A whole run in a temporary folder: what is published, how it adds up, and what does not change it."""

import gzip
import json
import random
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from backports import zstd

from pipeline import partitions
from pipeline.run import run
from pipeline.run_options import RunOptions
from schemas.columns import arrow_schema
from schemas.dictionary import DATASETS
from schemas.runs import RunRecord

SEEDS = Path(__file__).parents[2] / "seeds"
OF_THE_RUN = ["run_id", "pipeline_version"]


def run_over(output: Path, *seeds: Path, beam: tuple[str, ...] = ()) -> RunRecord:
    return run(RunOptions(seeds=tuple(map(str, seeds)), output=str(output), beam=beam))


def rows(output: Path, table: str, leave_out: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    data = ds.dataset(output / table, partitioning="hive").to_table()
    return data.drop_columns([c for c in (*OF_THE_RUN, *leave_out) if c in data.column_names]).to_pylist()


def became(record: RunRecord) -> dict[str, int]:
    """What became of documents, zeros aside."""
    return {name: count for name, count in record.counts.items() if count}


def in_order(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda row: json.dumps(row, sort_keys=True, default=str))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RunRecord]:
    """The shipped seeds, published once."""
    output = tmp_path_factory.mktemp("published")
    return output, run_over(output, SEEDS)


def test_the_run_adds_up_and_leaves_a_record(published: tuple[Path, RunRecord]) -> None:
    output, record = published
    assert became(record) == {"read": 3, "new": 3}
    assert record.snapshot == 1
    assert sum(record.events.values()) == len(rows(output, "events")) > 10
    (kept,) = (output / "_runs").iterdir()
    assert json.loads(kept.read_text())["counts"] == record.counts
    assert json.loads((output / "_current" / "run.json").read_text())["run_id"] == record.run_id
    assert not any((output / "_staging").iterdir())


def test_every_file_has_the_schema_of_its_dataset_sorted_and_in_one_row_group(
    published: tuple[Path, RunRecord],
) -> None:
    output, _ = published
    for table, record_type in DATASETS.items():
        files = sorted((output / table).rglob("*.parquet"))
        assert files
        for file in files:
            parquet = pq.ParquetFile(file)
            assert parquet.schema_arrow.equals(arrow_schema(record_type), check_metadata=True)
            assert parquet.metadata.num_row_groups <= 1
            if parquet.metadata.num_row_groups:
                assert parquet.metadata.row_group(0).column(0).compression == "ZSTD"
    for table in ("articles", "events"):
        for file in (output / table).rglob("*.parquet"):
            stamps = [at for at in pq.read_table(file)["published_at"].to_pylist() if at]
            assert stamps == sorted(stamps)


def test_what_points_somewhere_points_there(published: tuple[Path, RunRecord]) -> None:
    output, _ = published
    articles = {row["article_id"]: row for row in rows(output, "articles")}
    events = rows(output, "events")
    clusters = {row["event_cluster_id"]: row for row in rows(output, "clusters")}
    assert len({e["event_id"] for e in events}) == len(events)
    for event in events:
        article = articles[event["article_id"]]
        told = article[event["evidence_field"]]
        assert told[event["evidence_start"] : event["evidence_end"]] == event["evidence"]
        for actor in event["sources"] + event["targets"]:
            if actor["start"] is not None:
                assert told[actor["start"] : actor["end"]] == actor["name"]
        assert event["event_id"] in clusters[event["event_cluster_id"]]["event_ids"]
        assert event["source_codes"] == sorted({a["code"] for a in event["sources"]})
        assert (event["published_date"], event["publisher"]) == (article["published_date"], article["publisher"])
        assert event["series_date"] == event["event_date"] or event["event_date"] is None
    assert sum(row["reports"] for row in clusters.values()) == len(events)
    (total,) = duckdb.sql(f"SELECT sum(articles), sum(events) FROM '{output}/coverage/*.parquet'").fetchall()
    assert total == (len(articles), len(events))


def test_readers_find_the_data_through_the_public_path(published: tuple[Path, RunRecord]) -> None:
    output, _ = published
    events = str(output / "events")
    expected = len(rows(output, "events"))
    assert ds.dataset(events, partitioning="hive").count_rows() == expected
    by_month = duckdb.sql(
        f"SELECT year, month, count(*) FROM '{events}/**/*.parquet' GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    assert sum(count for *_, count in by_month) == expected
    lazy = pl.scan_parquet(f"{events}/**/*.parquet", hive_partitioning=True)
    assert lazy.select(pl.len()).collect().item() == expected
    codes = lazy.explode("sources").select(pl.col("sources").struct.field("code")).collect()["code"].drop_nulls()
    assert sorted(codes) == sorted(a["code"] for event in rows(output, "events") for a in event["sources"])
    frame = pd.read_parquet(events)
    assert len(frame) == expected
    assert {"year", "month", "source_codes"} <= set(frame.columns)


def test_a_second_run_changes_nothing(published: tuple[Path, RunRecord], tmp_path: Path) -> None:
    output = tmp_path / "output"
    run_over(output, SEEDS)
    before = {p: p.stat().st_mtime_ns for p in output.rglob("*.parquet")}
    record = run_over(output, SEEDS)
    assert became(record) == {"unchanged": 3}
    assert record.snapshot is None
    assert {p: p.stat().st_mtime_ns for p in output.rglob("*.parquet")} == before
    for table in DATASETS:
        assert rows(output, table) == rows(published[0], table)


def write_news(folder: Path, *, order: int = 0, packing: str = "") -> Path:
    """Some articles as JSON lines, copies and one broken line among them, in one of many orders."""
    places = ["Lampedusa", "Lesbos", "Ceuta", "Samos", "Calais", "Dover", "Malta", "Crete"]
    lines = []
    for number, place in enumerate(places):
        text = (
            f"The coastguard rescued {number + 20} migrants off {place} on Monday, officials said. "
            f"They were taken to a reception centre near {place}, where the Red Cross gave them blankets and food. "
            f"The interior minister thanked the crew of the patrol boat and asked other states for help. "
        )
        record = {
            "id": f"n{number}",
            "text": text * 2,
            "published": f"2019-0{number % 3 + 1}-1{number}",
            "title": f"Rescue off {place}",
        }
        lines.append(json.dumps(record))
        if number % 3 == 0:
            record |= {
                "id": f"copy{number}",
                "text": text * 2 + "Copyright of somebody else.",
                "published": "2019-04-01",
            }
            lines.append(json.dumps(record))
    lines.append("{broken")
    random.Random(order).shuffle(lines)
    path = folder / f"news-{order}{packing}"
    folder.mkdir(parents=True, exist_ok=True)
    content = "\n".join(lines).encode()
    path = folder / f"news.jsonl{packing}"
    path.write_bytes({"": bytes, ".gz": gzip.compress, ".zst": zstd.compress}[packing](content))
    return path


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("news") / "output"
    record = run_over(output, write_news(output.parent / "in"))
    assert became(record) == {"read": 12, "new": 11, "rejected": 1, "copies": 3}
    return output


@pytest.mark.parametrize(("order", "packing"), [(1, ""), (2, ".gz"), (3, ".zst")])
def test_order_and_packing_change_no_row(news: Path, tmp_path: Path, order: int, packing: str) -> None:
    run_over(tmp_path / "output", write_news(tmp_path / "in", order=order, packing=packing))
    for table in ("articles", "events", "clusters", "coverage"):
        assert in_order(rows(tmp_path / "output", table, ("source_uri",))) == in_order(
            rows(news, table, ("source_uri",))
        )


def test_the_number_of_workers_changes_no_row(news: Path, tmp_path: Path) -> None:
    workers = ("--direct_num_workers=2", "--direct_running_mode=multi_processing")
    shutil.copytree(news.parent / "in", tmp_path / "in")
    run_over(tmp_path / "output", tmp_path / "in", beam=workers)
    for table in ("articles", "events", "clusters", "coverage"):
        assert in_order(rows(tmp_path / "output", table, ("source_uri",))) == in_order(
            rows(news, table, ("source_uri",))
        )


def test_runs_over_parts_make_what_one_run_over_all_makes(news: Path, tmp_path: Path) -> None:
    lines = (news.parent / "in" / "news.jsonl").read_bytes().splitlines()
    for number, part in enumerate((lines[5:], lines[:5])):
        (tmp_path / f"part{number}.jsonl").write_bytes(b"\n".join(part))
        run_over(tmp_path / "output", tmp_path / f"part{number}.jsonl")
    for table in ("articles", "events", "clusters"):
        assert in_order(rows(tmp_path / "output", table, ("source_uri",))) == in_order(
            rows(news, table, ("source_uri",))
        )


def test_a_changed_file_replaces_its_articles_and_leaves_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Italy closed its ports to rescue ships on Monday, the interior ministry said.")
    (folder / "b.txt").write_text("Greece returned 40 migrants to Turkey on Tuesday, police said.")
    (folder / "c.txt").write_bytes(b"")
    run_over(tmp_path / "output", folder)
    (folder / "a.txt").write_text("Italy reopened its ports to rescue ships on Friday, the interior ministry said.")
    (folder / "c.txt").write_text("Spain rescued 50 migrants near Ceuta on Sunday, the coastguard said.")
    record = run_over(tmp_path / "output", folder)
    assert became(record) == {"read": 2, "new": 2, "unchanged": 1}
    assert [
        row["text"].split()[0] for row in sorted(rows(tmp_path / "output", "articles"), key=lambda r: r["source_uri"])
    ] == ["Italy", "Greece", "Spain"]
    assert not [row for row in rows(tmp_path / "output", "articles") if "closed" in row["text"]]
    assert rows(tmp_path / "output", "rejected") == []
    known = {row["article_id"] for row in rows(tmp_path / "output", "articles")}
    assert {row["article_id"] for row in rows(tmp_path / "output", "events")} <= known


BAD_INPUT = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "binary.txt": (bytes(range(256)) * 40, "binary"),
    "large.txt": (b"word " * 11_000_000, "too_large"),
    "page.html": (b"<html><body><nav>Menu</nav></body></html>", "not_an_article"),
    "cut.txt.gz": (gzip.compress(b"A text that was cut." * 500)[:-30], "unreadable"),
    "paper.pdf": (b"%PDF-1.4", "unsupported"),
    "lines.jsonl": (b'{"id": "x", "title": "no text"}\n{oops\n{"id": "bytes", "text": "\xff"}\n', None),
}


def test_bad_input_is_rejected_with_a_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, (content, _) in BAD_INPUT.items():
        (folder / name).write_bytes(content)
    (folder / "good.txt").write_text("Malta and Libya signed a memorandum on migration in Tripoli on Thursday.")
    record = run_over(tmp_path / "output", folder)
    rejected = {row["source_uri"].removeprefix(f"{folder}/"): row for row in rows(tmp_path / "output", "rejected")}
    assert {name: row["reason"] for name, row in rejected.items()} == {
        **{name: reason for name, (_, reason) in BAD_INPUT.items() if reason},
        "lines.jsonl#x": "no_text",
        "lines.jsonl#byte=32": "invalid_json",
        "lines.jsonl#byte=38": "undecodable",
    }
    assert all(len(row["detail"]) > 15 for row in rejected.values())
    assert record.counts["read"] == record.counts["new"] + record.counts["rejected"] == 11
    assert sum(record.rejected.values()) == 10
    again = run_over(tmp_path / "output", folder)
    assert again.snapshot is None


def test_a_run_that_fails_leaves_the_dataset_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "output"
    run_over(output, SEEDS)
    before = {p.relative_to(output): p.read_bytes() for p in output.rglob("*.parquet")}
    with monkeypatch.context() as patch:
        patch.setattr(partitions, "write", lambda *_: (_ for _ in ()).throw(OSError("no space left on device")))
        with pytest.raises(OSError, match="no space left"):
            run_over(output, write_news(tmp_path / "in"))
    assert {p.relative_to(output): p.read_bytes() for p in output.rglob("*.parquet")} == before
    record = run_over(output, write_news(tmp_path / "in"))
    assert record.counts["new"] == 11


def test_untouched_partitions_are_linked_and_not_written(news: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    run_over(output, news.parent / "in")
    before = {
        p.relative_to(output / "_snapshots/1"): p.stat().st_ino
        for p in (output / "_snapshots/1/articles").rglob("*.parquet")
    }
    late = tmp_path / "late.jsonl"
    late.write_text(
        json.dumps(
            {
                "id": "late",
                "text": "Spain rescued 50 migrants near Ceuta, the coastguard said.",
                "published": "2021-05-05",
            }
        )
    )
    run_over(output, late)
    after = {
        p.relative_to(output / "_snapshots/2"): p.stat().st_ino
        for p in (output / "_snapshots/2/articles").rglob("*.parquet")
    }
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1


def test_the_manifest_tells_what_the_seeds_do_not(published: tuple[Path, RunRecord]) -> None:
    for row in rows(published[0], "articles"):
        assert row["publisher"]
        assert isinstance(row["published_date"], date)
        assert row["published_basis"] == "manifest"
