"""The current snapshot in other forms, written to a folder of its own that is whole or not there.

csv        flat tables for spreadsheets: parties and figures as columns, no article texts
shareable  the Parquet datasets without what is the publishers': texts, posts, evidence sentences
plover     events in the columns of POLECAT, tab-separated
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.cells import BYTE_ORDER_MARK, write_csv
from pipeline.errors import UsageError
from pipeline.identity import described, reidentify
from pipeline.polecat import COLUMNS, EVENTS, polecat_row
from pipeline.query import ask, engine_over
from pipeline.snapshots import Snapshot
from pipeline.tables import ROW_GROUP_ROWS
from schemas.columns import Column, columns
from schemas.crosswalk import SCHEMES, Mapping, mappings
from schemas.dictionary import DATASETS

PUBLISHERS = frozenset({("articles", "text"), ("articles", "quotes"), ("events", "evidence")})
"""Dataset and column of what is not ours to share. Headlines and addresses stay: they are the citation."""

_TOO_LONG = frozenset({("articles", "text"), ("articles", "quotes")})
"""What does not go into a spreadsheet: a cell holds 32,767 characters."""

_JOINED_BY = "; "


def export(snapshot: Snapshot, form: str, folder: Path) -> list[Path]:
    """Write a snapshot in a form of `FORMS` to a folder, and how to cite it.

    Returns:
        The files that were written.

    Raises:
        UsageError: the folder is there already, or cannot be written to.
        DamagedError: the snapshot does not say how to cite it.

    """
    if folder.exists():
        raise UsageError(f"{str(folder)!r} is there already; name a folder that is not")
    citation = described(snapshot).citation
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as scratch:
            fresh = Path(scratch) / folder.name
            fresh.mkdir()
            FORMS[form](snapshot, fresh)
            (fresh / "CITATION.txt").write_text(f"{citation}\n", encoding="utf-8")
            fresh.rename(folder)
    except OSError as error:
        raise UsageError(f"cannot write to {str(folder)!r}: {error.strerror}; name another folder") from error
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _csv(snapshot: Snapshot, folder: Path) -> None:
    with engine_over(snapshot) as engine:
        for name, record_type in DATASETS.items():
            shown = [column for column in columns(record_type) if (name, column.name) not in _TOO_LONG]
            query = f"SELECT {', '.join(map(_flat, shown))} FROM {name} ORDER BY ALL"
            _write_csv(folder / f"{name}.csv", engine, query)
    with (folder / "crosswalks.csv").open("w", encoding="utf-8", newline="") as out:
        rows = [row for scheme in SCHEMES for row in mappings(scheme)]
        names = [column.name for column in columns(Mapping)]
        write_csv(out, names, ([getattr(row, name) for name in names] for row in rows))


def _flat(column: Column) -> str:
    """A column as texts and numbers: of a list of structs `sources_name`, `sources_code` and so on."""
    name = f'"{column.name}"'
    if column.nested is not None:
        return ", ".join(
            f"{_joined(f'list_transform({name}, lambda item: {_text(inner)})')} AS {column.name}_{inner.name}"
            for inner in columns(column.nested)
        )
    return f"{_joined(name)} AS {name}" if pa.types.is_list(column.arrow) else name


def _text(column: Column) -> str:
    """A field of an item as text; what is null keeps its place, so that the columns of one list go together."""
    field = f'item."{column.name}"'
    if pa.types.is_list(column.arrow):
        return f"array_to_string({field}, ' ')"
    if pa.types.is_floating(column.arrow):
        field = f"format('{{:.15g}}', {field})"
    return f"coalesce({field}::VARCHAR, '')"


def _joined(expression: str) -> str:
    return f"array_to_string({expression}, '{_JOINED_BY}')"


def _write_csv(path: Path, engine: duckdb.DuckDBPyConnection, query: str) -> None:
    answer = ask(engine, query)
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(BYTE_ORDER_MARK)
        write_csv(out, answer.names, answer.rows)


def _shareable(snapshot: Snapshot, folder: Path) -> None:
    for name in DATASETS:
        left_out = [column for table, column in PUBLISHERS if table == name]
        for file in snapshot.files(name):
            target = folder / file.relative_to(snapshot.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            table = pq.read_table(file, partitioning=None).drop_columns(left_out)
            pq.write_table(table, target, compression="zstd", row_group_size=ROW_GROUP_ROWS)
    reidentify(snapshot, folder, PUBLISHERS)


def _plover(snapshot: Snapshot, folder: Path) -> None:
    with engine_over(snapshot) as engine, (folder / "events.txt").open("w", encoding="utf-8", newline="") as out:
        out.write("\t".join(COLUMNS) + "\n")
        answer = ask(engine, EVENTS)
        for row in answer.rows:
            event = dict(zip(answer.names, row, strict=True))
            out.write("\t".join(_tab_cell(value) for value in polecat_row(event)) + "\n")


def _tab_cell(value: Any) -> str:
    """A value without the characters that end a cell or a row: POLECAT quotes nothing."""
    return "" if value is None else " ".join(str(value).split())


FORMS: dict[str, Callable[[Snapshot, Path], None]] = {"csv": _csv, "shareable": _shareable, "plover": _plover}
"""The forms that there are."""
