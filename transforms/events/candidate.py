"""The records that pass between the steps of the coder."""

from dataclasses import dataclass

from schemas.events import Actor


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article; `article[field][start:end] == text`, always."""

    index: int
    """Number in the article; the title is 0 where there is one."""
    field: str
    """`title` or `text`."""
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase of a parsed sentence that names actors. Tokens are indexes into the sentence's spaCy `Doc`."""

    start: int
    end: int
    head: int
    actors: tuple[Actor, ...]
    """More than one where a plural stands for several ("the three", "both leaders")."""
    kind: str
    """state, body, person, people (on the move), vessel, organisation, criminals, others."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event as the rules found it, before its attributes. Tokens are indexes into the sentence's spaCy `Doc`."""

    event_type: str
    subtype: str | None
    factuality: str
    anchor: int
    """The token that heads the event: the verb, or the noun of a nominal event."""
    trigger: tuple[int, int]
    """First token of the trigger, and the one after its last."""
    sources: tuple[int, ...]
    """Head tokens of the noun phrases that act."""
    targets: tuple[int, ...]
    """Head tokens of the noun phrases that are acted on."""
    rule_id: str
    restrictiveness: str | None = None
    """Where the trigger's own words tell the direction ("tightens")."""
