"""Whether a clause asserts an event at all: questions, habits, opinions, purposes and what is only talked of do not."""

import re

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


def unasserted(reading: Reading, trial: Trial) -> str | None:
    """Why a candidate is no event by the words around it; None where it is one."""
    doc, clause, trigger = reading.doc, trial.clause, trial.trigger
    token = doc[clause.anchor]
    if reading.sentence.text.rstrip("\"'”’ ").endswith("?"):
        return "is asked, not said"
    if not reading.headline and _HABIT.search(reading.sentence.text) and token.tag_ in ("VBP", "VBZ", "NN", "NNS"):
        return "is a habit"
    takes_modal = any(c.role in ("modal", "negation") for c in trigger.where)
    if not takes_modal and any(c.lower_ in _OBLIGED for c in token.children):
        return "is what should be"
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in token.children):
        return "is a condition"
    if _is_purpose(token) and not reading.headline:
        return "is the purpose of another act"
    if trigger.event_type == "incident" and not reading.headline and _describes(token):
        return "describes people"
    return None


def _is_purpose(token: Token) -> bool:
    return token.dep_ == "advcl" and token.tag_ == "VB" and any(c.tag_ == "TO" for c in token.children)


def _describes(token: Token) -> bool:
    """A participle or a present relative clause that says what kind of people: "migrants fleeing war", "who arrive"."""
    if token.dep_ == "acl" and token.tag_ == "VBG":
        return True
    if token.dep_ == "relcl" and token.tag_ in ("VBP", "VBZ"):
        return True
    return token.dep_ == "acl" and token.tag_ == "VB"


def without_content(trials: list[Trial], reading: Reading) -> list[Trial]:
    """What another event only contains falls: "urged Malta to *let in* the ship", "a deal on the *return* of migrants"."""
    standing = [t for t in trials if t.fell is None]
    by_anchor = {t.clause.anchor: t for t in standing}
    return [
        t
        if t.fell or (outer := _container(reading, t, by_anchor)) is None
        else t.falling(f"is part of {outer.trigger.id}")
        for t in trials
    ]


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


def without_repeats(trials: list[Trial], reading: Reading) -> list[Trial]:
    """One event told by a verb and its noun, or by two verbs of one clause, stands once: with the word higher up."""
    out: list[Trial] = []
    kept: list[Trial] = []
    order = sorted(
        range(len(trials)),
        key=lambda i: (trials[i].trigger.id in _CAUSES, _depth(reading, trials[i]), trials[i].clause.anchor),
    )
    fallen: dict[int, str] = {}
    for i in order:
        trial = trials[i]
        if trial.fell is not None:
            continue
        twin = next((k for k in kept if _same_telling(reading, k, trial)), None)
        if twin is None:
            kept.append(trial)
        else:
            fallen[i] = f"is told by {twin.trigger.id} already"
    for i, trial in enumerate(trials):
        out.append(trial.falling(fallen[i]) if i in fallen else trial)
    return out


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
        if token.dep_ in ("relcl", "ccomp", "parataxis", "conj") or (token.dep_ == "advcl" and is_verb(token)):
            return False
        if above.i == kept.clause.anchor:
            return True
        token = above
    return False
