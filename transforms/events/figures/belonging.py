"""Which numbers of a sentence belong to an event, and what they count."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from schemas.events import Figure
from transforms.events.attachment import CLAUSE, way
from transforms.events.candidate import Candidate, Mention
from transforms.events.dates.expressions import expressions
from transforms.events.figures.fates import fate_of_trigger, fate_of_word
from transforms.events.figures.numbers import Number, numbers
from transforms.events.figures.units import PERSON, unit_of

_DECIDED = frozenset({"criticism", "request", "policy_change", "policy_proposal", "endorsement", "threat", "refusal", "court_ruling"})
"""Types that speak of people at some remove: only a number close to the verb is theirs."""

_MEETING = frozenset({"consultation", "agreement", "cooperation"})
"""Types whose parties may be counted, but who move no people."""

_NEAR = 4.5
"""How far, in steps of the tree, a number may stand from what is said or decided."""

_ONE = frozenset({"a", "an", "the", "another", "one", "this"})


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
        if (figure := _figure(doc, candidate, number, noun, span.root)) is not None and figure not in figures:
            figures.append(figure)
    if not figures and (one := _one(doc, candidate)) is not None:
        figures.append(one)
    return tuple(figures)


def _figure(doc: Doc, candidate: Candidate, number: Number, noun: Token | None, root: Token) -> Figure | None:
    unit = number.currency or unit_of(noun, fate_of_trigger(doc, candidate))
    if unit is None or (number.value == 1 and noun is None):
        return None
    if candidate.event_type in _MEETING and unit not in ("countries", "agreements", number.currency):
        return None
    if not _belongs(doc, candidate, noun if noun is not None else root, root):
        return None
    return Figure(value=number.value, value_max=number.value_max, unit=unit, quantifier=number.quantifier)


def _in_name(doc: Doc, start: int, end: int) -> bool:
    """Whether a number is part of a name: "Sea-Watch 3", "Article 7", "Five Star Movement"."""
    first = doc[start]
    if first.text[:1].isdigit() and start and doc[start - 1].text[:1].isupper() and doc[start - 1].tag_ in ("NNP", "NN"):
        return doc[end].tag_ not in ("NNS", "JJ", "NNPS", "NNP") if end < len(doc) else True
    return start > 0 and first.text.istitle() and end < len(doc) and doc[end].text.istitle() and doc[end].tag_ == "NNP"


def _counted(doc: Doc, end: int, root: Token) -> Token | None:
    """The noun that a number counts: the last of the noun phrase after it."""
    noun = None
    for token in doc[end : end + 7]:
        if token.tag_ in ("NN", "NNS", "NNP", "NNPS"):
            noun = token
            if token.tag_ == "NNS" and token.lower_ in PERSON:
                break
        elif noun is not None or token.tag_ not in ("JJ", "JJR", "VBN", "VBG", "CD", "HYPH", "RB", "CC", "DT", "``", "''", "POS"):
            break
    if noun is None and root.dep_ == "nummod" and root.head.tag_.startswith("NN"):
        return root.head
    return noun


def _belongs(doc: Doc, candidate: Candidate, token: Token, number: Token) -> bool:
    own, other = fate_of_trigger(doc, candidate), fate_of_word(doc, candidate, token, number)
    if own is not None and other is not None and own != other:
        return False
    if {token.i, number.i} & {*candidate.sources, *candidate.targets}:
        return True
    cost = min(way(doc, candidate, token.i).cost, way(doc, candidate, number.i).cost)
    return cost < (_NEAR if candidate.event_type in _DECIDED else CLAUSE)


def _one(doc: Doc, candidate: Candidate) -> Figure | None:
    """ "The body of a man was found": one person, without a number."""
    fate = fate_of_trigger(doc, candidate)
    if fate is None or candidate.event_type not in ("incident", "violence", "rescue"):
        return None
    heads = {*candidate.sources, *candidate.targets, candidate.anchor}
    start, end = candidate.trigger
    for token in doc:
        near = token.i in heads or start <= token.i < end or (token.head.i in heads and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"))
        if near and token.tag_ == "NN" and unit_of(token, fate) in (fate, "people") and _single(token):
            return Figure(value=1.0, unit=fate, quantifier="exact")
    return None


def _single(noun: Token) -> bool:
    determiner = any(child.lower_ in _ONE for child in noun.children)
    return determiner and not any(child.dep_ == "conj" for child in noun.children) and noun.lower_ not in ("boat", "search", "group")
