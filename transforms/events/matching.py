"""From a sentence to what the triggers find in it: every try, with its doubts, so that it can be explained."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from transforms.events.candidate import Candidate
from transforms.events.clauses import Clause
from transforms.events.reading import Reading
from transforms.events.tagger import event_types
from transforms.events.triggers import Condition, Trigger, by_word, told

_SYMMETRIC = frozenset({"agreement", "consultation", "cooperation"})
_OFFICIAL = frozenset(
    {"rescue", "interception", "return", "enforcement", "admission", "policy_change", "policy_proposal", "agreement"}
    | {"court_ruling", "border_control", "cooperation", "aid"}
)
"""Types that people on the move do not do: where the tree has them for the source it is wrong."""

_SOURCES_NEARBY = {
    **dict.fromkeys(("criticism", "request", "endorsement", "refusal", "threat", "policy_proposal"), "speaker"),
    "incident": "people",
    "border_control": "speaker",
    "rescue": "rescuer",
    "enforcement": "guards",
}
_SPEAKERS = {event_type: who for event_type, who in _SOURCES_NEARBY.items() if who == "speaker"}
_TARGETS_NEARBY = {
    **dict.fromkeys(("rescue", "admission", "return", "interception", "violence", "aid"), "people"),
    "criticism": "actor after",
}
_MOVED = frozenset({"rescue", "admission", "return", "interception"})
"""Types that happen to people: where the tree has a state or a body for the target, it is wrong if others are named."""

_AUTHORITIES = frozenset({"state", "body", "organisation"})
_JOINING = frozenset({"-", "–", "/"})
_NEAR = 15
"""How many words away the mention may be that stands in for what the tree does not tell."""

MAX_DOUBTS = 3
"""A trigger whose conditions fail more often than this is not what the sentence says; that it is weak counts twice."""

ESSENTIAL = frozenset({"modal", "negation"})
"""Conditions without which a trigger is no trigger: the words are too common."""

TOLD_FROM = 0.2
"""How likely a word must be to tell an event, to the tagger, for it to be tried without a trigger that knows it."""

_BESIDE = 2
"""Words around a trigger that tell its event with it ("*did not* deport")."""

_GAP = 3
"""How many words may stand between the words of a trigger ("turned the ship away")."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that speaks against a trial."""

    kind: str
    """The role that does not hold what it should, or the reason in a word: what the weights know it by."""
    text: str
    """For people: "object is not <people> or <vessel>"."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A trigger tried on a word of a sentence."""

    trigger: Trigger
    clause: Clause
    candidate: Candidate
    doubts: tuple[Doubt, ...] = ()
    """What speaks against it; by the rules alone a trial without doubts is an event."""
    fell: str | None = None
    """Why it is no event; None while it stands."""
    confidence: float = 0.0

    @property
    def tokens(self) -> tuple[int, ...]:
        """The words that tell it: its anchor, and its trigger's."""
        return (self.clause.anchor, *range(*self.candidate.trigger))

    def doubted(self, kind: str, text: str) -> "Trial":
        """The same trial with one more doubt."""
        return replace(self, doubts=(*self.doubts, Doubt(kind, text)))


def match(reading: Reading) -> list[Trial]:
    """For each word that some trigger looks for, the trigger of each event type that fits it best, with its doubts."""
    index = by_word()
    found: list[Trial] = []
    for token, word in enumerate(reading.lemmas):
        best: dict[str, Trial] = {}
        clauses: dict[str, Clause] = {}
        form = reading.doc[token].lower_
        entries = index.get(word, ()) if form == word else (*index.get(word, ()), *index.get(form, ()))
        for trigger, words in entries:
            span = _worded(reading, token, trigger.kind, words)
            if span is None:
                continue
            if trigger.kind not in clauses:
                clauses[trigger.kind] = _clause(reading, token, trigger.kind)
            if not all(_holds(reading, clauses[trigger.kind], condition) for condition in trigger.only):
                continue
            trial = _try(reading, trigger, clauses[trigger.kind], span)
            if len(trial.doubts) + trigger.weak > MAX_DOUBTS or any(d.kind in ESSENTIAL for d in trial.doubts):
                continue
            rival = best.get(trigger.event_type)
            if rival is None or _rank(trial) < _rank(rival):
                best[trigger.event_type] = trial
        found += sorted(best.values(), key=_rank)
    return [*found, *_told(reading, found)]


def _told(reading: Reading, found: Sequence[Trial]) -> Iterator[Trial]:
    """Trials of words that no trigger of a type knows, where the tagger takes them for the telling ones."""
    peaks = reading.told.max(axis=0, initial=0.0)
    for event_type, column in event_types().items():
        if peaks[column] < TOLD_FROM:
            continue
        known = {i for t in found if t.candidate.event_type == event_type for i in t.tokens}
        sure = reading.telling(event_type)
        for start, end in _runs(sure):
            anchor = max(range(start, end), key=lambda i: (reading.verbal[i], sure[i]))
            if known.isdisjoint((*range(start - _BESIDE, end + _BESIDE), *_linked(reading, anchor))):
                kind = "verb" if reading.verbal[anchor] else "noun"
                trial = _try(reading, told(event_type, kind), reading.clause(anchor, kind), (start, end))
                yield trial.doubted("told", "no trigger says so, only the tagger")


def _linked(reading: Reading, token: int) -> Iterator[int]:
    """What a word hangs on or what hangs on it: "*suspended* the *return*" tells one event."""
    yield reading.doc[token].head.i
    yield from (child.i for child in reading.doc[token].children)


def _runs(sure: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Where the tagger takes a word, or several in a row, for the telling ones."""
    start = None
    for i, probability in enumerate((*sure, 0.0)):
        if probability >= TOLD_FROM:
            start = i if start is None else start
        elif start is not None:
            yield start, i
            start = None


def _clause(reading: Reading, token: int, kind: str) -> Clause:
    if kind == "modal":
        return reading.clause(reading.doc[token].head.i, "verb")
    return reading.clause(token, kind)


def _rank(trial: Trial) -> tuple[int, bool, int, int]:
    failed = sum(d.kind != "weak" for d in trial.doubts)
    return failed, trial.trigger.weak, -trial.trigger.specificity, trial.trigger.order


def _worded(reading: Reading, token: int, kind: str, words: tuple[str, ...]) -> tuple[int, int] | None:
    """The span of a trigger's words around its main word; None where they are not there."""
    doc, lemmas = reading.doc, reading.lemmas
    if kind == "noun":
        start = token - len(words) + 1
        fits = start >= 0 and lemmas[start : token + 1] == words and _is_noun(reading, token)
        return (start, token + 1) if fits else None
    if kind == "modal" and (doc[token].tag_ != "MD" or doc[token].head.i == token):
        return None
    if kind == "verb" and not reading.verbal[token]:
        return None
    if kind == "adjective" and doc[token].lower_ != words[0]:
        return None
    at = token
    for word in words[1:]:
        ahead = range(at + 1, min(at + 2 + _GAP, len(lemmas)))
        following = next((i for i in ahead if lemmas[i] == word or doc[i].lower_ == word), None)
        particle = next((c.i for c in doc[token].children if c.lower_ == word and c.dep_ in ("prt", "advmod")), None)
        if following is None and particle is None:
            following = next(
                (i for i in reading.phrase(token) if i > at and lemmas[i] == word and _hangs(reading, i, token)), None
            )
        if following is None and particle is None:
            return None
        at = following if following is not None else (particle or at)
    return token, (at if at - token <= 2 * _GAP else token) + 1


def _hangs(reading: Reading, inner: int, verb: int) -> bool:
    """Whether a word hangs on a verb by prepositions alone: "took three people from the group *into custody*"."""
    token = reading.doc[inner]
    return token.head.i == verb or (token.dep_ == "pobj" and token.head.head.i == verb)


def _is_noun(reading: Reading, token: int) -> bool:
    one = reading.doc[token]
    if token == 0 and reading.headline:
        return True  # a headline's first word, which no tagger gets right: "Shipwreck off Tunisia"
    return one.tag_.startswith("NN") and not reading.verbal[token] and (one.tag_[:3] != "NNP" or reading.headline)


def _try(reading: Reading, trigger: Trigger, clause: Clause, span: tuple[int, int]) -> Trial:
    sources = fill(reading, clause, trigger.sources)
    if trigger.event_type in _OFFICIAL:
        sources = tuple(s for s in sources if "people" not in reading.classes[s] or "actor" in reading.classes[s])
    if trigger.event_type == "incident":
        sources = _without_authorities(reading, sources)
    if trigger.id == told(trigger.event_type, trigger.kind).id and _crowd(reading, sources):
        sources = _fallback(reading, clause, trigger.event_type, _SPEAKERS) or sources
    if not sources:
        sources = _fallback(reading, clause, trigger.event_type, _SOURCES_NEARBY)
    targets = tuple(t for t in fill(reading, clause, trigger.targets) if t not in sources)
    if trigger.event_type in _MOVED:
        targets = _without_authorities(reading, targets) or targets
    if trigger.event_type == "violence" and "object" in trigger.targets and not clause.role("object"):
        sources, targets = _suffering(reading, sources, targets)
    if not targets:
        found = _fallback(reading, clause, trigger.event_type, _TARGETS_NEARBY)
        targets = tuple(t for t in found if t not in sources)
    if trigger.event_type in _SYMMETRIC and not targets and (pair := _joined(reading, clause.anchor)):
        sources, targets = pair
    if trigger.event_type in _SYMMETRIC and not targets and len(sources) == 2 and trigger.subtype != "visit":
        sources, targets = sources[:1], sources[1:]
    candidate = Candidate(
        event_type=trigger.event_type,
        subtype=trigger.subtype,
        factuality=trigger.factuality or "actual",
        anchor=clause.anchor,
        trigger=span,
        sources=sources,
        targets=targets,
        rule_id=trigger.id,
        restrictiveness=trigger.restrictiveness,
    )
    return Trial(trigger, clause, candidate, tuple(_doubts(reading, trigger, clause)))


def _crowd(reading: Reading, heads: tuple[int, ...]) -> bool:
    """Whether some heads are people on the move: "the minister said *migrants* had to be checked" is his request."""
    return bool(heads) and all("people" in reading.classes[h] and "actor" not in reading.classes[h] for h in heads)


def _joined(reading: Reading, noun: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The two that a sign joins before what they do together: "*Malta*-*Germany* talks", "*EU*/*Africa* summit"."""
    doc = reading.doc
    for first in reading.mentions:
        for second in reading.mentions:
            joined = second.start == first.end + 1 and second.end <= noun and doc[first.end].text in _JOINING
            if joined and all(t.tag_.startswith(("NN", "JJ")) for t in doc[second.end : noun]):
                return (first.head,), (second.head,)
    return None


def _without_authorities(reading: Reading, heads: tuple[int, ...]) -> tuple[int, ...]:
    """Those of some heads that are no state or body."""
    return tuple(h for h in heads if not any(m.start <= h < m.end and m.kind in _AUTHORITIES for m in reading.mentions))


def _suffering(
    reading: Reading, sources: tuple[int, ...], targets: tuple[int, ...]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The people that the tree has as subject of a verb without object suffer: a passive that was not seen."""
    people = tuple(s for s in sources if "people" in reading.classes[s])
    return tuple(s for s in sources if s not in people), targets or people


def _fallback(reading: Reading, clause: Clause, event_type: str, kinds: dict[str, str]) -> tuple[int, ...]:
    """Who an event of a type is about, where the tree does not say: the speaker, or the nearest fitting mention."""
    wanted = kinds.get(event_type)
    if wanted is None:
        return ()
    if wanted == "speaker":
        return tuple(i for i in clause.role("speaker") if mention_at(reading, i))
    sides = [m for m in reading.mentions if (m.kind == "people") == (wanted == "people")]
    if wanted in ("guards", "rescuer"):
        sides = [m for m in sides if not reading.only_reports(m.head)]
    if wanted == "guards":
        sides = [m for m in sides if any(a.sector in ("MIL", "COP") for a in m.actors)]
    if wanted == "rescuer":
        sides = [m for m in sides if any(a.sector in ("MIL", "COP", "NGO") and a.code != "---" for a in m.actors)]
    if wanted == "actor after":
        sides = [m for m in sides if m.start > clause.anchor and m.kind in ("state", "body", "person", "organisation")]
    nearest = min(sides, key=lambda m: (abs(m.head - clause.anchor), m.start), default=None)
    return (nearest.head,) if nearest is not None and abs(nearest.head - clause.anchor) <= _NEAR else ()


def _doubts(reading: Reading, trigger: Trigger, clause: Clause) -> Iterator[Doubt]:
    if trigger.weak:
        yield Doubt("weak", "the trigger alone says little")
    if trigger.voice is not None and (trigger.voice == "passive") != clause.passive:
        yield Doubt("voice", f"is not {trigger.voice}")
    for condition in trigger.where:
        if not _holds(reading, clause, condition):
            yield Doubt(condition.role, f"{condition.role} is not {' or '.join(condition.wanted)}")
    for condition in trigger.unless:
        if _holds(reading, clause, condition):
            yield Doubt(f"not {condition.role}", f"{condition.role} is {' or '.join(condition.wanted)}")


def _holds(reading: Reading, clause: Clause, condition: Condition) -> bool:
    tokens: Sequence[int]
    if condition.role == "sentence":
        tokens = range(len(reading.doc))
    else:
        tokens = heads(reading, clause, condition.role)
        if condition.within:
            tokens = [i for head in tokens for i in reading.phrase(head)]
    return any(not reading.said[i].isdisjoint(condition.wanted) for i in tokens)


def heads(reading: Reading, clause: Clause, role: str) -> tuple[int, ...]:
    """The tokens that fill a role.

    "object of complement" is the object of the verb that fills the complement, "owner of object" whose thing the object
    is, "people of object" the people in its phrase ("a boat with *migrants*").
    """
    if " of " not in role:
        return clause.role(role)
    inner, outer = role.split(" of ", 1)
    around = (clause.anchor,) if outer == "anchor" else clause.role(outer)
    if inner == "people":
        return tuple(
            m.head for head in around for m in reading.mentions if m.kind == "people" and m.head in reading.phrase(head)
        )
    if inner == "owner":
        links = _MAKING if outer == "anchor" else _LINKING
        return tuple(sorted({o for head in around for o in owners(reading, head, links)}))
    return tuple(sorted({i for head in around for i in reading.clause(head, "verb").role(inner)}))


def fill(reading: Reading, clause: Clause, roles: Sequence[str]) -> tuple[int, ...]:
    """The heads of the first role that names an actor."""
    for role in roles:
        named = tuple(i for i in heads(reading, clause, role) if mention_at(reading, i))
        if named:
            return named
    return ()


def mention_at(reading: Reading, token: int) -> bool:
    """Whether a token heads, or stands in, a mention of an actor."""
    return any(m.start <= token < m.end for m in reading.mentions)


_MAKING = frozenset({"of", "by"})
"""Prepositions after which stands who makes a thing."""

_LINKING = _MAKING | {"in", "from", "with", "against", "at", "under", "between", "to"}
"""Prepositions after which stands whom a thing concerns."""


def owners(reading: Reading, head: int, links: frozenset[str]) -> tuple[int, ...]:
    """Whose thing a phrase names: "*Malta's* ports", "the *Trump* ban", "a decision by *Rome*", "plans of the *EU*"."""
    phrase = reading.phrase(head)
    inside = [m for m in reading.mentions if m.head in phrase and m.head != head and m.kind != "people"]
    close = [m for m in inside if _close(reading, m.head, head, links)]
    return tuple(m.head for m in close)


def _close(reading: Reading, inner: int, head: int, links: frozenset[str]) -> bool:
    token = reading.doc[inner]
    for _ in range(4):
        if token.i == head:
            return True
        if token.dep_ not in ("poss", "compound", "amod", "nmod", "pobj", "prep", "conj", "agent", "appos"):
            return False
        if token.dep_ == "prep" and token.lower_ not in links:
            return False
        token = token.head
    return token.i == head
