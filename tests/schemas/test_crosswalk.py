from pathlib import Path

import pytest

from schemas import crosswalk, vocabulary
from schemas.crosswalk import NO_TERM, SCHEMES, crosswalks_page, mapping, mappings, plover_type


@pytest.mark.parametrize(
    ("event_type", "subtype", "restrictiveness", "factuality", "plover"),
    [
        ("agreement", "signed", None, "actual", "SUPPORT"),
        ("agreement", "agreed", None, "actual", "AGREE"),
        ("aid", None, None, "planned", "AGREE"),
        ("aid", None, None, "actual", "AID"),
        ("policy_change", None, "more_restrictive", "actual", "COERCE"),
        ("policy_change", None, "less_restrictive", "actual", "CONCEDE"),
        ("policy_change", None, None, "actual", "AGREE"),
        ("policy_proposal", None, "more_restrictive", "actual", "THREATEN"),
        ("policy_proposal", None, "less_restrictive", "actual", "AGREE"),
        ("border_control", "closing", None, "actual", "COERCE"),
        ("border_control", "reopening", None, "actual", "RETREAT"),
        ("border_control", "reinforcing", None, "actual", "MOBILIZE"),
        ("return", "voluntary", None, "actual", "RETREAT"),
        ("return", "forced", None, "actual", "COERCE"),
        ("court_ruling", None, None, "actual", "SANCTION"),
        ("incident", "arrival", None, "actual", None),
        ("violence", None, None, "actual", "ASSAULT"),
    ],
)
def test_plover_type(event_type: str, subtype: str, restrictiveness: str, factuality: str, plover: str) -> None:
    found = plover_type(event_type, subtype=subtype, restrictiveness=restrictiveness, factuality=factuality)
    assert found == plover


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_row_names_terms_that_there_are_and_says_how_they_relate(scheme: str) -> None:
    for row in mappings(scheme):
        assert row.term in vocabulary.allowed(row.column), row
        assert row.subtype in (None, *(vocabulary.subtypes(row.term) if row.column == "event_type" else ())), row
        assert row.restrictiveness in (None, *vocabulary.allowed("restrictiveness")), row
        assert row.factuality in (None, *vocabulary.allowed("factuality")), row
        assert (row.object_id is None) == (row.predicate_id == NO_TERM), row
        assert row.predicate_id in (
            NO_TERM,
            *(f"skos:{kind}Match" for kind in ("exact", "close", "broad", "related")),
        ), row


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_row_stands_behind_one_that_takes_all_that_it_asks_for(scheme: str) -> None:
    seen: list[crosswalk.Mapping] = []
    for row in mappings(scheme):
        for before in seen:
            if (before.column, before.term) == (row.column, row.term):
                asked = [(getattr(before, k), getattr(row, k)) for k in ("subtype", "restrictiveness", "factuality")]
                assert not all(b in (None, r) for b, r in asked), row
        seen.append(row)


@pytest.mark.parametrize("scheme", [scheme for scheme in SCHEMES if scheme != "demig"])
def test_every_event_type_has_a_row_whatever_else_is_said(scheme: str) -> None:
    for event_type in vocabulary.terms("event_type"):
        for factuality in vocabulary.terms("factuality"):
            assert mapping(scheme, event_type, subtype=None, restrictiveness=None, factuality=factuality)


@pytest.mark.parametrize(
    ("scheme", "column"),
    [("demig", c) for c in ("policy_area", "policy_tool", "target_group", "restrictiveness")] + [("iom", "route")],
)
def test_every_term_of_a_column_has_a_row(scheme: str, column: str) -> None:
    assert {row.term for row in mappings(scheme) if row.column == column} == set(vocabulary.terms(column))


def test_plover_categories_are_those_of_the_vocabulary() -> None:
    assert {row.object_id for row in mappings("plover")} - {None} <= vocabulary.allowed("plover_type")


def test_the_page_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "crosswalks.md"
    assert page.read_text(encoding="utf-8") == crosswalks_page(), "run: make dictionary"
