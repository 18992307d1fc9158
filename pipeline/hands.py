"""Notes of what workers have in hand, which outlive the worker: a small file for each thread, written in memory.

A note costs a microsecond, and the system keeps what was written whatever becomes of the process.
"""

import mmap
import os
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pipeline import limits

_NOTE = struct.Struct("<qqqdd?")
_NOTHING = -1
_here = threading.local()


@dataclass(frozen=True, slots=True)
class Hands:
    """A folder of notes, on this machine."""

    folder: str

    def notes(self) -> Iterator["Note"]:
        """The notes of all workers, of those too that have nothing in hand."""
        for file in sorted(Path(self.folder).glob("*")):
            content = file.read_bytes()
            if len(content) == _NOTE.size:
                yield Note(*_NOTE.unpack(content))


@dataclass(frozen=True, slots=True)
class Note:
    """What a worker says that it has in hand."""

    process: int
    task: int
    at: int
    since: float
    """Seconds of this machine's monotonic clock."""
    used: float
    """Seconds of the processor that the process had used by then."""
    reading: bool
    """It is being read, and not worked on yet."""

    @property
    def is_in_hand(self) -> bool:
        """Whether anything is in hand."""
        return self.task != _NOTHING


class Hand:
    """Where one thread notes what it has in hand."""

    def __init__(self, hands: Hands | None) -> None:
        self.hands = hands
        self._note: mmap.mmap | None = None
        if hands is not None:
            path = Path(hands.folder) / f"{os.getpid()}-{threading.get_ident()}"
            path.write_bytes(_NOTE.pack(os.getpid(), _NOTHING, 0, 0, 0, False))
            with path.open("r+b") as file:
                self._note = mmap.mmap(file.fileno(), _NOTE.size)

    @classmethod
    def of(cls, hands: Hands | None) -> Self:
        """This thread's."""
        hand: Self | None = getattr(_here, "hand", None)
        if hand is None or hand.hands != hands:
            hand = _here.hand = cls(hands)
        return hand

    def reads(self, task: int, at: int) -> None:
        """Note that an item is being read."""
        self._write(task, at, reading=True)

    def takes(self, task: int, at: int) -> None:
        """Note that an item is worked on."""
        self._write(task, at, reading=False)

    def lay_down(self) -> None:
        """Note that nothing is in hand."""
        self._write(_NOTHING, 0, reading=False)

    def die_of_memory(self) -> None:
        """End the process, if there is a supervisor to see whether it was what is in hand that took the memory."""
        if self._note is not None:
            os._exit(limits.OUT_OF_MEMORY)

    def _write(self, task: int, at: int, *, reading: bool) -> None:
        if self._note is not None:
            now, used = time.monotonic(), time.process_time()
            _NOTE.pack_into(self._note, 0, os.getpid(), task, at, now, used, reading)
