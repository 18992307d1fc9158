"""Staged files: what workers write before anything is decided, so that texts stay out of shuffles.

A bundle that is tried again writes other files; only those that came through the graph's output are read,
so a runner may retry as it likes. The files carry no `.parquet` suffix: no reader's glob takes them for data.
"""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import apache_beam as beam
import pyarrow.parquet as pq
from apache_beam.io.filesystems import FileSystems
from apache_beam.transforms.window import GlobalWindow
from apache_beam.utils.windowed_value import WindowedValue

from pipeline import tallies
from schemas.columns import to_table

ROWS_PER_FILE = 4_000
"""Some 10 MB of news: what a worker holds at a time."""


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A Parquet file of rows of one record type, named by the type."""

    table: str
    path: str
    rows: int


class WriteStaged(beam.DoFn):
    """Write records of any type to files of their type; a file each time enough have come, and at a bundle's end."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._waiting: dict[type, list[Any]] = {}

    def start_bundle(self) -> None:
        """Begin with nothing waiting."""
        tallies.keep_in(self._folder)
        self._waiting = defaultdict(list)

    def process(self, record: Any) -> Iterator[StagedFile]:
        """Keep a record, and write its type's file when it is full."""
        waiting = self._waiting[type(record)]
        waiting.append(record)
        if len(waiting) >= ROWS_PER_FILE:
            yield self._write(type(record))

    def finish_bundle(self) -> Iterator[WindowedValue]:
        """Write what is waiting."""
        for record_type in list(self._waiting):
            if self._waiting[record_type]:
                staged = self._write(record_type)
                yield WindowedValue(staged, GlobalWindow().max_timestamp(), (GlobalWindow(),))

    def _write(self, record_type: type) -> StagedFile:
        records = self._waiting.pop(record_type)
        table = to_table(record_type, records)
        path = FileSystems.join(self._folder, f"{record_type.__name__.lower()}-{uuid.uuid4().hex}")
        with FileSystems.create(path, "application/octet-stream") as file:
            pq.write_table(table, file, compression="zstd")
        return StagedFile(record_type.__name__.lower(), path, len(records))


@dataclass
class Stage(beam.PTransform):
    """Write records to staged files in `folder`; when all are written, list the files in `folder/files.json`.

    Where there are no records there is no list. Grouped by hand: `ToList` would give an empty one, for three times as
    many steps, and a small run is mostly the making of steps.
    """

    folder: str

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, records: beam.PCollection[Any]) -> beam.PCollection[str]:
        """Records -> the path of the list, once, if there are any."""
        return (
            records
            | "Write" >> beam.ParDo(WriteStaged(self.folder))
            | "Together" >> beam.WithKeys(None)
            | "Gather" >> beam.GroupByKey()
            | "List" >> beam.Map(write_list, self.folder)
        )


def write_list(gathered: tuple[None, Iterable[StagedFile]], folder: str) -> str:
    """Write the list of staged files, in an order of its own; returns its path."""
    _, staged = gathered
    path: str = FileSystems.join(folder, "files.json")
    with FileSystems.create(path, "application/json") as file:
        file.write(json.dumps([asdict(s) for s in sorted(staged, key=lambda s: (s.table, s.path))]).encode())
    return path


def read_list(folder: str) -> dict[str, list[str]]:
    """The staged files by table, as the graph listed them; a table without rows is absent."""
    path = FileSystems.join(folder, "files.json")
    if not FileSystems.exists(path):
        return {}
    with FileSystems.open(path) as file:
        listed = json.loads(file.read())
    by_table: dict[str, list[str]] = defaultdict(list)
    for entry in listed:
        by_table[entry["table"]].append(entry["path"])
    return dict(by_table)
