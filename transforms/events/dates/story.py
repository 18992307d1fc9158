"""The day of an event whose own sentence names none: the day of the story that it belongs to.

News tells the day once, in the lead, and goes on: "Police on Thursday arrested 25 people. They were led to vans."
The day holds for what is told in the same breath: a headline above it, the same speaker's further words, the further
steps of the same happening. It does not hold for what has been going on ("has accused"), for plans, or for history.
"""

import re

from spacy.tokens import Doc, Token

from transforms.events.candidate import Candidate
from transforms.events.dates.clock import Clock, Dated

SPOKEN = frozenset({"policy_proposal", "request", "criticism", "endorsement", "threat", "refusal", "consultation"})
"""Types whose event is what was said, so that the day of saying it is the day of the event."""

HAPPENING = frozenset(
    {"incident", "rescue", "admission", "return", "interception", "enforcement", "protest", "violence"}
)
"""Types whose events are steps of what a report tells, and go on at its day until it names another."""

_SOON = 4
"""How many sentences on a happening still is what people speak of."""

_NEWS = 31
"""For how many days something is news."""

_REPEATED = re.compile(r"\b(?:repeatedly|often|always|regularly|usually|for (?:months|years)|continues?)\b")


def story_of(doc: Doc, candidate: Candidate, clock: Clock) -> Dated | None:
    """The dated sentence that an event without a day of its own belongs to."""
    order = clock.order.get(doc.text)
    if order is None or candidate.factuality != "actual" or _REPEATED.search(doc.text):
        return None
    dated = [d for d in clock.dated if _recent(d, clock)]
    told = [d for d in dated if d.order < order]
    if told and told[0].text == clock.title and not _perfect(doc[candidate.anchor]):
        # A headline that names a day: "Highlights of May 3".
        return told[0]
    if told:
        spoken = [d for d in told if d.kind == "speech"] if candidate.event_type in SPOKEN else []
        before = (spoken or told)[-1]
        return before if _goes_on(doc, candidate, before, order - before.order) else None
    after = next((d for d in dated if d.order > order), None)
    if after is None or after.kind == "report":
        return None
    heading = doc.text == clock.title or (order == 0 and after.order == 1)
    if heading or candidate.event_type in SPOKEN:
        return after
    return after if _same_act(doc, candidate, after) else None


def _recent(dated: Dated, clock: Clock) -> bool:
    """Whether a day may be the story's: shortly before the article, or, with no such day known, in the opening."""
    day = dated.when.event_date
    if clock.today.day_known and clock.today.day is not None and day is not None:
        return 0 <= (clock.today.day - day).days <= _NEWS
    return dated.opening


def _goes_on(doc: Doc, candidate: Candidate, before: Dated, distance: int) -> bool:
    """Whether what is told still belongs to the day named some sentences before."""
    anchor = doc[candidate.anchor]
    if before.kind == "report" or _perfect(anchor):
        return False
    if candidate.event_type in HAPPENING or (candidate.event_type == "consultation" and before.kind == "happening"):
        return True
    if candidate.event_type not in SPOKEN or _past(anchor):
        return before.opening and before.when.basis != "weekday"
    if before.kind == "happening":
        return before.opening and distance <= _SOON
    return distance <= _SOON or _same_speaker(doc, before)


def _same_act(doc: Doc, candidate: Candidate, dated: Dated) -> bool:
    """Whether a dated sentence has the words of an event that is told before it."""
    stems = [t.lower_[:4] for t in doc[slice(*candidate.trigger)] if len(t) > 3]
    return any(re.search(rf"\b{re.escape(stem)}", dated.text, re.IGNORECASE) for stem in stems)


def _same_speaker(doc: Doc, dated: Dated) -> bool:
    """Whether a speaker of a sentence is named in a dated one before it, or is a pronoun."""
    speakers = [t for t in doc if t.dep_ == "nsubj" and t.tag_ in ("NNP", "NNPS", "PRP")]
    return any(t.tag_ == "PRP" or t.text in dated.text for t in speakers)


def _perfect(anchor: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ in ("has", "have", "had", "'ve") for child in anchor.children)


def _past(anchor: Token) -> bool:
    if anchor.tag_ == "VBD":
        return True
    return any(child.dep_ in ("auxpass", "aux") and child.lower_ in ("was", "were") for child in anchor.children)
