"""Facts by name, and what they weigh: files of weights, learned on annotated news (`training/weights/`).

A file holds a line for each fact: its name and its weight. The sum of the weights of what holds is the log-odds of what
is asked.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files


@cache
def weights(name: str) -> dict[str, float]:
    """The weight of each fact in a file; facts that are not there weigh nothing."""
    lines = files("transforms.events").joinpath(name).read_text(encoding="utf-8").splitlines()
    return {fact: float(weight) for fact, weight in (line.rsplit("\t", 1) for line in lines if line and line[0] != "#")}


@cache
def _weights_of(name: str, of: str) -> dict[str, float]:
    """The weights of the facts in a file whose names begin so, by the rest of the name."""
    return {fact.removeprefix(of): weight for fact, weight in weights(name).items() if fact.startswith(of)}


def log_odds(name: str, event_type: str, facts: Iterable[str], of: str = "") -> float:
    """What facts weigh together in a file, as they stand and each with the event type.

    `of` is what the names in the file begin with, where it holds several questions.
    """
    known, typed = _weights_of(name, of), _weights_of(name, f"{of}{event_type}+")
    found = [weight for fact in facts for of_all in (known, typed) if (weight := of_all.get(fact)) is not None]
    return known["always"] + math.fsum(found)


def by_type(event_type: str, facts: set[str]) -> list[str]:
    """Facts as they stand and each with the event type, sorted."""
    return sorted(facts | {f"{event_type}+{fact}" for fact in facts})


def reached(name: str, probability: float, steps: Sequence[float]) -> Iterator[str]:
    """A probability of the tagger's as every step that it reaches, so that more never weighs less by chance."""
    yield from (f"tagged {name} {step}" for step in steps if probability >= step)
