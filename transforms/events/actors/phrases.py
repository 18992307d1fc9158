"""Noun phrases that name actors, read by the order of words alone: whose police, which minister, from where.

This is what articles are read with before anything is parsed (`cast.py`) and what parsed sentences are read with too
(`mentions.py`), there with the tagger's word on which words may stand inside a noun phrase. A phrase is a run of known
terms: "Italian" + "interior minister" + "Marco Minniti"; each term makes the next one more exact.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from transforms.events.actors.knowledge import Identity, Knowledge, Name, Node, Noun, slug, wordlists
from transforms.events.actors.ownership import by_itself, owned
from transforms.events.actors.terms import Item, Unknown, terms
from transforms.events.actors.wording import POSSESSIVE, Word, is_hyphen, is_quote

_LONGEST_GAP = 4
"""Words between an owner and its noun: "Italy's *new right-wing coalition* government"."""

_NEVER_OWNED = frozenset({"migrants", "people", "criminals", "business", "civilians", "media"})
"""Classes of nouns that "'s" does not tie to a state: "Italy's migrants" are two actors."""

_UNNAMED_OWNER = frozenset({"head", "envoy", "captain"})
"""Classes of nouns that an unknown name owns: "the Acme Institute director" is nobody's government."""


class Phrase(NamedTuple):
    """A noun phrase of known terms; numbers are indexes of words."""

    start: int
    end: int
    name_start: int
    name_end: int
    """The words that name the actor: "Marco Minniti" of "Italian interior minister Marco Minniti"."""
    head: int
    kind: str
    """As in `Mention.kind`."""
    part: str
    """What its last term is: `noun`, `unknown`, or a part of a name (`knowledge.Part`)."""
    identities: tuple[Identity, ...] = ()
    """Empty where a common noun stands without an owner; `noun` says which."""
    noun: Noun | None = None
    """The common noun that says what they are, if one does."""
    owners: tuple[Identity, ...] = ()
    """Whom the words before the noun name as its owner."""
    plural: bool = False
    nationalities: tuple[str, ...] = ()
    place: bool = False
    """A city or capital that stands as a place."""

    @property
    def state(self) -> str | None:
        """The state that the words before the noun name, if any."""
        return next((o.code for o in self.owners if o.kind == "state"), None)


def passable(words: Sequence[Word]) -> list[bool]:
    """Which words may stand inside a noun phrase, by a list of usual adjectives, for sentences that are not parsed."""
    adjectives = wordlists()["adjectives"]
    return [w.key in adjectives or w.text[0].isdigit() for w in words]


def runs(
    words: Sequence[Word], known: Knowledge, own: Node, inside: Sequence[bool], unknown: Sequence[Unknown]
) -> list[Phrase]:
    """The runs of terms of a sentence in order, before what follows them ("of Libya") is taken in.

    `own` is the tree of names that the article itself has introduced; `inside` says for each word whether it may stand
    between the terms of one phrase; `unknown` are names that a name finder saw.
    """
    items = terms(words, known, own, unknown)
    found: list[Phrase] = []
    at = floor = 0
    while at < len(items):
        run = _begin(items[at])
        at += 1
        while at < len(items) and _linked(run, items[at], words, inside):
            run = _join(run, items[at], words)
            at += 1
        found.append(_widened(run, words, inside, floor))
        floor = run.end
    return found


def _begin(item: Item) -> Phrase:
    term, start, end = item.term, item.start, item.end
    match term:
        case Noun():
            identity = by_itself(term)
            return Phrase(
                start, end, start, end, end - 1, term.kind, "noun", _tuple(identity), noun=term, plural=term.plural
            )
        case Name():
            plural = term.part == "nation" or (term.part == "party" and term.written.endswith("s"))
            one = (term.identity,)
            return Phrase(
                start, end, start, end, end - 1, term.identity.kind, term.part, one, owners=one, plural=plural
            )
        case Unknown():
            return Phrase(start, end, start, end, end - 1, _kind(term), "unknown")


def _kind(name: Unknown) -> str:
    return "organisation" if name.kind == "organisation" else "person"


def _tuple(identity: Identity | None) -> tuple[Identity, ...]:
    return (identity,) if identity is not None else ()


# --- whether the next term belongs to the run ------------------------------------------------------------------------


def _linked(run: Phrase, item: Item, words: Sequence[Word], inside: Sequence[bool]) -> bool:
    gap = words[run.end : item.start]
    if len(gap) == 1 and is_hyphen(gap[0]):
        return False
    owning = bool(gap) and gap[0].key in (POSSESSIVE, "'")
    first = run.end + (1 if owning else 0)
    rest = words[first : item.start]
    passed = all(inside[first + n] or is_quote(w) or is_hyphen(w) for n, w in enumerate(rest))
    if len(rest) > _LONGEST_GAP or not passed:
        return False
    match item.term:
        case Noun():
            return _links_noun(run, item.term, rest, owning, words[item.start])
        case Name():
            return _links_name(run, item.term, rest, owning)
        case Unknown():
            if run.part == "noun" and run.noun is not None:
                of_one = not run.plural and (
                    run.kind in ("person", "body", "others", "organisation") or run.noun.id == "migrants"
                )
                return of_one and not rest and not owning
            return run.part == "adjective" and not rest and item.term.kind == "organisation"


def _links_noun(run: Phrase, noun: Noun, rest: Sequence[Word], owning: bool, first: Word) -> bool:
    if run.part == "noun" and run.noun is not None:
        if run.noun.written.startswith("rohingya"):
            return not rest and not owning
        return not rest and (owning or not run.noun.plural)
    if run.part in ("adjective", "city") or owning:
        return not (owning and noun.of == "itself" and noun.id in _NEVER_OWNED)
    if noun.of == "itself":
        return run.part in ("organisation", "vessel") and not rest
    if first.text[0].isupper() and all(w.text[0].isupper() for w in rest):
        return True
    return not rest or (len(rest) == 1 and rest[0].key in wordlists()["adjectives"])


def _links_name(run: Phrase, name: Name, rest: Sequence[Word], owning: bool) -> bool:
    if name.part in ("adjective", "state", "seat", "nation"):
        return False
    if name.part == "city":
        return run.part == "adjective" and not rest
    person = name.identity.kind == "person"
    if run.part == "noun":
        if person:
            return not rest and not run.plural and run.kind in ("person", "body")
        fits = run.kind in ("organisation", "vessel", "body", "others")
        return fits and not run.plural and all(is_quote(w) for w in rest)
    if person:
        return owning or (run.part in ("party", "body", "adjective", "organisation", "city") and not rest)
    return run.part == "adjective" or (run.part == "state" and (owning or (not rest and name.part == "party")))


# --- what the run becomes with it ------------------------------------------------------------------------------------


def _join(run: Phrase, item: Item, words: Sequence[Word]) -> Phrase:
    grown = run._replace(end=item.end, name_end=item.end, head=item.end - 1)
    match item.term:
        case Noun():
            return _join_noun(run, grown, item.term)
        case Name():
            identity = item.term.identity
            owners = (*(run.owners if run.part == "adjective" else ()), identity)
            return grown._replace(
                name_start=item.start,
                kind=identity.kind,
                part=item.term.part,
                identities=(identity,),
                noun=None,
                owners=owners,
                plural=False,
            )
        case Unknown():
            return _join_unknown(run, grown, item, words)


def _join_noun(run: Phrase, grown: Phrase, noun: Noun) -> Phrase:
    grown = grown._replace(kind=noun.kind, part="noun", plural=noun.plural, noun=noun)
    if run.part == "unknown" and not run.identities and (noun.id in _UNNAMED_OWNER or noun.written == "president"):
        return grown._replace(identities=(Identity("---", "CVL", noun.kind),))
    if run.part == "noun" and run.noun is not None and not (run.identities and not run.owners):
        if noun.of == "owner" and run.noun.of == "state":
            # "government spokesman", "Libyan coast guard officials": of the first noun's sector
            inner = replace(run.noun, kind=noun.kind, plural=noun.plural, written=noun.written)
            return grown._replace(noun=inner, identities=_tuple(owned(inner, run.owners)))
        if not run.owners and noun.of != "itself":
            return grown._replace(noun=run.noun if noun.of == "owner" else noun)
    owners = run.owners
    if run.part == "noun" and run.kind in ("organisation", "vessel", "criminals") and run.identities:
        owners = run.identities
    nations = tuple(dict.fromkeys(o.code for o in owners if o.kind == "state")) if noun.kind == "people" else ()
    return grown._replace(owners=owners, identities=_tuple(owned(noun, owners)), nationalities=nations)


def _join_unknown(run: Phrase, grown: Phrase, item: Item, words: Sequence[Word]) -> Phrase:
    assert isinstance(item.term, Unknown)
    kind, identities = _kind(item.term), run.identities
    if identities:
        name = " ".join(w.text for w in words[item.start : item.end] if not is_hyphen(w))
        prefix = "person" if kind == "person" else identities[0].code.lower().strip("-") or "org"
        one = replace(identities[0], kind=kind, actor_id=f"{prefix}/{slug(name)}", canonical_name=name)
        identities = (one,)
    return grown._replace(name_start=item.start, kind=kind, part="unknown", identities=identities, plural=False)


# --- where the phrase begins -----------------------------------------------------------------------------------------


def _widened(run: Phrase, words: Sequence[Word], inside: Sequence[bool], floor: int) -> Phrase:
    """The run with the adjectives, numbers and counts before it, not before `floor`."""
    lists, start = wordlists(), run.start
    if run.part == "noun":
        while start > floor and inside[start - 1] and words[start - 1].key not in lists["determiners"]:
            if not (words[start - 1].text[0].isalnum() or is_hyphen(words[start - 1])):
                break
            start -= 1
    while start < run.start and is_hyphen(words[start]):
        start += 1
    name_start = start if run.part in ("noun", "nation") else run.name_start
    if run.kind != "person":
        start = _counted_from(words, start)
    if run.kind == "people" or (run.noun is not None and run.noun.of == "itself"):
        name_start = min(name_start, start)
    return run._replace(start=start, name_start=name_start, place=_is_place(run, words))


def _is_place(run: Phrase, words: Sequence[Word]) -> bool:
    if run.part not in ("city", "seat") or not run.start:
        return False
    before = words[run.start - 1].key
    if before == "the" and run.start > 1:
        before = words[run.start - 2].key
    lists = wordlists()
    return before in lists["placing"] or (
        run.part == "city" and (before in ("from", "to") or before in lists["visiting"])
    )


def _counted_from(words: Sequence[Word], start: int) -> int:
    """Where the count of a phrase begins: "*dozens of* migrants", "*one of the* states"."""
    lists = wordlists()
    while start > 1:
        at = start - 1
        if words[at].key in lists["determiners"] and at > 1:
            at -= 1
        if words[at].key != "of" or not (words[at - 1].key in lists["counts"] or words[at - 1].text.isdigit()):
            return start
        start = at - 1
        while start > 0 and (words[start - 1].text[0].isdigit() or words[start - 1].key in lists["adjectives"]):
            start -= 1
    return start
