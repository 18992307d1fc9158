"""Words: their base forms, and the classes that triggers ask for (`words.yaml`)."""

from functools import cache, lru_cache
from importlib.resources import files

import simplemma
import yaml

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


@lru_cache(maxsize=100_000)
def lemma(form: str) -> str:
    """The base form of an English word, in small letters: `lemma("Rescues") == "rescue"`."""
    form = form.lower().strip("'’‘\"") or form
    return _IRREGULAR.get(form) or str(simplemma.lemmatize(form, "en")).lower()


@cache
def classes() -> dict[str, frozenset[str]]:
    """Every class of words with its members, as base forms."""
    read = yaml.safe_load(files("transforms.events").joinpath("words.yaml").read_text(encoding="utf-8"))
    return {name: frozenset(members.split()) for name, members in read.items()}


@cache
def classes_of(word: str) -> frozenset[str]:
    """The classes that a base form belongs to."""
    return frozenset(name for name, members in classes().items() if word in members)
