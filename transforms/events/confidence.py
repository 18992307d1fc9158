"""How surely a candidate is an event of its type with these sides, from 0 to 1."""

from transforms.events.matching import Trial
from transforms.events.reading import Reading

CONFIDENT_FROM = 0.0
"""What is less sure is no event."""


def confidence(reading: Reading, trial: Trial) -> float:
    """How sure a candidate is."""
    return 0.5
