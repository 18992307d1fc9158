"""What is no assertion gets a doubt that says why."""

from collections.abc import Callable

import pytest

from schemas.articles import Article
from transforms.events.coder import readings, trials

CASES = [
    # sentence, event type, the doubt
    ("Will Italy close its ports?", "border_control", "question"),
    ("Migrants cross the border every year.", "incident", "habit"),
    ("Italy should rescue the migrants.", "rescue", "obliged"),
    ("If Italy closes its ports, the ships will go to Malta.", "border_control", "condition"),
    ("To rescue the migrants, the navy sent a ship.", "rescue", "purpose"),
    ("Turkey opened its border to the migrants fleeing war in Syria.", "incident", "describes"),
    ("Greece urged Malta to rescue the migrants.", "rescue", "part of request"),
    ("Italy refused to rescue the migrants.", "rescue", "part of refusal"),
]


@pytest.mark.parametrize(("sentence", "event_type", "doubt"), CASES)
def test_doubts(written: Callable[[str], Article], sentence: str, event_type: str, doubt: str) -> None:
    tried = [t for r in readings(written(sentence)) for t in trials(r) if t.candidate.event_type == event_type]
    found = [t for t in tried if not t.trigger.id.endswith(".told")]  # what the tagger alone tries changes with it
    assert found
    assert all(doubt in {d.kind for d in t.doubts} for t in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "Italy rescued 50 migrants.",
        "Italy said it had rescued 50 migrants.",
        "Greece thanked Malta, which rescued 50 migrants.",
    ],
)
def test_what_is_asserted_has_none(written: Callable[[str], Article], sentence: str) -> None:
    found = [t for r in readings(written(sentence)) for t in trials(r) if t.candidate.event_type == "rescue"]
    assert [t.doubts for t in found] == [()]
