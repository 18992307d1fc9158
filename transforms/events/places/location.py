"""The place of an event: which of the places in its sentence it happened at."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from transforms.events.attachment import CLAUSE, way
from transforms.events.candidate import Candidate, Mention
from transforms.events.places.context import PlaceContext
from transforms.events.places.gazetteer import Place, spots

MOVEMENTS = frozenset({"incident", "rescue", "admission", "return", "interception"})
"""Types that move people: their place is where people came to, else where they came from."""

_SOMEWHERE = frozenset({"incident", "rescue", "interception", "enforcement", "violence", "protest"})
"""Types that always happen at some place, which the sentences before have told when this one does not."""

_AT = frozenset("in at near off on inside outside around along within between by across through over under throughout".split())
_TO = frozenset("to into towards toward onto reach reaches reached reaching enter enters entered entering".split())
_FROM = frozenset("from leave leaves left leaving fleeing flee fled out of".split())

_INTENT = frozenset(
    "try tries tried trying attempt attempts attempted attempting hope hoped hoping bound head heads headed heading want wants "
    "wanted wanting seek seeks sought seeking aim aiming hopes en depart departing destined intending intended wishing".split()
)
"""Words that make a destination one that people wished for, not one that they came to."""

_GROUND = frozenset(
    "coast coasts coastline shore shores water waters border borders frontier port ports harbour harbor camp camps centre center "
    "centres centers island islands airport sea territory soil town city village beach prison jail desert mainland side enclave "
    "capital zone area region province state district jungle river facility land court consulate embassy barracks base".split()
)
"""Nouns that a state's name or adjective turns into a place: "the Libyan coast"."""


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


@dataclass(frozen=True, slots=True)
class Named:
    """A place named in the sentence of an event, and how it stands to the event."""

    place: Place
    name: str
    """As in the text, with the noun that an adjective makes a place of ("Libyan coast")."""
    role: str
    """at, to, from, wished (a destination hoped for), of (said of the event's own noun: "the Rome talks")."""
    cost: float
    """Of the way from the event (`attachment`)."""


UNSTATED = Where(None, None, None, None, None, "unstated")


def locate(doc: Doc, candidate: Candidate, mentions: Sequence[Mention], context: PlaceContext) -> Where:
    """Where an event happened, by its own sentence, else by where the story is set."""
    best = min(
        ((_rank(candidate, n), order, n) for order, n in enumerate(named(doc, candidate, context)) if n.role != "wished"),
        default=None,
        key=lambda x: x[:2],
    )
    if best is not None and best[0] < CLAUSE:
        place = best[2].place
        return Where(best[2].name, place.country, place.latitude, place.longitude, place.geonames_id, "sentence")
    if candidate.event_type in _SOMEWHERE and candidate.factuality == "actual" and (country := context.story.get(doc.text)):
        return Where(None, country, None, None, None, "article")
    return UNSTATED


def _rank(candidate: Candidate, named: Named) -> float:
    if candidate.event_type in MOVEMENTS:
        return named.cost + {"to": 0.0, "of": 0.0, "at": 0.5, "from": 4.0}[named.role]
    return named.cost + {"at": 0.0, "of": 0.0, "to": 2.0, "from": 5.0}[named.role]


def named(doc: Doc, candidate: Candidate, context: PlaceContext) -> list[Named]:
    """The places that a sentence names, each with its role to the event, in order."""
    found = []
    for spot in spots(doc.text):
        span = doc.char_span(spot.start, spot.end, alignment_mode="expand")
        if span is None or _dateline(doc, span.end):
            continue
        place = context.likeliest(spot.places)
        root = span.root
        if place.kind == "city" and not _city(doc, span.start, span.end):
            continue
        ground = _ground_of(root)
        if ground is None and (spot.adjective or root.ent_type_ in ("PERSON", "ORG", "NORP")) and place.kind != "sea":
            if spot.adjective or root.ent_type_ == "PERSON":
                continue
        head = ground or root
        role = _role(doc, candidate, head)
        if role is None:
            continue
        name = doc[min(span.start, head.i) : max(span.end, head.i + 1)].text if ground is not None else span.text
        found.append(Named(place, name, role, way(doc, candidate, head.i).cost))
    return found


def _dateline(doc: Doc, end: int) -> bool:
    """Whether the name before token `end` is the place of an agency's dateline: "ROME (Reuters) -"."""
    if end > 8:
        return False
    after = doc[end : end + 6].text
    return doc[:end].text.isupper() and ("(" in after or "-" in after or "—" in after or "–" in after or after.startswith(":"))


def _city(doc: Doc, start: int, end: int) -> bool:
    """Whether a name of a city means the city: not a person, an office or an ordinary word."""
    if doc[start].ent_type_ in ("PERSON", "ORG", "NORP", "DATE"):
        return False
    if end < len(doc) and doc[end].text[:1].isupper() and doc[end].ent_type_ != "GPE" and doc[end].text.isalpha():
        return False
    if start and doc[start - 1].text[:1].isupper() and doc[start - 1].ent_type_ == doc[start].ent_type_ != "":
        return False
    return doc[start].ent_type_ in ("GPE", "LOC", "FAC") or (start > 0 and doc[start - 1].lower_ in _AT | _TO | {"from"})


def _ground_of(root: Token) -> Token | None:
    """The noun that the name makes a place of: "coast" of "Libyan coast"."""
    if root.dep_ in ("compound", "amod", "poss", "nmod", "nsubj") and root.head.i > root.i and root.head.lower_ in _GROUND:
        return root.head
    following = root.nbor(1) if root.i + 1 < len(root.doc) else None
    if following is not None and following.lower_ in _GROUND:
        return following
    return None


def _role(doc: Doc, candidate: Candidate, head: Token) -> str | None:
    if head.i in candidate.sources or head.i in candidate.targets:
        return None
    start, end = candidate.trigger
    token = head
    while token.dep_ in ("conj", "appos") and token.head.i != token.i:
        token = token.head
    if token.dep_ in ("compound", "nmod", "poss", "amod"):
        return "of" if start <= token.head.i < end else None
    if token.dep_ in ("pobj", "pcomp"):
        word = token.head
        while word.dep_ == "pobj" or (word.lower_ == "of" and word.head.lower_ in _GROUND):
            word = word.head
        if word.lower_ in _GROUND and word.dep_ == "pobj":
            word = word.head
        role = "at" if word.lower_ in _AT else "to" if word.lower_ in _TO else "from" if word.lower_ in _FROM else None
        above = word.head
    elif token.dep_ == "dobj":
        role = "to" if token.head.lower_ in _TO else "from" if token.head.lower_ in _FROM else None
        above = token.head
    else:
        role = _by_neighbour(doc, head)
        above = token.head
    if role is None:
        return None
    for ancestor in (above, *above.ancestors):
        if start <= ancestor.i < end:
            break
        if ancestor.lower_ in _INTENT:
            return "wished"
    return role


def _by_neighbour(doc: Doc, head: Token) -> str | None:
    """The role by the preposition before the phrase, where the tree has not made one of it."""
    n = head.left_edge.i - 1
    if n < 0:
        return None
    word = doc[n].lower_
    return "at" if word in _AT else "to" if word in _TO else "from" if word == "from" else None
