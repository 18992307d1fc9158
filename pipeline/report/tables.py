"""What the report is about, read from a snapshot by the queries beside this file."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import duckdb

from pipeline.identity import described
from pipeline.snapshots import TABLES, Output
from pipeline.tables import view
from schemas.dictionary import DATASETS

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tables:
    """Rows of the queries, and the snapshot that they are of."""

    clusters: list[Row]
    """`queries/clusters.sql`"""
    actors: list[Row]
    """`queries/actors.sql`"""
    coverage: list[Row]
    """`queries/coverage.sql`"""
    standoffs: list[Row]
    """`queries/standoffs.sql`"""
    snapshot: Row
    """What one needs to cite it: its number and id, its run and the versions that made it."""


def query(name: str) -> str:
    """The text of a query."""
    return files("pipeline.report").joinpath("queries", f"{name}.sql").read_text(encoding="utf-8")


def read(output: Output) -> Tables:
    """All that the report shows of the current snapshot of a dataset.

    Raises:
        DamagedError: the snapshot does not say what it is.

    """
    snapshot = output.current()
    said = described(snapshot)
    engine = duckdb.connect()
    for table in TABLES:
        view(engine, table, DATASETS[table], snapshot.files(table))
    (articles, relevant, reports, coders) = _rows(
        engine,
        """
        SELECT (SELECT count(*) FROM articles) AS articles,
               (SELECT count(*) FILTER (relevant) FROM articles) AS relevant,
               (SELECT count(*) FROM events) AS reports,
               (SELECT list(DISTINCT coder_version ORDER BY coder_version) FROM events) AS coders
        """,
    )[0].values()
    return Tables(
        **{name: _rows(engine, query(name)) for name in ("clusters", "actors", "coverage", "standoffs")},
        snapshot={
            "number": snapshot.number,
            "cite": said.citation,
            "id": said.snapshot_id,
            "run": said.record["run_id"],
            "made": said.record["ended_at"],
            "version": said.record["pipeline_version"],
            "coders": coders or [],
            "articles": articles,
            "relevant": relevant,
            "reports": reports,
        },
    )


def _rows(engine: duckdb.DuckDBPyConnection, sql: str) -> list[Row]:
    found = engine.execute(sql)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
