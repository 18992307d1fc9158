"""Dates as they are written beside an article, in the forms that pages, feeds and data files use."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from dateparser import DateDataParser
from dateutil import parser, tz

from transforms.extract.record import Published

_EARLIEST = date(1900, 1, 1)
_LATEST = date(2100, 1, 1)
"""Outside of these a year is a typing error or an empty database field (1 January of year 1)."""

_ZONES = {
    name: tz.tzoffset(name, int(hours * 3600))
    for name, hours in {
        **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "ET": -5, "PT": -8},
        **{"GMT": 0, "UTC": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3},
        **{"IST": 5.5, "SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13},
    }.items()
}
"""Names of time zones as news sites use them; of those with two readings, the one that English news means."""

_PLAIN = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_COMPACT = re.compile(r"(?:19|20)\d{12}")
_SLASHED = re.compile(r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d{2})\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_LEADING = re.compile(
    r"(?:first )?(?:published|posted|updated|last (?:updated|modified)|date)(?: (?:on|at))?\s*:?\s*"
    r"|(?:veröffentlicht|erschienen|stand|datum)(?: am)?\s*:?\s*|publiée?(?: le)?\s*:?\s*|pubblicat[oa](?: il)?\s*:?\s*"
    r"|(?:publicad[oa]|fecha)(?: (?:el|em))?\s*:?\s*"
    r"|(?:gepubliceerd|opublikowano|publicerad|publisert)(?: op)?\s*:?\s*",
    re.IGNORECASE,
)
_CHARACTERS = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
"""Year, month and day as Chinese, Japanese and Korean write them."""
_RELATIVE = re.compile(r"\b(?:ago|yesterday|today|tomorrow)\b", re.I)
_A, _B = datetime(2001, 1, 1), datetime(2004, 2, 2)
"""Two dates that differ in all that may be missing: what comes out the same for both was written."""


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it was written: what of it is known."""

    at: datetime | None
    day: date
    precision: str

    def published(self, basis: str) -> Published:
        """As a date of publication that has this basis."""
        return Published(at=self.at, day=self.day, precision=self.precision, basis=basis)


def read_date(written: str | None) -> Written | None:
    """The date that a string is, or None.

    ISO 8601, RFC 2822, seconds since 1970, "25 June 2018", "Jun 25, 2018 5:20 pm EST", "25 giugno 2018",
    "2018年6月25日", "June 2018", "2018"; also behind "Published on" and the like. None for what needs a clock ("6 YEARS
    AGO"), has no year, or reads two ways ("03/04/2018"); "03.04.2018" has the day first. A time without a zone is
    taken as UTC, as the day is right then.
    """
    text = " ".join((written or "").split())
    if not 4 <= len(text) <= 80:
        return None
    text = _CHARACTERS.sub(r"\1-\2-\3", _LEADING.sub("", text, count=1))
    if _EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if len(text.split(".")[0]) == 13 else 1)
        return _checked(datetime.fromtimestamp(seconds, UTC), "second")
    if _COMPACT.fullmatch(text):
        text = f"{text[:8]}T{text[8:]}"
    if not (_YEAR.search(text) or re.match(r"\d{8}(?:T|$)", text)) or _RELATIVE.search(text):
        return None
    day_first = False
    if numbers := _SLASHED.search(text):
        first, second = int(numbers["first"]), int(numbers["second"])
        if numbers["mark"] == "/" and first <= 12 and second <= 12 and first != second:
            return None
        day_first = numbers["mark"] != "/" or first > 12
    try:
        found = _by_dateutil(text, day_first)
    except (ValueError, OverflowError, TypeError):
        found = _by_dateparser(text)
    return found


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    """The zone of a written offset or name; an unknown name is passed over, as a time without a zone."""
    return tz.tzoffset(name, offset) if offset is not None else _ZONES.get(name or "")


def _by_dateutil(text: str, day_first: bool) -> Written | None:
    a, b = (parser.parse(text, default=d, dayfirst=day_first, tzinfos=_zone) for d in (_A, _B))
    if a.year != b.year:
        return None
    if a.month != b.month:
        return _checked(a, "year")
    if a.day != b.day:
        return _checked(a, "month")
    if _PLAIN.fullmatch(text) or not re.search(r"\d[:h]\d\d|T\d\d|\d\s?[ap]\.?m\b", text, re.I):
        return _checked(a, "day")
    return _checked(a, "second")


_OTHER_LANGUAGES = DateDataParser(
    languages=[
        "en",
        "it",
        "fr",
        "es",
        "de",
        "pt",
        "nl",
        "pl",
        "el",
        "tr",
        "ru",
        "uk",
        "ar",
        "sv",
        "da",
        "nb",
        "fi",
        "hu",
        "cs",
    ],
    settings={
        "STRICT_PARSING": True,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "RETURN_TIME_AS_PERIOD": True,
        "RETURN_AS_TIMEZONE_AWARE": False,
    },
)


def _by_dateparser(text: str) -> Written | None:
    found = _OTHER_LANGUAGES.get_date_data(text)
    if found.date_obj is None:
        return None
    return _checked(found.date_obj, "second" if found.period == "time" else "day")


def _checked(moment: datetime, precision: str) -> Written | None:
    day = moment.date()
    if not _EARLIEST <= day < _LATEST:
        return None
    if precision == "year":
        day = day.replace(month=1, day=1)
    elif precision == "month":
        day = day.replace(day=1)
    if precision != "second":
        return Written(None, day, precision)
    at = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return Written(at, day, precision)
