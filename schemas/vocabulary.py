"""The closed vocabularies: `vocabulary.toml` read once, and checked questions to it."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _read() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("schemas").joinpath("vocabulary.toml").read_text(encoding="utf-8"))


@cache
def terms(vocabulary: str) -> dict[str, str]:
    """Every term of a vocabulary with its meaning, in the order of the file.

    Raises:
        KeyError: there is no such vocabulary.

    """
    return {term: entry if isinstance(entry, str) else entry["meaning"] for term, entry in _read()[vocabulary].items()}


@cache
def names() -> tuple[str, ...]:
    """The names of all vocabularies; subtypes of events count as one."""
    return (*_read(), "event_subtype")


@cache
def allowed(vocabulary: str) -> frozenset[str]:
    """The values that a column of this vocabulary may hold."""
    if vocabulary == "event_subtype":
        return frozenset(s for entry in _read()["event_type"].values() for s in entry["subtypes"])
    return frozenset(_read()[vocabulary])


def subtypes(event_type: str) -> tuple[str, ...]:
    """The subtypes that an event type has (codebook 2)."""
    return tuple(_read()["event_type"][event_type]["subtypes"])


def event_class(event_type: str) -> str:
    """`verbal`, `material` or `incident`, as the type says (codebook 2)."""
    return str(_read()["event_type"][event_type]["class"])
