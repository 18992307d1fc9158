"""The data of the page: columns of numbers and texts that a browser reads in one go.

What many rows share (codes, places, publishers) is listed once, and rows say its number in the list.
"""

from collections.abc import Hashable
from datetime import date
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from pipeline.report.names import code
from pipeline.report.tables import Row, Tables, query
from schemas.vocabulary import event_class, terms

T = TypeVar("T", bound=Hashable)

_EPOCH = date(1970, 1, 1)


class _List(Generic[T]):
    """Values that rows refer to by number, in the order in which they are first met."""

    def __init__(self) -> None:
        self.numbers: dict[T, int] = {}

    def number(self, value: T | None) -> int | None:
        """The number of a value; None for None."""
        return None if value is None else self.numbers.setdefault(value, len(self.numbers))


def payload(tables: Tables) -> dict[str, Any]:
    """All data of the page, as JSON takes it.

    Days are counted from 1970-01-01. Rows of `events` are clusters, the latest first.
    """
    types, factualities = list(terms("event_type")), list(terms("factuality"))
    codes, places, publishers = _List[str](), _List[tuple[Any, ...]](), _List[str]()
    names = {row["actor_id"]: number for number, row in enumerate(tables.actors)}
    numbers = {row["event_cluster_id"]: number for number, row in enumerate(tables.clusters)}
    rows = tables.clusters
    events = {
        "type": [types.index(row["event_type"]) for row in rows],
        "factuality": [factualities.index(row["factuality"]) for row in rows],
        "day": [_day(row["series_date"]) for row in rows],
        "date": [_date(row) for row in rows],
        "country": [codes.number(row["place_country"]) for row in rows],
        "place": [places.number(_place(row, codes)) for row in rows],
        "sources": [[codes.number(c) for c in row["source_codes"]] for row in rows],
        "targets": [[codes.number(c) for c in row["target_codes"]] for row in rows],
        "names": [[names[actor] for actor in row["actor_ids"]] for row in rows],
        "direction": [row["restrictiveness"] for row in rows],
        "tool": [row["policy_tool"] for row in rows],
        "reports": [row["reports"] for row in rows],
        "corrected": [row["corrected"] for row in rows],
        "evidence": [" ".join(row["evidence"].split()) for row in rows],
        "url": [link(row["url"]) for row in rows],
        "title": [row["title"] for row in rows],
        "publisher": [publishers.number(row["publisher"]) for row in rows],
        "published": [_day(row["published_date"]) for row in rows],
    }
    actor_names = {row["actor_id"]: row["name"] for row in tables.actors}
    standoffs = [_standoff(row, actor_names, codes, numbers) for row in tables.standoffs]
    return {
        "snapshot": tables.snapshot,
        "types": [{"name": name, "class": event_class(name), "meaning": terms("event_type")[name]} for name in types],
        "factualities": [{"name": name, "meaning": terms("factuality")[name]} for name in factualities],
        "directions": terms("restrictiveness"),
        "tools": terms("policy_tool"),
        "codes": [
            {"code": of, "name": code(of).name, "kind": code(of).kind, "outline": code(of).outline}
            for of in codes.numbers
        ],
        "names": [row["name"] for row in tables.actors],
        "places": list(places.numbers),
        "publishers": list(publishers.numbers),
        "events": events,
        "coverage": [[_day(row["day"]), row["articles"], row["relevant"]] for row in tables.coverage],
        "standoffs": standoffs,
        "queries": {name: query(name) for name in ("clusters", "standoffs")},
    }


def link(url: str | None) -> str | None:
    """A URL that may be followed from the page: of the web; None for any other, `javascript:` above all."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    return parts.geturl() if parts.scheme in ("http", "https") and parts.hostname else None


def _day(day: date | None) -> int | None:
    return None if day is None else (day - _EPOCH).days


def _date(row: Row) -> str | None:
    """The date as it is known: 2018, 2018-06 or 2018-06-25; None where it is that of the first report."""
    if not row["dated"]:
        return None
    return str(row["series_date"])[: {"year": 4, "month": 7}.get(row["event_date_precision"], 10)]


def _place(row: Row, codes: _List[str]) -> tuple[Any, ...] | None:
    """Name, country, latitude and longitude of a named place."""
    if row["place_name"] is None:
        return None
    position = [None if row[axis] is None else round(row[axis], 3) for axis in ("latitude", "longitude")]
    return (row["place_name"], codes.number(row["place_country"]), *position)


def _standoff(row: Row, names: dict[str, str], codes: _List[str], numbers: dict[str, int]) -> dict[str, Any]:
    allowed = row["allowed_cluster"]
    return {
        "ship": names.get(row["ship"], row["ship"].removeprefix("vessel/")),
        "refused": _day(row["refused_on"]),
        "last": _day(row["last_refused_on"]),
        "by": [codes.number(of) for of in row["refused_by"]],
        "allowed": _day(row["allowed_on"]),
        "where": codes.number(row["allowed_in"]),
        "days": row["days"],
        "exact": row["exact"],
        "refusals": [numbers[cluster] for cluster in row["refusals"]],
        "admission": None if allowed is None else numbers[allowed],
    }
