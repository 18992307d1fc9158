"""The numbers of a sentence, in digits and in words, with what is said of their exactness."""

import re
from dataclasses import dataclass
from itertools import islice, zip_longest

from text_to_num import text2num

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SMALL = rf"(?:(?:{_TENS})(?:[- ](?:{_ONES}))?|{_TEENS}|{_ONES})"
_SCALE = "hundred|thousand|million|billion"
_WORDS = rf"{_SMALL}(?:[ -](?:and )?(?:{_SCALE}|{_SMALL}))*"
_THOUSAND, _MILLION, _BILLION = 1e3, 1e6, 1e9
_TIMES = {
    **dict.fromkeys(("k", "thousand"), _THOUSAND),
    **dict.fromkeys(("m", "mn", "mln", "million"), _MILLION),
    **dict.fromkeys(("b", "bn", "bln", "billion"), _BILLION),
    "hundred": 100.0,
    "dozen": 12.0,
}
_CURRENCY = {"€": "EUR", "$": "USD", "£": "GBP", "US$": "USD", "A$": "AUD", "C$": "CAD"}
_MONEY = {
    **dict.fromkeys(("euro", "euros", "EUR"), "EUR"),
    **dict.fromkeys(("dollar", "dollars", "USD"), "USD"),
    **dict.fromkeys(("pounds", "GBP"), "GBP"),
}

_NUMBER = re.compile(
    r"(?<![\w.,:/])(?<!\D-)(?P<currency>(?:US|A|C)?\$|€|£)?\s?(?P<digits>\d{1,3}(?:[,'’]\d{3})+(?!\d)|\d+(?:\.\d+)?)"
    r"(?:(?P<letter>k|mn|mln|m|bn|bln|b)\b|[ -](?P<times>thousand|million|billion|mln|bln)\b)?"
    r"(?![\d:/]|[.,]\d|(?:s|st|nd|rd|th)\b|\s?%)"
    r"|(?<![\w-])half a (?P<half>million|billion)\b"
    r"|(?<![\w-])an? (?P<one_of>hundred|thousand|million|billion|dozen)\b(?! of\b(?! the))"
    rf"|(?<![\w-])(?P<dozens>{_ONES}) dozen\b"
    r"|(?<![\w-])(?P<couple>a couple of|a couple|a pair of)\b"
    rf"|(?<![\w-])(?P<words>{_WORDS})(?![\w])"
    r"(?!-(?:year|day|month|week|hour|member|point|foot|man|person|star|way|party|time))",
    re.IGNORECASE,
)

_QUANTIFIED = tuple(
    (term, re.compile(rf"\b(?:{words})\s+(?:(?:a|an|the|another|other|its|their)\s+)?$", re.IGNORECASE))
    for term, words in (
        ("at_least", r"at least|no fewer than|no less than|a minimum of"),
        ("at_most", r"up to|at most|a maximum of|as many as"),
        ("more_than", r"more than|over|above|upwards of|exceeding"),
        ("less_than", r"fewer than|less than|under|below"),
        ("approximately", r"about|around|some|roughly|approximately|(?:an )?estimated|nearly|almost|close to"),
    )
)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_LINK = re.compile(r"\s*(?:-|–|to|and|or)\s*", re.IGNORECASE)

_MEASURE = re.compile(
    r"[\s-]*(?:per ?cent|percent|%|nautical|miles?|km|kilomet|met(?:re|er)s?|feet|foot|yards?|hectares?|years?|days?"
    r"|weeks?|months?|hours?|minutes?|seconds?|decades?|a\.?m\b|p\.?m\b|o'clock|degrees|times|points|knots|tonnes|tons|votes?"
    r"|kilos?|pages|percentage|square)",
    re.IGNORECASE,
)
"""What makes of a number a measure of time, space or share, which is no figure of an event."""

_YEAR = re.compile(r"(?:19[5-9]|20[0-3])[1-46-9]")
"""Four digits without a separator that are a year rather than so many people."""

_AGE = re.compile(r"\bage[ds]?(?: between)? (?:\d+(?:,| and| to) ?){0,4}$", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:compared? (?:to|with)|(?:up|down|rose|fell|dropped|rising) from)\s+$", re.IGNORECASE)
_RATIO = re.compile(r"(?:one|two|three|\d) (?:in|out of) (?:\w+)", re.IGNORECASE)
"""Ages, what a number is held against ("up from 202"), and "one in three"."""

_NEXT_WORD = re.compile(r"\s+([A-Za-z]+)")
_BEFORE = 40
"""How far back the words before a number tell of it, in code points."""

_MOST = 64
"""How many numbers of a sentence are read: no news sentence has more, and a hostile one costs no more."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in the sentence."""

    start: int
    end: int
    """Code points of the sentence."""
    value: float
    value_max: float | None
    quantifier: str
    """A term of `quantifier`."""
    currency: str | None
    """ISO 4217 where it is an amount of money."""


def numbers(sentence: str) -> list[Number]:
    """The numbers of a sentence in order, without measures of time, distance or share, ages and years."""
    found: list[Number] = []
    matches = list(islice(_NUMBER.finditer(sentence), _MOST))
    upper_end = -1
    for match, following in zip_longest(matches, matches[1:]):
        before = sentence[max(0, match.start() - _BEFORE) : match.start()]
        value = _value(match)
        if match.start() < upper_end or value is None or before.endswith(("-", "–")):
            continue
        if (ratio := _RATIO.match(sentence, match.start())) is not None:
            upper_end = ratio.end()
            continue
        end, value_max, quantifier = match.end(), None, _quantifier(before)
        if following is not None and (range_ := _range(sentence, match, following, before)) is not None:
            value, value_max = range_
            end, quantifier = following.end(), "between"
            upper_end = end
        if _is_measure(sentence, match, end, before):
            continue
        currency = _currency(match, sentence, end)
        if currency and found and found[-1].currency and before.endswith("("):
            # "35 million euros ($41 million)": the same money twice.
            continue
        found.append(Number(match.start(), end, value, value_max, quantifier, currency))
    return found


def _range(sentence: str, low: re.Match[str], high: re.Match[str], before: str) -> tuple[float, float] | None:
    """The two numbers of "between 40 and 60", "40 to 60", "1-2 million"."""
    link = _LINK.fullmatch(sentence, low.end(), high.start())
    lower, upper = _value(low), _value(high)
    if link is None or not link[0].strip() or lower is None or upper is None:
        return None
    if "and" in link[0].lower() and not _BETWEEN.search(before):
        return None
    scale = high["letter"] or high["times"]
    if scale and low["digits"] and not (low["letter"] or low["times"]):
        lower *= _TIMES[scale.lower()]
    return (lower, upper) if lower < upper else None


def _is_measure(sentence: str, match: re.Match[str], end: int, before: str) -> bool:
    if _AGE.search(before) or _COMPARED.search(before):
        return True
    return bool(_MEASURE.match(sentence, end) or _YEAR.fullmatch(match[0].strip()))


def _value(match: re.Match[str]) -> float | None:
    if match["digits"]:
        scale = (match["letter"] or match["times"] or "").lower()
        return float(re.sub(r"[,'’]", "", match["digits"])) * _TIMES.get(scale, 1.0)
    if match["half"]:
        return _TIMES[match["half"].lower()] / 2
    if match["one_of"]:
        return _TIMES[match["one_of"].lower()]
    if match["couple"]:
        return 2.0
    words, times = (match["dozens"], _TIMES["dozen"]) if match["dozens"] else (match["words"], 1.0)
    try:
        return times * float(text2num(words.lower().replace("-", " "), "en"))
    except ValueError:
        # "three four": two numbers side by side are none.
        return None


def _quantifier(before: str) -> str:
    return next((term for term, pattern in _QUANTIFIED if pattern.search(before)), "exact")


def _currency(match: re.Match[str], sentence: str, end: int) -> str | None:
    if match["currency"]:
        return _CURRENCY[match["currency"].upper()]
    word = _NEXT_WORD.match(sentence, end)
    return _MONEY.get(word[1]) if word else None
