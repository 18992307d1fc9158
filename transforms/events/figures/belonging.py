"""Which numbers of a sentence belong to an event, and what they count."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from schemas.events import Figure
from transforms.events.attachment import CLAUSE, way
from transforms.events.candidate import Candidate, Mention
from transforms.events.dates.expressions import expressions
from transforms.events.figures.numbers import Number, numbers

_PEOPLE = frozenset(
    "people persons person migrants migrant refugees refugee asylum-seekers seekers men man women woman children child minors minor "
    "passengers passenger survivors survivor others others occupants occupant victims victim nationals citizens immigrants aliens "
    "foreigners individuals boys girls boy girl babies baby infants infant families smugglers traffickers suspects detainees "
    "demonstrators protesters protestors students workers soldiers officers guards troops agents arrivals newcomers evacuees "
    "deportees returnees evacuees applicants escapees castaways crew harragas members teenagers youths drivers".split()
)
_OWN = {"child": "children", "children": "children", "minor": "minors", "minors": "minors", "woman": "women", "women": "women",
        "men": "men", "families": "families", "family": "families", "baby": "children", "babies": "children"}
_DEAD = frozenset("body bodies corpse corpses dead deaths death fatalities victims drowned lives".split())
_BOATS = frozenset("boat boats vessel vessels ship ships dinghy dinghies craft crafts rafts raft".split())

_DYING = frozenset(
    "die dies died dead dying deceased drown drowns drowned drowning kill kills killed killing perish perished death deaths body "
    "bodies corpse corpses victims victim murder murdered drownings fatalities lifeless".split()
)
_MISSING = frozenset("missing disappeared unaccounted vanished lost search searching searched searches".split())
_HURT = frozenset("injured injures injuring wounded hurt wounds injury injuries".split())

_VERBAL = frozenset({"criticism", "request", "consultation", "policy_change", "policy_proposal", "endorsement", "threat", "refusal",
                     "agreement", "cooperation", "court_ruling"})
_NEAR = 4.5
"""How far, in steps of the tree, a number may stand from an event that is said or decided; its clause for others."""


def figures_of(doc: Doc, candidate: Candidate, mentions: Sequence[Mention]) -> tuple[Figure, ...]:
    """The figures of an event, in the order of the sentence."""
    found = numbers(doc.text)
    times = expressions(doc.text) if found else ()
    figures = []
    for number in found:
        if any(number.start < e.end and e.start < number.end for e in times):
            continue
        span = doc.char_span(number.start, number.end, alignment_mode="expand")
        if span is None or _in_name(doc, span.start, span.end):
            continue
        noun = _counted(doc, span.end, span.root)
        if number.value == 1 and (noun is None or noun.lower_ not in _PEOPLE | _DEAD | _BOATS):
            continue
        if not _belongs(doc, candidate, noun if noun is not None else span.root):
            continue
        unit = number.currency or _unit(doc, candidate, noun)
        figures.append(Figure(value=number.value, value_max=number.value_max, unit=unit, quantifier=number.quantifier))
    return tuple(figures)


def _in_name(doc: Doc, start: int, end: int) -> bool:
    """Whether a number is part of a name: "Sea-Watch 3", "Article 7", "Five Star Movement"."""
    first = doc[start]
    if first.text[:1].isdigit() and start and doc[start - 1].text[:1].isupper() and doc[start - 1].tag_ in ("NNP", "NN"):
        return doc[end].tag_ not in ("NNS", "JJ", "NNPS") if end < len(doc) else True
    return start > 0 and first.text.istitle() and end < len(doc) and doc[end].text.istitle() and doc[end].tag_ == "NNP"


def _counted(doc: Doc, end: int, root: Token) -> Token | None:
    """The noun that a number counts: the last of the noun phrase after it."""
    noun = None
    for token in doc[end : end + 7]:
        if token.tag_ in ("NN", "NNS", "NNP", "NNPS"):
            noun = token
        elif noun is not None or token.tag_ not in ("JJ", "JJR", "VBN", "VBG", "CD", "HYPH", "RB", "CC", "DT", "``", "''", "POS"):
            break
    if noun is None and root.dep_ == "nummod" and root.head.tag_.startswith("NN"):
        return root.head
    return noun


def _belongs(doc: Doc, candidate: Candidate, token: Token) -> bool:
    if token.i in candidate.sources or token.i in candidate.targets:
        return True
    cost = way(doc, candidate, token.i).cost
    return cost < (_NEAR if candidate.event_type in _VERBAL else CLAUSE)


def _unit(doc: Doc, candidate: Candidate, noun: Token | None) -> str:
    word = noun.lower_ if noun is not None else "people"
    if word in _BOATS:
        return "boats"
    if word in _DEAD:
        return "dead"
    if noun is None or word in _PEOPLE or noun.ent_type_ == "NORP":
        trigger = {token.lower_ for token in doc[slice(*candidate.trigger)]}
        if candidate.event_type in ("incident", "violence", "rescue"):
            if trigger & _DYING:
                return "dead"
            if trigger & _MISSING:
                return "missing"
            if trigger & _HURT:
                return "injured"
        if candidate.event_type == "rescue":
            return "rescued"
        return _OWN.get(word, "people")
    return word
