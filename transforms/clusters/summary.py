"""One row per cluster of events: what all tellings of one happening say of it together."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import pyarrow as pa

from schemas.aggregates import Cluster

_COLUMNS = (
    *("event_id", "event_cluster_id", "article_id", "event_type", "event_class", "factuality"),
    *("source_codes", "target_codes", "event_date", "event_date_precision", "place_name", "place_country"),
    *("figures", "confidence", "published_date", "publisher"),
)
_PRECISIONS = ("day", "month", "year")

Row = dict[str, Any]


def summarise(events: pa.Table) -> list[Cluster]:
    """The clusters of a table of events, sorted by id.

    Args:
        events: with the columns of `schemas.events.Event` that say something of the happening, and with
            `event_cluster_id` as `cluster` gives it; in any order.

    """
    members: dict[str, list[Row]] = defaultdict(list)
    for row in events.select(_COLUMNS).to_pylist():
        members[row["event_cluster_id"]].append(row)
    return [_cluster(i, sorted(members[i], key=_age)) for i in sorted(members)]


def _cluster(cluster_id: str, rows: list[Row]) -> Cluster:
    """The summary of one cluster; its members are given oldest first."""
    best = max(rows, key=lambda row: (_says(row), row["confidence"]))  # of equals the oldest
    event_date, precision, date_agreeing = _date(rows)
    country, place_agreeing = _most_given(row["place_country"] for row in rows)
    place, _ = _most_given(row["place_name"] for row in rows if row["place_country"] == country)
    unit = best["figures"][0]["unit"] if best["figures"] else None
    values = [
        value
        for row in rows
        for figure in row["figures"]
        for value in (figure["value"], figure["value_max"])
        if figure["unit"] == unit and value is not None
    ]
    days = [row["published_date"] for row in rows if row["published_date"] is not None]
    return Cluster(
        event_cluster_id=cluster_id,
        merged_ids=_merged(rows),
        event_type=best["event_type"],
        event_class=best["event_class"],
        factuality=best["factuality"],
        source_codes=_all(rows, "source_codes"),
        target_codes=_all(rows, "target_codes"),
        event_date=event_date,
        event_date_precision=precision,
        event_date_agreeing=date_agreeing,
        place_name=place,
        place_country=country,
        place_agreeing=place_agreeing,
        figure_min=min(values, default=None),
        figure_max=max(values, default=None),
        figure_unit=unit,
        series_date=event_date or min(days, default=None),
        first_report=min(days, default=None),
        last_report=max(days, default=None),
        reports=len(rows),
        articles=len({row["article_id"] for row in rows}),
        publishers=len({row["publisher"] for row in rows if row["publisher"] is not None}),
        event_ids=tuple(sorted(row["event_id"] for row in rows)),
        representative=best["event_id"],
    )


def _age(row: Row) -> tuple[bool, date, str]:
    """Sorts events by age, as `cluster` does when it names a cluster."""
    return row["published_date"] is None, row["published_date"] or date.min, row["event_id"]


def _says(row: Row) -> int:
    """How many of the things that can be said of an event a member says; a day says more than a month or a year."""
    exact = row["event_date_precision"] == "day"
    said = (row["source_codes"], row["target_codes"], row["event_date"], row["place_name"], row["place_country"])
    return sum(map(bool, (*said, exact, row["figures"])))


def _merged(rows: list[Row]) -> tuple[str, ...]:
    """The ids that the tellings of the later articles would have as clusters of their own, and lost to this one."""
    first_of_article: dict[str, str] = {}
    for row in rows:
        first_of_article.setdefault(row["article_id"], row["event_id"])
    return tuple(sorted(i for i in first_of_article.values() if i != rows[0]["event_id"]))


def _date(rows: list[Row]) -> tuple[date | None, str | None, int]:
    """The date that most members give among the most precise ones, its precision, and how many give it."""
    for precision in _PRECISIONS:
        found, count = _most_given(row["event_date"] for row in rows if row["event_date_precision"] == precision)
        if found is not None:
            return found, precision, count
    return None, None, 0


def _most_given(values: Iterable[Any]) -> tuple[Any, int]:
    """The value given most often, null aside, and how often; of equals the one given first."""
    counts = Counter(value for value in values if value is not None)
    return counts.most_common(1)[0] if counts else (None, 0)


def _all(rows: list[Row], column: str) -> tuple[str, ...]:
    return tuple(sorted({code for row in rows for code in row[column]}))
