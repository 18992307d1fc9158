"""What a time expression means: a day, a month or a year, told against the day of publication."""

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from dateutil.relativedelta import relativedelta

from transforms.events.dates.expressions import Expression


@dataclass(frozen=True, slots=True)
class Today:
    """The day of publication, as far as it is known."""

    day: date | None
    """None where nothing is known: weekdays and "yesterday" then have no ground."""
    precision: str | None
    """A term of `published_precision`."""

    @property
    def day_known(self) -> bool:
        """Whether the very day is known."""
        return self.day is not None and self.precision in ("day", "second")

    @property
    def month_known(self) -> bool:
        """Whether the month is known."""
        return self.day is not None and self.precision != "year"


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


_SOON = timedelta(31)
"""A day named without a year that comes so soon after the article is that day, not the one a year ago."""

UNSTATED = When(None, None, None, "unstated")
UNRESOLVED = When(None, None, None, "unresolved")


def date_of(expression: Expression, today: Today, *, ahead: bool) -> When:
    """What an expression means on a day of publication; `ahead` where the event lies in the future."""
    match expression.kind:
        case "date":
            return _date(expression, today, ahead)
        case "month":
            return _month(expression, today, ahead)
        case "year":
            assert expression.year is not None
            return _whole_year(expression.year, "explicit")
    if expression.kind in ("vague", "shift") or today.day is None:
        return UNRESOLVED
    return _relative(expression, today, today.day, ahead)


def _relative(expression: Expression, ground: Today, today: date, ahead: bool) -> When:
    if expression.kind == "unit" or (expression.kind == "ago" and expression.unit in ("month", "year")):
        steps = -expression.number if expression.kind == "ago" else expression.number
        if expression.unit == "year":
            return _whole_year(today.year + steps, "relative")
        if expression.unit == "month" and ground.month_known:
            there = today + relativedelta(months=steps)
            return _whole_month(there.year, there.month, "relative")
        return _week(ground, today, expression.number, expression.unit) if expression.unit != "month" else UNRESOLVED
    if not ground.day_known:
        return UNRESOLVED
    if expression.kind == "weekday":
        assert expression.weekday is not None
        if expression.bearing == "next" or (ahead and expression.bearing != "last"):
            return _day(today + timedelta((expression.weekday - today.weekday()) % 7), "weekday")
        return _day(today - timedelta((today.weekday() - expression.weekday) % 7), "weekday")
    if expression.kind == "today":
        return _day(today + timedelta(expression.number), "relative")
    if expression.unit == "week":
        return _week(ground, today, -expression.number, "week")
    return _day(today - timedelta(expression.number), "relative")


def _week(ground: Today, today: date, weeks: int, unit: str | None) -> When:
    """A week or a weekend is known to the month, where it lies in one; "the weekend" of a report is the last one."""
    monday = today - timedelta(today.weekday()) + timedelta(weeks=weeks)
    first, last = monday, min(monday + timedelta(6), max(today, monday))
    if unit == "weekend":
        first = monday + timedelta(5) if monday + timedelta(5) <= today or weeks > 0 else monday - timedelta(2)
        last = first + timedelta(1)
    if not ground.day_known or (first.year, first.month) != (last.year, last.month):
        return UNRESOLVED
    return _whole_month(first.year, first.month, "relative")


def _date(expression: Expression, today: Today, ahead: bool) -> When:
    year, month, day = expression.year, expression.month, expression.day
    assert month is not None
    assert day is not None
    basis = "explicit"
    if year is None:
        if today.day is None:
            return UNRESOLVED
        basis = "partial"
        year = _year_if_soon(today.day, month, day) or _nearest_year(today.day, month, day, ahead)
    try:
        first = date(year, month, day)
    except ValueError:
        return UNRESOLVED
    last = None
    if expression.last_day is not None and day < expression.last_day <= calendar.monthrange(year, month)[1]:
        last = date(year, month, expression.last_day)
    return When(first, last, "day", basis)


def _month(expression: Expression, today: Today, ahead: bool) -> When:
    assert expression.month is not None
    if expression.year is not None:
        return _whole_month(expression.year, expression.month, "explicit")
    if today.day is None:
        return UNRESOLVED
    if expression.unit == "year":
        return _whole_month(today.day.year + expression.number, expression.month, "partial")
    year = _nearest_year(today.day, expression.month, 1, ahead)
    return _whole_month(year, expression.month, "partial")


def _year_if_soon(today: date, month: int, day: int) -> int | None:
    coming = (today + relativedelta(years=n, month=month, day=day) for n in (0, 1) if today.year + n <= MAXYEAR)
    return next((then.year for then in coming if timedelta() < then - today < _SOON), None)


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
