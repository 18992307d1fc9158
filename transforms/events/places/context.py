"""What an article says of places as a whole: which countries it is about, and whether its story is set in one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from schemas.articles import Article
from transforms.events.candidate import Sentence
from transforms.events.places.gazetteer import Place, Spot, spots

_LARGE = 500_000
"""Inhabitants from which the name of a city alone tells its country."""

_HOME_SHARE = 0.75
"""The share of an article's places in one country from which its story is set there; chosen on annotated records, where
65 % of the happenings without a place of their own then are in that country."""

_HOME_NAMES = 3
"""Names of places below which no share says anything."""


_MEETING = re.compile(r"\b(?:talks|met|meets?|meeting|meetings|summit|visit(?:s|ed|ing)?|conference)\b")
_HELD = re.compile(r"\b(?:in|at|to|visit(?:s|ed|ing)?)\s+(?:[\w-]+\s+){0,2}$")


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """The ground of an article's places."""

    countries: tuple[str, ...] = ()
    """Countries named, the most often named first."""
    home: str | None = None
    """The country in which the whole story is set, if there is one."""

    meetings: dict[str, Place] = field(default_factory=dict)
    """For each sentence, by its text, where the meeting was held that was told of last before it."""

    def likeliest(self, places: Sequence[Place]) -> Place:
        """Which place a name stands for: by the countries that the article speaks of, then by population."""
        for country in self.countries:
            for place in places:
                if place.country == country:
                    return place
        return places[0]


def context_of(article: Article, sentences: Sequence[Sentence]) -> PlaceContext:
    """The context of an article and its sentences."""
    found = {sentence.text: list(spots(sentence.text)) for sentence in sentences}
    every = [spot for here in found.values() for spot in here]
    certain = Counter(spot.places[0].country for spot in every if spot.places[0].country and _certain(spot))
    # most_common keeps the order of first mention among equals.
    context = PlaceContext(tuple(country for country, _ in certain.most_common()))
    named = (context.likeliest(s.places) for s in every if _certain(s) or s.places[0].country in context.countries)
    counts = Counter(place.country for place in named if place.country and place.country != "INT")
    return replace(context, home=_home(counts), meetings=_meetings(context, found))


def _home(counts: Counter[str]) -> str | None:
    if not counts:
        return None
    country, count = counts.most_common(1)[0]
    return country if count >= _HOME_NAMES and count >= _HOME_SHARE * sum(counts.values()) else None


def _meetings(context: PlaceContext, found: dict[str, list[Spot]]) -> dict[str, Place]:
    meetings: dict[str, Place] = {}
    last: Place | None = None
    for text, here in found.items():
        if last is not None:
            meetings[text] = last
        if _MEETING.search(text):
            held = [s for s in here if not s.adjective and _certain(s) and _HELD.search(text[: s.start])]
            last = context.likeliest(held[0].places) if held else last
    return meetings


def _certain(spot: Spot) -> bool:
    return spot.places[0].kind != "city" or spot.places[0].population >= _LARGE
