"""From the sentence of an event to its date: which of the sentence's times is the event's, and what it means."""

import re
from dataclasses import replace
from datetime import timedelta

from spacy.tokens import Doc

from transforms.events.attachment import CLAUSE, way
from transforms.events.candidate import Candidate
from transforms.events.dates.clock import Clock
from transforms.events.dates.expressions import Expression, expressions
from transforms.events.dates.meaning import UNRESOLVED, UNSTATED, When, date_of
from transforms.events.dates.story import HAPPENING, SPOKEN, story_of

_BESIDE = frozenset(
    {"before", "after", "ahead of", "prior to", "following", "time since", "compared to", "all of", "than in", "than"}
)
"""Words that set the event apart from the date that follows them."""

_OPENING = 20
"""Within how many code points of its beginning a time opens the sentence, and so holds for all of its clauses."""

_COUNT = re.compile(r"(?<!\d)(?!(?:19|20)\d\d\b)\d[\d,.'’]*\d")
"""A number in digits: what happened so many times "since July" did not happen in July."""


def resolve(doc: Doc, candidate: Candidate, clock: Clock) -> When:
    """When an event happened, as far as the article gives ground for it."""
    found = clock.times.get(doc.text)
    if found is None:
        found = expressions(doc.text)
    costs = [(cost, e.start, e) for e in found if (cost := _cost(doc, candidate, e)) is not None]
    best = UNSTATED
    for _, _, expression in sorted(costs, key=lambda x: x[:2]):
        if expression.kind == "shift":
            best = _shifted(doc, expression, clock)
        else:
            best = date_of(expression, clock.today, ahead=candidate.factuality == "planned")
        if best.event_date is not None and not _too_late(best, candidate, clock):
            return best
    best = best if best.event_date is None else UNSTATED
    if best is UNSTATED and (story := story_of(doc, candidate, clock)) is not None:
        return replace(story.when, basis="anaphoric")
    return best


def _too_late(when: When, candidate: Candidate, clock: Clock) -> bool:
    """Whether a month or a year lies after the article, though the event is told as past; a day named is believed."""
    if candidate.factuality in ("planned", "hypothetical") or when.event_date is None or when.precision == "day":
        return False
    return clock.today.day_known and clock.today.day is not None and when.event_date > clock.today.day


def _shifted(doc: Doc, expression: Expression, clock: Clock) -> When:
    """A shifted day ("the following day"): told from the last day that the article names before it."""
    order = clock.order.get(doc.text, len(clock.order))
    last = next((d.when for d in reversed(clock.dated) if d.order < order), None)
    if last is None or last.event_date is None:
        return UNRESOLVED
    return When(last.event_date + timedelta(expression.number), None, "day", "anaphoric")


def _cost(doc: Doc, candidate: Candidate, expression: Expression) -> float | None:
    """How far an expression is from the event; None where it is not the event's."""
    if expression.bearing == "next" and candidate.factuality not in ("planned", "hypothetical"):
        return None
    if expression.bearing in _BESIDE or (expression.bearing == "since" and _COUNT.search(doc.text)):
        return None
    span = doc.char_span(expression.start, expression.end, alignment_mode="expand")
    if span is None:
        return None
    root = span.root
    start, end = candidate.trigger
    if start <= root.i < end:
        return 0.0
    there = way(doc, candidate, root.i)
    if there.reported:
        return there.cost if candidate.event_type in SPOKEN - {"refusal"} else None
    after_preposition = span.start > 0 and doc[span.start - 1].tag_ == "IN"
    attributive = root.dep_ in ("compound", "nummod", "amod", "nmod", "poss") and not after_preposition
    if attributive and expression.kind in ("year", "month") and not start <= root.head.i < end:
        # "the 2017 deal": the time of another thing.
        return None
    cost = min(there.cost, 0.9 * CLAUSE) if expression.start < _OPENING else there.cost
    return cost if cost < _reach(candidate, expression) else None


def _reach(candidate: Candidate, expression: Expression) -> float:
    """How far off an expression may stand: the day of one happening holds for the clauses beside it."""
    if expression.kind == "vague":
        return CLAUSE
    by_day = expression.kind in ("date", "weekday", "today")
    if candidate.event_type in HAPPENING and candidate.factuality in ("actual", "historical"):
        return 10 * CLAUSE if by_day else 1.8 * CLAUSE
    return 1.4 * CLAUSE if by_day else CLAUSE
