"""What happens to people in an event, as the words tell: whether a number counts the dead, the missing, the saved.

"5 refugees die; 63 rescued": both numbers stand near both verbs, and each belongs to the one of its own fate.
"""

from spacy.tokens import Doc, Token

from transforms.events.candidate import Candidate

_WORDS = {
    "dead": "die dies died dead dying deceased drown drowns drowned drowning kill kills killed killing perish perished death deaths body "
    "bodies corpse corpses victims victim murder murdered drownings fatalities lifeless murders killings lives electrocuted suffocated asphyxiated",
    "missing": "missing disappear disappeared unaccounted vanished lost",
    "injured": "injured injures injuring injure wounded hurt wounds injury injuries",
    "rescued": "rescue rescues rescued rescuing rescued save saves saved saving",
    "arrested": "arrest arrests arrested arresting detained detains detain charged apprehended",
}
_FATES = {word: fate for fate, words in _WORDS.items() for word in words.split()}
_WRECK = ("sink", "sank", "sunk", "capsiz", "overturn", "crash", "wreck", "fire", "explo", "collid", "went down", "trampl", "found", "recover")

_SEARCH = frozenset({"search", "searching", "searched", "searches", "seek", "look", "looking"})


def fate_of_trigger(doc: Doc, candidate: Candidate) -> str | None:
    """dead, missing, injured, rescued, arrested: what the event does to those whom it counts; None if its words do not tell."""
    words = [token.lower_ for token in doc[slice(*candidate.trigger)]]
    fates = {_FATES[word] for word in words if word in _FATES}
    if candidate.event_type == "rescue":
        if _SEARCH & set(words):
            return "missing"
        return "rescued" if not fates - {"rescued"} else None
    if candidate.event_type in ("incident", "violence"):
        return next((fate for fate in ("dead", "missing", "injured") if fate in fates), None)
    return "arrested" if candidate.event_type == "enforcement" and "arrested" in fates else None


def harms(doc: Doc, candidate: Candidate) -> bool:
    """Whether an event is one that people come to harm in, so that the dead told beside it are its own."""
    if candidate.event_type == "violence":
        return True
    words = doc[slice(*candidate.trigger)].text.lower()
    return candidate.event_type == "incident" and any(word in words for word in _WRECK)


def fate_of_word(doc: Doc, candidate: Candidate, token: Token, number: Token) -> str | None:
    """The fate told by the counted noun itself, by what stands right after it, or by the verb that it hangs on."""
    if token.lower_ in _FATES:
        return _FATES[token.lower_]
    start, end = candidate.trigger
    for one in doc[token.i + 1 : token.i + 6] if token.i >= number.i else ():
        if start <= one.i < end:
            return None
        if one.lower_ in _FATES:
            return _FATES[one.lower_]
        if one.tag_ not in ("VBD", "VBP", "VBZ", "RB", "VBN", "MD", "VB", "TO"):
            break
    for above in token.ancestors:
        if start <= above.i < end:
            return None
        if above.tag_.startswith("VB") or above.lower_ in _FATES:
            return _FATES.get(above.lower_)
    return None
