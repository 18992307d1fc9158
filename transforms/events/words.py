"""Words: their base forms, and the classes that triggers ask for (`words.yaml`)."""

from functools import cache, lru_cache

import simplemma

from transforms.knowledge import read_yaml_as_text

_IRREGULAR = {
    # forms that are also base forms of another word, and that news uses nearly always as these
    "left": "leave",
    "found": "find",
    "saw": "see",
    "fell": "fall",
    "felt": "feel",
    "bound": "bound",
    "wounded": "wound",
    "shot": "shoot",
    "lay": "lie",
    "struck": "strike",
    "data": "data",
    "media": "media",
    "people": "people",
    "dead": "dead",
    "talks": "talks",
    "missing": "missing",
    "drowned": "drown",
    "stranded": "strand",
    "asylum-seekers": "asylum-seeker",
}


_VERBS = {
    form: base
    for base, forms in {
        "assail": "assailed",
        "axe": "axing",
        "break": "broke",
        "close": "closing",
        "cross": "crosses",
        "fix": "fixes fixed fixing",
        "guard": "guarded guarding",
        "intern": "interned interning",
        "lambast": "lambasted lambasting",
        "lay": "lays laid laying",
        "lower": "lower lowers lowered lowering",
        "patrol": "patroled patroling",
        "proclaim": "proclaiming",
        "shake": "shook",
        "thank": "thanked thanking",
        "think": "thought",
        "win": "won",
    }.items()
    for form in forms.split()
}
"""Forms that simplemma brings back to no verb, or to another one."""


@lru_cache(maxsize=100_000)
def lemma(form: str, *, verb: bool = False) -> str:
    """The base form of an English word, in small letters: `lemma("Rescues") == "rescue"`.

    What may be a noun of its own ("meeting", "setting") is brought back to its verb only where it is known to be one.
    """
    form = form.lower().strip("'’‘\"") or form
    if verb and form in _VERBS:
        return _VERBS[form]
    found = _IRREGULAR.get(form) or str(simplemma.lemmatize(form, "en")).lower()
    if not verb:
        return found
    if found.endswith("ing") and len(found) > 5:
        stem = found[:-3]
        if stem[-1] == stem[-2] and stem[-1] not in "lsz":
            return stem[:-1]
        return stem if simplemma.is_known(stem, "en") else stem + "e"
    if found.endswith("s") and len(found) > 3 and not found.endswith("ss") and simplemma.is_known(found[:-1], "en"):
        return found[:-1]  # "thanks", "means"
    return found


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of words by their part in the grammar (`grammar.yaml`)."""
    return frozenset(read_yaml_as_text("transforms.events", "grammar.yaml")[name].split())


@cache
def classes() -> dict[str, frozenset[str]]:
    """Every class of words with its members, as base forms."""
    read = read_yaml_as_text("transforms.events", "words.yaml")
    return {name: frozenset(f for m in members.split() for f in (m, lemma(m))) for name, members in read.items()}


@cache
def classes_of(word: str) -> frozenset[str]:
    """The classes that a base form belongs to."""
    return frozenset(name for name, members in classes().items() if word in members)
