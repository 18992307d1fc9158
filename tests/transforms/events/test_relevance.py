import io
import json
import time
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from transforms.events import relevance
from transforms.events.relevance import RELEVANT_FROM, assess, has_migration_word, lexicon, signals

GROUPS = yaml.safe_load(files("transforms.events").joinpath("relevance.yaml").read_text(encoding="utf-8"))
ENTRIES = [(name, entry) for name, group in GROUPS.items() for entry in group["entries"]]
FORMS = [form for _, entry in ENTRIES for form in entry["forms"]]

WEATHER = "Rain is expected in the north on Monday, with light winds and a little sun in the afternoon. " * 20


@pytest.mark.parametrize(("group", "entry"), ENTRIES, ids=[entry["forms"][0] for _, entry in ENTRIES])
def test_every_entry_is_found_in_its_example(group: str, entry: dict[str, object]) -> None:
    assert signals(None, str(entry["example"]))[2][lexicon().groups.index(group)] > 0


def test_forms_are_written_as_they_are_matched() -> None:
    assert len(FORMS) == len(set(FORMS))
    for form in FORMS:
        assert form.split() == relevance._WORD.findall(form.lower()), form


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (None, "Greek coastguard picks up 41 migrants near Samos"),
        (None, "Frontex to send three planes to the Aegean"),
        (None, "'Alan Kurdi' asks Rome for a safe port"),
        ("Judges halt order on Dreamers", "A federal court told the government to take renewals under DACA again."),
        (
            "Hungary to fence its border",
            "Hungary will build a fence along its southern border to keep out migrants, a minister said on Monday. "
            "More than a thousand people a day have crossed from Serbia this month, most of them from Syria.",
        ),
        (
            None,
            "A navy ship rescued 120 people from two rubber boats off Libya on Friday and took them to Sicily. "
            "Four people had drowned, survivors said. The coastguard went on searching for others until dark.",
        ),
        (
            "Rohingya camps brace for monsoon",
            "Aid groups want to move thousands of Rohingya refugees from the hills before the rains. "
            "Bangladesh and Myanmar agreed last year on repatriation, but no one has gone back.",
        ),
    ],
)
def test_relevant(title: str | None, text: str) -> None:
    assert assess(title, text) >= RELEVANT_FROM


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (None, "Central bank holds rates for a third month"),
        (None, "Militias clash near airport as truce frays"),
        (
            "Lion cubs rescued from flat",
            "Police and keepers from the zoo rescued two cubs from a flat. " + WEATHER,
        ),
        (
            "Tanker sinks in storm",
            "Nine men were missing after a tanker sank, the coast guard said. " + WEATHER,
        ),
        (
            "Coalition talks drag on",
            "The parties will meet again on Sunday to talk about tax, pensions, immigration and the price of energy. "
            "Party leaders said that the election had left no clear winner. " + WEATHER,
        ),
        (
            "Shells hit city",
            "A shell fell near a refugee camp as troops moved in with rockets. " + WEATHER,
        ),
    ],
)
def test_irrelevant(title: str | None, text: str) -> None:
    assert assess(title, text) < RELEVANT_FROM


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("An asylum-seeker’s appeal", True),
        ("ASYLUM SEEKERS", True),
        ("Sea-Watch waits", True),
        ("The sea watch", True),
        ("He wears a watch by the sea", False),
        ("A drug-trafficking ring", False),
        ("", False),
        ("   \n", False),
    ],
)
def test_gate(text: str, found: bool) -> None:
    assert has_migration_word(text) is found


@given(st.lists(st.sampled_from([*FORMS, "the", "of", "Monday", "-", "’", "\n", "İstanbul", "ß"]), max_size=60))
def test_score_is_a_probability_and_zero_behind_the_gate(parts: list[str]) -> None:
    text = " ".join(parts)
    score = assess(None, text)
    assert 0 <= score <= 1
    assert score == 0 or has_migration_word(text)


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_is_weighed(text: str, title: str) -> None:
    assert 0 <= assess(title, text) <= 1


def test_the_longer_form_hides_the_shorter() -> None:
    people, lookalikes = (lexicon().groups.index(name) for name in ("people", "lookalikes"))
    density = signals(None, "They left the refugee camp")[2]
    assert density[people] == 0
    assert density[lookalikes] > 0


def test_time_is_linear_in_length() -> None:
    text = "the border was closed at the border by the coast guard of the open sea " * 20_000
    start = time.perf_counter()
    assess(None, text)
    assert time.perf_counter() - start < 5


def test_gold(shared: Path) -> None:
    with (shared / "gold" / "dev.jsonl").open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    kept = [assess(r["title"], r["text"]) >= RELEVANT_FROM for r in records]
    true = [r["relevant"] for r in records]
    right = sum(k and t for k, t in zip(kept, true, strict=True))
    assert 2 * right / (sum(kept) + sum(true)) >= 0.95
    assert sum(k and not t for k, t in zip(kept, true, strict=True)) <= 0.10 * true.count(False)


def test_general_news_is_mostly_let_go(shared: Path) -> None:
    with (shared / "corpora" / "news.jsonl.zst").open("rb") as raw:
        lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), encoding="utf-8")
        records = [json.loads(line) for _, line in zip(range(1500), lines, strict=False)]
    gated = [r for r in records if has_migration_word(f"{r['title'] or ''}\n{r['text']}")]
    assert len(gated) < 0.3 * len(records)
    assert all(assess(r["title"], r["text"]) == 0 for r in records if not any(r is g for g in gated))
