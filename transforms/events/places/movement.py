"""From where to where people moved, and on which of the known routes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from transforms.events.candidate import Candidate, Mention
from transforms.events.places.context import PlaceContext
from transforms.events.places.gazetteer import data
from transforms.events.places.location import Where, states_of
from transforms.events.places.naming import MOVEMENTS, named


@dataclass(frozen=True, slots=True)
class Movement:
    """The movement of people that an event tells of; all None where it tells of none."""

    origin_country: str | None
    destination_country: str | None
    route: str | None
    """A term of `route`."""


NONE = Movement(None, None, None)


@dataclass(frozen=True, slots=True)
class _Route:
    route: str
    origins: frozenset[str]
    destinations: frozenset[str]
    seas: frozenset[str]


@cache
def _routes() -> tuple[_Route, ...]:
    return tuple(
        _Route(
            entry["route"],
            frozenset(entry.get("from", ())),
            frozenset(entry.get("to", ())),
            frozenset(entry.get("places", ())),
        )
        for entry in data("routes.yaml")
    )


def movement(doc: Doc, candidate: Candidate, mentions: Sequence[Mention], where: Where) -> Movement:
    """Origin, destination and route of the people whom an event moves."""
    if candidate.event_type not in MOVEMENTS:
        return NONE
    places = named(doc, candidate, PlaceContext((where.place_country,) if where.place_country else ()))
    left = [n.place.country for n in places if n.role == "from" and n.place.country not in (None, "INT")]
    reached = [n.place.country for n in places if n.role in ("to", "wished") and n.place.country not in (None, "INT")]
    states = states_of(mentions, candidate.sources)
    acting = next(iter(states)) if len(states) == 1 else None
    origin, destination = next(iter(left), None), next(iter(reached), None)
    if candidate.event_type == "return":
        origin = origin or acting
    elif candidate.event_type == "admission":
        destination = destination or acting
    elif (
        candidate.event_type == "incident"
        and candidate.subtype == "arrival"
        and where.place_country not in ("INT", origin)
    ):
        destination = destination or where.place_country
    return Movement(origin, destination, _route(origin, destination, where, {n.place.name for n in places}))


def _route(origin: str | None, destination: str | None, where: Where, names: set[str]) -> str | None:
    for route in _routes():
        if names & route.seas or (where.place_name in route.seas):
            return route.route
    for route in _routes():
        from_there, to_there = origin in route.origins, destination in route.destinations
        off_there = where.place_country in route.origins
        if to_there and (from_there or off_there):
            return route.route
    return None
