"""Parquet in and out of the relational engine that decisions are made with."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.columns import arrow_schema

ROW_GROUP_ROWS = 20_000
"""A file has one row group unless it is larger: some 50 MB of news."""


def connect(scratch: Path) -> duckdb.DuckDBPyConnection:
    """An engine in memory that spills to `scratch`; times are UTC."""
    engine = duckdb.connect()
    engine.execute("SET TimeZone = 'UTC'")
    engine.execute("SET preserve_insertion_order = false")
    engine.execute("SET temp_directory = $folder", {"folder": str(scratch)})
    return engine


def view(engine: duckdb.DuckDBPyConnection, name: str, record_type: type, files: Sequence[str | Path]) -> None:
    """Name the rows of these Parquet files; each row also tells its `filename` and `file_row_number`.

    No files: a view without rows, of the same columns.
    """
    if files:
        relation = engine.read_parquet(
            [str(f) for f in files], filename=True, file_row_number=True, hive_partitioning=False
        )
    else:
        columns = [
            *arrow_schema(record_type),
            pa.field("filename", pa.string()),
            pa.field("file_row_number", pa.int64()),
        ]
        relation = engine.from_arrow(pa.schema([c.with_nullable(True) for c in columns]).empty_table())
        engine.register(f"no_{name}", relation.to_arrow_table())
        relation = engine.table(f"no_{name}")
    relation.create_view(name)


def write(path: Path, record_type: type, batches: Iterable[pa.RecordBatch]) -> int:
    """Write rows as a record type's Parquet file, in the order given; returns how many.

    Schema, nullability and the meaning of each column are the record type's, whatever the batches say.
    """
    schema = arrow_schema(record_type)
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches:
            if batch.num_rows:
                arrays = [batch.column(field.name).cast(field.type) for field in schema]
                table = pa.Table.from_arrays(arrays, schema=schema)
                table.validate()
                writer.write_table(table, row_group_size=ROW_GROUP_ROWS)
                rows += batch.num_rows
    return rows
