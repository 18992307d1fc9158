"""Carry out the work of a graph so that a document which kills or hangs its worker costs that document, not the run.

The graph runs in a process apart. When that dies, or is stuck with one document, what was in hand is tried alone, each
in a process with limits: what comes of it is staged like the rest, and what no process survives is rejected. Then the
graph goes on with what is left. Whatever was staged is kept, and a trial settles a document, so it comes to an end.

That is for the runner of this machine. Others have workers of their own, which they start and end as they see fit.
"""

import logging
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import apache_beam as beam
from apache_beam.options.pipeline_options import DirectOptions, PipelineOptions, StandardOptions

from pipeline import counters, limits
from pipeline.apart import Ended, run_apart
from pipeline.beam_options import LOCAL_RUNNER
from pipeline.errors import NotPublishedError
from pipeline.graph import graph
from pipeline.hands import Hand, Hands, Note
from pipeline.staging import Staged, last_missing, read_left, read_list, write_batch
from pipeline.work import Item, Task, Work, make_records, read_items, refused

LOGGER = logging.getLogger("migration_events.supervise")

WORK_SECONDS = 10.0
"""Of the processor, for one document: what others do on the machine is not its fault."""

WAIT_SECONDS = 30.0
"""By the clock, for one document among others; it is then tried alone."""

ALONE_SECONDS = 120.0
"""By the clock, for one document that is tried alone."""

READ_SECONDS = 120.0
"""By the clock, for reading up to the next document of a file: disks may be slow, and archives full of other things."""

_GONE_SECONDS = 5.0
"""From a worker's end to that of the graph, if all is well."""

FRUITLESS = 3
"""Deaths of workers that had nothing in hand, and staged nothing, before the run is given up."""


def carry_out(work: Work, of: Sequence[Any], folder: Path, parsed: PipelineOptions) -> Staged:
    """Run the graph over tasks to its end; returns what was staged.

    Args:
        work: what is done to them.
        of: what each task reads from.
        folder: an empty one, for staged files.
        parsed: Beam's options.

    Raises:
        NotPublishedError: workers die again and again, and no document is to blame.
        Exception: what the graph raised.

    """
    tasks = [Task(number, each) for number, each in enumerate(of)]
    if parsed.view_as(StandardOptions).runner != LOCAL_RUNNER:
        run_graph(tasks, work, folder, parsed)
        return read_list(str(folder))
    if parsed.view_as(DirectOptions).direct_running_mode != "multi_processing":
        work.warm_up()  # once for all forks of this process, where they do the work
    return _Supervised(work, tasks, folder, parsed).to_its_end()


def run_graph(
    tasks: Sequence[Task], work: Work, folder: Path, parsed: PipelineOptions, hands: Hands | None = None
) -> None:
    """Run the graph over tasks with any runner.

    Raises:
        NotPublishedError: a cluster that runs it says that it failed, or was cancelled.

    """
    pipeline = beam.Pipeline(options=parsed)
    graph(pipeline, tasks, work, str(folder), hands)
    result = pipeline.run()
    try:
        result.wait_until_finish()
    except RuntimeError as error:  # a cluster's job failed, or was cancelled; what fails here is raised above
        raise NotPublishedError(
            f"the runner did not finish the step {folder.name!r}; nothing was published: {error}; see the runner's "
            "logs, then run again"
        ) from error


class _Supervised:
    """Attempts at one graph, and what came of them."""

    def __init__(self, work: Work, tasks: Sequence[Task], folder: Path, parsed: PipelineOptions) -> None:
        self._work, self._tasks, self._folder, self._parsed = work, tasks, folder, parsed
        self._staged = Staged()
        self._places = 0

    def to_its_end(self) -> Staged:
        fruitless = 0
        while tasks := self._left():
            place, hands = self._new_place()
            ended = run_apart(partial(self._attempt, tasks, place, hands), Watch(hands, WAIT_SECONDS))
            if ended.done:
                self._staged.add(read_list(str(place)))
                return self._staged
            settled = read_left(place)
            suspects = [note for note in hands.notes() if note.is_in_hand]
            # To the others a worker that died is a connection that broke, which the graph raises as it likes. What was
            # not the worker's death raises again when it is tried alone.
            if ended.error is not None and not (suspects and isinstance(ended.error, RuntimeError)):
                raise ended.error
            LOGGER.warning("a worker %s; trying alone what it had in hand, then going on", _how(ended))
            for note in suspects:
                settled.add(self._alone(note))
            self._staged.add(settled)
            fruitless = 0 if settled.done else fruitless + 1
            if fruitless == FRUITLESS:
                raise NotPublishedError(
                    f"workers ended {FRUITLESS} times with no document in hand (the last one {_how(ended)}); nothing "
                    "was published. Is there memory enough? Fewer workers need less"
                )
        return self._staged

    def _attempt(self, tasks: Sequence[Task], place: Path, hands: Hands, _: object) -> None:
        run_graph(tasks, self._work, place, self._parsed, hands)

    def _left(self) -> list[Task]:
        """The tasks of which items are not settled."""
        left = []
        for task in self._tasks:
            last, done = self._staged.last.get(task.number), self._staged.done.get(task.number, [])
            missing = None if last is None else last_missing(done, last)
            if last is None or missing is not None:
                left.append(replace(task, done=tuple(done), last=missing))
        return left

    def _new_place(self) -> tuple[Path, Hands]:
        """Folders of an attempt: for what is staged, and for notes."""
        self._places += 1
        place = self._folder / str(self._places)
        hands = place / "hands"
        hands.mkdir(parents=True)
        return place, Hands(str(hands))

    def _alone(self, suspect: Note) -> Staged:
        """Try an item alone; returns what was staged of it, a rejection if it cannot be done."""
        place, hands = self._new_place()
        task = self._tasks[suspect.task]
        ended = run_apart(
            lambda say: try_alone(task, suspect.at, self._work, place, hands, say), Watch(hands, ALONE_SECONDS)
        )
        if ended.error is not None:
            raise ended.error
        if not ended.done:
            write_batch(str(place), [self._turned_away(task, suspect.at, ended)])
        return read_left(place)

    def _turned_away(self, task: Task, at: int, ended: Ended) -> Item:
        """What stands in the place of an item that no process survives, or of all from there on that cannot be read."""
        reason, detail = verdict(ended)
        if ended.said:
            ((source_uri, counts),) = ended.said
            LOGGER.warning("%s is rejected: %s", source_uri, detail)
            return refused(task.number, at, self._work, source_uri, reason, detail, counts)
        with counters.counted() as counts:
            records = tuple(self._work.refuse_rest(task.of, at, reason, detail))
        return Item(task.number, at, records, counts, last=True)


def try_alone(
    task: Task, at: int, work: Work, place: Path, hands: Hands, say: Callable[[tuple[str, Counter[str]]], None]
) -> None:
    """Do one item in this process, with limits, and stage what comes of it.

    Args:
        task: the item's.
        at: its place there.
        work: what is done to it.
        place: where it is staged.
        hands: where it is noted.
        say: is told where the item is from, and what was counted in reading it, once it is read.

    """
    work.warm_up()
    limits.limit_memory()
    limits.limit_processor(READ_SECONDS)
    hand = Hand.of(hands)
    for item in read_items(replace(task, done=(range(at),), last=at), work, hand):
        if not item.last:
            say((work.source_of(item.holds), item.counts))
            limits.limit_processor(WORK_SECONDS)
        write_batch(str(place), [make_records(item, work, hand)])


class Watch:
    """Whether a worker is stuck: too long with one item, or gone while the others wait for it."""

    def __init__(self, hands: Hands, wait: float) -> None:
        """By the clock, seconds that are waited for an item that is worked on."""
        self._hands, self._wait = hands, wait
        self._gone: dict[int, float] = {}

    def __call__(self) -> bool:
        """Look at the notes."""
        now = time.monotonic()
        for note in self._hands.notes():
            if note.is_in_hand and self._takes_too_long(note, now - note.since):
                return True
            if not _is_alive(note.process) and now - self._gone.setdefault(note.process, now) > _GONE_SECONDS:
                return True
        return False

    def _takes_too_long(self, note: Note, seconds: float) -> bool:
        if note.reading or seconds <= WORK_SECONDS:
            return note.reading and seconds > READ_SECONDS
        used = limits.processor_seconds(note.process)
        return seconds > self._wait or (used is not None and used - note.used > WORK_SECONDS)


def verdict(ended: Ended) -> tuple[str, str]:
    """Reason and detail of a rejection, by how the process ended in which an item was tried alone."""
    if ended.status in (None, -signal.SIGXCPU):
        return "timeout", f"not done in {WORK_SECONDS:.0f} s, also when tried alone; cut it down to the article"
    if ended.status == limits.OUT_OF_MEMORY:
        return "crashed", f"takes more than {limits.MEMORY >> 30} GB of memory; cut it down to the article"
    told = f"a worker that has it {_how(ended)}, also when it is tried alone"
    return "crashed", f"{told}; please report it, with the document"


def _how(ended: Ended) -> str:
    if ended.error is not None:
        return f"is gone ({ended.error})"
    if ended.status is None:
        return "is stuck"
    if ended.status == limits.OUT_OF_MEMORY:
        return "ends for want of memory"
    if ended.status < 0:
        return f"ends by {signal.Signals(-ended.status).name}"
    return f"ends with status {ended.status}"


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
