"""Whether what a clause tells has happened: negation, modality, plans, conditions, each with its scope (codebook 4)."""

from spacy.tokens import Token

from transforms.events.clauses import Clause, is_verb
from transforms.events.matching import Trial
from transforms.events.reading import Reading, ancestors
from transforms.events.words import lemma, word_list

_PLANNING = word_list("planning")
"""Verbs and adjectives whose infinitive is still to come."""

_FAILING = word_list("failing")
"""What is said of these did not happen."""

_SUPPOSING = word_list("supposing")

_MODALS = {
    "will": "planned",
    "'ll": "planned",
    "’ll": "planned",
    "ll": "planned",
    "shall": "planned",
    "wo": "planned",
    "would": "hypothetical",
    "could": "hypothetical",
    "may": "hypothetical",
    "might": "hypothetical",
    "can": "hypothetical",
    "ca": "hypothetical",
}

_SPEAKING = word_list("speaking")


def factuality(reading: Reading, trial: Trial) -> str:
    """The factuality that the sentence gives a candidate; history is told by its date, later."""
    trigger, clause = trial.trigger, trial.clause
    consumed = trigger.kind == "modal" or any(c.role == "negation" for c in trigger.where)
    token = reading.doc[clause.anchor]
    own = _own(reading, clause, token, consumed)
    if own is not None:
        return own
    if trigger.factuality is not None:
        return trigger.factuality
    if trigger.kind != "modal":
        above = _above(reading, clause, token)
        if above is not None:
            return above
    return "actual"


def _own(reading: Reading, clause: Clause, token: Token, consumed: bool) -> str | None:
    verb = token
    if clause.kind != "verb" and token.dep_ in ("dobj", "nsubjpass", "nsubj", "attr", "acomp") and is_verb(token.head):
        verb = token.head  # the light verb carries what is said of its noun
    elif clause.kind != "verb":
        verb = token
    if not consumed and any(c.dep_ == "neg" and c.lower_ != "only" for c in verb.children):
        return "negated"
    if not consumed and any(
        c.lower_ in ("no", "neither") for s in clause.role("subject")[:1] for c in reading.doc[s].children
    ):
        return "negated"
    if clause.kind == "noun" and any(c.lower_ == "no" for c in token.children):
        return "negated"
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in verb.children):
        return "hypothetical"
    for child in verb.children:
        if child.tag_ == "MD" and not consumed:
            if child.lower_ == "would" and any(lemma(a.text) in _SPEAKING for a in ancestors(verb)):
                return "planned"
            return _MODALS.get(child.lower_, "actual")
    if verb.dep_ == "conj" and is_verb(verb) and verb.head.i != verb.i and verb.tag_ == "VB" and is_verb(verb.head):
        return _own(reading, clause, verb.head, consumed) if clause.kind == "verb" else None
    return None


def _above(reading: Reading, clause: Clause, token: Token) -> str | None:
    """What the words that govern the clause say: "agreed to …", "failed to …", "halted the …", "plans for …"."""
    verb = token
    while verb.dep_ == "conj" and verb.head.i != verb.i and is_verb(verb) == is_verb(verb.head):
        verb = verb.head
    infinitive = any(c.tag_ == "TO" and c.dep_ == "aux" for c in verb.children)
    head = verb.head
    if infinitive and any(c.dep_ == "auxpass" for c in verb.children) and lemma(head.text) not in _FAILING:
        return "planned"  # "migrants to be returned to Turkey"
    if head.i == verb.i or verb.dep_ in ("parataxis", "conj"):
        return "planned" if infinitive else None
    if infinitive and lemma(head.text) == "be":
        return "planned"
    if infinitive and reading.headline and any(c.dep_ == "nsubj" for c in verb.children):
        return "planned"
    governed = verb.dep_ in ("xcomp", "ccomp", "acl", "dobj", "nsubjpass", "pobj", "pcomp")
    if clause.kind == "noun":
        for child in token.children:
            if child.dep_ == "amod" and lemma(child.text) in (
                "planned",
                "plan",
                "propose",
                "proposed",
                "upcoming",
                "possible",
            ):
                return "planned"
    if not governed:
        return None
    if verb.dep_ in ("pobj", "pcomp"):
        if head.lower_ not in ("of", "for", "from"):
            return None
        head = head.head
    word = lemma(head.text)
    if verb.dep_ == "ccomp" and not infinitive and word not in _FAILING:
        return "planned" if word in ("expect", "hope") else None
    if verb.dep_ in ("acl",) and not infinitive:
        return None
    if word in _FAILING:
        return "negated"
    if word in _SUPPOSING:
        return "hypothetical"
    if word in _PLANNING or (word == "plan" and not is_verb(head)):
        return "planned" if not any(c.dep_ == "neg" for c in head.children) else "negated"
    if infinitive and word in ("go", "ready", "move"):
        return "planned"
    return None
