from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from schemas.aggregates import Cluster
from schemas.columns import arrow_schema, problems, to_table
from schemas.events import Event
from transforms.clusters import summarise
from transforms.clusters.summary import _COLUMNS


def event(event_id: str, **changes: Any) -> dict[str, Any]:
    row = {
        "event_id": event_id,
        "event_cluster_id": "a1",
        "article_id": event_id[0],
        "event_type": "rescue",
        "event_class": "material",
        "factuality": "actual",
        "source_codes": ["NGO"],
        "target_codes": ["REF"],
        "event_date": None,
        "event_date_precision": None,
        "place_name": None,
        "place_country": None,
        "figures": [],
        "confidence": 0.5,
        "published_date": date(2020, 3, 10),
        "publisher": None,
    }
    return row | changes


def summary(*events: dict[str, Any]) -> list[Cluster]:
    schema = pa.schema([arrow_schema(Event).field(name) for name in _COLUMNS])
    found = summarise(pa.Table.from_pylist(list(events), schema=schema))
    assert not [problem for row in found for problem in problems(row)]
    to_table(Cluster, found).validate(full=True)
    return found


def people(value: float, value_max: float | None = None, unit: str = "rescued") -> dict[str, Any]:
    return {"value": value, "value_max": value_max, "unit": unit, "quantifier": "exact"}


def test_one_event() -> None:
    (found,) = summary(event("a1"))
    assert found == Cluster(
        event_cluster_id="a1",
        event_type="rescue",
        event_class="material",
        factuality="actual",
        source_codes=("NGO",),
        target_codes=("REF",),
        event_date_agreeing=0,
        place_agreeing=0,
        series_date=date(2020, 3, 10),
        first_report=date(2020, 3, 10),
        last_report=date(2020, 3, 10),
        reports=1,
        articles=1,
        publishers=0,
        event_ids=("a1",),
        representative="a1",
    )


def test_many_tellings() -> None:
    day = {"event_date": date(2020, 3, 9), "event_date_precision": "day"}
    (found,) = summary(
        event(
            "c1", published_date=date(2020, 3, 12), publisher="Other", figures=[people(80, 90), people(2, unit="boats")]
        ),
        event("a1", publisher="Paper", place_name="Zuwara", place_country="LBY"),
        event("a2", publisher="Paper", event_date=date(2020, 3, 1), event_date_precision="month", factuality="planned"),
        event(
            "b1",
            published_date=None,
            publisher="Paper",
            place_name="off Libya",
            place_country="LBY",
            **day,
            figures=[people(84)],
            source_codes=["ITA", "NGO"],
        ),
        event("b2", published_date=None, place_name="Zuwara", place_country="LBY", target_codes=[]),
        event("b3", published_date=None, place_name="Valletta", place_country="MLT"),
    )
    assert found.event_cluster_id == "a1"
    assert found.merged_ids == ("b1", "c1")
    assert found.representative == "b1"
    assert found.factuality == "actual"
    assert found.source_codes == ("ITA", "NGO")
    assert found.target_codes == ("REF",)
    assert (found.event_date, found.event_date_precision, found.event_date_agreeing) == (date(2020, 3, 9), "day", 1)
    assert (found.place_name, found.place_country, found.place_agreeing) == ("Zuwara", "LBY", 3)
    assert (found.figure_min, found.figure_max, found.figure_unit) == (80, 90, "rescued")
    assert (found.first_report, found.last_report) == (date(2020, 3, 10), date(2020, 3, 12))
    assert (found.reports, found.articles, found.publishers) == (6, 3, 2)
    assert found.event_ids == ("a1", "a2", "b1", "b2", "b3", "c1")
    assert found.series_date == date(2020, 3, 9)


def test_clusters_are_kept_apart_and_sorted() -> None:
    found = summary(event("b1", event_cluster_id="b1"), event("a1"), event("b2", event_cluster_id="b1"))
    assert [(row.event_cluster_id, row.reports) for row in found] == [("a1", 1), ("b1", 2)]


@pytest.mark.parametrize("events", [[event("a1"), event("b1"), event("b2")], []])
def test_order_does_not_matter(events: list[dict[str, Any]]) -> None:
    assert summary(*events) == summary(*reversed(events))
