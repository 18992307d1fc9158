"""What an analyst corrects of an event, applied to its row.

A correction sets one field. What follows from it is set again as well: class and PLOVER category from the type, codes
from the parties, the day of a time series from the date; coordinates of a place that was corrected are not known.
"""

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from schemas import vocabulary
from schemas.crosswalk import plover_type
from schemas.events import Actor, Correction

WITHDRAWN = ("event", "none")
"""Field and value of a correction that says that there is no such event."""

_TERMS = (
    *("event_type", "event_subtype", "factuality", "route", "policy_area", "policy_tool", "target_group"),
    *("restrictiveness", "instrument"),
)
_COUNTRIES = ("place_country", "origin_country", "destination_country", "target_origin")
_PARTIES = ("sources", "targets")
_NEVER_NULL = ("event_type", "factuality")
_PARTY = re.compile(r"(?P<name>[^=;]+)=(?P<code>[A-Z]{3}|---)/(?P<sector>[A-Z]{3})")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")

Row = dict[str, Any]


class CorrectionError(ValueError):
    """A correction that cannot be applied; the message says why, and what to write."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of an analyst's file."""

    line: int
    event_id: str
    field: str
    value: str
    why: str


def see_that_it_can_be(wanted: Wanted) -> None:
    """See that a correction says something that an event may be, whatever the event.

    Raises:
        CorrectionError: it does not.

    """
    if not wanted.event_id:
        raise CorrectionError("event_id is empty; name an event of the events dataset")
    if not wanted.why:
        raise CorrectionError("why is empty; say why, for whoever reads the corrected event")
    if wanted.field == WITHDRAWN[0]:
        if wanted.value != WITHDRAWN[1]:
            raise CorrectionError(f"event is {wanted.value!r}; write none to withdraw the event")
        return
    if wanted.field not in _SETTERS:
        raise CorrectionError(f"{wanted.field!r} cannot be corrected; fields are event, {', '.join(sorted(_SETTERS))}")
    _SETTERS[wanted.field](wanted.field, wanted.value)


def corrected(row: Row, wanted: Sequence[Wanted]) -> Row | None:
    """The row of an event as its corrections have it; None if one of them withdraws it.

    Args:
        row: columns of `schemas.events.Event`, as the coder made them.
        wanted: corrections of this event, each of another field, that `see_that_it_can_be`.

    Raises:
        CorrectionError: together they make no event.

    """
    if any(of.field == WITHDRAWN[0] for of in wanted):
        return None
    found = dict(row)
    for of in wanted:
        found |= _SETTERS[of.field](of.field, of.value)
    _follow(found, {of.field for of in wanted})
    notes = [Correction(field=of.field, was=_as_text(row, of.field), why=of.why) for of in wanted]
    found["corrections"] = [asdict(note) for note in sorted(notes, key=lambda note: note.field)]
    return found


def _follow(row: Row, fields: set[str]) -> None:
    """Set what follows from the fields that were set."""
    if row["event_subtype"] not in (None, *vocabulary.subtypes(row["event_type"])):
        if "event_subtype" in fields:
            allowed = ", ".join(vocabulary.subtypes(row["event_type"])) or "none, leave it empty"
            raise CorrectionError(f"{row['event_type']} has no subtype {row['event_subtype']!r}; it has {allowed}")
        row["event_subtype"] = None
    row["event_class"] = vocabulary.event_class(row["event_type"])
    row["plover_type"] = plover_type(
        row["event_type"],
        subtype=row["event_subtype"],
        restrictiveness=row["restrictiveness"],
        factuality=row["factuality"],
    )
    row["source_codes"] = sorted({actor["code"] for actor in row["sources"]})
    row["target_codes"] = sorted({actor["code"] for actor in row["targets"]})
    row["series_date"] = row["event_date"] or row["published_date"]
    if fields & {"place_name", "place_country"}:
        known = row["place_name"] or row["place_country"]
        row |= {"latitude": None, "longitude": None, "geonames_id": None}
        row["place_basis"] = "corrected" if known else "unstated"


def _term(field: str, value: str) -> Row:
    if not value and field not in _NEVER_NULL:
        return {field: None}
    if value not in vocabulary.allowed(field):
        raise CorrectionError(f"{field} is {value!r}, not a term; docs/data-dictionary.md lists those that there are")
    return {field: value}


def _country(field: str, value: str) -> Row:
    if value and not re.fullmatch("[A-Z]{3}", value):
        raise CorrectionError(
            f"{field} is {value!r}; write three letters of ISO 3166-1, such as ITA, or leave it empty"
        )
    return {field: value or None}


def _name(field: str, value: str) -> Row:
    return {field: value or None}


def _day(field: str, value: str) -> Row:
    basis = {"event_date": None, "event_date_end": None, "event_date_precision": None, "event_date_basis": "unstated"}
    if not value:
        return basis
    written = _DATE.fullmatch(value)
    try:
        if written is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in written.groups())
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        raise CorrectionError(f"{field} is {value!r}; write 2018-06-25, 2018-06 or 2018, or leave it empty") from None
    if day:
        return basis | {"event_date": first, "event_date_precision": "day", "event_date_basis": "corrected"}
    last = date(first.year, month or 12, calendar.monthrange(first.year, month or 12)[1])
    precision = "month" if month else "year"
    return {
        "event_date": first,
        "event_date_end": last,
        "event_date_precision": precision,
        "event_date_basis": "corrected",
    }


def _parties(field: str, value: str) -> Row:
    found = []
    for part in filter(None, map(str.strip, value.split(";"))):
        written = _PARTY.fullmatch(part)
        if written is None or written["sector"] not in vocabulary.allowed("sector"):
            raise CorrectionError(f"{field} has {part!r}; write name=CODE/SECTOR, such as Italy=ITA/GOV; Malta=MLT/GOV")
        actor = Actor(name=written["name"].strip(), code=written["code"], sector=written["sector"])
        found.append(asdict(actor) | {"nationalities": []})
    return {field: found}


def _as_text(row: Row, field: str) -> str | None:
    """A field as one would write it into a correction."""
    value = row[field]
    if field in _PARTIES:
        return "; ".join(f"{actor['name']}={actor['code']}/{actor['sector']}" for actor in value) or None
    if field == "event_date" and value is not None:
        return str(value)[: {"year": 4, "month": 7}.get(row["event_date_precision"], 10)]
    return None if value is None else str(value)


_SETTERS: dict[str, Callable[[str, str], Row]] = {
    **dict.fromkeys(_TERMS, _term),
    **dict.fromkeys(_COUNTRIES, _country),
    **dict.fromkeys(_PARTIES, _parties),
    "place_name": _name,
    "event_date": _day,
}
"""Fields that can be corrected, each with what makes columns of a value."""
