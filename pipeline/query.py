"""Questions in SQL to the current snapshot, by an engine that can reach nothing else.

The engine is given the datasets as tables of Arrow and has no file system, no extensions and no names of this process:
a query reads them and computes, whatever it says.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from pipeline.errors import UsageError
from pipeline.snapshots import Snapshot
from pipeline.tables import connect
from schemas.columns import arrow_schema, to_table
from schemas.crosswalk import SCHEMES, Mapping, mappings
from schemas.dictionary import DATASETS, PARTITIONED

PARTITION_COLUMNS = pa.schema([pa.field("year", pa.int32()), pa.field("month", pa.int32())])

_AT_A_TIME = 1_000
_LOCKED = ("python_enable_replacements = false", "enable_external_access = false", "lock_configuration = true")
_ASKING = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.MULTI}
"""MULTI is what PIVOT comes as."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of an answer, to be gone through once while the engine is open."""

    names: tuple[str, ...]
    rows: Iterator[Sequence[Any]]


@contextmanager
def engine_over(snapshot: Snapshot) -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine that knows the datasets of a snapshot and the crosswalks by name, and nothing else; times are UTC."""
    with tempfile.TemporaryDirectory(prefix="migration-events-") as scratch, connect(Path(scratch)) as engine:
        for name, record_type in DATASETS.items():
            engine.register(name, _dataset(snapshot, name, record_type))
        engine.register("crosswalks", to_table(Mapping, [row for scheme in SCHEMES for row in mappings(scheme)]))
        engine.execute("SET preserve_insertion_order = true")
        for setting in _LOCKED:
            engine.execute(f"SET {setting}")
        yield engine


def ask(engine: duckdb.DuckDBPyConnection, query: str) -> Answer:
    """Ask one question.

    Args:
        engine: as `engine_over` gives it.
        query: one SELECT, or what DuckDB takes for one: FROM, WITH, DESCRIBE, SUMMARIZE, EXPLAIN, PIVOT.

    Raises:
        UsageError: it is not one question, or not a right one; the message is DuckDB's.

    """
    try:
        statements = duckdb.extract_statements(query)
        if len(statements) != 1 or statements[0].type not in _ASKING:
            raise UsageError("sql asks one question: write one SELECT (or FROM, WITH, DESCRIBE, SUMMARIZE, PIVOT)")
        engine.execute(query)
    except duckdb.Error as error:
        raise UsageError(f"the query failed: {' '.join(str(error).split())}") from error
    return Answer(tuple(column[0] for column in engine.description or ()), _rows(engine))


def _rows(engine: duckdb.DuckDBPyConnection) -> Iterator[Sequence[Any]]:
    try:
        while rows := engine.fetchmany(_AT_A_TIME):
            yield from rows
    except duckdb.Error as error:
        raise UsageError(f"the query failed: {' '.join(str(error).split())}") from error


def _dataset(snapshot: Snapshot, name: str, record_type: type) -> ds.Dataset | pa.Table:
    schema = arrow_schema(record_type)
    partitioning = None
    if name in PARTITIONED:
        schema = pa.schema([*schema, *PARTITION_COLUMNS])
        partitioning = ds.partitioning(PARTITION_COLUMNS, flavor="hive")
    files = [str(file) for file in snapshot.files(name)]
    if not files:
        return schema.empty_table()
    return ds.dataset(
        files, schema, "parquet", partitioning=partitioning, partition_base_dir=str(snapshot.folder / name)
    )
