"""Which numbers of a sentence belong to an event, and what they count."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from schemas.events import Figure
from transforms.events.attachment import CLAUSE, way
from transforms.events.candidate import Candidate, Mention
from transforms.events.dates.expressions import expressions
from transforms.events.figures.fates import fate_of_trigger, fate_of_word, harms
from transforms.events.figures.numbers import Number, numbers
from transforms.events.figures.units import counts_something, is_people, unit_of

_MEETING = frozenset({"consultation", "agreement", "cooperation"})
"""Types whose parties may be counted, but who move no people."""

_PHRASE_ENDS = frozenset({"IN", "VBD", "VBZ", "VBP", "MD", "TO", "WP", "WDT", "DT", "PRP", ".", "-LRB-"})
"""Tags at which a noun phrase is over."""

_ONE = frozenset({"a", "an", "the", "another", "one", "this"})


def figures_of(doc: Doc, candidate: Candidate, mentions: Sequence[Mention]) -> tuple[Figure, ...]:
    """The figures of an event, in the order of the sentence."""
    found = numbers(doc.text)
    times = expressions(doc.text) if found else ()
    parties = _parties(candidate, mentions)
    figures = []
    for number in found:
        if _age(doc.text, number) or any(number.start < e.end and e.start < number.end for e in times):
            continue
        span = doc.char_span(number.start, number.end, alignment_mode="expand")
        if span is None or _in_name(doc, span.start, span.end):
            continue
        noun = _counted(doc, candidate, span.end, span.root)
        if (figure := _figure(doc, candidate, parties, number, noun, span.root)) is not None and figure not in figures:
            figures.append(figure)
    if not figures and (one := _one(doc, candidate)) is not None:
        figures.append(one)
    return tuple(figures)


def _parties(candidate: Candidate, mentions: Sequence[Mention]) -> frozenset[int]:
    """The tokens of the phrases that act or are acted on: "a group of 85 migrants" is one, headed by "group"."""
    heads = {*candidate.sources, *candidate.targets}
    within = (range(mention.start, mention.end) for mention in mentions if mention.head in heads)
    return frozenset(heads.union(*within))


def _figure(
    doc: Doc, candidate: Candidate, parties: frozenset[int], number: Number, noun: Token | None, root: Token
) -> Figure | None:
    fate = fate_of_trigger(doc, candidate) or fate_of_word(doc, candidate, noun if noun is not None else root, root)
    unit = number.currency or unit_of(noun, fate)
    if unit is None and noun is not None and _object(doc, candidate, noun):
        unit = noun.lower_
    if unit is None or (number.value == 1 and noun is None):
        return None
    if candidate.event_type in _MEETING and unit not in ("agreements", number.currency):
        return None
    if unit == "countries" and (_party(noun) or doc[root.left_edge.i - 1].lower_ == "the"):
        return None
    if not _belongs(doc, candidate, parties, noun if noun is not None else root, root):
        return None
    return Figure(value=number.value, value_max=number.value_max, unit=unit, quantifier=number.quantifier)


def _age(sentence: str, number: Number) -> bool:
    """As in "Maria, 31, was released"."""
    apart = sentence.endswith(", ", 0, number.start) and sentence.startswith(",", number.end)
    return apart and number.value < 100


def _object(doc: Doc, candidate: Candidate, noun: Token) -> bool:
    """Whether things are what the event makes, gives, holds: "set up 30 barricades"."""
    start, end = candidate.trigger
    return noun.tag_ == "NNS" and noun.dep_ in ("dobj", "nsubjpass") and start <= noun.head.i < end


def _party(noun: Token | None) -> bool:
    """As in "The two countries agreed": who agrees is no figure of the agreement."""
    return noun is not None and noun.dep_ in ("nsubj", "nsubjpass", "agent", "poss")


def _in_name(doc: Doc, start: int, end: int) -> bool:
    """Whether a number is part of a name: "Sea-Watch 3", "Article 7", "Five Star Movement"."""
    first = doc[start]
    if (
        first.text[:1].isdigit()
        and start
        and doc[start - 1].text[:1].isupper()
        and doc[start - 1].tag_ in ("NNP", "NN")
    ):
        return doc[end].tag_ not in ("NNS", "JJ", "NNPS", "NNP") if end < len(doc) else True
    return start > 0 and first.text.istitle() and end < len(doc) and doc[end].text.istitle() and doc[end].tag_ == "NNP"


def _counted(doc: Doc, candidate: Candidate, end: int, root: Token) -> Token | None:
    """The noun that a number counts: in the noun phrase after it, the first that events count, else the last."""
    noun = None
    for token in doc[end : end + 8]:
        if token.tag_ in _PHRASE_ENDS or token.text in ",;:()":
            break
        if counts_something(token):
            modifier = token.tag_ == "NN" and token.i + 1 < len(doc) and counts_something(doc[token.i + 1])
            if not modifier:
                return token
        elif candidate.trigger[0] <= token.i < candidate.trigger[1]:
            # "78 refuse to leave": a headline's verb, whatever its tag.
            break
        if token.tag_.startswith("NN"):
            noun = token
    if noun is None and root.dep_ == "nummod" and root.head.tag_.startswith("NN"):
        of_trigger = candidate.trigger[0] <= root.head.i < candidate.trigger[1]
        return root.head if counts_something(root.head) or not of_trigger else None
    return noun


def _belongs(doc: Doc, candidate: Candidate, parties: frozenset[int], token: Token, number: Token) -> bool:
    own, other = fate_of_trigger(doc, candidate), fate_of_word(doc, candidate, token, number)
    if own is not None and other is not None and own != other:
        return False
    if own is None and other in ("dead", "missing", "injured") and not harms(doc, candidate):
        return False
    if token.i in parties or number.i in parties:
        return True
    return min(way(doc, candidate, token.i).cost, way(doc, candidate, number.i).cost) < CLAUSE


def _one(doc: Doc, candidate: Candidate) -> Figure | None:
    """As in "The body of a man was found": one person, without a number."""
    if candidate.event_type not in ("incident", "violence", "rescue"):
        return None
    fate = fate_of_trigger(doc, candidate)
    heads = {*candidate.sources, *candidate.targets, candidate.anchor}
    start, end = candidate.trigger
    for token in doc:
        argument = token.head.i in heads and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
        if not (token.i in heads or start <= token.i < end or argument):
            continue
        if token.lower_ in ("body", "corpse") and candidate.event_type == "incident":
            return Figure(value=1.0, unit="dead", quantifier="exact")
        if candidate.event_type == "violence" and not doc[candidate.anchor].tag_.startswith("VB"):
            continue
        if fate is not None and fate in _ALONE[candidate.event_type] and _single(token, candidate.event_type):
            return Figure(value=1.0, unit=fate, quantifier="exact")
    return None


_ALONE = {"incident": ("dead", "missing", "injured"), "violence": ("dead",), "rescue": ("rescued",)}
"""For each type, the fates that one person may suffer without being counted."""


def _single(noun: Token, event_type: str) -> bool:
    if noun.lower_ in ("him", "her", "he", "she") or (noun.ent_type_ == "PERSON" and noun.tag_ == "NNP"):
        return event_type == "incident"
    if noun.tag_ not in ("NN", "NNP") or not is_people(noun) or any(child.dep_ == "conj" for child in noun.children):
        return False
    determiners = {child.lower_ for child in noun.children}
    return bool(determiners & (_ONE if event_type != "rescue" else {"a", "an", "another", "one"}))
