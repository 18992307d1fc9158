"""An audit of a dataset by hand: a sheet of sampled events to mark, and what the marks say.

The sample is drawn by type, by a hash of seed and event: the same dataset and seed give the same sheet, and a dataset
that grew gives mostly the same events.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from pipeline.cells import BYTE_ORDER_MARK, unquoted, write_csv
from pipeline.errors import UsageError
from pipeline.identity import described
from pipeline.query import engine_over
from pipeline.snapshots import Snapshot
from transforms.audit import Mark

MARKS = {
    "event_right": "the sentence says that such a thing happened, or will, or did not, as type and factuality have it",
    "sources_right": "who did it, all of them and no other, with the right codes",
    "targets_right": "to whom, likewise",
    "date_right": "the date, or that there is none",
    "place_right": "the place, or that there is none",
}
"""Columns to mark, and what a yes means."""

_YES, _NO = frozenset({"y", "yes", "1", "true", "x"}), frozenset({"n", "no", "0", "false"})
_CONTEXT = 1_500
"""Characters of the article shown before the evidence and after it."""

_SAMPLE = """
    SELECT events.*, title, CASE evidence_field WHEN 'title' THEN title ELSE text END AS told,
           count(*) OVER (PARTITION BY event_type) AS of_type
    FROM events JOIN articles USING (article_id)
    QUALIFY row_number() OVER (PARTITION BY event_type ORDER BY md5($seed || ' ' || event_id)) <= $per_type
    ORDER BY event_type, md5($seed || ' ' || event_id)
"""
_GIVEN = (
    *("event_id", "snapshot_id", "event_type", "of_type", "event_subtype", "factuality", "sources", "targets"),
    *("event_date", "place", "policy", "figures", "evidence", "article", "title", "publisher", "published", "url"),
)


def draw(snapshot: Snapshot, per_type: int, seed: int, out: TextIO) -> int:
    """Write a sheet of up to `per_type` events of each type; returns how many events.

    Raises:
        DamagedError: the snapshot does not say what it is.

    """
    of = described(snapshot).snapshot_id
    with engine_over(snapshot) as engine:
        answer = engine.execute(_SAMPLE, {"seed": str(seed), "per_type": per_type})
        names = [column[0] for column in answer.description]
        events = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    out.write(BYTE_ORDER_MARK)
    return write_csv(
        out, [*_GIVEN, *MARKS, "note"], ([*_given(event, of), *[""] * (len(MARKS) + 1)] for event in events)
    )


def read_sheet(path: Path, mark: str) -> Iterator[Mark]:
    """The marks in one column of a sheet; events that are not marked there are passed over.

    Raises:
        UsageError: the file is no such sheet, or a cell is no mark; the message names it and the remedy.

    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, ValueError, csv.Error) as error:
        raise UsageError(
            f"cannot read {str(path)!r}: {error}; name a sheet of `sample`, saved as CSV in UTF-8"
        ) from error
    missing = [name for name in ("event_type", "of_type", mark) if not rows or name not in rows[0]]
    if missing:
        raise UsageError(f"{str(path)!r} has no column {missing[0]!r}; name a sheet of `sample`, saved as CSV")
    for number, row in enumerate(rows, start=2):
        said = (row[mark] or "").strip().casefold()
        if not said:
            continue
        if said not in _YES | _NO:
            raise UsageError(
                f"{str(path)!r}, row {number}: {mark} is {row[mark]!r}; write yes or no, or leave it empty"
            )
        if not (row["of_type"] or "").isdecimal():
            raise UsageError(
                f"{str(path)!r}, row {number}: of_type is {row['of_type']!r}; leave it as `sample` wrote it"
            )
        yield Mark(unquoted(row["event_type"]), int(row["of_type"]), said in _YES)


def _given(event: Mapping[str, Any], of: str) -> list[Any]:
    start, end = event["evidence_start"], event["evidence_end"]
    told = event["told"]
    length = {"year": 4, "month": 7}.get(event["event_date_precision"], 10)
    policy = (event[name] for name in ("policy_area", "policy_tool", "restrictiveness", "target_group", "instrument"))
    shown = {
        **event,
        "snapshot_id": of,
        "sources": _parties(event["sources"]),
        "targets": _parties(event["targets"]),
        "event_date": str(event["event_date"])[:length] if event["event_date"] else "",
        "place": ", ".join(filter(None, (event["place_name"], event["place_country"]))),
        "policy": ", ".join(filter(None, policy)),
        "figures": "; ".join(
            f"{figure['value']:g} {figure['unit']} ({figure['quantifier']})" for figure in event["figures"]
        ),
        "article": f"{told[max(0, start - _CONTEXT) : start]}⟦{told[start:end]}⟧{told[end : end + _CONTEXT]}",
        "published": event["published_date"],
    }
    return [shown[name] for name in _GIVEN]


def _parties(actors: list[Mapping[str, Any]]) -> str:
    return "; ".join(
        f"{actor['canonical_name'] or actor['name']} [{actor['code']} {actor['sector']}]" for actor in actors
    )
