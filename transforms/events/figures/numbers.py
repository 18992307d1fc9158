"""The numbers of a sentence, in digits and in words, with what is said of their exactness."""

import re
from dataclasses import dataclass

from text_to_num import text2num

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SMALL = rf"(?:(?:{_TENS})(?:[- ](?:{_ONES}))?|{_TEENS}|{_ONES})"
_SCALE = "hundred|thousand|million|billion"
_WORDS = rf"{_SMALL}(?:[ -](?:and )?(?:{_SCALE}|{_SMALL}))*"
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bln": 1e9, "million": 1e6, "bn": 1e9, "billion": 1e9, "b": 1e9}
_CURRENCY = {"€": "EUR", "$": "USD", "£": "GBP", "US$": "USD", "A$": "AUD", "C$": "CAD"}
_MONEY = {"euro": "EUR", "euros": "EUR", "EUR": "EUR", "dollar": "USD", "dollars": "USD", "USD": "USD", "pounds": "GBP", "GBP": "GBP"}

_DIGITS = r"\d{1,3}(?:[,'’]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.,:/-])(?P<currency>(?:US|A|C)?\$|€|£)?\s?(?P<digits>{_DIGITS})(?:(?P<letter>k|mn|mln|m|bn|bln|b)\b|[ -](?P<times>thousand|million|billion|mln|bln)\b)?"
    r"(?![\d:/]|[.,]\d|(?:s|st|nd|rd|th)\b|\s?%)"
    rf"|(?<![\w-])(?P<half>half a (?P<of_half>million|billion))\b"
    rf"|(?<![\w-])(?P<a>an?) (?P<one_of>hundred|thousand|million|billion|dozen)\b(?! of\b(?! the))"
    rf"|(?<![\w-])(?P<dozens>{_ONES}) dozen\b"
    r"|(?<![\w-])(?P<couple>a couple of|a couple|a pair of)\b"
    rf"|(?<![\w-])(?P<words>{_WORDS})(?![\w])(?!-(?:year|day|month|week|hour|member|point|foot|man|person|star|way|party|time))",
    re.IGNORECASE,
)

_BEFORE: tuple[tuple[str, str], ...] = (
    ("at_least", r"at least|no fewer than|no less than|a minimum of"),
    ("at_most", r"up to|at most|a maximum of|as many as"),
    ("more_than", r"more than|over|above|upwards of|exceeding"),
    ("less_than", r"fewer than|less than|under|below|nearly|almost|close to"),
    ("approximately", r"about|around|some|roughly|approximately|an estimated|estimated|circa|an average of|a total of about"),
)
_QUANTIFIED = tuple(
    (term, re.compile(rf"\b(?:{words})\s+(?:(?:a|an|the|another|other|its|their)\s+)?$", re.IGNORECASE)) for term, words in _BEFORE
)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_LINK = re.compile(r"\s*(?:-|–|to|and|or)\s*", re.IGNORECASE)

_MEASURE = re.compile(
    r"[\s-]*(?:per ?cent|percent|%|nautical|miles?|km|kilomet|met(?:re|er)s?|feet|foot|yards?|hectares?|years?|days?|weeks?|months?|hours?"
    r"|minutes?|seconds?|decades?|a\.?m\b|p\.?m\b|o'clock|degrees|times|points|knots|tonnes|tons|votes?|kilos?|pages|percentage)",
    re.IGNORECASE,
)
"""What makes of a number a measure of time, space or share, which is no figure of an event."""


_YEAR = re.compile(r"(?:19[5-9]|20[0-3])[1-46-9]")
"""Four digits without a separator that are a year rather than so many people."""

_AGE = re.compile(r"\bage[ds]?(?: between)? (?:\w+(?:,| and| to)\s?)*$", re.IGNORECASE)

_RATIO = re.compile(r"\b(?:one|two|three|\d) (?:in|out of) (?:\w+|\d+)?$", re.IGNORECASE)

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
    """The numbers of a sentence in order, without measures of time, distance or share."""
    found: list[Number] = []
    matches = list(_NUMBER.finditer(sentence))
    skip = -1
    for n, match in enumerate(matches):
        if n == skip:
            continue
        value = _value(match)
        if value is None:
            continue
        end, value_max, quantifier = match.end(), None, _quantifier(sentence[: match.start()])
        following = matches[n + 1] if n + 1 < len(matches) else None
        if following is not None and (link := _LINK.fullmatch(sentence, end, following.start())):
            upper, between = _value(following), bool(_BETWEEN.search(sentence[: match.start()]))
            joins = "and" not in link[0].lower() or between
            if upper is not None and upper > value and joins and (between or link[0].strip()):
                if following["letter"] or following["times"]:
                    value *= upper / _bare(following) if value < _bare(following) * 10 else 1
                skip, end, value_max, quantifier = n + 1, following.end(), upper, "between"
        if _MEASURE.match(sentence, end) or _YEAR.fullmatch(match[0].strip()) or _RATIO.search(sentence[: end + 12]):
            continue
        if _AGE.search(sentence[: match.start()]):
            continue
        currency = _currency(match, sentence, end)
        if currency and found and found[-1].currency and sentence[: match.start()].endswith("("):
            # "35 million euros ($41 million)": the same money twice.
            continue
        found.append(Number(match.start(), end, value, value_max, quantifier, currency))
    return found


def _bare(match: re.Match[str]) -> float:
    return float(re.sub(r"[,'’]", "", match["digits"])) if match["digits"] else 1.0


def _value(match: re.Match[str]) -> float | None:
    if match["digits"]:
        return _bare(match) * _TIMES.get((match["letter"] or match["times"] or "").lower(), 1.0)
    if match["half"]:
        return _TIMES[match["of_half"].lower()] / 2
    if match["a"]:
        return {"hundred": 100.0, "dozen": 12.0}.get(match["one_of"].lower()) or _TIMES[match["one_of"].lower()]
    if match["dozens"]:
        return 12.0 * float(text2num(match["dozens"].lower(), "en"))
    if match["couple"]:
        return 2.0
    try:
        return float(text2num(match["words"].lower().replace("-", " "), "en"))
    except ValueError:
        # "three four": two numbers side by side are none.
        return None


def _quantifier(before: str) -> str:
    for term, pattern in _QUANTIFIED:
        if pattern.search(before):
            return term
    return "exact"


def _currency(match: re.Match[str], sentence: str, end: int) -> str | None:
    if match["currency"]:
        return _CURRENCY[match["currency"].upper()]
    word = re.match(r"\s+([A-Za-z]+)", sentence[end:])
    return _MONEY.get(word[1]) if word else None
