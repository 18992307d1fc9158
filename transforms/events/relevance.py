"""Whether an article is about migration policy or its operation (codebook 1), told by its words.

A lexicon in groups (`relevance.yaml`) is counted in the headline, the lead and the whole text, and a logistic model
over these counts (`relevance_weights.toml`) gives the probability. A word in passing weighs little: what counts is
where the words stand and how thick they are.
"""

import math
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from transforms.knowledge import read_yaml

RELEVANT_FROM = 0.5
"""An article is relevant from this score on."""

LEAD_WORDS = 90
"""The lead: about the first two paragraphs of a report."""
HEAD_WORDS = 15
"""So many first words stand for the headline where there is none: a dateline and the first clause."""
_LEAD_MOST = 3
"""More hits than this in the lead say no more than so many."""
_DENSITY_FLOOR = 50
"""Words added to an article's length, so that one word in a short note does not weigh like a whole article's."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled lexicon. `forms[first word]` are forms (longest first) with the number of their group."""

    groups: tuple[str, ...]
    gates: frozenset[int]
    forms: dict[str, tuple[tuple[tuple[str, ...], int], ...]]


@dataclass(frozen=True, slots=True)
class Weights:
    """What a group's count is worth, by group number: in the headline, in the lead, in the density over the text."""

    bias: float
    head: tuple[float, ...]
    lead: tuple[float, ...]
    density: tuple[float, ...]


def assess(title: str | None, text: str) -> float:
    """How surely an article is about migration policy or its operation, 0 to 1; 0 without any word of migration."""
    head, lead, density = signals(title, text)
    if not any(density[g] or head[g] for g in lexicon().gates):
        return 0.0
    w = _weights()
    z = w.bias
    for g in range(len(lexicon().groups)):
        z += w.head[g] * head[g] + w.lead[g] * lead[g] + w.density[g] * density[g]
    return round(1 / (1 + math.exp(-z)), 4)  # rounded: the last digits of exp and log differ between platforms


def has_migration_word(text: str) -> bool:
    """Whether any word of migration stands in a text or a raw page; what has none is irrelevant, unread."""
    gates = lexicon().gates
    return any(group in gates for _, group in _hits(_WORD.findall(text.lower())))


def signals(title: str | None, text: str) -> tuple[list[float], list[float], list[float]]:
    """What the model sees, by group: named in the headline (0, 1), in the lead (0 to 1), density in the text (log)."""
    words = _WORD.findall(text.lower())
    headline = _WORD.findall(title.lower()) if title else words[:HEAD_WORDS]
    size = len(lexicon().groups)
    head, lead, count = [0.0] * size, [0.0] * size, [0] * size
    for _, group in _hits(headline):
        head[group] = 1.0
    for position, group in _hits(words):
        count[group] += 1
        if position < LEAD_WORDS and lead[group] < _LEAD_MOST:
            lead[group] += 1
    length = len(words) + _DENSITY_FLOOR
    return head, [n / _LEAD_MOST for n in lead], [math.log1p(100 * n / length) for n in count]


def _hits(words: list[str]) -> Iterator[tuple[int, int]]:
    """Position and group of every form found, the longest first, none inside another."""
    forms, free = lexicon().forms, 0
    for position, word in enumerate(words):
        if word in forms and position >= free:
            for form, group in forms[word]:
                if len(form) == 1 or tuple(words[position : position + len(form)]) == form:
                    free = position + len(form)
                    yield position, group
                    break


@cache
def lexicon() -> Lexicon:
    """The lexicon of `relevance.yaml`, compiled once per process."""
    data = read_yaml("transforms.events", "relevance.yaml")
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for number, group in enumerate(data.values()):
        for entry in group["entries"]:
            for form in entry["forms"]:
                words = tuple(form.split())
                found.setdefault(words[0], []).append((words, number))
    return Lexicon(
        groups=tuple(data),
        gates=frozenset(n for n, group in enumerate(data.values()) if group["gate"]),
        forms={first: tuple(sorted(forms, key=lambda f: -len(f[0]))) for first, forms in found.items()},
    )


@cache
def _weights() -> Weights:
    data = tomllib.loads(files("transforms.events").joinpath("relevance_weights.toml").read_text(encoding="utf-8"))
    rows = [data["groups"][name] for name in lexicon().groups]
    head, lead, density = (tuple(float(row[part]) for row in rows) for part in ("head", "lead", "density"))
    return Weights(float(data["bias"]), head, lead, density)
