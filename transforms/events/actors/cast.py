"""Who is who in one article: what its sentences say of people, bodies and ships before later ones call them by less.

Read from all sentences by the order of words, without a parse, as most sentences are never parsed.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from transforms.events.actors.knowledge import Identity, Knowledge, Name, Node, Noun, insert, knowledge, slug, surname
from transforms.events.actors.phrases import Phrase, Unknown, owned_by, passable, phrases
from transforms.events.actors.wording import Word, is_hyphen, keys_of, words_of
from transforms.events.candidate import Sentence

HOME = ""
"""Code of an identity that belongs to the state that the article is from, before that is known."""

_TITLE_WEIGHT, _FIRST_WEIGHT, _FIRST_SENTENCES, _DATELINE_WEIGHT = 3, 2, 4, 2
"""How much a mention tells of the state an article is from."""

_NO_NAME = frozenset(
    "the a an on in at of to for from by with after before as but and or if when while since he she it they we i you his her their its our this that these those "
    "there here what who why how no not mr mrs ms dr sir monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december yesterday today earlier later last under during about according reuters".split()
)
_ROLES = frozenset({"minister", "envoy", "head", "parliament", "court", "party", "aid-groups", "police", "armed-forces", "church", "media", "civilians", "business", "rebels", "coastguard", "navy"})
_BEFORE_ROLE = frozenset("the a an who is heads leads of from 's - year old year-old".split())


@dataclass(frozen=True, slots=True)
class Trace:
    """Somebody named in the article."""

    sentence: int
    start: int
    """Code point of the sentence's text."""
    name: str
    kind: str
    identities: tuple[Identity, ...]
    noun: Noun | None
    """The common noun that names them, if one does."""
    plural: bool
    nationalities: tuple[str, ...]
    explicit: bool
    """Whether the words themselves say whose they are."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The people, bodies and ships of one article."""

    home: str | None
    """The state that the article is from, as far as its words tell; ISO 3166-1 alpha-3."""
    own: Node = field(default_factory=dict)
    """The names that the article introduces, as a tree of words."""
    traces: tuple[Trace, ...] = ()
    """Everybody named, in order."""

    def before(self, sentence: int, start: int) -> Iterator[Trace]:
        """Who was named before a place in the article, the last first."""
        for trace in reversed(self.traces):
            if (trace.sentence, trace.start) < (sentence, start):
                yield trace

    def of_home(self, identity: Identity) -> Identity:
        """An identity with its state filled in."""
        if identity.code != HOME:
            return identity
        if self.home is None:
            return replace(identity, code="---")
        return replace(identity, code=self.home)


def read_cast(article_title: str | None, sentences: Sequence[Sentence], dateline_place: str | None) -> Cast:
    """Read who is who from an article's sentences, in order, the title first where there is one.

    `dateline_place` is the place of the dateline, if any ("VALLETTA").
    """
    known = knowledge()
    own: Node = {}
    traces: list[Trace] = []
    votes: Counter[str] = Counter()
    if dateline_place:
        for phrase in phrases(words_of(dateline_place.title()), known, {}, [False] * 99)[:1]:
            votes.update({i.code: _DATELINE_WEIGHT for i in phrase.identities if i.kind == "state"})
    for n, sentence in enumerate(sentences):
        words = words_of(sentence.text)
        found = phrases(words, known, own, passable(words), _capitalised(words) if sentence.field != "title" else ())
        _introduce(found, words, own)
        weight = _TITLE_WEIGHT if sentence.field == "title" else _FIRST_WEIGHT if n < _FIRST_SENTENCES else 1
        for phrase in found:
            if not phrase.start or words[phrase.start - 1].key not in ("off", "from", "near"):
                _vote(phrase, weight, votes)
            traces.append(_trace(phrase, words, sentence))
    home = min(votes, key=lambda code: (-votes[code], list(votes).index(code))) if votes else None
    return Cast(home, own, tuple(traces))


def _vote(phrase: Phrase, weight: int, votes: Counter[str]) -> None:
    if phrase.part in ("nation", "adjective"):
        return
    for code in [i.code for i in phrase.identities]:
        if len(code) == 3 and code.isalpha() and code not in ("EUR", "UNO", "AFU", "IGO", "NGO", "REF", "CRM", "VAT"):
            votes[code] += weight


def _trace(phrase: Phrase, words: Sequence[Word], sentence: Sentence) -> Trace:
    first, last = words[phrase.name_start], words[phrase.name_end - 1]
    return Trace(
        sentence.index,
        first.start,
        sentence.text[first.start : last.end],
        phrase.kind,
        phrase.identities,
        phrase.noun,
        phrase.plural,
        phrase.nationalities,
        bool(phrase.identities),
    )


def _capitalised(words: Sequence[Word]) -> list[Unknown]:
    """Runs of two to four capitalised words, which may be people's names."""
    found, at = [], 0
    while at < len(words):
        end = at
        while end < len(words) and (
            words[end].text[:1].isupper() and words[end].text[:1].isalpha() and words[end].key not in _NO_NAME or (end > at and _within_name(words, end))
        ):
            end += 1
        if 2 <= end - at <= 5:
            found.append(Unknown(at, end, "person"))
        at = max(end, at + 1)
    return found


def _within_name(words: Sequence[Word], at: int) -> bool:
    return (is_hyphen(words[at]) or words[at].key in ("al", "de", "di", "van", "von", "bin", "el", "la")) and at + 1 < len(words) and words[at + 1].text[:1].isupper()


def _introduce(found: Sequence[Phrase], words: Sequence[Word], own: Node) -> None:
    for n, phrase in enumerate(found):
        name = " ".join(w.text for w in words[phrase.name_start : phrase.name_end] if not is_hyphen(w))
        identity = phrase.identities[0] if phrase.identities else None
        if phrase.part == "unknown":
            identity = identity or _by_role(phrase.noun, name)
            if identity is None:
                identity = _by_apposition(found, n, words, name)
            if identity is not None:
                _remember_person(own, name, identity)
        elif phrase.part == "person" and identity is not None and keys_of(name)[1:]:
            _remember_person(own, name, identity)
        _abbreviation(phrase, identity, words, own)


def _by_role(noun: Noun | None, name: str) -> Identity | None:
    if noun is None or noun.default == "nobody":
        return None
    return Identity(noun.code or HOME, noun.sector, "person", f"person/{slug(name)}", name)


def _by_apposition(found: Sequence[Phrase], n: int, words: Sequence[Word], name: str) -> Identity | None:
    """The role that stands beside a name: "Anna Shea, a researcher with Amnesty", "the minister, Anna Bianchi,"."""
    phrase = found[n]
    for other, gap in (
        *(((found[n + 1], words[phrase.end : found[n + 1].start]),) if n + 1 < len(found) else ()),
        *(((found[n - 1], words[found[n - 1].end : phrase.start]),) if n else ()),
    ):
        keys = [w.key for w in gap]
        if not keys or (other.kind not in ("person", "body", "organisation", "others", "state") and not (other.kind == "people" and other.noun and (other.noun.id == "migrants" or other.nationalities))):
            continue
        role = keys[0] == "," and all(k in _BEFORE_ROLE or k.isdigit() for k in keys[1:]) or keys in (["of"], ["of", "the"], ["from"], ["from", "the"], ["("])
        if not role or (other is not found[n + 1 if n + 1 < len(found) else -1] and keys not in ([","], ["("])):
            continue
        if other.noun is None and keys == [","]:
            continue
        if other.plural or (other.noun is not None and other.noun.id not in _ROLES and other.kind not in ("person", "people") and "of" not in keys):
            continue
        if other.identities:
            one = other.identities[0]
            return replace(one, kind="person", actor_id=f"person/{slug(name)}", canonical_name=name)
        return _by_role(other.noun, name)
    return None


def _remember_person(own: Node, name: str, identity: Identity) -> None:
    if identity.kind != "person":
        identity = replace(identity, kind="person")
    parts = name.split()
    for written in dict.fromkeys([name, surname(name), *([" ".join(parts[-2:])] if len(parts) > 2 else [])]):
        if len(written) > 2 and written.lower() not in _NO_NAME:
            insert(own, written, Name("person", identity, written))


def _abbreviation(phrase: Phrase, identity: Identity | None, words: Sequence[Word], own: Node) -> None:
    """Remember "GNA" after "Government of National Accord (GNA)"."""
    at = phrase.end
    if at + 2 < len(words) and words[at].text == "(" and words[at + 2].text == ")":
        short = words[at + 1].text
        if len(short) > 1 and short.isupper() and identity is not None and phrase.kind in ("body", "organisation"):
            insert(own, short, Name("body", identity, short))
