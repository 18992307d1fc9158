"""An analyst's corrections: `corrections.csv` in the output folder, applied whenever a snapshot is published.

The coder's own rows of events that are corrected or withdrawn are kept in `state/originals`, so that a correction that
is taken back, or another one, starts from what the coder said. Nothing hangs on when a correction was written.
"""

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.cells import unquoted
from pipeline.errors import UsageError
from schemas.columns import arrow_schema, to_table
from schemas.documents import Rejected
from schemas.events import Event
from schemas.runs import RunStamp
from transforms.corrections import CorrectionError, Wanted, corrected, see_that_it_can_be

FILE = "corrections.csv"
"""In the output folder: event_id, field, value, why."""

_COLUMNS = ("event_id", "field", "value", "why")
_STANDING = """
    SELECT event.*
    FROM (SELECT * FROM new_events UNION ALL SELECT * FROM known_events) AS event
         JOIN standing_events ON filename = file AND file_row_number = row
"""
_COMPARED = tuple(name for name in arrow_schema(Event).names if name != "event_cluster_id")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Decided:
    """What becomes of the events that corrections touch, now or before."""

    originals: list[Row]
    """Rows of the coder that a correction stands in for."""
    rows: list[Row]
    """Rows as they are to be published."""
    rejected: list[Rejected]


def read_corrections(folder: Path) -> list[Wanted]:
    """The lines of the corrections file of an output folder; none if there is no file.

    Raises:
        UsageError: it is no file of corrections. To go on without it would undo what it says.

    """
    path = folder / FILE
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            names = reader.fieldnames or ()
            rows = [
                (reader.line_num, {k: unquoted(v or "").strip() for k, v in row.items() if k in _COLUMNS})
                for row in reader
            ]
    except (OSError, ValueError, csv.Error) as error:
        raise UsageError(f"cannot read {str(path)!r}: {error}; save it as CSV in UTF-8") from error
    missing = [name for name in _COLUMNS if name not in names]
    if missing:
        raise UsageError(f"{str(path)!r} has no column {missing[0]!r}; its first line must be {','.join(_COLUMNS)}")
    return [Wanted(line, **row) for line, row in rows if any(row.values())]


def decide_corrections(engine: duckdb.DuckDBPyConnection, wanted: Sequence[Wanted], stamp: RunStamp) -> None:
    """Let the corrected rows stand: changes `standing_events`; makes `corrected_events`, `originals`, `uncorrectable`.

    Args:
        engine: holds what `fold_events.decide_events` made.
        wanted: the corrections.
        stamp: of the run.

    """
    engine.execute("CREATE TABLE corrected_ids (event_id VARCHAR)")
    ids = sorted({of.event_id for of in wanted})
    engine.execute(
        "INSERT INTO corrected_ids SELECT unnest($ids::VARCHAR[]) UNION SELECT event_id FROM old_originals",
        {"ids": ids},
    )
    said = _touched(engine, _STANDING)
    published = _touched(engine, "FROM old_events")
    decided = _decide(said, wanted)
    rejected = [replace(row, run_id=stamp.run_id, at=stamp.at) for row in decided.rejected]
    changed = [row for row in decided.rows if not _is_published(row, published.get(row["event_id"]))]
    kept = [row["event_id"] for row in decided.rows if _is_published(row, published.get(row["event_id"]))]
    _register(engine, "corrected_events", _as_table(changed))
    _register(engine, "uncorrectable", to_table(Rejected, rejected))
    engine.register("originals", _as_table(decided.originals))
    engine.execute("DELETE FROM standing_events WHERE event_id IN (SELECT event_id FROM corrected_ids)")
    engine.execute(
        """
        INSERT INTO standing_events
        SELECT event_id, filename, file_row_number, published_date, NULL FROM corrected_events
        UNION ALL
        SELECT event_id, filename, file_row_number, published_date, event_cluster_id FROM old_events
        WHERE event_id IN (SELECT unnest($kept::VARCHAR[]))
        """,
        {"kept": kept},
    )


def _touched(engine: duckdb.DuckDBPyConnection, events: str) -> dict[str, Row]:
    """Those of some events that corrections touch, by id."""
    found = engine.sql(f"""
        SELECT * EXCLUDE (filename, file_row_number) FROM ({events}) SEMI JOIN corrected_ids USING (event_id)
    """)
    return {row["event_id"]: row for row in found.to_arrow_table().to_pylist()}


def _decide(said: dict[str, Row], wanted: Sequence[Wanted]) -> Decided:
    """Apply each event's corrections to what the coder says of it."""
    decided = Decided([], [], [])
    by_event: dict[str, list[Wanted]] = defaultdict(list)
    for of in wanted:
        problem = _problem(of, said, by_event[of.event_id])
        if problem is None:
            by_event[of.event_id].append(of)
        else:
            decided.rejected.append(_rejected(of, *problem))
    for event_id, row in sorted(said.items()):
        try:
            now = corrected(row, by_event[event_id]) if by_event[event_id] else row
        except CorrectionError as error:
            decided.rejected.extend(_rejected(of, "not_a_correction", str(error)) for of in by_event[event_id])
            by_event[event_id], now = [], row
        if by_event[event_id]:
            decided.originals.append(row)
        if now is None:
            (of,) = (of for of in by_event[event_id] if of.field == "event")
            decided.rejected.append(_rejected(of, "withdrawn", f"{row['event_type']} {event_id}: {of.why}"))
        else:
            decided.rows.append(now)
    return decided


def _problem(of: Wanted, said: dict[str, Row], others: Sequence[Wanted]) -> tuple[str, str] | None:
    """Reason and detail of what is wrong with a correction; None if nothing is."""
    try:
        see_that_it_can_be(of)
    except CorrectionError as error:
        return "not_a_correction", str(error)
    if of.event_id not in said:
        return "no_such_event", f"there is no event {of.event_id!r}; look it up again, or take the line out"
    for other in others:
        if other.field == of.field:
            return "not_a_correction", f"line {other.line} corrects {of.field} of the same event; keep one of them"
    return None


def _rejected(of: Wanted, reason: str, detail: str) -> Rejected:
    return Rejected(stage="correct", source_uri=f"{FILE}#line={of.line}", reason=reason, detail=detail)


def _is_published(row: Row, published: Row | None) -> bool:
    return published is not None and all(row[name] == published[name] for name in _COMPARED)


def _as_table(rows: list[Row]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=arrow_schema(Event))


def _register(engine: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Name rows as `tables.view` names those of files."""
    rows = rows.append_column("filename", pa.array([name] * len(rows), pa.string()))
    engine.register(name, rows.append_column("file_row_number", pa.array(range(len(rows)), pa.int64())))
