"""From a time expression to a date: which expression is the event's, and what day, month or year it means."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from spacy.tokens import Doc

from transforms.events.attachment import CLAUSE, way
from transforms.events.candidate import Candidate
from transforms.events.dates.clock import Clock
from transforms.events.dates.expressions import Expression, expressions

_SPOKEN = frozenset({"policy_proposal", "request", "criticism", "endorsement", "threat", "consultation"})
"""Types whose event is what was said, so that the day of saying it is the day of the event."""

_BESIDE = frozenset({"before", "after", "ahead of", "prior to", "following", "time since"})
"""Words that set the event apart from the date that follows them."""


@dataclass(frozen=True, slots=True)
class When:
    """The time of an event."""

    event_date: date | None
    """The day, or the first day of the month or year."""
    event_date_end: date | None
    """The last day of what is known, where that is more than one day."""
    precision: str | None
    """A term of `event_date_precision`."""
    basis: str
    """A term of `event_date_basis`."""


UNSTATED = When(None, None, None, "unstated")
UNRESOLVED = When(None, None, None, "unresolved")


def resolve(doc: Doc, candidate: Candidate, clock: Clock) -> When:
    """When an event happened, as far as the article gives ground for it."""
    found = clock.times.get(doc.text)
    if found is None:
        found = expressions(doc.text)
    costs = [(cost, e.start, e) for e in found if (cost := _cost(doc, candidate, e)) is not None]
    best = UNSTATED
    for _, _, expression in sorted(costs, key=lambda x: x[:2]):
        best = date_of(expression, clock, candidate.factuality)
        if best.event_date is not None:
            return best
    return best


def _cost(doc: Doc, candidate: Candidate, expression: Expression) -> float | None:
    """How far an expression is from the event; None where it is not the event's."""
    if expression.bearing in _BESIDE:
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
        return there.cost if candidate.event_type in _SPOKEN else None
    attributive = root.dep_ in ("compound", "nummod", "amod", "nmod", "poss")
    if attributive and expression.kind in ("year", "month") and not start <= root.head.i < end:
        return None
    return there.cost if there.cost < CLAUSE else None


def date_of(expression: Expression, clock: Clock, factuality: str) -> When:
    """What an expression means on that clock; a planned event lies ahead, all others behind."""
    ahead = factuality == "planned"
    match expression.kind:
        case "date":
            return _date(expression, clock, ahead)
        case "month":
            return _month(expression, clock, ahead)
        case "year":
            assert expression.year is not None
            return _whole_year(expression.year, "explicit")
    if expression.kind in ("vague", "shift") or clock.today is None:
        return UNRESOLVED
    return _relative(expression, clock, clock.today, ahead)


def _relative(expression: Expression, clock: Clock, today: date, ahead: bool) -> When:
    if expression.kind == "unit" or (expression.kind == "ago" and expression.unit in ("month", "year")):
        steps = -expression.number if expression.kind == "ago" else expression.number
        if expression.unit == "year":
            return _whole_year(today.year + steps, "relative")
        if expression.unit == "month" and clock.month_known:
            there = today + relativedelta(months=steps)
            return _whole_month(there.year, there.month, "relative")
        return UNRESOLVED
    if not clock.day_known:
        return UNRESOLVED
    if expression.kind == "weekday":
        assert expression.weekday is not None
        if expression.bearing == "next" or (ahead and expression.bearing != "last"):
            return _day(today + timedelta((expression.weekday - today.weekday()) % 7), "weekday")
        return _day(today - timedelta((today.weekday() - expression.weekday) % 7), "weekday")
    if expression.kind == "today":
        return _day(today + timedelta(expression.number), "relative")
    days = expression.number * (7 if expression.unit == "week" else 1)
    return UNRESOLVED if expression.unit == "week" else _day(today - timedelta(days), "relative")


def _date(expression: Expression, clock: Clock, ahead: bool) -> When:
    year, month, day = expression.year, expression.month, expression.day
    assert month is not None
    assert day is not None
    basis = "explicit"
    if year is None:
        if clock.today is None:
            return UNRESOLVED
        basis = "partial"
        year = _nearest_year(clock.today, month, day, ahead)
    try:
        first = date(year, month, day)
    except ValueError:
        return UNRESOLVED
    last = None
    if expression.last_day is not None and day < expression.last_day <= calendar.monthrange(year, month)[1]:
        last = date(year, month, expression.last_day)
    return When(first, last, "day", basis)


def _month(expression: Expression, clock: Clock, ahead: bool) -> When:
    assert expression.month is not None
    if expression.year is not None:
        return _whole_month(expression.year, expression.month, "explicit")
    if clock.today is None:
        return UNRESOLVED
    if expression.unit == "year":
        return _whole_month(clock.today.year + expression.number, expression.month, "partial")
    year = _nearest_year(clock.today, expression.month, 1, ahead)
    return _whole_month(year, expression.month, "partial")


def _nearest_year(today: date, month: int, day: int, ahead: bool) -> int:
    """The year of a date without one: its last occurrence, or its next where the event lies ahead."""
    if ahead:
        return today.year if (month, day) >= (today.month, 1) else today.year + 1
    return today.year if (month, day) <= (today.month, 31) else today.year - 1


def _day(day: date, basis: str) -> When:
    return When(day, None, "day", basis)


def _whole_month(year: int, month: int, basis: str) -> When:
    if not 1 <= year <= 9999:
        return UNRESOLVED
    return When(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month", basis)


def _whole_year(year: int, basis: str) -> When:
    return When(date(year, 1, 1), date(year, 12, 31), "year", basis) if 1 <= year <= 9999 else UNRESOLVED
