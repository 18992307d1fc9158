"""Names that an article introduces: people by their role, bodies by their abbreviation."""

from collections.abc import Sequence
from dataclasses import replace

from transforms.events.actors.knowledge import Identity, Name, Node, Noun, insert, slug, surname, wordlists
from transforms.events.actors.phrases import Phrase
from transforms.events.actors.wording import Word, is_hyphen, keys_of

_OPENING = frozenset(["the", "a", "an", "who", "is", "heads", "leads", "of", "from", "'s", "-", "year", "old"])
"""Words between a name and its role: "Anna Shea, *a* researcher", "Fayez al-Sarraj, *who heads the* …"."""

_ROLES = frozenset(
    {"minister", "envoy", "head", "parliament", "court", "party", "aid-groups", "police", "armed-forces", "church"}
    | {"media", "civilians", "business", "rebels", "coastguard", "navy"}
)
"""Classes of nouns that are roles of a person."""

_ROLE_KINDS = frozenset({"person", "body", "organisation", "others", "state"})


def introduce(found: Sequence[Phrase], words: Sequence[Word], own: Node) -> None:
    """Add the names that a sentence introduces to the article's own tree of names."""
    for n, phrase in enumerate(found):
        name = " ".join(w.text for w in words[phrase.name_start : phrase.name_end] if not is_hyphen(w))
        identity = phrase.identities[0] if phrase.identities else None
        if phrase.part == "unknown":
            identity = identity or _by_office(phrase.noun, name) or _by_apposition(found, n, words, name)
        full = phrase.part == "unknown" or (phrase.part == "person" and len(keys_of(name)) > 1)
        if identity is not None and full:
            _remember(own, name, identity)
        if identity is not None and phrase.kind in ("body", "organisation"):
            _abbreviation(phrase, identity, words, own)


def _by_office(noun: Noun | None, name: str) -> Identity | None:
    """Who holds an office whose state the words do not say; the empty code is the article's own state."""
    if noun is None or noun.default == "nobody":
        return None
    return Identity(noun.code or "", noun.sector, "person", f"person/{slug(name)}", name)


def _by_apposition(found: Sequence[Phrase], n: int, words: Sequence[Word], name: str) -> Identity | None:
    """Who somebody is by the role beside the name: "Anna Shea, a researcher at Amnesty", "the minister, Anna Shea,"."""
    phrase = found[n]
    if n + 1 < len(found):
        gap = [w.key for w in words[phrase.end : found[n + 1].start]]
        opened = gap[:1] == [","] and all(k in _OPENING or k.isdigit() for k in gap[1:])
        if opened or gap in (["of"], ["of", "the"], ["from"], ["from", "the"], ["("]):
            identity = _role(found[n + 1], name, bare=gap == [","], of="of" in gap)
            if identity is not None:
                return identity
    if n:
        gap = [w.key for w in words[found[n - 1].end : phrase.start] if w.key not in wordlists()["titles"]]
        if gap in ([","], ["("]):
            return _role(found[n - 1], name, bare=True, of=False)
    return None


def _role(other: Phrase, name: str, *, bare: bool, of: bool) -> Identity | None:
    people = other.kind == "people" and other.noun is not None and (other.noun.id == "migrants" or other.nationalities)
    if other.plural or not (other.kind in _ROLE_KINDS or people) or (bare and other.noun is None):
        return None
    if other.noun is not None and other.noun.id not in _ROLES and other.kind not in ("person", "people") and not of:
        return None
    if other.identities:
        return replace(other.identities[0], kind="person", actor_id=f"person/{slug(name)}", canonical_name=name)
    return _by_office(other.noun, name)


def _remember(own: Node, name: str, identity: Identity) -> None:
    parts = name.split()
    shorter = [surname(name), *([" ".join(parts[-2:])] if len(parts) > 2 else [])]
    for written in dict.fromkeys([name, *shorter]):
        if len(written) > 2 and written.lower() not in wordlists()["not_names"]:
            insert(own, written, Name("person", replace(identity, kind="person"), written))


def _abbreviation(phrase: Phrase, identity: Identity, words: Sequence[Word], own: Node) -> None:
    """Remember "GNA" after "Government of National Accord (GNA)"."""
    after = words[phrase.end : phrase.end + 3]
    if len(after) == 3 and after[0].text == "(" and after[2].text == ")":
        short = after[1].text
        if len(short) > 1 and short.isupper():
            insert(own, short, Name("body", identity, short))
