from datetime import date
from typing import Any

import pytest

from schemas.columns import as_row, problems
from schemas.events import Actor, Event
from transforms.corrections import CorrectionError, Wanted, corrected, see_that_it_can_be

ROW = as_row(
    Event(
        event_id="e1",
        event_cluster_id="c1",
        article_id="a1",
        event_type="return",
        event_subtype="voluntary",
        event_class="material",
        plover_type="RETREAT",
        factuality="actual",
        sources=(Actor(name="Italy", code="ITA", sector="GOV"),),
        targets=(Actor(name="migrants", code="REF", sector="REF"),),
        source_codes=("ITA",),
        target_codes=("REF",),
        event_date=date(2018, 6, 24),
        event_date_precision="day",
        event_date_basis="weekday",
        series_date=date(2018, 6, 24),
        place_name="Tripoli",
        place_country="LBY",
        latitude=32.9,
        longitude=13.2,
        geonames_id=2210247,
        place_basis="sentence",
        trigger="returned",
        evidence="Italy returned migrants.",
        evidence_field="text",
        evidence_start=0,
        evidence_end=24,
        sentence_index=0,
        rule_id="r",
        coder_version="v",
        confidence=0.9,
        published_date=date(2018, 6, 25),
    )
)


def want(field: str, value: str, why: str = "read it") -> Wanted:
    return Wanted(2, "e1", field, value, why)


@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        ({"factuality": "planned"}, {"factuality": "planned"}),
        ({"event_subtype": "forced"}, {"event_subtype": "forced", "plover_type": "COERCE"}),
        ({"event_subtype": ""}, {"event_subtype": None, "plover_type": "COERCE"}),
        (
            {"event_type": "threat"},
            {"event_type": "threat", "event_subtype": None, "event_class": "verbal", "plover_type": "THREATEN"},
        ),
        (
            {"event_type": "admission", "event_subtype": "relocation"},
            {"event_type": "admission", "event_subtype": "relocation", "plover_type": "AID"},
        ),
        ({"restrictiveness": "more_restrictive"}, {"restrictiveness": "more_restrictive"}),
        (
            {"event_date": "2018-02"},
            {
                "event_date": date(2018, 2, 1),
                "event_date_end": date(2018, 2, 28),
                "event_date_precision": "month",
                "event_date_basis": "corrected",
                "series_date": date(2018, 2, 1),
            },
        ),
        (
            {"event_date": ""},
            {
                "event_date": None,
                "event_date_precision": None,
                "event_date_basis": "unstated",
                "series_date": date(2018, 6, 25),
            },
        ),
        (
            {"place_country": "TUN"},
            {
                "place_country": "TUN",
                "latitude": None,
                "longitude": None,
                "geonames_id": None,
                "place_basis": "corrected",
            },
        ),
        (
            {"place_country": "", "place_name": ""},
            {
                "place_country": None,
                "place_name": None,
                "latitude": None,
                "longitude": None,
                "geonames_id": None,
                "place_basis": "unstated",
            },
        ),
        ({"targets": ""}, {"targets": [], "target_codes": []}),
    ],
)
def test_what_a_correction_sets_and_what_follows(fields: dict[str, str], changed: dict[str, Any]) -> None:
    row = corrected(ROW, [want(field, value) for field, value in fields.items()])
    assert row is not None
    assert {
        name: value for name, value in row.items() if name != "corrections" and value != _plain(ROW[name])
    } == changed
    assert [c["field"] for c in row["corrections"]] == sorted(fields)
    assert not list(problems(Event(**row | {"sources": (), "targets": (), "figures": (), "corrections": ()})))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def test_a_corrected_event_says_what_it_was_and_why() -> None:
    row = corrected(ROW, [want("sources", "Malta=MLT/GOV; Sea-Watch=NGO/NGO", "the ship"), want("event_date", "2018")])
    assert row is not None
    assert [(actor["name"], actor["code"]) for actor in row["sources"]] == [("Malta", "MLT"), ("Sea-Watch", "NGO")]
    assert row["source_codes"] == ["MLT", "NGO"]
    assert row["corrections"] == [
        {"field": "event_date", "was": "2018-06-24", "why": "read it"},
        {"field": "sources", "was": "Italy=ITA/GOV", "why": "the ship"},
    ]


def test_an_event_is_withdrawn_whatever_else_is_said_of_it() -> None:
    assert corrected(ROW, [want("factuality", "planned"), want("event", "none")]) is None


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("event", "gone", "write none to withdraw"),
        ("confidence", "1", "'confidence' cannot be corrected; fields are event, destination_country, "),
        ("event_type", "walk", "event_type is 'walk', not a term"),
        ("event_type", "", "event_type is '', not a term"),
        ("event_date", "2018-02-30", "write 2018-06-25, 2018-06 or 2018"),
        ("event_date", "soon", "write 2018-06-25, 2018-06 or 2018"),
        ("place_country", "Italy", "write three letters of ISO 3166-1"),
        ("sources", "Italy", "write name=CODE/SECTOR"),
        ("sources", "Italy=ITA/KING", "write name=CODE/SECTOR"),
    ],
)
def test_what_no_event_can_be_is_refused_with_the_remedy(field: str, value: str, message: str) -> None:
    with pytest.raises(CorrectionError) as refused:
        see_that_it_can_be(want(field, value))
    assert message in str(refused.value)


def test_a_subtype_of_another_type_is_refused() -> None:
    with pytest.raises(CorrectionError, match="return has no subtype 'arrest'; it has forced, voluntary, pushback"):
        corrected(ROW, [want("event_subtype", "arrest")])
