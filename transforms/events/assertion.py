"""Whether a clause asserts an event at all: questions, habits, opinions, purposes and what is only talked of do not."""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from transforms.events.clauses import is_verb
from transforms.events.matching import Trial
from transforms.events.reading import Reading, ancestors

_HABIT = re.compile(
    r"\b(?:every (?:year|day|month|week|summer|night)|each (?:year|day|month)|often|usually|typically|routinely|always|"
    r"regularly|frequently|sometimes|generally|used to)\b",
    re.IGNORECASE,
)
_OBLIGED = frozenset({"should", "must", "ought"})
_CONTAINING = frozenset(
    {"request", "refusal", "threat", "policy_proposal", "agreement", "consultation", "court_ruling", "endorsement"}
    | {"criticism", "policy_change", "aid", "cooperation", "interception"}
)
"""Types whose content is part of the one event (codebook 1): what is asked for has not happened by being asked."""

_CAUSES = frozenset({"incident.wreck", "incident.wreck_noun"})
"""What deaths and arrivals of the same sentence come of: one event with them."""

_INTO_CONTENT = frozenset(
    {"xcomp", "ccomp", "pcomp", "pobj", "dobj", "advcl", "acl", "oprd", "compound", "nmod", "prep"}
)


def questioned(reading: Reading, trial: Trial) -> Trial:
    """The trial with a doubt for each word around it that makes it less than an assertion."""
    for kind, text in _doubts(reading, trial):
        trial = trial.doubted(kind, text)
    return trial


def _doubts(reading: Reading, trial: Trial) -> Iterator[tuple[str, str]]:
    trigger, token = trial.trigger, reading.doc[trial.clause.anchor]
    if reading.sentence.text.rstrip("\"'”’ ").endswith("?"):
        yield "question", "is asked, not said"
    if not reading.headline and _HABIT.search(reading.sentence.text) and token.tag_ in ("VBP", "VBZ", "NN", "NNS"):
        yield "habit", "is a habit"
    takes_modal = trigger.kind == "modal" or any(c.role in ("modal", "negation") for c in trigger.where)
    if not takes_modal and any(c.lower_ in _OBLIGED for c in token.children):
        yield "obliged", "is what should be"
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in token.children):
        yield "condition", "is a condition"
    if _is_purpose(token) and not reading.headline:
        yield "purpose", "is the purpose of another act"
    if trigger.event_type == "incident" and not reading.headline and _describes(token):
        yield "describes", "describes people"


def _is_purpose(token: Token) -> bool:
    return token.dep_ == "advcl" and token.tag_ == "VB" and any(c.tag_ == "TO" for c in token.children)


def _describes(token: Token) -> bool:
    """A participle or a present relative clause that says what kind of people: "migrants fleeing war", "who arrive"."""
    if token.dep_ == "acl" and token.tag_ == "VBG":
        return True
    if token.dep_ == "relcl" and token.tag_ in ("VBP", "VBZ"):
        return True
    return token.dep_ == "acl" and token.tag_ == "VB"


def with_containers(trials: list[Trial], reading: Reading) -> list[Trial]:
    """The trials, in doubt where another contains them: "urged Malta to *let in* the ship"."""
    by_anchor = {t.clause.anchor: t for t in reversed(trials) if not t.doubts}
    out = []
    for trial in trials:
        outer = _container(reading, trial, by_anchor)
        kind = f"part of {outer.candidate.event_type}" if outer else ""
        out.append(trial.doubted(kind, f"is part of {outer.trigger.id}") if outer else trial)
    return out


def _container(reading: Reading, trial: Trial, by_anchor: dict[int, Trial]) -> Trial | None:
    token = reading.doc[trial.clause.anchor]
    for above in ancestors(token):
        if token.dep_ == "acl" and not any(c.tag_ == "TO" for c in token.children):
            return None
        if token.dep_ == "conj" and is_verb(token):
            # what is coordinated shares the fate of the first, whose way up is the same from here
            token = above
            outer = None
        else:
            outer = by_anchor.get(above.i)
            if token.dep_ not in _INTO_CONTENT and token.dep_ != "conj":
                return None
            token = above
        if outer is not None and outer.candidate.event_type in _CONTAINING and not _is_agreeing(outer, trial):
            return outer
    return None


def _is_agreeing(outer: Trial, inner: Trial) -> bool:
    """What is agreed, decided or allowed is the event itself where it is material ("agreed to take 50 of them")."""
    return outer.trigger.id in ("agreement.agree", "admission.ready") and inner.clause.kind == "verb"


def with_repeats(trials: list[Trial], reading: Reading) -> list[Trial]:
    """The trials, in doubt where a word higher up tells the same event: a verb and its noun, two verbs."""
    order = sorted(
        (t for t in trials if not t.doubts),
        key=lambda t: (t.trigger.id in _CAUSES, _depth(reading, t), t.clause.anchor),
    )
    kept: list[Trial] = []
    told: dict[tuple[int, str], Trial] = {}
    for trial in order:
        twin = next((k for k in kept if _same_telling(reading, k, trial)), None)
        if twin is None:
            kept.append(trial)
        else:
            told[trial.clause.anchor, trial.trigger.id] = twin
    return [
        t.doubted("told", f"is told by {twin.trigger.id} already")
        if (twin := told.get((t.clause.anchor, t.trigger.id)))
        else t
        for t in trials
    ]


def _depth(reading: Reading, trial: Trial) -> int:
    return len(ancestors(reading.doc[trial.clause.anchor]))


def _same_telling(reading: Reading, kept: Trial, other: Trial) -> bool:
    if kept.candidate.event_type != other.candidate.event_type:
        return False
    if kept.clause.anchor == other.clause.anchor:
        return True
    if other.trigger.id in _CAUSES and kept.trigger.id not in _CAUSES:
        return True
    token = reading.doc[other.clause.anchor]
    for above in ancestors(token):
        shared = token.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
        if (
            token.dep_ in ("relcl", "ccomp", "parataxis")
            or (token.dep_ == "conj" and not shared)
            or (token.dep_ == "advcl" and is_verb(token))
        ):
            return False
        if above.i == kept.clause.anchor:
            return True
        token = above
    return False
