"""Parquet in and out of the relational engine that decisions are made with."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.columns import arrow_schema

ROW_GROUP_ROWS = 20_000
"""A file has one row group unless it is larger: some 50 MB of news."""

PART = "part-0.parquet"
"""The one file of a table, or of a partition of it."""


def connect(scratch: Path) -> duckdb.DuckDBPyConnection:
    """An engine in memory that spills to `scratch`; times are UTC."""
    engine = duckdb.connect()
    engine.execute("SET TimeZone = 'UTC'")
    engine.execute("SET preserve_insertion_order = false")
    engine.execute("SET temp_directory = $folder", {"folder": str(scratch)})
    return engine


def view(engine: duckdb.DuckDBPyConnection, name: str, record_type: type, files: Sequence[str | Path]) -> None:
    """Name the rows of these Parquet files; each row also tells its `filename` and `file_row_number`.

    The columns are the record type's, also where there are no files, or files of an older schema.
    """
    empty = arrow_schema(record_type).empty_table()
    if files:
        paths = [str(file) for file in files]
        rows = engine.read_parquet(
            paths, filename=True, file_row_number=True, hive_partitioning=False, union_by_name=True
        )
        wanted = [_column(field, rows.columns) for field in empty.schema]
        rows.project(", ".join([*wanted, "filename", "file_row_number"])).create_view(name)
    else:
        empty = empty.append_column("filename", pa.array([], pa.string()))
        engine.register(name, empty.append_column("file_row_number", pa.array([], pa.int64())))


def _column(field: pa.Field, present: Sequence[str]) -> str:
    """A column of files of which some or all may be older than it: those hold null, or an empty list."""
    name = f'"{field.name}"'
    if pa.types.is_list(field.type):
        return f"coalesce({name}, []) AS {name}" if field.name in present else f"[] AS {name}"
    return name if field.name in present else f"NULL AS {name}"


def has_schema_of(record_type: type, file: Path) -> bool:
    """Whether a Parquet file has the schema of a record type, with all that it says of the columns."""
    return bool(pq.read_schema(file).equals(arrow_schema(record_type), check_metadata=True))


def missing_columns(record_type: type, file: Path) -> list[str]:
    """The columns of a record type that a Parquet file lacks, and that may be neither null nor an empty list."""
    present = pq.read_schema(file).names
    wanted = (field for field in arrow_schema(record_type) if not (field.nullable or pa.types.is_list(field.type)))
    return [field.name for field in wanted if field.name not in present]


def values(files: Sequence[Path], column: str) -> list[Any]:
    """All values of a column of these files, in order."""
    return [value for file in files for value in pq.read_table(file, columns=[column])[column].to_pylist()]


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
