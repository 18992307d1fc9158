"""From words to terms: the known names and nouns of a sentence, and what looks like a name of somebody unknown."""

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.events.actors.knowledge import Hit, Identity, Knowledge, Name, Node, Noun, find, wordlists
from transforms.events.actors.wording import Word, is_hyphen, is_quote

_PIECES = frozenset({"person", "state", "city", "body", "seat", "nation", "vessel", "adjective"})
"""Parts that may be a piece of a longer name."""

_OFFICE_BODIES = frozenset({"parliament", "court", "armed-forces", "police", "party"})
"""Classes of nouns for bodies that also name one member: "judge Jane Doe"."""

_BEFORE_VERBS = frozenset({"who", "he", "she", "they"})
"""After these a word that may be a noun is a verb: "who *heads* the navy"."""

_SHIP_WORDS = frozenset(["the", "ship", "vessel", "boat", "mv", "rescue"])
_NAME_PARTICLES = frozenset(["al", "de", "di", "van", "von", "bin", "el", "la"])
_LONGEST_NAME = 4
_LONGEST_CITY = 3


@dataclass(frozen=True, slots=True)
class Unknown:
    """A run of words that looks like a name and is in no list."""

    start: int
    end: int
    kind: str
    """person or organisation, as a name finder says; capitals where there is none, most of which are people."""


@dataclass(frozen=True, slots=True)
class Item:
    """A term in its place, as a range of words."""

    start: int
    end: int
    term: Name | Noun | Unknown


def terms(words: Sequence[Word], known: Knowledge, own: Node, unknown: Sequence[Unknown]) -> list[Item]:
    """The terms of a sentence in order, none overlapping; `own` are the names that the article itself introduces."""
    items: list[Item] = []
    names = {u.start: u for u in unknown if not _is_known(u, words, known, own)}
    at = 0
    while at < len(words):
        word, name = words[at], names.get(at)
        if not (word.key in known.tree or word.key in own or name is not None or word.text[0].isupper()):
            at += 1  # no term begins with most words
            continue
        item = _known(words, at, known, own, name, items) or _seen(name, at) or _titled(words, at, items)
        item = item or _city(words, at, known)
        if item is not None:
            items.append(item)
        at = item.end if item is not None else at + 1
    return items


def capitalised(words: Sequence[Word]) -> list[Unknown]:
    """Runs of two to five capitalised words, maybe people's names, for sentences that no name finder has seen."""
    found, at = [], 0
    while at < len(words):
        end = at
        while end < len(words) and (_may_be_name(words[end]) or (end > at and _joins_name(words, end))):
            end += 1
        if 2 <= end - at <= _LONGEST_NAME + 1:
            found.append(Unknown(at, end, "capitals"))
        at = max(end, at + 1)
    return found


def _known(
    words: Sequence[Word], at: int, known: Knowledge, own: Node, name: Unknown | None, items: Sequence[Item]
) -> Item | None:
    hit = longest(words, at, known, own)
    term = _choose(hit, words) if hit is not None else None
    if hit is None or term is None or _is_part_of_name(hit, term, words, name, items):
        return None
    return Item(hit.start, hit.end, term)


def _seen(name: Unknown | None, at: int) -> Item | None:
    return Item(name.start, name.end, name) if name is not None and name.start == at else None


def longest(words: Sequence[Word], at: int, known: Knowledge, own: Node) -> Hit | None:
    """The longest term that begins at a word; the article's own names win over equally long ones."""
    listed = find(known.tree, words, at)
    named = find(own, words, at) if own else None
    return listed if named is None or (listed is not None and listed.end > named.end) else named


def _choose(hit: Hit, words: Sequence[Word]) -> Name | Noun | None:
    """The term of a hit that fits what stands around it."""
    compound = _hyphenated(words, hit.end)
    if compound is not None and compound.key in wordlists()["backed"]:
        return None
    for term in hit.terms:
        if isinstance(term, Noun) and (compound is not None or _is_verb(hit, words)):
            continue  # "refugee-friendly", "who heads"
        if isinstance(term, Name) and term.marked and not _is_marked(hit, words):
            continue
        return term
    return None


def _hyphenated(words: Sequence[Word], end: int) -> Word | None:
    """The word that a hyphen joins to the one before it."""
    if end + 1 >= len(words) or not is_hyphen(words[end]):
        return None
    return words[end + 1] if words[end - 1].end == words[end].start and words[end].end == words[end + 1].start else None


def _is_verb(hit: Hit, words: Sequence[Word]) -> bool:
    return hit.start > 0 and words[hit.start - 1].key in _BEFORE_VERBS


def _is_marked(hit: Hit, words: Sequence[Word]) -> bool:
    before = words[hit.start - 1] if hit.start else None
    return before is not None and (is_quote(before) or before.key in _SHIP_WORDS)


# --- names of somebody unknown ---------------------------------------------------------------------------------------


def _is_known(name: Unknown, words: Sequence[Word], known: Knowledge, own: Node) -> bool:
    """Whether the words of a name that a finder saw say enough themselves: "EU-NATO", "Kent County Sheriff"."""
    if name.end - name.start == 1 and name.kind == "organisation" and (words[name.start].key,) in known.cities:
        return True
    for at in range(name.start, name.end):
        hit = longest(words, at, known, own)
        if hit is not None and ((hit.start == name.start and hit.end >= name.end) or _tells(hit, name, words)):
            return True
    return False


def _tells(hit: Hit, name: Unknown, words: Sequence[Word]) -> bool:
    term = hit.terms[0]
    if name.kind == "capitals":
        return isinstance(term, Noun) or term.part in ("adjective", "nation", "body", "organisation", "party")
    if name.kind == "person":
        return isinstance(term, Name) and term.part in ("body", "organisation", "party") and term.written.isupper()
    if isinstance(term, Noun):
        long = hit.end >= name.end or len(words[hit.start].text) > 3
        return term.kind in ("body", "organisation", "person") and long
    if term.part in ("state", "adjective"):
        return any(not w.text[0].isalnum() for w in words[name.start : name.end])
    return term.part in ("body", "organisation", "party", "vessel", "nation")


def _is_part_of_name(
    hit: Hit, term: Name | Noun, words: Sequence[Word], name: Unknown | None, items: Sequence[Item]
) -> bool:
    """Whether a term is a piece of somebody's name: "Ivanka *Trump*", "*Jordan* Smith"."""
    if not isinstance(term, Name) or hit.end - hit.start > 1:
        return False
    if name is not None and name.start <= hit.start and hit.end <= name.end and name.end - name.start > 1:
        return term.part in _PIECES
    if term.identity.kind == "person" and hit.start > 1 and not (items and items[-1].end == hit.start):
        return _is_first_name(words[hit.start - 1])
    return False


def _is_first_name(word: Word) -> bool:
    small = word.key in wordlists()["titles"] or word.key in wordlists()["determiners"]
    return len(word.text) > 2 and word.text.istitle() and word.text.isalpha() and not small


def _titled(words: Sequence[Word], at: int, items: Sequence[Item]) -> Item | None:
    """A name after a title or an office: "Mr Grima", "interior minister Anna Bianchi"."""
    if at == 0 or not (words[at].text[0].isupper() and words[at].text[0].isalpha()):
        return None
    office = items[-1].term if items and items[-1].end == at else None
    of_one = isinstance(office, Noun) and not office.plural
    holds = of_one and isinstance(office, Noun) and (office.kind == "person" or office.id in _OFFICE_BODIES)
    if not holds and words[at - 1].key not in wordlists()["titles"]:
        return None
    end = at + 1
    while end < len(words) and end - at < _LONGEST_NAME and (words[end].text[0].isupper() or _joins_name(words, end)):
        end += 1
    return Item(at, end, Unknown(at, end, "person"))


def _may_be_name(word: Word) -> bool:
    first = word.text[0]
    return first.isupper() and first.isalpha() and word.key not in wordlists()["not_names"]


def _joins_name(words: Sequence[Word], at: int) -> bool:
    joint = is_hyphen(words[at]) or words[at].key in _NAME_PARTICLES
    return joint and at + 1 < len(words) and words[at + 1].text[:1].isupper()


def _city(words: Sequence[Word], at: int, known: Knowledge) -> Item | None:
    if not words[at].text[0].isupper():
        return None
    for size in range(min(_LONGEST_CITY, len(words) - at), 0, -1):
        keys = tuple(w.key for w in words[at : at + size] if not is_hyphen(w))
        code = known.cities.get(keys)
        if code is not None and words[at + size - 1].text[0].isupper():
            return Item(at, at + size, Name("city", Identity(code, "GOV", "state"), words[at].text))
    return None
