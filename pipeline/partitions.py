"""Tables that are partitioned by month of publication: what a run touches is written, the rest linked.

A file of an older schema is written anew too, so that all files of a table have one schema.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.snapshots import Snapshot
from pipeline.tables import PART, ROW_GROUP_ROWS, has_schema_of, view, write

PARTITION = "coalesce(year(published_date), 0) AS year, coalesce(month(published_date), 0) AS month"
"""Where a row lies: by the day of publication, 0 where it is unknown."""


def write_partitions(
    engine: duckdb.DuckDBPyConnection,
    current: Snapshot,
    folder: Path,
    table: str,
    record_type: type,
    rows: str,
    order: str,
) -> None:
    """Write the partitions of a table that `touched` (year, month) names, and link the others.

    Args:
        engine: holds the tables that `rows` reads.
        current: the snapshot whose files are linked.
        folder: of the snapshot that is built.
        table: its path in a snapshot.
        record_type: of its rows.
        rows: a query of all rows that the touched partitions hold, and perhaps others; the present rows of these
            partitions are there as `old_rows`.
        order: of the rows in a partition.

    """
    touched = {f"year={year}/month={month}" for year, month in engine.table("touched").fetchall()}
    (folder / table).mkdir(parents=True)
    old = []
    for file in current.files(table):
        partition = file.parent.relative_to(current.folder / table)
        if partition.as_posix() in touched:
            old.append(file)
        elif not has_schema_of(record_type, file):
            old.append(file)
            touched.add(partition.as_posix())
            engine.execute("INSERT INTO touched VALUES (?, ?)", [int(part.split("=")[1]) for part in partition.parts])
        else:
            (folder / table / partition).mkdir(parents=True)
            os.link(file, folder / table / partition / file.name)
    if not touched:
        return
    engine.execute("DROP VIEW IF EXISTS old_rows")
    view(engine, "old_rows", record_type, old)
    ordered = engine.sql(f"""
        WITH rows AS (SELECT *, {PARTITION} FROM ({rows}))
        SELECT * EXCLUDE (filename, file_row_number) FROM rows SEMI JOIN touched USING (year, month)
        ORDER BY year, month, {order}
    """)
    _write(folder / table, record_type, ordered.to_arrow_reader(ROW_GROUP_ROWS))


def _write(folder: Path, record_type: type, rows: pa.RecordBatchReader) -> None:
    """Write rows that come ordered by year and month, each partition's to its own file."""
    waiting: list[pa.RecordBatch] = []
    at: tuple[int, int] | None = None
    for partition, batch in _by_partition(rows):
        if partition != at and at is not None:
            write(folder / f"year={at[0]}" / f"month={at[1]}" / PART, record_type, _merged(waiting))
            waiting = []
        at = partition
        waiting.append(batch)
    if at is not None:
        write(folder / f"year={at[0]}" / f"month={at[1]}" / PART, record_type, _merged(waiting))


def _by_partition(rows: pa.RecordBatchReader) -> Iterator[tuple[tuple[int, int], pa.RecordBatch]]:
    for batch in rows:
        months = pa.compute.add(pa.compute.multiply(batch["year"], 12), batch["month"])
        start = 0
        for run in pa.compute.run_end_encode(months).run_ends.to_pylist():
            yield (batch["year"][start].as_py(), batch["month"][start].as_py()), batch.slice(start, run - start)
            start = run


def _merged(batches: list[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches in as few as their rows need, so that a small file has one row group."""
    return iter(pa.Table.from_batches(batches).combine_chunks().to_batches(max_chunksize=ROW_GROUP_ROWS))
