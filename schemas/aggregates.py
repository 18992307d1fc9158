"""What is said of many rows: clusters of events, and coverage, the denominator of every trend."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import pyarrow as pa

from schemas.columns import Terms

_INT32 = pa.int32()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The clusters dataset: one row per event, however often it is told."""

    event_cluster_id: Annotated[str, "the oldest member's event_id"]
    merged_ids: Annotated[tuple[str, ...], "ids that later articles' tellings would have as clusters of their own"] = ()
    event_type: Annotated[str, "as in events", Terms("event_type")]
    event_class: Annotated[str, "as in events", Terms("event_class")]
    factuality: Annotated[str, "of the representative event", Terms("factuality")]
    source_codes: Annotated[tuple[str, ...], "of all members, each once, sorted"] = ()
    target_codes: Annotated[tuple[str, ...], "of all members, each once, sorted"] = ()
    event_date: Annotated[date | None, "the date that most members give, the more precise first"] = None
    event_date_precision: Annotated[str | None, "its precision", Terms("event_date_precision")] = None
    event_date_agreeing: Annotated[int, "members that give this date", _INT32]
    place_name: Annotated[str | None, "the place that most members give"] = None
    place_country: Annotated[str | None, "the country that most members give"] = None
    place_agreeing: Annotated[int, "members that give this country", _INT32]
    figure_min: Annotated[float | None, "smallest figure of the representative's unit among the members"] = None
    figure_max: Annotated[float | None, "largest such figure"] = None
    figure_unit: Annotated[str | None, "unit of these figures"] = None
    series_date: Annotated[date | None, "event_date, else the day of the first report"] = None
    first_report: Annotated[date | None, "day of the first report"] = None
    last_report: Annotated[date | None, "day of the last report"] = None
    reports: Annotated[int, "members: sentences that tell of it", _INT32]
    articles: Annotated[int, "elected articles that tell of it", _INT32]
    publishers: Annotated[int, "publishers of these articles", _INT32]
    event_ids: Annotated[tuple[str, ...], "the members, sorted"]
    representative: Annotated[str, "the member that says most: event_id"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The coverage dataset: what was read, by publisher and day."""

    publisher: Annotated[str | None, "as in articles"] = None
    day: Annotated[date | None, "day of publication"] = None
    articles: Annotated[int, "articles, copies included", _INT32]
    elected: Annotated[int, "articles that are not copies", _INT32]
    relevant: Annotated[int, "elected articles about migration", _INT32]
    events: Annotated[int, "events coded from them", _INT32]
    rejected: Annotated[int, "documents turned away (by publisher where known, day unknown)", _INT32]
