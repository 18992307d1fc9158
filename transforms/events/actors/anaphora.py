"""Whom a common noun stands for that does not say whose it is: "the minister", "its navy", "the two countries"."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from transforms.events.actors.cast import NO_STATES, Cast, Trace
from transforms.events.actors.knowledge import Identity, Noun, knowledge
from transforms.events.actors.ownership import MEMBER_STATES, owned_by_state
from transforms.events.actors.phrases import Phrase
from transforms.events.actors.wording import Word
from transforms.events.candidate import Sentence

BACK = 3
"""How many sentences back a reference goes that nothing else ties."""

_GROUPS = ("minister", "government", "state", "country", "nation", "leader", "premier", "of government", "of state")
"""Plurals of these without an owner are several states."""

_SIZES = {"two": 2, "both": 2, "three": 3, "four": 4}
_COUNTABLE = frozenset({"states", "minister", "envoy"})

_SIDES = frozenset({"country", "side", "nation", "state"})
"""Nouns whose plural, with "the", are the two parties that the sentence has named."""

_DIVERSE = frozenset({"party", "head", "envoy"})
"""Classes of nouns so wide that one says nothing of another."""

_DEFINITE = frozenset(["the", "its", "their", "that", "this"])
_POSSESSIVES = frozenset(["its", "their", "his", "her"])
_ANAPHORS = {
    "ship": ("vessel",),
    "group": ("organisation", "people", "criminals"),
    "organisation": ("organisation",),
    "organization": ("organisation",),
    "network": ("organisation",),
    "agency": ("body", "organisation"),
    "vessel": ("vessel",),
    "country": ("state",),
    "nation": ("state",),
}
"""What these nouns, with "the", stand for: the last of these kinds."""


def resolve_noun(phrase: Phrase, words: Sequence[Word], sentence: Sentence, cast: Cast) -> tuple[Identity, ...]:
    """The identities of a phrase whose words do not say whose it is; never empty."""
    noun = phrase.noun
    if noun is None:
        return phrase.identities or (Identity("---", "CVL", phrase.kind),)
    before = words[phrase.start - 1].key if phrase.start else ""
    earlier = list(cast.before(sentence.index, words[phrase.start].start))
    if noun.of == "itself":
        owner = _nearest(earlier, sentence, ("state", "body"), cast) if before in _POSSESSIVES else None
        return (replace(owner, kind=noun.kind),) if owner is not None and owner.code != "NGO" else phrase.identities
    return (
        _by_owner_nearby(phrase, noun, words, before, earlier, sentence, cast)
        or _by_count(phrase, noun, words, earlier, cast)
        or _by_two_named(noun, before, earlier, sentence, cast)
        or _as_group(phrase, noun, earlier, sentence)
        or _by_same_noun(noun, earlier, cast)
        or _by_anaphor(phrase, noun, words, before, earlier, sentence, cast)
        or _by_default(phrase, noun, cast)
    )


def _nearest(earlier: Iterable[Trace], sentence: Sentence, kinds: Sequence[str], cast: Cast) -> Identity | None:
    """The last one named of some kinds, in the same sentence."""
    for trace in earlier:
        if trace.sentence != sentence.index:
            return None
        if trace.kind in kinds and trace.identities:
            return cast.of_home(trace.identities[0])
    return None


def _by_owner_nearby(
    phrase: Phrase,
    noun: Noun,
    words: Sequence[Word],
    before: str,
    earlier: Sequence[Trace],
    sentence: Sentence,
    cast: Cast,
) -> tuple[Identity, ...]:
    """Of the owner just named: "Malta and *its* coastguard", "Myanmar, *where* authorities …"."""
    owner = None
    if before in _POSSESSIVES:
        owner = _nearest(earlier, sentence, ("state", "body", "person"), cast)
    elif noun.of == "state" and (place := _place_of(phrase, words)) is not None:
        owner = next((cast.of_home(t.identities[0]) for t in earlier if _ends_at(t, sentence, place)), None)
    return (owned_by_state(noun, owner.code),) if owner is not None else ()


def _place_of(phrase: Phrase, words: Sequence[Word]) -> Word | None:
    """The word before the "where" or "whose" that a phrase follows."""
    for at in range(phrase.start - 1, max(phrase.start - 4, 0), -1):
        if words[at].key in ("where", "whose"):
            at -= 1 if words[at - 1].key != "," else 2
            return words[at] if at >= 0 else None
    return None


def _ends_at(trace: Trace, sentence: Sentence, word: Word) -> bool:
    there = trace.sentence == sentence.index and trace.start + len(trace.name) == word.end
    return there and trace.kind == "state" and bool(trace.identities)


def _by_count(
    phrase: Phrase, noun: Noun, words: Sequence[Word], earlier: Sequence[Trace], cast: Cast
) -> tuple[Identity, ...]:
    """The last two that were named: "the two countries"."""
    keys = [w.key for w in words[max(0, phrase.start - 2) : phrase.end]]
    size = next((n for word, n in _SIZES.items() if word in keys), 0)
    if not (noun.plural and size and noun.id in _COUNTABLE and ("the" in keys or "both" in keys)):
        return ()
    several: dict[str, Identity] = {}
    for trace in earlier:
        for identity in trace.identities:
            if trace.kind in ("state", "person", "body") and trace.noun is None and len(several) < size:
                several.setdefault(identity.code, cast.of_home(identity))
    return tuple(reversed(several.values())) if len(several) == size else ()


def _by_two_named(
    noun: Noun, before: str, earlier: Sequence[Trace], sentence: Sentence, cast: Cast
) -> tuple[Identity, ...]:
    """The two states of those named in the same sentence: "Kyaw Swe met Asaduzzaman Khan; *the countries* signed"."""
    if not (noun.plural and before == "the" and noun.written in _SIDES):
        return ()
    named = (
        cast.of_home(t.identities[0]) for t in earlier if t.sentence == sentence.index and t.identities and not t.plural
    )
    states = {i.code: i for i in named if len(i.code) == 3 and i.code not in NO_STATES}
    return tuple(knowledge().state(code) for code in reversed(states)) if len(states) == 2 else ()


def _as_group(phrase: Phrase, noun: Noun, earlier: Sequence[Trace], sentence: Sentence) -> tuple[Identity, ...]:
    """Leaders, countries: the Union's members where the Union was just spoken of, else nobody's."""
    if not (noun.plural and noun.written.endswith(_GROUPS)):
        return ()
    near = (t for t in earlier if t.sentence >= sentence.index - BACK)
    return (MEMBER_STATES,) if _is_european(near) else (Identity("---", "GOV", phrase.kind),)


def _is_european(traces: Iterable[Trace]) -> bool:
    return any(i.code == "EUR" for t in traces for i in t.identities)


def _by_same_noun(noun: Noun, earlier: Sequence[Trace], cast: Cast) -> tuple[Identity, ...]:
    """The last that the same noun named, else a noun of the same class: "the police" after "Bavarian police"."""
    alike = [
        t
        for t in earlier
        if t.noun is not None and t.identities and t.noun.id == noun.id and t.noun.plural == noun.plural
    ]
    same = [t for t in alike if t.noun is not None and t.noun.written == noun.written]
    if not same and noun.id not in _DIVERSE:
        same = alike
    return tuple(cast.of_home(i) for i in same[0].identities[:1]) if same else ()


def _by_anaphor(
    phrase: Phrase,
    noun: Noun,
    words: Sequence[Word],
    before: str,
    earlier: Sequence[Trace],
    sentence: Sentence,
    cast: Cast,
) -> tuple[Identity, ...]:
    """The last one that the noun fits: "the ship", "the organisation", "the board", "a spokesman"."""
    if noun.id == "board":
        for trace in earlier:
            if trace.kind in ("body", "organisation") and noun.written in trace.name.lower().split():
                return cast.identities(trace)[:1]
        if cast.home and any(w.key in ("federal", "national", "state") for w in words[phrase.start : phrase.end]):
            return (Identity(cast.home, "GOV", "body"),)
        if words[phrase.head].text == "Commission" and _is_european(earlier):
            return (Identity("EUR", "IGO", "body", "eur/commission", "European Commission"),)
    if noun.written.startswith("spokes"):
        for trace in earlier:
            if trace.sentence < sentence.index - BACK:
                break
            if trace.kind in ("body", "organisation") and trace.identities:
                return (replace(cast.of_home(trace.identities[0]), kind="person"),)
    kinds = _ANAPHORS.get(noun.written, ()) if before in _DEFINITE else ()
    for trace in earlier:
        if trace.kind in kinds and trace.identities:
            return (cast.of_home(trace.identities[0]),)
    return ()


def _by_default(phrase: Phrase, noun: Noun, cast: Cast) -> tuple[Identity, ...]:
    if noun.id == "states" and not noun.plural and cast.home is not None:
        return (knowledge().state(cast.home),)
    if noun.default == "state" and cast.home is not None:
        return (owned_by_state(noun, cast.home),)
    sector = noun.sector if noun.default == "state" or noun.code else "CVL"
    return (Identity(noun.code or "---", sector, phrase.kind),)
