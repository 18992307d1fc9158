"""Beam counters: what a run counts while it goes, and how its figures are read afterwards."""

from functools import cache

from apache_beam.metrics import Metrics
from apache_beam.metrics.metricbase import Counter
from apache_beam.runners.runner import PipelineResult

from pipeline import tallies

NAMESPACE = "migration_events"


@cache
def _counter(name: str) -> Counter:
    return Metrics.counter(NAMESPACE, name)


def count(name: str, by: int = 1) -> None:
    """Count something by one, or by more."""
    _counter(name).inc(by)
    tallies.note(name, by)


def read_counts(result: PipelineResult) -> dict[str, int]:
    """All of a finished graph's counts by name, in the order of the names."""
    found = result.metrics().query()["counters"]
    return {c.key.metric.name: c.result for c in sorted(found, key=_name) if c.key.metric.namespace == NAMESPACE}


def _name(counter: object) -> str:
    return str(counter.key.metric.name)  # type: ignore[attr-defined]
