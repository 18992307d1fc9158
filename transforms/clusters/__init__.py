"""Which events are tellings of one happening, and what all of them together say of it."""

from transforms.clusters.grouping import cluster
from transforms.clusters.summary import summarise

__all__ = ["cluster", "summarise"]
