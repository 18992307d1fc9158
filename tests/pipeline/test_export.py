"""The datasets in other forms, read back."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from world import WORLD

from pipeline.errors import UsageError
from pipeline.export import FORMS, PUBLISHERS, export
from pipeline.polecat import COLUMNS
from pipeline.snapshots import Output
from schemas.dictionary import DATASETS


@pytest.fixture(scope="module")
def exported(world: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("exported")
    for form in FORMS:
        export(Output(world).current(), form, folder / form)
    return {form: folder / form for form in FORMS}


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_spreadsheets_have_parties_and_figures_as_columns_that_go_together(exported: dict[str, Path]) -> None:
    events = read_csv(exported["csv"] / "events.csv")
    assert len(events) == 17
    (refusal,) = (event for event in events if event["event_date"] == "2018-06-24" and event["event_type"] == "refusal")
    assert (refusal["sources_name"], refusal["sources_code"], refusal["source_codes"]) == (
        "Italy; Malta",
        "ITA; MLT",
        "ITA; MLT",
    )
    assert refusal["targets_actor_id"] == "vessel/lifeline"
    assert refusal["published_at"] == "2018-06-25 08:30:00+00:00"
    (admission,) = (event for event in events if event["event_type"] == "admission")
    assert (admission["targets_name"], admission["targets_actor_id"]) == ("Lifeline; migrants", "vessel/lifeline; ")
    assert (admission["figures_value"], admission["figures_unit"], admission["figures_value_max"]) == (
        "234",
        "people",
        "",
    )
    articles = read_csv(exported["csv"] / "articles.csv")
    assert len(articles) == 13
    assert not {"text", "quotes_text"} & articles[0].keys()


def test_no_cell_of_a_spreadsheet_is_a_formula(exported: dict[str, Path]) -> None:
    cells = [
        (value, path.name) for path in exported["csv"].glob("*.csv") for row in read_csv(path) for value in row.values()
    ]
    texts = [value for value, _ in cells if value[:1] in "=+-@\t\r" and value]
    assert all(float(text) <= 0 for text in texts)  # numbers below zero, and nothing else
    assert {"'=Formula in a headline", "'@migrants", """'+Publisher of "formulas", inc."""} <= {
        value for value, _ in cells
    }


def test_spreadsheets_are_read_by_what_reads_csv(exported: dict[str, Path]) -> None:
    for name, rows in (("events", 17), ("clusters", 15), ("coverage", 13), ("rejected", 0)):
        path = exported["csv"] / f"{name}.csv"
        assert len(pd.read_csv(path)) == len(pl.read_csv(path, infer_schema_length=None)) == rows
    assert {"plover", "cameo", "acled", "iom", "demig"} == set(
        pd.read_csv(exported["csv"] / "crosswalks.csv")["scheme"]
    )


def test_what_is_shared_holds_no_words_of_the_publishers(exported: dict[str, Path], world: Path) -> None:
    folder = exported["shareable"]
    for name in DATASETS:
        shared, whole = (ds.dataset(at / name, partitioning="hive").to_table() for at in (folder, world))
        left_out = [column for table, column in PUBLISHERS if table == name]
        assert shared.equals(whole.drop_columns(left_out))
    content = b"".join(
        repr(pq.read_table(p, partitioning=None).to_pylist()).encode() for p in folder.rglob("*.parquet")
    )
    assert not [
        event["evidence"] for told in WORLD for event in told["events"] if event["evidence"].encode() in content
    ]


def test_what_is_shared_is_described_and_cited_as_the_snapshot_that_it_is_of(
    exported: dict[str, Path], world: Path
) -> None:
    said, whole = (json.loads((at / "croissant.json").read_text()) for at in (exported["shareable"], world))
    assert said["citeAs"] == whole["citeAs"] == (exported["shareable"] / "CITATION.txt").read_text().strip()
    fields = {f"{r['name']}/{field['name']}" for r in said["recordSet"] for field in r["field"]}
    assert not fields & {"articles/text", "articles/quotes", "events/evidence"}
    assert {"articles/title", "events/trigger"} <= fields
    for line in (exported["shareable"] / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((exported["shareable"] / name).read_bytes()).hexdigest() == digest


def test_plover_events_have_the_columns_of_polecat(exported: dict[str, Path]) -> None:
    head, *lines = (exported["plover"] / "events.txt").read_text(encoding="utf-8").splitlines()
    assert head.split("\t") == list(COLUMNS)
    assert len(COLUMNS) == len(set(COLUMNS)) == 40
    rows: list[dict[str, Any]] = [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines]
    assert len(rows) == 15  # but not the two incidents
    (refusal,) = (row for row in rows if row["Event Date"] == "2018-06-24" and row["Event Type"] == "REJECT")
    assert (refusal["Actor Name"], refusal["Actor Country"], refusal["Primary Actor Sector"]) == (
        "Italy; Malta",
        "ITA; MLT",
        "GOV",
    )
    assert (refusal["Quad Code"], refusal["Recipient Name"], refusal["Publication Date"]) == (
        "VERBAL CONFLICT",
        "Lifeline",
        "2018-06-25",
    )
    assert {row["Event Mode"] for row in rows} == {"", "disapprove", "deport"}


def test_an_export_that_cannot_be_written_leaves_nothing(world: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(UsageError, match="is there already"):
        export(Output(world).current(), "csv", tmp_path / "there")
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot write to"):
        export(Output(world).current(), "csv", tmp_path / "file" / "below")
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["file", "there"]
