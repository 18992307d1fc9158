"""The place of an event: which of the places in its sentence it happened at."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from transforms.events.attachment import CLAUSE
from transforms.events.candidate import Candidate, Mention
from transforms.events.places.context import PlaceContext
from transforms.events.places.gazetteer import countries
from transforms.events.places.naming import MOVEMENTS, Named, named

_SOMEWHERE = frozenset({"incident", "rescue", "interception", "protest"})
"""Types that happen on the ground; where the sentence names no place, it is that of the article's one country."""

_ALONE = 2.4 * CLAUSE
_FAR = 1.5 * CLAUSE
"""How far off a place may stand from what happens on the ground, if it is the only one named, and if it is not: the
clauses beside it tell where they all are."""


@dataclass(frozen=True, slots=True)
class Where:
    """The place of an event."""

    place_name: str | None
    place_country: str | None
    """ISO 3166-1 alpha-3, or INT."""
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    place_basis: str
    """A term of `place_basis`."""


UNSTATED = Where(None, None, None, None, None, "unstated")


def locate(doc: Doc, candidate: Candidate, mentions: Sequence[Mention], context: PlaceContext) -> Where:
    """Where an event happened, by its own sentence, else by the country in which the story is set."""
    found = [n for n in named(doc, candidate, context) if n.role != "wished"]
    ranked = sorted(((_rank(candidate, n), order, n) for order, n in enumerate(found)), key=lambda x: x[:2])
    state = _taken_in(candidate, mentions)
    reach = CLAUSE
    if candidate.event_type in MOVEMENTS | {"violence"}:
        reach = _ALONE if len(found) == 1 else _FAR
    if ranked and ranked[0][0] < reach and not (state is not None and ranked[0][2].role == "from"):
        best = ranked[0][2]
        place = best.place
        country = _own_border(candidate, mentions, best) or place.country
        return Where(best.name, country, place.latitude, place.longitude, place.geonames_id, "sentence")
    if state is not None:
        return Where(None, state, None, None, None, "sentence")
    if candidate.event_type == "consultation" and (held := context.meetings.get(doc.text)) is not None:
        return Where(held.name, held.country, held.latitude, held.longitude, held.geonames_id, "article")
    if candidate.event_type in _SOMEWHERE and candidate.factuality == "actual" and context.home is not None:
        return Where(None, context.home, None, None, None, "article")
    return UNSTATED


def _rank(candidate: Candidate, named: Named) -> float:
    vague = 3.0 if named.place.country is None else 1.5 if named.place.kind == "sea" else 0.0
    if candidate.event_type in MOVEMENTS:
        return named.cost + vague + {"to": 0.0, "of": 0.0, "at": 0.5, "from": 4.0}[named.role]
    return named.cost + vague + {"at": 0.0, "of": 0.0, "to": 2.0, "from": CLAUSE}[named.role]


def states_of(mentions: Sequence[Mention], heads: tuple[int, ...]) -> set[str]:
    """The states of the actors that some tokens head."""
    codes = {actor.code for mention in mentions if mention.head in heads for actor in mention.actors}
    return {code for code in codes if code in countries()}


def _own_border(candidate: Candidate, mentions: Sequence[Mention], named: Named) -> str | None:
    """A state that guards "the Austrian border" stands on its own side of it."""
    if candidate.event_type == "border_control" and "border" in named.name.lower():
        states = states_of(mentions, candidate.sources)
        return states.pop() if len(states) == 1 else None
    return None


def _taken_in(candidate: Candidate, mentions: Sequence[Mention]) -> str | None:
    """The state that takes people in, or closes its own borders, is where that happens."""
    if candidate.event_type not in ("admission", "border_control") or candidate.factuality == "negated":
        return None
    states = states_of(mentions, candidate.sources)
    return states.pop() if len(states) == 1 else None
