"""What happens to people in an event, as the words tell: whether a number counts the dead, the missing, the saved.

"5 refugees die; 63 rescued": both numbers stand near both verbs, and each belongs to the one of its own fate.
"""

from spacy.tokens import Doc, Token

from transforms.events.candidate import Candidate
from transforms.events.figures.lexicon import any_of, by_word, forms

HARM = ("dead", "missing", "injured")
"""The fates that are told before others, the worst first."""


def fate_of(token: Token) -> str | None:
    """The fate that a word tells."""
    fates = by_word("fates")
    return next((fates[form] for form in forms(token) if form in fates), None)


def fate_of_trigger(doc: Doc, candidate: Candidate) -> str | None:
    """What the event does to those whom it counts; None if its words do not tell."""
    trigger = doc[slice(*candidate.trigger)]
    fates = {fate_of(token) for token in trigger} - {None}
    match candidate.event_type:
        case "rescue":
            if any_of(trigger, "search"):
                return "missing"
            return "rescued" if not fates - {"rescued"} else None
        case "incident" | "violence":
            return next((fate for fate in HARM if fate in fates), None)
        case "enforcement":
            return "arrested" if "arrested" in fates else None
    return None


def harms(doc: Doc, candidate: Candidate) -> bool:
    """Whether an event is one that people come to harm in, so that the dead told beside it are its own."""
    if candidate.event_type == "violence":
        return True
    return candidate.event_type == "incident" and any_of(doc[slice(*candidate.trigger)], "wreck")


def fate_of_word(doc: Doc, candidate: Candidate, token: Token, number: Token) -> str | None:
    """The fate told by the counted noun itself, by what stands right after it, or by the verb that it hangs on."""
    if (fate := fate_of(token)) is not None:
        return fate
    start, end = candidate.trigger
    for one in doc[token.i + 1 : token.i + 6] if token.i >= number.i else ():
        if start <= one.i < end:
            return None
        if (fate := fate_of(one)) is not None:
            return fate
        if one.tag_ not in ("VBD", "VBP", "VBZ", "RB", "VBN", "MD", "VB", "TO"):
            break
    for above in token.ancestors:
        if start <= above.i < end:
            return None
        fate = fate_of(above)
        if above.tag_.startswith("VB") or fate is not None:
            return fate
    return None
