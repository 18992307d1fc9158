"""The data files of the triggers: a linter, and every entry's example coded as the entry says."""

from collections.abc import Callable

import pytest

from schemas import vocabulary
from schemas.articles import Article
from transforms.events import actors
from transforms.events.coder import trials
from transforms.events.matching import Trial
from transforms.events.reading import read
from transforms.events.sentences import split
from transforms.events.syntax import parse
from transforms.events.tagger import tag
from transforms.events.triggers import Trigger, by_word, triggers
from transforms.events.words import classes

Told = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def told(written: Callable[[str], Article]) -> dict[str, list[Told]]:
    """What the rules alone make of each example: (rule, source codes, target codes, factuality)."""
    examples = [written(t.example) for t in triggers()]
    sentences = [split(a)[0] for a in examples]
    found: dict[str, list[Told]] = {}
    docs, tagged = parse(s.text for s in sentences), tag(s.text for s in sentences)
    for trigger, sentence, doc, tags in zip(triggers(), sentences, docs, tagged, strict=True):
        cast = actors.read_cast(None, [sentence], None)
        reading = read(sentence, doc, actors.find_mentions(doc, sentence, cast), tags)

        def codes(heads: tuple[int, ...], reading=reading, cast=cast) -> str:
            named = (a for h in heads for a in actors.actors_of(h, reading.doc, reading.mentions, cast))
            return "+".join(sorted({a.code for a in named if a.code != "---"}))

        found[trigger.id] = [
            (t.trigger.id, codes(t.candidate.sources), codes(t.candidate.targets), t.candidate.factuality)
            for t in trials(reading)
            if _stands(t)
        ]
    return found


def _stands(trial: Trial) -> bool:
    """By the rules alone a trial stands without doubts; that a trigger is weak is what its entry says itself."""
    return all(d.kind == "weak" for d in trial.doubts)


@pytest.mark.parametrize("trigger", triggers(), ids=lambda t: t.id)
def test_example_codes_as_the_entry_says(trigger: Trigger, told: dict[str, list[Told]]) -> None:
    expected = trigger.expected
    wanted = (
        trigger.id,
        expected.get("sources", ""),
        expected.get("targets", ""),
        expected.get("factuality", "actual"),
    )
    assert wanted in told[trigger.id]


@pytest.mark.parametrize("trigger", triggers(), ids=lambda t: t.id)
def test_entry_is_sound(trigger: Trigger) -> None:
    assert trigger.id.startswith(f"{trigger.event_type}.")
    assert trigger.event_type in vocabulary.allowed("event_type")
    assert trigger.subtype is None or trigger.subtype in vocabulary.subtypes(trigger.event_type)
    assert trigger.factuality is None or trigger.factuality in vocabulary.allowed("factuality")
    assert trigger.restrictiveness is None or trigger.restrictiveness in vocabulary.allowed("restrictiveness")
    named = {w[1:-1] for c in (*trigger.where, *trigger.unless) for w in c.wanted if w.startswith("<")}
    known = set(classes()) | {"any", "actor", "state", "ship", "others", "people", "vessel", "criminals", "guards"}
    assert named <= known


def test_ids_are_unique() -> None:
    ids = [t.id for t in triggers()]
    assert len(ids) == len(set(ids))


def test_every_event_type_has_triggers() -> None:
    assert {t.event_type for t in triggers()} == vocabulary.allowed("event_type")


def test_no_two_entries_are_alike() -> None:
    seen: dict[object, str] = {}
    for words in by_word().values():
        for trigger, way in words:
            key = (trigger.event_type, trigger.kind, way, trigger.where, trigger.unless, trigger.voice)
            assert seen.setdefault(key, trigger.id) == trigger.id
