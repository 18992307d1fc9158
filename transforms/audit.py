"""From marks on a sample to precision, with intervals."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

Z = 1.959963984540054
"""Standard normal quantile of a two-sided 95 % interval."""

ALL = "all types"


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked event of a sample that was drawn by type."""

    event_type: str
    of_type: int
    """Events of the type in the dataset that the sample was drawn from."""
    right: bool


@dataclass(frozen=True, slots=True)
class Precision:
    """How often events are right, and between which shares that lies with 95 % confidence."""

    event_type: str
    marked: int
    right: int
    precision: float
    low: float
    high: float
    of_type: int


def wilson(share: float, trials: float) -> tuple[float, float]:
    """Wilson's score interval (1927), which holds for small samples and for shares near 0 and 1.

    Args:
        share: of the trials that succeeded, 0 to 1.
        trials: how many there were, or would have been in a simple sample that tells as much.

    """
    spread = Z * Z / trials
    middle = share + spread / 2
    half = Z * math.sqrt(share * (1 - share) / trials + spread / (4 * trials))
    # Rounding must not put a share of 0 or 1 outside its own interval.
    return max(0.0, min(share, (middle - half) / (1 + spread))), min(1.0, max(share, (middle + half) / (1 + spread)))


def precisions(marks: Iterable[Mark]) -> list[Precision]:
    """Precision by type, and of all types together, each counting as often as it is in the dataset."""
    by_type = defaultdict(list)
    for mark in marks:
        by_type[mark.event_type].append(mark)
    found = [_precision(event_type, of) for event_type, of in sorted(by_type.items())]
    return [*found, _together(found)] if found else []


def _precision(event_type: str, marks: list[Mark]) -> Precision:
    right = sum(mark.right for mark in marks)
    share = right / len(marks)
    of_type = max(mark.of_type for mark in marks)
    return Precision(event_type, len(marks), right, share, *wilson(share, len(marks)), of_type)


def _together(found: list[Precision]) -> Precision:
    """All types together: a stratified estimate, its interval by the size of a simple sample that tells as much."""
    total = sum(of.of_type for of in found)
    share = sum(of.precision * of.of_type for of in found) / total
    marked = sum(of.marked for of in found)
    # a type of which all marks agree still tells no more than its marks can: Laplace's share stands for its variance
    variance = sum((of.of_type / total) ** 2 * _variance((of.right + 1) / (of.marked + 2), of.marked) for of in found)
    smoothed = sum((of.right + 1) / (of.marked + 2) * of.of_type for of in found) / total
    trials = min(float(marked), smoothed * (1 - smoothed) / variance)
    return Precision(ALL, marked, sum(of.right for of in found), share, *wilson(share, trials), total)


def _variance(share: float, trials: int) -> float:
    return share * (1 - share) / trials
