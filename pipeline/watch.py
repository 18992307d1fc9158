"""Runs at intervals on one machine, one at a time, until the process is asked to end.

Each run is a process of its own: whatever becomes of it (an error, a crash, no memory left) the next one starts afresh,
and what it used is given back. One that is on when the end is asked for is killed; the dataset is as it was.
"""

import logging
import math
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from pipeline.errors import SOURCES_FAILED, HeldError, UsageError
from pipeline.run_options import RunOptions
from pipeline.snapshots import Output, held
from pipeline.watched import LOGGER, run_once

_GOES_ON = (0, SOURCES_FAILED)


def watch(options: RunOptions, every: timedelta) -> int:
    """Run now and then at each multiple of the interval, until SIGTERM or SIGINT.

    Args:
        options: of each run.
        every: from the start of one run to the start of the next.

    Returns:
        The exit status: 0.

    Raises:
        UsageError: the first run found an option wrong. Later ones may fail so, as files come and go.

    """
    interval, first, ran = every.total_seconds(), time.monotonic(), False
    with _asked_to_end() as asked:
        while True:
            status = _run_apart(options, asked)
            if asked.within(0):
                _clear_away(Output(Path(options.output)))
                LOGGER.info("asked to end; done")
                return 0
            if status == UsageError.status and not ran:
                raise UsageError("the first run could not start; nothing is watched")
            ran = True
            pause = until_next(time.monotonic() - first, interval)
            level = logging.INFO if status in _GOES_ON else logging.ERROR
            upcoming = datetime.now(UTC) + timedelta(seconds=pause)
            LOGGER.log(level, "run ended with status %d; the next starts at %s", status, f"{upcoming:%H:%M:%S} UTC")
            if asked.within(pause):
                LOGGER.info("asked to end; done")
                return 0


def until_next(passed: float, interval: float) -> float:
    """Seconds up to the next multiple of the interval; those that passed while a run was on are left out.

    Args:
        passed: seconds since the first start.
        interval: in seconds.

    """
    return (math.floor(passed / interval) + 1) * interval - passed


class _Asked:
    """Whether the process was asked to end."""

    def __init__(self, woken: socket.socket) -> None:
        self._woken, self._asked = woken, False

    def within(self, seconds: float | None, child: SpawnProcess | None = None) -> bool:
        """Wait until it is, the time is over or the child has ended; whether it is."""
        others = [] if child is None else [child.sentinel]
        if not self._asked and self._woken in wait([self._woken, *others], seconds):
            self._asked = True
        return self._asked


@contextmanager
def _asked_to_end() -> Iterator[_Asked]:
    """Take SIGTERM and SIGINT as requests to end: each makes a socket readable, whatever is waited for."""
    woken, waking = socket.socketpair()
    with woken, waking:
        waking.setblocking(False)
        signals = (signal.SIGTERM, signal.SIGINT)
        before = [signal.signal(number, lambda *_: None) for number in signals]
        descriptor = signal.set_wakeup_fd(waking.fileno())
        try:
            yield _Asked(woken)
        finally:
            signal.set_wakeup_fd(descriptor)
            for number, handler in zip(signals, before, strict=True):
                signal.signal(number, handler)


def _run_apart(options: RunOptions, asked: _Asked) -> int:
    """One run in a process of its own; returns its exit status, negative if a signal ended it.

    It is killed when this process is asked to end: a run may be, at any moment, and workers may be deep in a text.
    """
    child = multiprocessing.get_context("spawn").Process(target=run_once, args=(asdict(options),))
    child.start()
    pid = child.pid
    assert pid is not None
    if asked.within(None, child):
        child.kill()
    child.join()
    with suppress(ProcessLookupError):  # workers that it left behind
        os.killpg(pid, signal.SIGKILL)
    return child.exitcode or 0


def _clear_away(output: Output) -> None:
    """Remove what a run that was killed had staged, unless another run is on by now."""
    if output.root.exists():
        with suppress(HeldError), held(output):
            output.recover()
