"""The places that a sentence names, and how each stands to an event: where, to where, from where, or merely named."""

import re
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from transforms.events.attachment import way
from transforms.events.candidate import Candidate
from transforms.events.places.context import PlaceContext
from transforms.events.places.gazetteer import Place, data, spots
from transforms.events.words import lemma

MOVEMENTS = frozenset({"incident", "rescue", "admission", "return", "interception"})
"""Types that move people: their place is where people came to, else where they came from."""

_VERBAL = frozenset(
    {"criticism", "request", "policy_proposal", "policy_change", "refusal", "endorsement", "threat", "court_ruling"}
)
"""Types that happen at a place only where a phrase of the verb's own says so: not at the places that they are about."""

_REACH = frozenset({"reach", "enter", "visit", "cross", "storm"})
_LEAVE = frozenset({"leave", "flee"})
"""Verbs whose object is a place."""

_PASSED = frozenset({"the", "a", "an", "its", "their"})
"""Words that may stand between a preposition and a name."""


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


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(data("words.yaml")[name]).split())


@cache
def _prepositions() -> dict[str, str]:
    return {word: role for role in ("at", "to") for word in _words(role)} | {"from": "from"}


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
        if _of_person(doc, span.start, span.end, place) and not _after_preposition(doc, span.start):
            continue
        if ground is not None and place.kind == "sea" and ground.lower_ in ("island", "islands"):
            continue
        held = _held_there(doc, candidate, span.start)
        role: str | None = "of" if nominal else "at" if held else None
        role = role or _role(doc, candidate, span.start, span.end, ground or root, place.kind == "state")
        if role is None or (role == "at" and _topic(doc, span.start, place, ground)):
            continue
        if role == "at" and candidate.event_type in MOVEMENTS and doc[span.start - 1].lower_ == "between":
            # Who is lost between two shores is lost on the high sea.
            place = replace(place, country="INT", latitude=None, longitude=None, geonames_id=None)
        head = ground or root
        name = doc[min(span.start, head.i) : max(span.end, head.i + 1)].text if ground is not None else span.text
        found.append(Named(place, name, role, 0.0 if held else way(doc, candidate, head.i).cost))
    return found


def _held_there(doc: Doc, candidate: Candidate, start: int) -> bool:
    """Whether a name says where a meeting is held: "met … at the meeting *in Tripoli*", however far off in the tree."""
    if candidate.event_type != "consultation" or not _after_preposition(doc, start):
        return False
    return lemma(doc[start - 1].head.text) in _words("meetings")


def _dateline(doc: Doc, end: int) -> bool:
    """Whether the name before token `end` is the place of an agency's dateline: "ROME (Reuters) -"."""
    if end > 8:
        return False
    after = doc[end : end + 6].text
    return doc[:end].text.isupper() and (after.startswith(":") or any(sign in after for sign in "(-—–"))


def _of_person(doc: Doc, start: int, end: int, place: Place) -> bool:
    """Whether a name is a person's; what is no city is so only as a part of a longer name."""
    if doc[end - 1].ent_type_ != "PERSON":
        return False
    wider = any(ent.start < start or ent.end > end for ent in doc.ents if ent.start < end and start < ent.end)
    return wider or place.kind == "city"


def _after_preposition(doc: Doc, start: int) -> bool:
    return start > 0 and doc[start - 1].lower_ in _prepositions()


def _city(doc: Doc, start: int, end: int) -> bool:
    """Whether a name of a city means the city: not a person, an office or an ordinary word."""
    before = doc[start - 1] if start else None
    if _after_preposition(doc, start):
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
    if ground is not None or place.kind not in ("state", "province", "city", "town"):
        return False
    return re.search(r"\bon\b", doc[max(start - 2, 0) : start].text.lower()) is not None


def _counts(doc: Doc, candidate: Candidate, end: int) -> bool:
    """Whether an adjective tells where people arrive: "Spanish arrivals triple"."""
    start, stop = candidate.trigger
    return (
        candidate.event_type == "incident"
        and end < len(doc)
        and (start <= end < stop or (doc[end].like_num and start <= end + 1 < stop))
        and doc[candidate.anchor].tag_.startswith("NN")
    )


def _role(doc: Doc, candidate: Candidate, start: int, end: int, head: Token, named_state: bool) -> str | None:
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
        role, word = _by_tree(candidate, head, named_state)
    if role is None or word is None:
        return None
    if head.i in candidate.sources or (head.i in candidate.targets and candidate.event_type != "consultation"):
        return None
    above = [word.head, *word.head.ancestors] if word.head.i != word.i else []
    if lemma(word.lower_) in _REACH | _LEAVE:
        above = [word, *word.ancestors]
    of_noun = word.head.tag_.startswith("NN") and not first <= word.head.i < last
    if of_noun and (
        (role == "from" and candidate.event_type not in ("admission", "return"))
        or (candidate.event_type in _VERBAL and candidate.anchor != word.head.i)
    ):
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
    ground, sides = _words("ground"), _words("sides")
    for n in range(start - 1, max(start - 7, -1), -1):
        token, word = doc[n], doc[n].lower_
        if word in _prepositions():
            return _prepositions()[word], token
        if word in ("out", *sides) and doc[n + 1].lower_ == "of":
            return "from" if word == "out" else "at", token
        if (verb := lemma(word)) in _REACH or verb in _LEAVE:
            return "to" if verb in _REACH else "from", token
        of_ground = word == "of" and n > 0 and (doc[n - 1].lower_ in ground | sides or doc[n - 1].lower_ == "out")
        if not (of_ground or word in _PASSED or word in ground or token.tag_ in ("JJ", "NNP", "VBN")):
            break
    return None, None


def _by_tree(candidate: Candidate, head: Token, state: bool) -> tuple[str | None, Token | None]:
    """The role by the tree, where no preposition stands before the name."""
    token = head
    while token.dep_ in ("conj", "appos", "nmod", "compound") and token.head.tag_.startswith("NN"):
        token = token.head
    word = token.head
    if token.dep_ == "pobj":
        while word.lower_ == "of" and word.head.lower_ in _words("ground") and word.head.dep_ == "pobj":
            word = word.head.head
        return _prepositions().get(word.lower_), word
    if token.dep_ in ("dobj", "nsubjpass") or (token.dep_ == "nsubj" and candidate.event_type == "border_control"):
        verb = lemma(word.lower_)
        if verb in _REACH or verb in _LEAVE:
            return "to" if verb in _REACH else "from", word
        if token.lower_ in _words("ground") or (not state and candidate.trigger[0] <= word.i < candidate.trigger[1]):
            return "at", word
    return None, None
