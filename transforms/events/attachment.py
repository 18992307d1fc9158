"""How closely a phrase of the sentence belongs to an event: the way between two tokens in the tree.

Dates, places and figures all ask the same: several are in the sentence, which one is the event's? The answer is the
cost of the way through the dependency tree. Within a clause a step is cheap; over the edge of a clause it is dear, and
dearer downwards (into a clause that the event does not speak of) than upwards (a participle shares what its main verb
has).
"""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from transforms.events.candidate import Candidate
from transforms.events.words import lemma

CLAUSE = 10.0
"""The cost of a step into another clause; a phrase at less than this is in the event's own clause."""

_INTO = {
    "relcl": 1.3 * CLAUSE,
    "ccomp": CLAUSE,
    "advcl": CLAUSE,
    "csubj": CLAUSE,
    "csubjpass": CLAUSE,
    "parataxis": CLAUSE,
}
"""Down from the meeting point to the phrase."""

_OUT = {"relcl": 6.0, "ccomp": 8.0, "advcl": 5.0, "csubj": 6.0, "csubjpass": 6.0, "parataxis": 9.0, "acl": 3.0}
"""Up from the event to the meeting point."""

_SAYING = frozenset(
    {
        "say",
        "tell",
        "report",
        "announce",
        "add",
        "state",
        "confirm",
        "claim",
        "note",
        "write",
        "explain",
        "admit",
        "reveal",
    }
)
"""Verbs that report, as base forms; what hangs on them tells of the report, not of what is reported."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way between an event and a phrase."""

    cost: float
    """The sum of the steps; at `CLAUSE` and more the phrase is in another clause."""
    reported: bool
    """Whether the phrase hangs on a verb of saying, and the event on the same verb."""


def way(doc: Doc, candidate: Candidate, phrase: int) -> Way:
    """The way from an event to the token that heads a phrase, an index into the sentence's tokens."""
    up = [doc[candidate.anchor], *doc[candidate.anchor].ancestors]
    down = [doc[phrase], *doc[phrase].ancestors]
    start, end = candidate.trigger
    apart = _apart(doc, candidate.anchor, phrase)
    for n, token in enumerate(down):
        if start <= token.i < end:
            return Way(sum(_cost_in(t) for t in down[:n]) + apart, False)
    places = {token.i: n for n, token in enumerate(up)}
    meeting = next((token for token in down if token.i in places), None)
    if meeting is None:
        return Way(3 * CLAUSE + apart, False)
    rising, falling = up[: places[meeting.i]], down[: down.index(meeting)]
    if _others_argument(rising, falling):
        return Way(CLAUSE + apart, False)
    reported = lemma(meeting.lower_) in _SAYING and bool(rising)
    return Way(sum(_cost_out(t) for t in rising) + sum(_cost_in(t) for t in falling) + apart, reported)


def _infinitive(token: Token) -> bool:
    """As in "allowed 56 people to land": the people are the verb's as much as the infinitive's."""
    return token.tag_ == "VB" and any(child.tag_ == "TO" for child in token.children)


def _others_argument(rising: list[Token], falling: list[Token]) -> bool:
    """Whether a phrase is the object of a verb joined to the event's: joined verbs share subjects, not objects."""
    joined = bool(rising) and rising[-1].dep_ == "conj" and _verbal(rising[-1])
    return joined and bool(falling) and falling[-1].dep_ in ("dobj", "dative", "agent", "oprd")


def _verbal(token: Token) -> bool:
    return token.tag_.startswith(("VB", "MD"))


def _cost_in(token: Token) -> float:
    if token.dep_ == "conj" and _verbal(token):
        own_subject = any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)
        return CLAUSE if own_subject else 4.0
    if token.dep_ == "acl":
        return 4.0
    if token.dep_ == "ccomp" and _infinitive(token):
        return 2.0
    return _INTO.get(token.dep_, 1.0)


def _cost_out(token: Token) -> float:
    if token.dep_ == "conj" and _verbal(token):
        return 3.0
    if token.dep_ in ("relcl", "advcl") and token.tag_ in ("VBG", "VBN"):
        return 3.0
    return _OUT.get(token.dep_, 1.0)


def _apart(doc: Doc, event: int, phrase: int) -> float:
    """What the order of words says, for where the tree is wrong: headlines put stories side by side with semicolons."""
    low, high = sorted((event, phrase))
    semicolons = sum(token.text == ";" for token in doc[low:high])
    return CLAUSE * semicolons + 0.01 * (high - low)
