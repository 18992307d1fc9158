"""What workers do, by task and item, so that a run can go on where a worker broke it off.

A task is what a worker is given (a piece of a file, some articles to code); an item is one document or article in it,
known by its place there. `Work` says how items are read and what becomes of one; the steps here do it, and note in a
`Hand` what they have in hand.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Protocol

import apache_beam as beam

from pipeline import counters, limits
from pipeline.hands import Hand, Hands


@dataclass(frozen=True, slots=True)
class Task:
    """Something for a worker to do."""

    number: int
    """Among the tasks of a graph."""
    of: Any
    """What the work reads items from."""
    done: tuple[range, ...] = ()
    """Places of the items that need not be done any more."""
    last: int | None = None
    """Place of the last item that is read; None: all are."""

    def is_done(self, at: int) -> bool:
        """Whether the item at a place is."""
        return any(at in places for places in self.done)


@dataclass(frozen=True, slots=True)
class Item:
    """One document or article, and later all records that came of it."""

    task: int
    at: int
    """Its place in the task."""
    holds: Any
    counts: Counter[str] = field(default_factory=Counter)
    """What was counted for it."""
    last: bool = False
    """Nothing follows it in its task."""


class Work(Protocol):
    """What is done to the items of tasks. It is sent to workers, so it must pickle."""

    def warm_up(self) -> None:
        """Load what the first item would have to wait for."""

    def read(self, of: Any) -> Iterator[Any]:
        """The items of a task, always in the same order."""

    def make(self, holds: Any) -> Iterator[Any]:
        """The records that come of an item."""

    def source_of(self, holds: Any) -> str:
        """Where an item is from: a `source_uri`."""

    def refuse(self, source_uri: str, reason: str, detail: str) -> Iterator[Any]:
        """The records in the place of those of an item that no worker survives."""

    def refuse_rest(self, of: Any, at: int, reason: str, detail: str) -> Iterator[Any]:
        """The records in the place of those of all items of a task from a place on, where reading them cannot go on.

        Raises:
            NotPublishedError: a run cannot go on without them.

        """


@dataclass
class DoWork(beam.PTransform):
    """`Task` -> an `Item` with its records for each document or article in it that is not done."""

    work: Work
    hands: Hands | None = None
    """Where workers note what they have in hand, if there is a supervisor on this machine to look."""

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, tasks: beam.PCollection[Task]) -> beam.PCollection[Item]:
        """Read the items, make the records."""
        return (
            tasks
            | "Read" >> beam.ParDo(_Read(self.work, self.hands))
            | "Make" >> beam.ParDo(_Make(self.work, self.hands))
        )


class _Read(beam.DoFn):
    def __init__(self, work: Work, hands: Hands | None) -> None:
        self._work, self._hands = work, hands

    def process(self, task: Task) -> Iterator[Item]:
        yield from read_items(task, self._work, Hand.of(self._hands))


class _Make(beam.DoFn):
    def __init__(self, work: Work, hands: Hands | None) -> None:
        self._work, self._hands = work, hands

    def setup(self) -> None:
        self._work.warm_up()
        if self._hands is not None:
            _settle_in()

    def process(self, item: Item) -> Iterable[Item]:
        return (make_records(item, self._work, Hand.of(self._hands)),)


@cache
def _settle_in() -> None:
    """Bound the process of a worker, once it is ready."""
    limits.die_with_parent()
    limits.limit_memory()


def read_items(task: Task, work: Work, hand: Hand) -> Iterator[Item]:
    """The items of a task that are not done; then an empty one that is the last."""
    items, at = work.read(task.of), 0
    try:
        while task.last is None or at <= task.last:
            hand.reads(task.number, at)
            with counters.counted() as counts:
                holds = next(items, None)
            if not task.is_done(at):
                yield Item(task.number, at, holds, counts, last=holds is None)
            if holds is None:
                return
            at += 1
    finally:
        hand.lay_down()


def make_records(item: Item, work: Work, hand: Hand) -> Item:
    """An item with the records that came of it, in the place of what it held."""
    if item.last:
        return replace(item, holds=())
    hand.takes(item.task, item.at)
    try:
        with counters.counted() as counts:
            records = tuple(work.make(item.holds))
    except MemoryError:
        hand.die_of_memory()
        detail = "there is not enough memory for it; cut it down to the article"
        return refused(item.task, item.at, work, work.source_of(item.holds), "crashed", detail, item.counts)
    finally:
        hand.lay_down()
    return Item(item.task, item.at, records, item.counts + counts)


def refused(task: int, at: int, work: Work, source_uri: str, reason: str, detail: str, counts: Counter[str]) -> Item:
    """An item that is turned away, with the records that say so."""
    with counters.counted() as more:
        records = tuple(work.refuse(source_uri, reason, detail))
    return Item(task, at, records, counts + more)
