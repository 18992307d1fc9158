"""The triggers: which words tell of which event, in which frame, and who does it to whom (`triggers/*.yaml`).

A file holds the triggers of one event type. An entry says:

    - id: aid.money                       the type, a dot and a name; it becomes the event's `rule_id`
      verb: [give, pledge, set aside]     or `noun`, `adjective`, `modal` (of any verb): the words, as base forms
      where: {object: [<money>]}          what its roles must be: words or classes of `words.yaml`; `object has`
                                          looks at the whole phrase, `sentence has` at the whole sentence
      unless: {on: [rise]}                what they must not be
      only: {sentence has: [<court>]}     what must hold for it to be tried at all: for words that are too common
      voice: passive                      where only one voice tells it
      sources: [subject]                  the roles that act, the first that is filled; `owner of object` is whoever
      targets: [to, recipient]            owns or makes what fills the role ("*Malta's* ports")
      factuality: planned                 where the word itself says so
      subtype, restrictiveness            where the word itself says so
      weak: true                          a sign that is an event only if more speaks for it than the rule
      example: A sentence.                and what must come of it:
      event: {sources: ITA, targets: LBY, factuality: planned}
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from schemas import vocabulary
from transforms.events.words import lemma
from transforms.knowledge import read_yaml_as_text

KINDS = ("verb", "noun", "adjective", "modal")

_KEYS = frozenset(
    (
        *("id", *KINDS, "where", "unless", "only", "voice", "sources", "targets"),
        *("factuality", "subtype", "restrictiveness", "weak", "example", "event"),
    )
)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a role must hold: any of some words or classes, at its head or (`within`) anywhere in its phrase."""

    role: str
    within: bool
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One entry of the data files."""

    id: str
    event_type: str
    kind: str
    """One of `KINDS`."""
    words: tuple[tuple[str, ...], ...]
    """The ways to say it; each one or more base forms."""
    where: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    only: tuple[Condition, ...]
    voice: str | None
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    factuality: str | None
    subtype: str | None
    restrictiveness: str | None
    weak: bool
    example: str
    expected: dict[str, str]
    order: int
    """Place in the files, for a stable choice between equals."""

    @property
    def specificity(self) -> int:
        """How much the entry asks for; of two that fit, the more specific one speaks."""
        return 2 * len(self.where) + len(self.unless) + (self.voice is not None)


@cache
def triggers() -> tuple[Trigger, ...]:
    """All entries of all data files, in the order of event types and of the files.

    Raises:
        ValueError: an entry has a key that is not known, no words or no example.

    """
    found: list[Trigger] = []
    folder = files("transforms.events").joinpath("triggers")
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml")):
        for raw in read_yaml_as_text("transforms.events", f"triggers/{name}") or ():
            found.append(_trigger(raw, name.removesuffix(".yaml"), len(found)))
    return tuple(found)


@cache
def by_word() -> dict[str, tuple[tuple[Trigger, tuple[str, ...]], ...]]:
    """The entries and their wording by the word that is looked for: the first of a verb, the last of a noun."""
    index: dict[str, list[tuple[Trigger, tuple[str, ...]]]] = {}
    for trigger in triggers():
        for words in trigger.words:
            main = words[-1] if trigger.kind == "noun" else words[0]
            index.setdefault(main, []).append((trigger, words))
    return {word: tuple(entries) for word, entries in index.items()}


@cache
def told(event_type: str, kind: str) -> Trigger:
    """The frame of an event that no trigger knows the word of: whoever does it, to whatever it is done to."""
    raw = {"id": f"{event_type}.told", kind: [], "example": "(no words of its own: what the tagger takes for telling)"}
    return _trigger(raw, event_type, len(triggers()))


def _trigger(raw: dict[str, Any], event_type: str, order: int) -> Trigger:
    kinds = [kind for kind in KINDS if kind in raw]
    if set(raw) - _KEYS or len(kinds) != 1 or not raw.get("example"):
        raise ValueError(
            f"trigger {raw.get('id')}: unknown keys {set(raw) - _KEYS}, or not one of {KINDS}, or no example"
        )
    return Trigger(
        id=raw["id"],
        event_type=event_type,
        kind=kinds[0],
        words=tuple(dict.fromkeys(form for words in raw[kinds[0]] for form in _base_forms(words, kinds[0]))),
        where=tuple(_conditions(raw.get("where", {}))),
        unless=tuple(_conditions(raw.get("unless", {}))),
        only=tuple(_conditions(raw.get("only", {}))),
        voice=raw.get("voice"),
        sources=_sources(raw.get("sources", ["subject", "owner of subject"]), kinds[0], event_type),
        targets=tuple(raw.get("targets", ["object", "people of object"])),
        factuality=raw.get("factuality"),
        subtype=raw.get("subtype"),
        restrictiveness=raw.get("restrictiveness"),
        weak="weak" in raw,
        example=raw["example"],
        expected=raw.get("event", {}),
        order=order,
    )


def _base_forms(words: str, kind: str) -> tuple[tuple[str, ...], ...]:
    """The words as the coder will see them; adjectives are taken as they stand.

    A noun may be seen in two ways: the base form of "landing" is "land", that of "landings" is "landing".
    """
    first, *rest = words.split()
    if kind == "adjective":
        return ((first, *rest),)
    forms = (lemma(first, verb=kind == "verb"), *(lemma(w) for w in rest))
    return (forms, (*forms[:-1], words.split()[-1])) if kind == "noun" else (forms,)


def _sources(roles: list[str], kind: str, event_type: str) -> tuple[str, ...]:
    if kind == "noun" and vocabulary.event_class(event_type) == "verbal" and "owner of anchor" not in roles:
        return (*roles, "owner of anchor")  # "the *Commission's* warning", "a *Justice Department* lawsuit"
    return tuple(roles)


def _conditions(raw: dict[str, list[str]]) -> Iterable[Condition]:
    for role, wanted in raw.items():
        yield Condition(role.removesuffix(" has"), role.endswith(" has"), tuple(wanted))
