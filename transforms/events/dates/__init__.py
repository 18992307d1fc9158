"""When an event happened: the times of its sentence, resolved against the day of publication (codebook 5)."""

from transforms.events.dates.clock import Clock, clock_of
from transforms.events.dates.meaning import When
from transforms.events.dates.resolution import resolve

__all__ = ["Clock", "When", "clock_of", "resolve"]
