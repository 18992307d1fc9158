"""Who is who in one article: what its sentences say of people, bodies and ships before later ones call them by less.

Read from all sentences by the order of words, without a parse, as most sentences are never parsed.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from transforms.events.actors.complements import phrases
from transforms.events.actors.introductions import introduce
from transforms.events.actors.knowledge import Identity, Name, Node, Noun, find, knowledge
from transforms.events.actors.ownership import owned_by_state
from transforms.events.actors.phrases import Phrase, passable
from transforms.events.actors.terms import capitalised
from transforms.events.actors.wording import Word, words_of
from transforms.events.candidate import Sentence

HOME = ""
"""Code of an identity that belongs to the state that the article is from, before that is known."""

_TITLE_WEIGHT, _FIRST_WEIGHT, _FIRST_SENTENCES, _DATELINE_WEIGHT = 3, 2, 4, 2
"""How much a mention tells of the state that an article is from."""

_REMEMBERED = 300
"""How many who were named may yet be meant: keeps the time linear in the length of the text."""

NO_STATES = frozenset({"EUR", "UNO", "AFU", "IGO", "NGO", "REF", "CRM", "VAT", "---", HOME})
"""Codes that are no state's."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Somebody named in the article."""

    sentence: int
    start: int
    """Code point of the sentence's text."""
    name: str
    kind: str
    identities: tuple[Identity, ...]
    """Empty where the words do not say whose they are."""
    noun: Noun | None
    """The common noun that says what they are, if one does."""
    plural: bool
    nationalities: tuple[str, ...]


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
        """Who was named before a place in the article, the last first, at most some hundreds."""
        end = bisect_left(self.traces, (sentence, start), key=lambda t: (t.sentence, t.start))
        return (self.traces[at] for at in range(end - 1, max(end - 1 - _REMEMBERED, -1), -1))

    def of_home(self, identity: Identity) -> Identity:
        """An identity with its state filled in."""
        if identity.code != HOME:
            return identity
        actor_id = identity.actor_id
        if actor_id is not None and actor_id.startswith("/"):  # a body of that state: "Borg's government"
            actor_id = self.home.lower() + actor_id if self.home else None
        return replace(identity, code=self.home or "---", actor_id=actor_id)

    def identities(self, trace: Trace) -> tuple[Identity, ...]:
        """Who was named; where the words did not say whose they are, the article's state's."""
        if trace.identities:
            return tuple(self.of_home(i) for i in trace.identities)
        if trace.noun is not None and trace.noun.default == "state" and self.home is not None:
            return (owned_by_state(trace.noun, self.home),)
        return (Identity("---", "CVL", trace.kind),)


def read_cast(article_title: str | None, sentences: Sequence[Sentence], dateline_place: str | None) -> Cast:
    """Read who is who from an article's sentences, in order, the title first where there is one.

    `dateline_place` is the place of the dateline, if any ("VALLETTA"). `article_title` counts once, also
    where it is among the sentences.
    """
    known = knowledge()
    own: Node = {}
    traces: list[Trace] = []
    votes: Counter[str] = Counter()
    if dateline_place:
        words = words_of(dateline_place.title())
        for phrase in phrases(words, known, own, [False] * len(words))[:1]:
            votes.update({i.code: _DATELINE_WEIGHT for i in phrase.identities if i.code not in NO_STATES})
    if article_title and not any(s.field == "title" for s in sentences):
        words = words_of(article_title)
        for phrase in phrases(words, known, own, passable(words)):
            _vote(phrase, words, _TITLE_WEIGHT, votes)
    for n, sentence in enumerate(sentences):
        words = words_of(sentence.text)
        unknown = capitalised(words) if sentence.field != "title" else ()  # every word of a title may have a capital
        found = phrases(words, known, own, passable(words), unknown)
        introduce(found, words, own)
        weight = _TITLE_WEIGHT if sentence.field == "title" else _FIRST_WEIGHT if n < _FIRST_SENTENCES else 1
        for phrase in found:
            _vote(phrase, words, weight, votes)
            traces.append(_trace(phrase, words, sentence))
    return Cast(max(votes, key=lambda code: votes[code]) if votes else None, own, tuple(traces))


def _vote(phrase: Phrase, words: Sequence[Word], weight: int, votes: Counter[str]) -> None:
    """Count what a phrase says of the article's state.

    Nationalities say nothing, nor do coasts that boats come from, nor what may be a city's name and stands nowhere.
    """
    before = words[phrase.start - 1].key if phrase.start else ""
    if phrase.part in ("nation", "adjective") or before in ("off", "from", "near"):
        return
    if phrase.part == "city" and not phrase.place:
        return
    codes = [i.code for i in phrase.identities]
    if any(i.sector == "MED" for i in phrase.identities):  # an article that names the Times of Malta is likely from it
        named = (find(knowledge().tree, words, at) for at in range(phrase.start, phrase.end))
        codes = [
            t.identity.code for hit in named if hit for t in hit.terms if isinstance(t, Name) and t.part == "state"
        ]
    for code in codes:
        if code not in NO_STATES:
            votes[code] += weight


def _trace(phrase: Phrase, words: Sequence[Word], sentence: Sentence) -> Trace:
    first, last = words[phrase.name_start], words[phrase.name_end - 1]
    name = sentence.text[first.start : last.end]
    return Trace(
        sentence.index,
        first.start,
        name,
        phrase.kind,
        phrase.identities,
        phrase.noun,
        phrase.plural,
        phrase.nationalities,
    )
