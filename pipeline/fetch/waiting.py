"""How long to wait before one asks again."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from secrets import SystemRandom

LONGEST = timedelta(days=1)
"""Whatever a server asks for: it may have mistaken a year for a second."""

FIRST_PAUSE = timedelta(minutes=15)
"""Between runs, after a failure; doubled with each further one in a row."""

_RANDOM = SystemRandom()


def is_waiting(until: datetime | None, now: datetime) -> bool:
    """Whether something is still to be left alone; what is further ahead than any wait was written by a wrong clock."""
    return until is not None and now < until <= now + LONGEST


def asked_for(retry_after: str | None, now: datetime) -> timedelta | None:
    """The wait that a header Retry-After asks for, in seconds or as a date; None if it is neither."""
    written = (retry_after or "").strip()
    if written.isdecimal():
        return min(timedelta(seconds=int(written[:9])), LONGEST)
    try:
        moment = parsedate_to_datetime(written)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta()), LONGEST)


def before_attempt(number: int, base: float) -> float:
    """Seconds before attempt `number` (2, 3, …): any up to `base`, doubled each time: many do not come at once."""
    return _RANDOM.uniform(0, base * 2 ** (number - 2))


def before_run(failures: int) -> timedelta:
    """The pause after so many failures in a row; some of it by chance, at most a day."""
    longest = min(FIRST_PAUSE * 2 ** min(failures - 1, 10), LONGEST)
    return timedelta(seconds=longest.total_seconds() * _RANDOM.uniform(0.5, 1))
