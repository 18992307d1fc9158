"""What an article says of places as a whole: which countries it is about, and where its story is at each sentence."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.articles import Article
from transforms.events.candidate import Sentence
from transforms.events.places.gazetteer import Place, Spot, spots

_AT = re.compile(r"\b(?:in|at|near|off|inside|outside|into|reached|reach|on)\s+(?:the\s+)?(?:[a-z-]+\s+){0,3}$", re.IGNORECASE)
"""What before a name makes it the place of what is told."""


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """The ground of an article's places."""

    countries: tuple[str, ...] = ()
    """Countries named, the most often named first."""
    story: dict[str, str] = field(default_factory=dict)
    """For each sentence, by its text, the country in which the sentences before it (and, for the title, after it) are set."""

    def likeliest(self, places: Sequence[Place]) -> Place:
        """Which place a name stands for: by the countries that the article speaks of, then by population."""
        for country in self.countries:
            for place in places:
                if place.country == country:
                    return place
        return places[0]


def context_of(article: Article, sentences: Sequence[Sentence]) -> PlaceContext:
    """The context of an article and its sentences."""
    found = [(sentence, list(spots(sentence.text))) for sentence in sentences]
    counts: Counter[str] = Counter()
    for _, here in found:
        counts.update(s.places[0].country for s in here if s.places[0].country and _certain(s))
    # Counter.most_common keeps the order of first mention among equals.
    context = PlaceContext(tuple(country for country, _ in counts.most_common()))
    story: dict[str, str] = {}
    set_in: str | None = None
    for sentence, here in found:
        if set_in is not None:
            story.setdefault(sentence.text, set_in)
        at = [s for s in here if not s.adjective and _AT.search(sentence.text[: s.start])]
        named = [c for s in at if _certain(s) and (c := context.likeliest(s.places).country) not in (None, "INT")]
        if named:
            set_in = named[0]
    return PlaceContext(context.countries, story)


def _certain(spot: Spot) -> bool:
    return spot.places[0].kind != "city" or spot.places[0].population >= 500_000
