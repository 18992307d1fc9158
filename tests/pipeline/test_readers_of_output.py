"""What comes out, as its users read it: the same rows, partition columns as numbers, nested fields as such."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import pytest
from docs_code import blocks, run_beside, sections

Rows = list[dict[str, Any]]


def by_duckdb(events: Path) -> Rows:
    return (
        duckdb.sql(f"SELECT * FROM read_parquet('{events}/**/*.parquet', hive_partitioning = true)")
        .to_arrow_table()
        .to_pylist()
    )


def by_polars(events: Path) -> Rows:
    return pl.scan_parquet(f"{events}/**/*.parquet", hive_partitioning=True).collect().to_dicts()


def by_pyarrow(events: Path) -> Rows:
    return ds.dataset(events, partitioning="hive").to_table().to_pylist()


def by_pandas(events: Path) -> Rows:
    frame = pd.read_parquet(events)
    return [{key: plain(value) for key, value in row.items()} for row in frame.to_dict("records")]


def plain(value: Any) -> Any:
    """What pandas holds, as the others give it: arrays as lists, its own instants as Python's."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return None if isinstance(value, float) and value != value else value


@pytest.mark.parametrize("read", [by_duckdb, by_polars, by_pyarrow, by_pandas])
def test_every_reader_gets_the_same(read: Callable[[Path], Rows], world: Path) -> None:
    rows = read(world / "events")
    assert len(rows) == 17
    assert {(row["year"], row["month"]) for row in rows} >= {(2017, 2), (2017, 12), (2018, 6)}
    (refusal,) = (row for row in rows if row["event_type"] == "refusal" and row["year"] == 2018)
    assert refusal["event_date"] == date(2018, 6, 24)
    assert refusal["published_at"].astimezone(UTC) == datetime(2018, 6, 25, 8, 30, tzinfo=UTC)
    assert refusal["source_codes"] == ["ITA", "MLT"]
    assert [(actor["name"], actor["sector"], actor["nationalities"]) for actor in refusal["sources"]] == [
        ("Italy", "GOV", []),
        ("Malta", "GOV", []),
    ]
    assert refusal["targets"][0]["actor_id"] == "vessel/lifeline"
    assert refusal["place_name"] is None
    (aid,) = (row for row in rows if row["event_type"] == "aid")
    assert aid["figures"] == [{"value": 4.0, "value_max": None, "unit": "boats", "quantifier": "exact"}]


@pytest.mark.parametrize(
    ("reader", "name", "rows"),
    [("DuckDB", None, 0), ("Polars", "sources", 18), ("pandas", "sources", 18), ("pyarrow", "june", 3)],
)
def test_the_code_in_the_docs(reader: str, name: str | None, rows: int, world: Path, capsys: Any) -> None:
    (code,) = blocks(sections("loading.md")[reader], "python")
    found = run_beside(world, code)
    if name is None:
        assert "Lifeline" in capsys.readouterr().out
    else:
        assert len(found[name]) == rows
