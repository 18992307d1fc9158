"""What workers count while they go.

A count goes to Beam's metrics and to `tallies`, for whoever watches, and to the item that it was counted for. A run
takes its figures from the items, with which they are staged: a bundle that a runner tries again, or a worker that died,
counts nothing twice and loses nothing.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from apache_beam.metrics import Metrics
from apache_beam.metrics.metricbase import Counter as Metric

from pipeline import tallies

NAMESPACE = "migration_events"

_here = threading.local()


def count(name: str, by: int = 1) -> None:
    """Count something by one, or by more."""
    _metric(name).inc(by)
    tallies.note(name, by)
    counts: Counter[str] | None = getattr(_here, "counts", None)
    if counts is not None:
        counts[name] += by


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """What this thread counts within."""
    counts: Counter[str] = Counter()
    _here.counts = counts
    try:
        yield counts
    finally:
        _here.counts = None


@cache
def _metric(name: str) -> Metric:
    return Metrics.counter(NAMESPACE, name)
