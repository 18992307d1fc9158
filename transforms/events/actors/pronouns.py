"""Whom a pronoun stands for: somebody of the same sentence if one fits, else of those before."""

from collections.abc import Sequence
from itertools import groupby, takewhile

from spacy.tokens import Doc, Token

from schemas.events import Actor
from transforms.events.actors.anaphora import BACK
from transforms.events.actors.cast import Cast, Trace
from transforms.events.candidate import Mention, Sentence
from transforms.events.words import classes_of, lemma

_RELATIVE = frozenset(["who", "whom", "which"])
_SPEAKER = frozenset(["we", "i", "us"])
_PERSON = frozenset(["he", "she", "him", "her", "his"])
_THING = frozenset(["it", "its"])
_SIZES = {"two": 2, "three": 3, "four": 4, "five": 5}
_SEVERAL = frozenset(["they", "them", "their"])
PRONOUNS = _RELATIVE | _SPEAKER | _PERSON | _THING | _SEVERAL

_KINDS = {
    **dict.fromkeys(_PERSON, ("person", "people")),
    **dict.fromkeys(_THING, ("state", "body", "organisation", "vessel")),
    **dict.fromkeys(_SEVERAL, ("people", "state", "body", "organisation", "criminals", "person", "others")),
}
_CROWDS = ("people", "criminals", "others")
_SPEAKERS = ("person", "body", "organisation", "state")
_BEING = frozenset(["is", "was", "be", "been", "'s", "are", "were", "seems", "appears", "takes", "means"])

Resolved = tuple[tuple[Actor, ...], str]
"""Actors and the kind of mention."""


def resolve_pronoun(
    token: Token, doc: Doc, sentence: Sentence, cast: Cast, mentions: Sequence[Mention]
) -> Resolved | None:
    """The actors that a pronoun stands for, and their kind; None if nobody fits.

    `mentions` are those of the sentence, in order.
    """
    word = token.lower_
    if word in _RELATIVE:
        return next(((m.actors, m.kind) for m in reversed(mentions) if m.end <= token.i), None)
    if word in _SPEAKER:
        return _speaker(doc, sentence, cast, mentions)
    if word == "it" and not _is_somebody(token):
        return None
    several = word in _SEVERAL
    return _inside(token, doc, mentions, _KINDS[word], several) or _before(sentence, cast, _KINDS[word], several)


def resolve_number(token: Token, sentence: Sentence, cast: Cast) -> Resolved | None:
    """Whom "the three" stands for: just so many people named in one of the sentences before."""
    size = _SIZES.get(token.lower_)
    if size is None or token.i == 0 or token.nbor(-1).lower_ != "the":
        return None
    near = takewhile(lambda t: t.sentence >= sentence.index - BACK, cast.before(sentence.index, 0))
    people = (t for t in near if t.kind == "person" and not t.plural)
    for _, one_sentence in groupby(people, key=lambda t: t.sentence):
        named = {trace.name: trace for trace in reversed(list(one_sentence))}
        if len(named) == size:
            return tuple(a for trace in named.values() for a in _actors(trace, cast)), "person"
    return None


def _is_somebody(it: Token) -> bool:
    """Whether "it" may be an actor: subject of a verb that is not "be", and no placeholder ("it was alleged that")."""
    verb = it.head
    if it.dep_ in ("dobj", "dative"):  # of a verb with another object: "refused it entry"
        return any(c.dep_ == "dobj" and c.i > it.i for c in verb.children)
    if it.dep_ not in ("nsubj", "nsubjpass", "pobj") or verb.lower_ in _BEING:
        return False
    return it.dep_ != "nsubjpass" or not any(c.dep_ in ("ccomp", "csubj", "csubjpass") for c in verb.children)


def _inside(
    token: Token, doc: Doc, mentions: Sequence[Mention], kinds: Sequence[str], several: bool
) -> Resolved | None:
    """Who fits in the same sentence: the first, as that is mostly the subject; for "they" the last people before it."""
    subject: set[int] = set()
    if token.dep_ in ("dobj", "dative", "pobj"):  # "the navy saved them": not the navy
        subject = {c.i for c in token.head.children if c.dep_ in ("nsubj", "nsubjpass")}
    fit = [
        m
        for m in mentions
        if m.end <= token.i and m.kind in kinds and m.head not in subject and _is_several(m, doc) == several
    ]
    crowds = [m for m in fit if m.kind in _CROWDS] if several else []
    best = crowds[-1] if crowds else fit[0] if fit else None
    return (best.actors, best.kind) if best is not None else None


def _is_several(mention: Mention, doc: Doc) -> bool:
    head = doc[mention.head]
    return (
        len(mention.actors) > 1 or head.tag_ in ("NNS", "NNPS", "CD") or head.lower_ in ("police", "people", "rohingya")
    )


def _before(sentence: Sentence, cast: Cast, kinds: Sequence[str], several: bool) -> Resolved | None:
    """Who fits in the sentences before, the nearest sentence first."""
    near = takewhile(lambda t: t.sentence >= sentence.index - BACK, cast.before(sentence.index, 0))
    fitting = (t for t in near if t.kind in kinds and (t.plural or t.kind == "people" if several else not t.plural))
    for _, one_sentence in groupby(fitting, key=lambda t: t.sentence):
        fit = list(one_sentence)[::-1]
        sure = [t for t in fit if t.identities or t.noun is not None]
        crowds = [t for t in fit if t.kind == "people"] if several else []
        best = (crowds or sure or fit)[0]
        return _actors(best, cast), best.kind
    return None


def _speaker(doc: Doc, sentence: Sentence, cast: Cast, mentions: Sequence[Mention]) -> Resolved | None:
    """Who speaks of themselves: the subject of the verb of saying, else the last person named."""
    for other in doc:
        if other.dep_ == "nsubj" and "saying" in classes_of(lemma(other.head.text)):
            for mention in mentions:
                if mention.start <= other.i < mention.end and mention.kind in _SPEAKERS:
                    return mention.actors, mention.kind
    for trace in cast.before(sentence.index, 0):
        if trace.sentence < sentence.index - BACK:
            break
        if trace.kind == "person" and not trace.plural:
            return _actors(trace, cast), "person"
    return None


def _actors(trace: Trace, cast: Cast) -> tuple[Actor, ...]:
    return tuple(
        Actor(
            name=i.canonical_name or trace.name,
            code=i.code,
            sector=i.sector,
            actor_id=i.actor_id,
            canonical_name=i.canonical_name,
            nationalities=trace.nationalities if i.code == "REF" else (),
        )
        for i in cast.identities(trace)
    )
