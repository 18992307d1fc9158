"""Whether it happened: a table of sentences with the factuality that the rules must give."""

from collections.abc import Callable

import pytest

from schemas.articles import Article
from transforms.events.coder import readings, trials

CASES = [
    ("Italy rescued 50 migrants.", "rescue", "actual"),
    ("Italy will deport 50 migrants.", "return", "planned"),
    ("Italy plans to deport 50 migrants.", "return", "planned"),
    ("Italy to deport 50 migrants", "return", "planned"),
    ("Italy is expected to deport 50 migrants.", "return", "planned"),
    ("Italy could deport 50 migrants.", "return", "hypothetical"),
    ("Italy may deport the migrants.", "return", "hypothetical"),
    ("Italy did not deport the migrants.", "return", "negated"),
    ("Italy has not deported the migrants.", "return", "negated"),
    ("Italy failed to rescue the migrants.", "rescue", "negated"),
    ("The minister said Italy would deport the migrants.", "return", "planned"),
    ("Germany pledged 50 million euros to Niger.", "aid", "planned"),
    ("Intercepted migrants to be returned to Turkey", "return", "planned"),
    ("Merkel is due to meet Macron over the asylum dispute.", "consultation", "planned"),
    ("Italy suspended the return of 50 migrants.", "return", "negated"),
]


@pytest.mark.parametrize(("sentence", "event_type", "expected"), CASES)
def test_factuality(written: Callable[[str], Article], sentence: str, event_type: str, expected: str) -> None:
    found = [t.candidate for r in readings(written(sentence)) for t in trials(r)]
    assert {c.factuality for c in found if c.event_type == event_type} == {expected}
