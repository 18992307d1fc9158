"""Whom a common noun without an owner, or a pronoun, stands for: "the minister", "the ship", "he", "they"."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from schemas.events import Actor
from transforms.events.actors.cast import Cast, Trace
from transforms.events.actors.knowledge import Identity, Noun, knowledge
from transforms.events.actors.phrases import Phrase, owned_by
from transforms.events.actors.wording import Word
from transforms.events.candidate import Mention, Sentence
from transforms.events.words import classes_of, lemma

_BACK = 3
"""How many sentences back a pronoun may refer."""

_GROUPS = ("minister", "government", "state", "country", "nation", "leader", "premier", "heads of government", "heads of state")
"""Plurals of these without an owner are several states."""

_SIZES = {"two": 2, "both": 2, "three": 3, "four": 4}

_DIVERSE = frozenset({"party", "head", "envoy"})
"""Classes of nouns so wide that one says nothing of another."""



def resolve_noun(phrase: Phrase, words: Sequence[Word], sentence: Sentence, cast: Cast) -> tuple[Identity, ...]:
    """The identities of a phrase whose words do not say whose it is."""
    noun = phrase.noun
    if noun is None:
        return (Identity("---", "CVL", phrase.kind, None, None),)
    before = words[phrase.start - 1].key if phrase.start else ""
    earlier = list(cast.before(sentence.index, words[phrase.start].start))
    if before in ("its", "their", "his", "her"):
        near = next((t for t in earlier if t.kind in ("state", "body", "person") and t.identities and t.sentence == sentence.index), None)
        if near is not None and not (noun.of == "itself" and near.identities[0].code == "NGO"):
            owner = cast.of_home(near.identities[0])
            if noun.of == "itself":
                return (replace(owner, kind=noun.kind),)
            return (owned_by(noun, owner.code, knowledge()),)
    if noun.of == "itself":
        return phrase.identities
    where = next((i for i in range(phrase.start - 1, max(phrase.start - 4, 0), -1) if words[i].key in ("where", "whose")), None)
    if where is not None and noun.of == "state":
        near = next((t for t in earlier if t.kind == "state" and t.identities and t.sentence == sentence.index), None)
        if near is not None:
            return (owned_by(noun, cast.of_home(near.identities[0]).code, knowledge()),)
    counted = [words[i].key for i in range(max(0, phrase.start - 2), phrase.end)]
    size = next((n for word, n in _SIZES.items() if word in counted), 0)
    if noun.plural and size and noun.id in ("states", "minister", "envoy") and ("the" in counted or "both" in counted):
        several: dict[str, Identity] = {}
        for trace in earlier:
            for identity in trace.identities:
                if trace.kind in ("state", "person", "body") and trace.noun is None and len(several) < size:
                    several.setdefault(identity.code, cast.of_home(identity))
        if len(several) == size:
            return tuple(reversed(several.values()))
    if noun.plural and noun.written.endswith(_GROUPS):
        if any(i.code == "EUR" for t in earlier for i in t.identities if t.sentence >= sentence.index - _BACK):
            return (Identity("EUR", "GOV", "state", "eur/member-states", "member states of the European Union"),)
        return (Identity("---", "GOV", phrase.kind, None, None),)
    alike = [t for t in earlier if t.noun is not None and t.explicit and t.noun.id == noun.id]
    same = next((t for t in alike if t.noun is not None and t.noun.written == noun.written), None)
    if same is None and noun.id not in _DIVERSE and alike:
        same = alike[0]
    if same is not None:
        return tuple(cast.of_home(i) for i in same.identities[:1])
    if noun.id == "board":
        for trace in earlier:
            if trace.kind in ("body", "organisation") and noun.written in trace.name.lower().split():
                return _identities(trace, cast)[:1]
        if noun.written == "agency" and before in ("the", "its"):
            for trace in earlier:
                if trace.kind in ("body", "organisation") and trace.identities:
                    return tuple(cast.of_home(i) for i in trace.identities[:1])
        if any(w.key in ("federal", "national", "state", "government") for w in words[phrase.start : phrase.end]) and cast.home:
            return (Identity(cast.home, "GOV", "body", None, None),)
        if noun.written == "commission" and words[phrase.head].text == "Commission" and any(i.code == "EUR" for t in earlier for i in t.identities):
            return (Identity("EUR", "IGO", "body", "eur/commission", "European Commission"),)
    if noun.written.startswith("spokes"):
        for trace in earlier:
            if trace.kind in ("body", "organisation") and trace.identities and trace.sentence >= sentence.index - _BACK:
                return tuple(cast.of_home(replace(i, kind="person")) for i in trace.identities[:1])
    if noun.id in ("ship", "group") and before in ("the", "its", "that", "this", "their"):
        kinds = ("vessel",) if noun.id == "ship" else ("organisation", "people", "criminals") if noun.written == "group" else ("organisation", "body")
        for trace in earlier:
            if trace.kind in kinds and trace.identities:
                return trace.identities[:1]
    if noun.default == "state" and noun.of != "itself" and cast.home is not None:
        return (owned_by(noun, cast.home, knowledge()),)
    return (Identity(noun.code or "---", noun.sector if noun.default == "state" or noun.code else "CVL", phrase.kind, None, None),)


def resolve_pronoun(token: Token, doc: Doc, sentence: Sentence, cast: Cast, mentions: Sequence[Mention]) -> tuple[tuple[Actor, ...], str] | None:
    """The actors that a pronoun stands for, and their kind; None if nobody fits."""
    word = token.lower_
    if word in ("who", "whom", "which"):
        return next(((m.actors, m.kind) for m in reversed(mentions) if m.end <= token.i), None)
    if word in ("we", "i", "us"):
        return _speaker(token, doc, sentence, cast, mentions)
    wanted = {"he": ("person", "people"), "she": ("person", "people"), "him": ("person", "people"), "her": ("person", "people"), "his": ("person", "people"), "its": ("state", "body", "organisation", "vessel"), "it": ("state", "body", "organisation", "vessel")}.get(
        word, ("people", "state", "body", "organisation", "criminals", "person", "others")
    )
    plural = word in ("they", "them", "their")
    subject = {c.i for c in token.head.children if c.dep_ in ("nsubj", "nsubjpass")} if token.dep_ in ("dobj", "dative", "pobj") else set()
    inside = [m for m in mentions if m.end <= token.i and m.kind in wanted and m.head not in subject and (_is_several(m, doc) if plural else doc[m.head].tag_ not in ("NNS", "NNPS", "CD"))]
    if inside and not plural:
        return inside[0].actors, inside[0].kind
    if inside:
        people = [m for m in inside if m.kind in ("people", "criminals", "others")]
        one = (people or inside)[-1 if people else 0]
        return one.actors, one.kind
    for back in range(1, _BACK + 1):
        there = [t for t in cast.traces if t.sentence == sentence.index - back and t.kind in wanted and (t.plural or t.kind == "people" if plural else not t.plural)]
        if there:
            sure = [t for t in there if t.identities or t.noun is not None]
            people = [t for t in there if t.kind == "people"] if plural else []
            best = (people or sure or there)[0]
            return _actors(best, cast, sentence), best.kind
    return None


def _speaker(token: Token, doc: Doc, sentence: Sentence, cast: Cast, mentions: Sequence[Mention]) -> tuple[tuple[Actor, ...], str] | None:
    """Who speaks of themselves: the subject of the verb of saying, else who spoke last."""
    for other in doc:
        if other.dep_ == "nsubj" and "saying" in classes_of(lemma(other.head.text)):
            mention = next((m for m in mentions if m.start <= other.i < m.end and m.kind in ("person", "body", "organisation", "state")), None)
            if mention is not None:
                return mention.actors, mention.kind
    for trace in cast.before(sentence.index, 0):
        if trace.sentence < sentence.index - _BACK:
            break
        if trace.kind == "person" and not trace.plural:
            return _actors(trace, cast, sentence), "person"
    return None


def _is_several(mention: Mention, doc: Doc) -> bool:
    return mention.kind == "people" or len(mention.actors) > 1 or doc[mention.head].tag_ in ("NNS", "NNPS") or doc[mention.head].lower_ == "police"


def _actors(trace: Trace, cast: Cast, sentence: Sentence) -> tuple[Actor, ...]:
    return tuple(
        Actor(
            name=i.canonical_name or trace.name,
            code=i.code,
            sector=i.sector,
            actor_id=i.actor_id,
            canonical_name=i.canonical_name,
            nationalities=trace.nationalities if i.code == "REF" else (),
        )
        for i in _identities(trace, cast)
    )


def _identities(trace: Trace, cast: Cast) -> tuple[Identity, ...]:
    if trace.identities:
        return tuple(cast.of_home(i) for i in trace.identities)
    if trace.noun is not None and trace.noun.default == "state" and cast.home is not None:
        return (owned_by(trace.noun, cast.home, knowledge()),)
    return (Identity("---", "CVL", trace.kind, None, None),)
