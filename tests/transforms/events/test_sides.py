"""Who acts: the rules' answer stands, and an empty side is filled by whom the tagger sees there."""

from collections.abc import Callable

import pytest

from schemas.articles import Article
from transforms.events.coder import code_article, readings, trials
from transforms.events.sides import with_sides


def test_a_side_that_the_rules_fill_stands(written: Callable[[str], Article]) -> None:
    (reading,) = readings(written("The Italian coast guard rescued 63 migrants off Lampedusa, Malta said."))
    (trial, *_) = [t for t in trials(reading) if t.candidate.event_type == "rescue" and not t.doubts]
    assert trial.candidate.sources
    assert trial.candidate.targets
    decided = with_sides(reading, trial)
    assert decided.candidate.sources == trial.candidate.sources
    assert decided.candidate.targets == trial.candidate.targets


@pytest.mark.parametrize(
    ("sentence", "event_type", "sources", "targets"),
    [
        (
            "Germany's interior minister took aim at Hungary over its treatment of refugees.",
            "criticism",
            {"DEU"},
            {"HUN"},
        ),
        ("Greece hit out at Turkey for letting migrants cross the Aegean.", "criticism", {"GRC"}, {"TUR"}),
    ],
)
def test_sides_of_events(
    written: Callable[[str], Article], sentence: str, event_type: str, sources: set[str], targets: set[str]
) -> None:
    (event,) = [e for e in code_article(written(sentence)) if e.event_type == event_type]
    assert set(event.source_codes) == sources
    assert targets <= set(event.target_codes)


def _sides(article: Article, event_type: str) -> tuple[set[str], set[str]]:
    (event,) = [e for e in code_article(article) if e.event_type == event_type]
    return set(event.source_codes), set(event.target_codes)


def test_who_only_reports_a_rescue_is_no_side_of_it(written: Callable[[str], Article]) -> None:
    article = written("Some 127 migrants were rescued off Chios on Friday, the Turkish coastguard said.")
    assert _sides(article, "rescue") == (set(), {"REF"})


def test_a_sign_joins_two_parties(written: Callable[[str], Article]) -> None:
    article = written("Greece-Turkey talks on the return of migrants began in Ankara on Monday.")
    assert _sides(article, "consultation") == ({"GRC"}, {"TUR"})
