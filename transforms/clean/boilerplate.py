"""What sites put around an article: sign-ups, cookie and copyright lines, related stories (boilerplate.toml)."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_MAX_PHRASE = 500
"""A longer paragraph is no phrase of a template."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry of the data file."""

    topic: str
    pattern: str
    where: str
    example: str


@cache
def phrases() -> tuple[Phrase, ...]:
    """All entries of the data file."""
    content = files("transforms.clean").joinpath("boilerplate.toml").read_text(encoding="utf-8")
    return tuple(Phrase(topic=topic, **entry) for topic, entries in tomllib.loads(content).items() for entry in entries)


@cache
def _compiled(where: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p.pattern})" for p in phrases() if p.where == where), re.IGNORECASE | re.DOTALL)


@cache
def _starts() -> re.Pattern[str]:
    """Starts look ahead for a capital, so case matters after them alone."""
    patterns = "|".join(
        rf"(?i:{p.pattern.rsplit('(?=', 1)[0]})(?={p.pattern.rsplit('(?=', 1)[1]}"
        for p in phrases()
        if p.where == "start"
    )
    return re.compile(patterns)


def take_boilerplate(paragraphs: list[str]) -> list[str]:
    """The paragraphs without those that are boilerplate, and without boilerplate at the start or end of the others."""
    kept = []
    for paragraph in paragraphs:
        if len(paragraph) <= _MAX_PHRASE and _compiled("paragraph").fullmatch(paragraph):
            continue
        kept.append(paragraph[start.end() :] if (start := _starts().match(paragraph)) else paragraph)
    while kept and (end := _compiled("end").search(kept[-1], max(0, len(kept[-1]) - _MAX_PHRASE))):
        kept[-1] = kept[-1][: end.start()].rstrip()
        if not kept[-1]:
            kept.pop()
    return kept
