"""Questions in SQL: what they answer, and that they reach nothing but the datasets."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.commands.sql import sql
from pipeline.errors import UsageError
from pipeline.query import ask, engine_over
from pipeline.snapshots import Output, Snapshot
from schemas.columns import columns
from schemas.dictionary import DATASETS, PARTITIONED


def rows(output: Path, query: str) -> list[tuple[Any, ...]]:
    with engine_over(Output(output).current()) as engine:
        return [tuple(row) for row in ask(engine, query).rows]


def printed(*words: object, given: str | None = None) -> str:
    done = CliRunner().invoke(sql, [str(word) for word in words], input=given, catch_exceptions=False)
    return done.output


def test_every_dataset_is_a_table_with_its_columns_and_partitions(world: Path) -> None:
    for name, record_type in DATASETS.items():
        described = [column for column, *_ in rows(world, f"DESCRIBE {name}")]
        partitions = ["year", "month"] if name in PARTITIONED else []
        assert described == [column.name for column in columns(record_type)] + partitions
    assert rows(world, "SELECT year, month, count(*) FROM events WHERE year = 2017 GROUP BY ALL ORDER BY ALL") == [
        (2017, 2, 2),
        (2017, 12, 2),
    ]
    assert rows(world, "SELECT s.name FROM events, unnest(sources) AS u(s) WHERE event_type = 'aid'") == [("Italy",)]


def test_datasets_of_nothing_can_be_asked(tmp_path: Path) -> None:
    with engine_over(Snapshot(0, tmp_path)) as engine:
        assert list(ask(engine, "SELECT count(*), min(month) FROM events").rows) == [(0, None)]


@pytest.mark.parametrize(
    "query",
    [
        "COPY events TO '{outside}'",
        "COPY (SELECT 1) TO '{inside}'",
        "SELECT * FROM '{secret}'",
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM read_parquet('{inside}')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM sniff_csv('{secret}')",
        "WITH x AS (SELECT * FROM read_blob('{secret}')) FROM x",
        "SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')",
        "ATTACH '{outside}'",
        "EXPORT DATABASE '{outside}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SELECT 1; COPY events TO '{outside}'",
        "EXPLAIN ANALYZE COPY events TO '{outside}'",
        "CREATE TABLE mine AS SELECT 1",
        "DROP VIEW events",
        "DELETE FROM events",
        "SELECT * FROM canary",
        "SELECT * FROM query_table('canary')",
        "",
        "selec",
        "SELECT nothing FROM events",
        "SELECT CAST(evidence AS INTEGER) FROM events",
    ],
)
def test_what_reaches_out_writes_or_is_wrong_is_refused(query: str, world: Path, tmp_path: Path) -> None:
    canary = [{"a": 1}]  # noqa: F841  a name of the caller's, which an engine that may look would find
    secret, outside = tmp_path / "secret", tmp_path / "outside"
    secret.write_text("secret\n")
    inside = Output(world).current().files("coverage")[0]
    before = inside.read_bytes()
    with pytest.raises(UsageError) as refused:
        rows(world, query.format(secret=secret, outside=outside, inside=inside))
    assert "\n" not in str(refused.value)
    assert [p.name for p in tmp_path.iterdir()] == ["secret"]
    assert inside.read_bytes() == before


def test_a_question_leaves_nothing_behind(world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    rows(world, "SELECT count(*) FROM events AS a, events AS b")
    assert [p.name for p in tmp_path.rglob("*")] == ["scratch"]


def test_answers_as_csv_json_table_and_records(world: Path) -> None:
    query = "SELECT title, publisher, published_date FROM articles WHERE title LIKE '=%'"
    head, row = csv.reader(io.StringIO(printed(world, query, "--as", "csv")))
    assert (head, row) == (
        ["title", "publisher", "published_date"],
        ["'=Formula in a headline", """'+Publisher of "formulas", inc.""", "2021-07-05"],
    )
    assert json.loads(printed(world, "--as", "json", given=query)) == [
        {
            "title": "=Formula in a headline",
            "publisher": '+Publisher of "formulas", inc.',
            "published_date": "2021-07-05",
        }
    ]
    assert "=Formula in a headline" in printed(world, query)
    records = dict(
        line.split(None, 1)
        for line in printed(world, "FROM events WHERE event_type = 'aid'").splitlines()
        if len(line.split(None, 1)) == 2
    )
    assert records["evidence"] == "Italy gave the Libyan coastguard four patrol boats."
