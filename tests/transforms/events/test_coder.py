"""From articles to events: what must hold for every input, and one article whole."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.articles import Article
from schemas.columns import problems
from schemas.events import Event
from transforms.events.coder import code_article, explain

Written = Callable[[str], Article]

STORY = (
    "Malta signed a memorandum with Libya in Tripoli on Thursday. Prime Minister Robert Abela met Fayez al-Sarraj to talk about migration. "
    "The Italian coast guard rescued 63 migrants off Lampedusa on Friday. Hungary will not accept refugees. "
    "The sea was calm."
)


@pytest.fixture(scope="module")
def events(written: Written) -> list[Event]:
    return code_article(replace(written(STORY), title="Italy rescues 63 migrants", published_date=date(2020, 5, 30)))


def test_story(events: list[Event]) -> None:
    told = {(e.event_type, e.source_codes, e.target_codes, e.evidence_field) for e in events}
    assert ("rescue", ("ITA",), ("REF",), "title") in told
    assert ("agreement", ("MLT",), ("LBY",), "text") in told
    assert ("consultation", ("MLT",), ("LBY",), "text") in told
    assert ("rescue", ("ITA",), ("REF",), "text") in told


def test_an_agreement_without_a_place_is_placed_where_its_parties_met(written: Written) -> None:
    events = code_article(
        written("Malta signed a migration deal with Libya. Malta's minister met Libyan officials in Tripoli.")
    )
    (agreement,) = (e for e in events if e.event_type == "agreement")
    assert (agreement.place_name, agreement.place_country, agreement.place_basis) == ("Tripoli", "LBY", "article")


def test_every_column_holds_what_it_may(events: list[Event]) -> None:
    assert [p for e in events for p in problems(e)] == []


def test_offsets_are_exact(events: list[Event]) -> None:
    fields = {"title": "Italy rescues 63 migrants", "text": STORY}
    for event in events:
        field = fields[event.evidence_field]
        assert field[event.evidence_start : event.evidence_end] == event.evidence
        assert event.trigger in event.evidence
        for actor in (*event.sources, *event.targets):
            if actor.start is not None:
                assert field[actor.start : actor.end] == actor.name


def test_ids_are_unique_and_name_their_own_cluster(events: list[Event]) -> None:
    assert len({e.event_id for e in events}) == len(events)
    assert all(e.event_cluster_id == e.event_id for e in events)


def test_no_event_is_told_twice_in_a_sentence(events: list[Event]) -> None:
    told = [(e.evidence_field, e.evidence_start, e.event_type, e.trigger) for e in events]
    assert len(told) == len(set(told))


@pytest.mark.parametrize(
    ("change", "coded"),
    [
        ({}, True),
        ({"relevant": False}, False),
        ({"language": "it"}, False),
        ({"language": "en-GB"}, True),
        ({"language": None}, True),
    ],
)
def test_only_relevant_english_articles_are_coded(written: Written, change: dict[str, object], coded: bool) -> None:
    assert bool(code_article(replace(written("Italy rescued 63 migrants off Malta."), **change))) is coded


def test_explain_tells_why_a_candidate_fell(written: Written) -> None:
    (sentence,) = explain(written("Will Italy rescue the migrants?"))
    assert any(t.fell and "is asked, not said" in t.fell for t in sentence.trials)


def test_a_sentence_without_a_trigger_is_not_parsed(written: Written) -> None:
    (sentence,) = explain(written("The sky above was blue and wide."))
    assert sentence.reading is None


ODD = [
    "",
    " ",
    "a, " * 10_000,
    '"“' * 5_000,
    "(" * 10_000,
    "rescued " * 5_000,
    "Migranti salvati. 移民被救。 Мигранты спасены. ‏مهاجرون",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_are_coded_in_no_time(written: Written, text: str) -> None:
    start = time.perf_counter()
    found = code_article(written(text))
    assert time.perf_counter() - start < 10
    assert all(text[e.evidence_start : e.evidence_end] == e.evidence for e in found)


WORDS = "Italy Malta migrants rescued were not 50 the ship by of to said and , . “ ” who EU agreed to sign deal with refused boat ; :"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=40).map(" ".join))
def test_any_order_of_words_gives_sound_events_and_the_same_again(written: Written, text: str) -> None:
    found = code_article(written(text))
    assert found == code_article(written(text))
    for event in found:
        assert text[event.evidence_start : event.evidence_end] == event.evidence
        assert list(problems(event)) == []
        assert 0 <= event.confidence <= 1
