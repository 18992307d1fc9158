"""Staged files: what workers write before anything is decided, so that texts stay out of shuffles.

Workers write batches: the records of some items, a Parquet file for each type, and last a note of these files, of the
items and of what was counted for them. A batch counts as a whole or not at all. A bundle that is tried again writes
others; only those that came through the graph's output are read, so a runner may retry as it likes. Of a graph that was
broken off all batches count that are whole. Files carry no `.parquet` suffix: no reader's glob takes them for data.
"""

import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import apache_beam as beam
import pyarrow.parquet as pq
from apache_beam.io.filesystems import FileSystems
from apache_beam.transforms.window import GlobalWindow
from apache_beam.utils.windowed_value import WindowedValue

from pipeline import tallies
from pipeline.work import Item
from schemas.columns import to_table

ROWS_PER_BATCH = 8_000
"""Some 4,000 articles with their sightings, 10 MB of news: what a worker holds at a time."""

TEXT_PER_BATCH = 32 << 20
"""Code points; fewer articles are held if they are long."""

_LIST = "files.json"
_BATCH = "batch-"


@dataclass(slots=True)
class Staged:
    """What was staged."""

    files: dict[str, list[str]] = field(default_factory=dict)
    """Parquet files by the type of their rows, in lower case; a type without rows is absent."""
    counts: Counter[str] = field(default_factory=Counter)
    done: dict[int, list[range]] = field(default_factory=dict)
    """Places of the items, by task."""
    last: dict[int, int] = field(default_factory=dict)
    """Place of the last item, of the tasks that were read to their end."""

    def add(self, other: "Staged") -> None:
        """Take in what was staged elsewhere."""
        for table, files in other.files.items():
            self.files.setdefault(table, []).extend(files)
        for task, places in other.done.items():
            self.done.setdefault(task, []).extend(places)
        self.counts.update(other.counts)
        self.last.update(other.last)


class WriteStaged(beam.DoFn):
    """Write the records of items in batches; one each time enough have come, and at a bundle's end."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def start_bundle(self) -> None:
        """Begin with nothing waiting."""
        tallies.keep_in(self._folder)
        self._waiting: list[Item] = []
        self._rows = self._text = 0

    def process(self, item: Item) -> Iterator[str]:
        """Keep an item's records, and write a batch when there are enough; yields its path."""
        self._waiting.append(item)
        self._rows += len(item.holds)
        self._text += sum(len(getattr(record, "text", "")) for record in item.holds)
        if self._rows >= ROWS_PER_BATCH or self._text >= TEXT_PER_BATCH:
            yield self._write()

    def finish_bundle(self) -> Iterator[WindowedValue]:
        """Write what is waiting."""
        if self._waiting:
            yield WindowedValue(self._write(), GlobalWindow().max_timestamp(), (GlobalWindow(),))

    def _write(self) -> str:
        items = self._waiting
        self.start_bundle()
        return write_batch(self._folder, items)


@dataclass
class Stage(beam.PTransform):
    """Write the records of items to batches in `folder`; when all are written, list the batches there.

    Where there are no items there is no list. Grouped by hand: `ToList` would give an empty one, for three times as
    many steps, and a small run is mostly the making of steps.
    """

    folder: str

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, items: beam.PCollection[Item]) -> beam.PCollection[str]:
        """Items -> the path of the list, once, if there are any."""
        return (
            items
            | "Write" >> beam.ParDo(WriteStaged(self.folder))
            | "Together" >> beam.WithKeys(None)
            | "Gather" >> beam.GroupByKey()
            | "List" >> beam.Map(write_list, self.folder)
        )


def write_batch(folder: str, items: Sequence[Item]) -> str:
    """Write the records of items, then what belongs to the batch; returns the path of the latter."""
    by_type: dict[type, list[Any]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for item in items:
        counts.update(item.counts)
        for record in item.holds:
            by_type[type(record)].append(record)
    files = {of.__name__.lower(): _write_rows(folder, of, records) for of, records in by_type.items()}
    batch = {
        "files": files,
        "counts": counts,
        "done": [(task, places.start, places.stop) for task, places in _places(items)],
        "last": [(item.task, item.at) for item in items if item.last],
    }
    return _write_json(FileSystems.join(folder, f"{_BATCH}{uuid.uuid4().hex}"), batch)


def _write_rows(folder: str, record_type: type, records: Sequence[Any]) -> str:
    path: str = FileSystems.join(folder, f"{record_type.__name__.lower()}-{uuid.uuid4().hex}")
    table = to_table(record_type, records)
    with FileSystems.create(path, "application/octet-stream") as file:
        pq.write_table(table, file, compression="zstd")
    return path


def _places(items: Iterable[Item]) -> Iterator[tuple[int, range]]:
    """The places of items by task, those that follow one another as one range."""
    for task, found in groupby(sorted((item.task, item.at) for item in items), key=itemgetter(0)):
        for _, run in groupby(enumerate(at for _, at in found), key=lambda pair: pair[1] - pair[0]):
            places = [at for _, at in run]
            yield task, range(places[0], places[-1] + 1)


def last_missing(places: Iterable[range], last: int) -> int | None:
    """The last place up to `last` that no range holds; None if they hold every one."""
    for found in sorted(places, key=lambda r: r.stop, reverse=True):
        if found.stop <= last:
            break
        last = min(last, found.start - 1)
    return last if last >= 0 else None


def write_list(gathered: tuple[None, Iterable[str]], folder: str) -> str:
    """Write the list of batches, in an order of its own; returns its path."""
    _, batches = gathered
    return _write_json(FileSystems.join(folder, _LIST), sorted(batches))


def _write_json(path: str, content: object) -> str:
    with FileSystems.create(path, "application/json") as file:
        file.write(json.dumps(content).encode())
    return path


def read_list(folder: str) -> Staged:
    """What a graph staged that came to its end."""
    path = FileSystems.join(folder, _LIST)
    return _together(map(_read_json, _read_json(path) if FileSystems.exists(path) else ()))


def read_left(folder: Path) -> Staged:
    """What a graph staged that was broken off, on this machine: batches whose note was written to its end."""
    found = []
    for path in sorted(folder.glob(f"{_BATCH}*")):
        try:
            found.append(_read_json(str(path)))
        except ValueError:
            continue
    return _together(found)


def _read_json(path: str) -> Any:
    with FileSystems.open(path) as file:
        return json.loads(file.read())


def _together(batches: Iterable[dict[str, Any]]) -> Staged:
    staged = Staged()
    for batch in batches:
        done: dict[int, list[range]] = defaultdict(list)
        for task, start, stop in batch["done"]:
            done[task].append(range(start, stop))
        files = {table: [path] for table, path in batch["files"].items()}
        staged.add(Staged(files, Counter(batch["counts"]), done, dict(batch["last"])))
    return staged
