"""The rules of rules.yaml, compiled."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from transforms.knowledge import read_yaml


@dataclass(frozen=True, slots=True)
class TypeRule:
    """When an event type has policy fields, and what they are when no word says otherwise."""

    applies: str
    """always; topic: only when the words name a topic; object: only when those of the trigger and its object do."""
    area: str | None = None
    tool: str | None = None
    group: str | None = None
    restrictiveness: str | None = None
    instrument: str | None = None
    topics: frozenset[str] | None = None
    """The topics that count for the type; None for all."""
    turned: re.Pattern[str] | None = None
    """Words that turn the type's own direction round; where there are any, no other words tell the direction."""
    unless: re.Pattern[str] | None = None
    """Words of the trigger by which an event is no policy."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter of policy with the words that name it."""

    id: str
    words: re.Pattern[str]
    area: str | None
    tool: str
    group: str | None
    effect: str
    """What more of it does to people on the move: restrictive, liberal, neutral."""
    instrument: str | None
    types: frozenset[str] | None
    """The event types that may be about it; None for all."""
    example: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules."""

    types: dict[str, TypeRule]
    topics: tuple[Topic, ...]
    more: re.Pattern[str]
    less: re.Pattern[str]
    ending: re.Pattern[str]
    groups: tuple[tuple[str, re.Pattern[str]], ...]
    instruments: tuple[tuple[str, re.Pattern[str]], ...]


def words(forms: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of some words and phrases; `*` at the end of a word stands for any ending."""
    parts = (re.escape(form).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for form in forms)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)


@cache
def rules() -> Rules:
    """The rules, read once per process."""
    data: dict[str, Any] = read_yaml("transforms.events.policy", "rules.yaml")
    directions = data["directions"]
    return Rules(
        types={name: _type(entry) for name, entry in data["types"].items()},
        topics=tuple(
            Topic(
                id=entry["id"],
                words=words(entry["words"]),
                area=entry.get("area"),
                tool=entry["tool"],
                group=entry.get("group"),
                effect=entry["effect"],
                instrument=entry.get("instrument"),
                types=frozenset(entry["types"]) if "types" in entry else None,
                example=entry["example"],
            )
            for entry in data["topics"]
        ),
        more=words(directions["more_restrictive"]),
        less=words(directions["less_restrictive"]),
        ending=words(directions["ending"]),
        groups=tuple((name, words(forms)) for name, forms in data["groups"].items()),
        instruments=tuple((name, words(forms)) for name, forms in data["instruments"].items()),
    )


def _type(entry: dict[str, Any]) -> TypeRule:
    read = dict(entry)
    for key in ("turned", "unless"):
        if key in read:
            read[key] = words(read[key])
    if "topics" in read:
        read["topics"] = frozenset(read["topics"])
    return TypeRule(**read)
