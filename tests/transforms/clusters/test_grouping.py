import random
import time
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.columns import arrow_schema
from schemas.events import Event
from transforms.clusters import cluster

DAY = date(2020, 3, 10)
UNSTATED = {"event_date": None, "event_date_end": None, "place_name": None, "place_country": None, "figures": []}
_COLUMNS = [
    *("event_id", "article_id", "sentence_index", "event_type", "event_subtype", "factuality", "sources", "targets"),
    *("event_date", "event_date_end", "place_name", "place_country", "figures", "trigger", "evidence"),
    "published_date",
]


def party(name: str, code: str, actor_id: str | None = None) -> dict[str, Any]:
    return {"name": name, "code": code, "sector": "GOV", "actor_id": actor_id, "nationalities": []}


def rescue(event_id: str, **changes: Any) -> dict[str, Any]:
    """A rescue by a ship on a day and at a place."""
    event = {
        "event_id": event_id,
        "article_id": event_id[0],
        "sentence_index": int(event_id[1:] or 0),
        "event_type": "rescue",
        "event_subtype": "rescued",
        "factuality": "actual",
        "sources": [party("Ocean Viking", "NGO", "vessel/ocean-viking")],
        "targets": [party("migrants", "REF")],
        "event_date": DAY,
        "event_date_end": DAY,
        "place_name": "off Libya",
        "place_country": "LBY",
        "figures": [{"value": 84.0, "unit": "rescued", "quantifier": "exact"}],
        "trigger": "rescued",
        "evidence": "The Ocean Viking rescued 84 migrants off Libya.",
        "published_date": DAY,
    }
    return event | changes


def table(events: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(events, schema=pa.schema([arrow_schema(Event).field(name) for name in _COLUMNS]))


def clusters(*events: dict[str, Any]) -> dict[str, str]:
    found = cluster(table(list(events)))
    return dict(zip(found["event_id"].to_pylist(), found["event_cluster_id"].to_pylist(), strict=True))


def test_no_events() -> None:
    assert clusters() == {}


@pytest.mark.parametrize(
    "other",
    [
        rescue("a1"),
        rescue("a1", figures=[], place_name=None, place_country=None, event_date=None, event_date_end=None),
        rescue("b0"),
        rescue("b0", sources=[party("the Ocean Viking", "NGO", "vessel/ocean-viking")], figures=[]),
        rescue("b0", published_date=DAY + timedelta(days=9)),  # the very day is the same
        rescue("b0", figures=[{"value": 85.0, "unit": "rescued", "quantifier": "approximately"}]),
        rescue("b0", event_date=date(2020, 3, 1), event_date_end=date(2020, 3, 31)),
        rescue("b0", event_subtype="brought_ashore"),
        rescue("a0", event_subtype="brought_ashore", trigger="took") | {"event_id": "x"},  # two verbs of one sentence
        rescue("a1", event_type="interception", event_subtype=None),
        rescue("a1", sources=[party("Italian coastguard", "ITA", "ita/coastguard")]),  # all else agrees: misread
    ],
)
def test_one_happening(other: dict[str, Any]) -> None:
    assert len(set(clusters(rescue("a0"), other).values())) == 1


@pytest.mark.parametrize(
    "other",
    [
        rescue("a0", figures=[]) | {"event_id": "x"},  # the same sentence: two that differ are two
        rescue("a0", event_type="aid", event_subtype=None) | {"event_id": "x"},
        rescue("b0", event_type="interception", event_subtype=None),
        rescue("b0", factuality="negated"),
        rescue("a8", factuality="planned", trigger="go", evidence="It will go there again.", **UNSTATED),
        rescue("b0", event_date=DAY + timedelta(days=1), event_date_end=DAY + timedelta(days=1)),
        rescue("b0", figures=[{"value": 120.0, "unit": "rescued", "quantifier": "exact"}]),
        rescue("b0", sources=[party("Italian coastguard", "ITA", "ita/coastguard")]),
        rescue("b0", sources=[party("a merchant ship", "---")]),
        rescue("b0", place_country="GRC"),
        rescue("b0", event_subtype="ship_operating"),
        rescue("b0", event_date=None, event_date_end=None, published_date=DAY + timedelta(days=4)),
        rescue("b0", sources=[], figures=[], place_name=None, place_country=None, trigger="saved", evidence="Saved."),
    ],
)
def test_two_happenings(other: dict[str, Any]) -> None:
    assert len(set(clusters(rescue("a0"), other).values())) == 2


def test_whoever_conflicts_with_one_member_stays_out() -> None:
    found = clusters(
        rescue("a0", figures=[]),
        rescue("b0"),
        rescue("c0", figures=[{"value": 200.0, "unit": "rescued", "quantifier": "exact"}]),
    )
    assert found == {"a0": "a0", "b0": "a0", "c0": "c0"}


def test_the_oldest_member_gives_the_id() -> None:
    undated = {"event_date": DAY, "event_date_end": DAY}
    assert set(clusters(rescue("a0", published_date=None, **undated), rescue("b0")).values()) == {"b0"}
    assert set(clusters(rescue("a0", published_date=DAY + timedelta(days=1)), rescue("b0")).values()) == {"b0"}
    assert set(clusters(rescue("a5"), rescue("b0")).values()) == {"a5"}


NUMBERS = [
    [],
    [{"value": 84.0, "unit": "rescued", "quantifier": "exact"}],
    [{"value": 9.0, "unit": "rescued", "quantifier": "exact"}],
]
EVENTS = st.lists(
    st.builds(
        lambda article, sentence, late, number, place, subtype: rescue(
            f"{article}{sentence}",
            published_date=None if late is None else DAY + timedelta(days=late),
            event_date=None,
            event_date_end=None,
            figures=NUMBERS[number],
            place_name=place,
            event_subtype=subtype,
        ),
        st.sampled_from("abcdef"),
        st.integers(0, 9),
        st.sampled_from([None, 0, 1, 5]),
        st.integers(0, 2),
        st.sampled_from([None, "off Libya", "Zuwara"]),
        st.sampled_from([None, "rescued", "ship_operating"]),
    ),
    max_size=14,
    unique_by=lambda event: event["event_id"],
)


@settings(max_examples=60, deadline=None)
@given(EVENTS, st.randoms(use_true_random=False))
def test_order_does_not_matter(events: list[dict[str, Any]], rng: random.Random) -> None:
    for event in events:  # an article has one day of publication
        event["published_date"] = next(e["published_date"] for e in events if e["article_id"] == event["article_id"])
    shuffled = list(events)
    rng.shuffle(shuffled)
    found = clusters(*events)
    assert clusters(*shuffled) == found
    parts = pa.concat_tables([table(shuffled[:5]), table(shuffled[5:])])
    assert cluster(parts).equals(cluster(table(events)))
    assert set(found) == {event["event_id"] for event in events}
    assert all(found[i] == i for i in found.values())


@pytest.mark.parametrize("articles", [True, False])
def test_a_story_told_thousands_of_times_takes_seconds(articles: bool) -> None:
    events = [
        rescue(
            f"a{i}",
            article_id=f"a{i}" if articles else "a",
            figures=[{"value": float(i % 7 * 50), "unit": "rescued", "quantifier": "exact"}],
        )
        for i in range(4000)
    ]
    start = time.perf_counter()
    assert len(set(clusters(*events).values())) == 7
    assert time.perf_counter() - start < 10
