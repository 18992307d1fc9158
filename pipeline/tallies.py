"""How much workers have done so far: each process keeps a file of its counts, which whoever started the run can read.

Beam tells its metrics when a graph is at its end. These files are for the eye alone: what is tried again counts twice.
"""

import json
import os
import threading
import time
import uuid
from collections import Counter
from pathlib import Path

from apache_beam.io.filesystems import FileSystems

_PREFIX = "tally-"
_EVERY = 0.5
"""Seconds between two writings of a file."""


class _Tally:
    """The counts of this process in one folder."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._folder: str | None = None
        self._path = ""
        self._written = 0.0

    def keep_in(self, folder: str) -> None:
        with self._lock:
            if folder != self._folder:
                self._folder = folder
                self._path = FileSystems.join(folder, f"{_PREFIX}{os.getpid()}-{uuid.uuid4().hex}")
                self._counts.clear()

    def note(self, name: str, by: int) -> None:
        with self._lock:
            self._counts[name] += by
            if self._folder is not None and time.monotonic() - self._written >= _EVERY:
                with FileSystems.create(self._path, "application/json") as file:
                    file.write(json.dumps(self._counts).encode())
                self._written = time.monotonic()


_TALLY = _Tally()
keep_in = _TALLY.keep_in
note = _TALLY.note


def read_tallies(folder: Path) -> Counter[str]:
    """What all workers have counted up to about now, by name; one that is writing its file just then is missing."""
    counts: Counter[str] = Counter()
    for path in folder.rglob(f"{_PREFIX}*"):
        try:
            counts.update(json.loads(path.read_bytes()))
        except (OSError, ValueError):
            continue
    return counts
