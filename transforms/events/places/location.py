"""The place of an event: which of the places in its sentence it happened at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from transforms.events.attachment import CLAUSE, way
from transforms.events.candidate import Candidate, Mention
from transforms.events.places.context import PlaceContext
from transforms.events.places.gazetteer import Place, countries, data, spots
from transforms.events.words import lemma

MOVEMENTS = frozenset({"incident", "rescue", "admission", "return", "interception"})
"""Types that move people: their place is where people came to, else where they came from."""

_SOMEWHERE = frozenset({"incident", "rescue", "interception", "protest"})
"""Types that happen on the ground; where the sentence names no place, it is that of the article's one country."""

_FROM = frozenset({"from"})
_REACH = frozenset({"reach", "enter", "visit", "cross", "storm"})
_LEAVE = frozenset({"leave", "flee"})
"""Verbs whose object is a place."""

_FAR = 1.5 * CLAUSE
"""How far off a place may stand from what happens on the ground: the clauses beside it tell where they all are."""

_PASSED = frozenset({"the", "a", "an", "its", "their"})

_VERBAL = frozenset(
    {"criticism", "request", "policy_proposal", "policy_change", "refusal", "endorsement", "threat", "court_ruling"}
)
"""Types that happen at a place only where a phrase of the verb's own says so: not at the places that they are about."""


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(data("words.yaml")[name]).split())


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
    """Where an event happened, by its own sentence, else by the country in which the story is set."""
    found = [n for n in named(doc, candidate, context) if n.role != "wished"]
    ranked = sorted(((_rank(candidate, n), order, n) for order, n in enumerate(found)), key=lambda x: x[:2])
    state = _taken_in(candidate, mentions)
    reach = _FAR if candidate.event_type in MOVEMENTS | {"violence"} else CLAUSE
    if ranked and ranked[0][0] < reach and not (state is not None and ranked[0][2].role == "from"):
        best = ranked[0][2]
        place = best.place
        country = _own_border(candidate, mentions, best) or place.country
        return Where(best.name, country, place.latitude, place.longitude, place.geonames_id, "sentence")
    if state is not None:
        return Where(None, state, None, None, None, "sentence")
    if candidate.event_type == "consultation" and (place := context.meetings.get(doc.text)) is not None:
        return Where(place.name, place.country, place.latitude, place.longitude, place.geonames_id, "article")
    if candidate.event_type in _SOMEWHERE and candidate.factuality == "actual" and context.home is not None:
        return Where(None, context.home, None, None, None, "article")
    return UNSTATED


def _rank(candidate: Candidate, named: Named) -> float:
    vague = 3.0 if named.place.country is None else 1.5 if named.place.kind == "sea" else 0.0
    if candidate.event_type in MOVEMENTS:
        return named.cost + vague + {"to": 0.0, "of": 0.0, "at": 0.5, "from": 4.0}[named.role]
    return named.cost + vague + {"at": 0.0, "of": 0.0, "to": 2.0, "from": CLAUSE}[named.role]


def _states_of(mentions: Sequence[Mention], heads: tuple[int, ...]) -> set[str]:
    """The states of the actors that some tokens head."""
    codes = {actor.code for mention in mentions if mention.head in heads for actor in mention.actors}
    return {code for code in codes if code in countries()}


def _own_border(candidate: Candidate, mentions: Sequence[Mention], named: Named) -> str | None:
    """A state that guards "the Austrian border" stands on its own side of it."""
    if candidate.event_type == "border_control" and "border" in named.name.lower():
        states = _states_of(mentions, candidate.sources)
        return states.pop() if len(states) == 1 else None
    return None


def _taken_in(candidate: Candidate, mentions: Sequence[Mention]) -> str | None:
    """The state that takes people in, or closes its own borders, is where that happens."""
    if candidate.event_type not in ("admission", "border_control") or candidate.factuality == "negated":
        return None
    states = _states_of(mentions, candidate.sources)
    return states.pop() if len(states) == 1 else None


def named(doc: Doc, candidate: Candidate, context: PlaceContext) -> list[Named]:
    """The places that a sentence names, each with its role to the event, in order."""
    found = []
    for spot in spots(doc.text):
        span = doc.char_span(spot.start, spot.end, alignment_mode="expand")
        if span is None or _dateline(doc, span.end):
            continue
        place = context.likeliest(spot.places)
        if place.kind == "city" and not _city(doc, span.start, span.end):
            continue
        root = span.root
        ground = _ground_of(doc, span.end)
        nominal = spot.adjective and _counts(doc, candidate, span.end)
        if ground is None and spot.adjective and not nominal:
            continue
        if root.ent_type_ == "PERSON" and not (span.start and doc[span.start - 1].lower_ in _words("at") | _words("to")):
            continue
        if ground is not None and place.kind == "sea" and ground.lower_ in ("island", "islands"):
            continue
        role = "of" if nominal else _role(doc, candidate, span.start, span.end, ground or root)
        if role is None or (role == "at" and _topic(doc, span.start, place, ground)):
            continue
        if role == "at" and candidate.event_type in MOVEMENTS and doc[span.start - 1].lower_ == "between":
            # Who is lost between two shores is lost on the high sea.
            place = replace(place, country="INT", latitude=None, longitude=None, geonames_id=None)
        head = ground or root
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
    before = doc[start - 1] if start else None
    if before is not None and before.lower_ in _words("at") | _words("to") | _FROM:
        return doc[start].ent_type_ not in ("PERSON", "DATE")
    if doc[start].ent_type_ in ("PERSON", "ORG", "NORP", "DATE"):
        return False
    if end < len(doc) and doc[end].text[:1].isupper() and doc[end].ent_type_ != "GPE" and doc[end].text.isalpha():
        return False
    if before is not None and before.text[:1].isupper() and before.ent_type_ == doc[start].ent_type_ != "":
        return False
    return doc[start].ent_type_ in ("GPE", "LOC", "FAC")


def _ground_of(doc: Doc, end: int) -> Token | None:
    """The noun that the name makes a place of: "coast" of "Libyan coast"."""
    for token in doc[end : end + 3]:
        if token.lower_ in _words("ground"):
            guard = token.i + 1 < len(doc) and doc[token.i + 1].lower_ in ("guard", "guards", "police", "agency")
            return None if guard else token
        if token.tag_ not in ("JJ", "POS", "NN", "VBN"):
            return None
    return None


def _topic(doc: Doc, start: int, place: Place, ground: Token | None) -> bool:
    """Whether "on Libya" tells what is spoken of, not where."""
    before = doc[max(start - 2, 0) : start].text.lower()
    return re.search(r"\bon\b", before) is not None and ground is None and place.kind in ("state", "province", "city", "town")


def _counts(doc: Doc, candidate: Candidate, end: int) -> bool:
    """Whether an adjective tells where people arrive: "Spanish arrivals triple"."""
    start, stop = candidate.trigger
    return (
        candidate.event_type == "incident"
        and end < len(doc)
        and (start <= end < stop or (doc[end].like_num and start <= end + 1 < stop))
        and doc[candidate.anchor].tag_.startswith("NN")
    )


def _role(doc: Doc, candidate: Candidate, start: int, end: int, head: Token) -> str | None:
    first, last = candidate.trigger
    if first <= head.i < last:
        return "of"
    after = doc[end] if end < len(doc) else None
    if after is not None and first <= end < last and after.tag_.startswith("NN"):
        return "of"
    if after is not None and after.tag_ == "POS" and head.i < end:
        return None
    role, word = _by_order(doc, start)
    if role is None:
        role, word = _by_tree(candidate, head)
    if role is None or word is None:
        return None
    if head.i in candidate.sources or (head.i in candidate.targets and candidate.event_type != "consultation"):
        return None
    above = [word.head, *word.head.ancestors] if word.head.i != word.i else []
    if lemma(word.lower_) in _REACH | _LEAVE:
        above = [word, *word.ancestors]
    noun = word.head if word.head.tag_.startswith("NN") and not first <= word.head.i < last else None
    if noun is not None and (role == "from" or (candidate.event_type in _VERBAL and candidate.anchor not in (noun.i, word.head.i))):
        return None
    if candidate.event_type in _VERBAL and role != "at":
        return None
    for ancestor in above:
        if first <= ancestor.i < last:
            break
        if lemma(ancestor.lower_) in _words("wish"):
            return "wished"
    return role


def _by_order(doc: Doc, start: int) -> tuple[str | None, Token | None]:
    """The role by the preposition before a name, over its article, its adjectives and "coast of", "east of"."""
    for n in range(start - 1, max(start - 7, -1), -1):
        token = doc[n]
        if token.lower_ in _words("at"):
            return "at", token
        if token.lower_ in _words("to"):
            return "to", token
        if token.lower_ in _FROM or (token.lower_ == "out" and doc[n + 1].lower_ == "of"):
            return "from", token
        if token.lower_ in _words("sides") and doc[n + 1].lower_ == "of":
            return "at", token
        of_ground = token.lower_ == "of" and n > 0 and doc[n - 1].lower_ in _words("ground") | _words("sides") | {"out"}
        if not (of_ground or token.lower_ in _PASSED or token.lower_ in _words("ground") or token.tag_ in ("JJ", "NNP", "VBN")):
            break
    return None, None


def _by_tree(candidate: Candidate, head: Token) -> tuple[str | None, Token | None]:
    token = head
    while token.dep_ in ("conj", "appos", "nmod", "compound") and token.head.i != token.i and token.head.tag_.startswith("NN"):
        token = token.head
    word = token.head
    if token.dep_ == "pobj":
        while word.lower_ == "of" and word.head.lower_ in _words("ground") and word.head.dep_ == "pobj":
            word = word.head.head
        role = "at" if word.lower_ in _words("at") else "to" if word.lower_ in _words("to") else "from" if word.lower_ in _FROM else None
        return role, word
    if token.dep_ in ("dobj", "nsubjpass") or (token.dep_ == "nsubj" and candidate.event_type == "border_control"):
        if lemma(word.lower_) in _REACH:
            return "to", word
        if lemma(word.lower_) in _LEAVE:
            return "from", word
        if token.lower_ in _words("ground"):
            return "at", word
    return None, None
