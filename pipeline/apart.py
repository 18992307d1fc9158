"""Run a function in a process apart, so that whatever becomes of that process, this one goes on.

The process is a fork: it has everything that is loaded, and costs some hundredths of a second. It and all that it
starts are a group of their own, which ends with it.
"""

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Any

from pipeline import limits

_LOOK_EVERY = 0.25
"""Seconds between two looks at what the process does."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended."""

    done: bool = False
    """The function returned."""
    said: list[Any] = field(default_factory=list)
    """What it said meanwhile."""
    error: Exception | None = None
    """What it raised, if it did."""
    status: int | None = None
    """Where it neither returned nor raised: its exit status, negative if a signal ended it; None: it was broken off."""


def run_apart(function: Callable[[Callable[[Any], None]], None], is_stuck: Callable[[], bool] = lambda: False) -> Ended:
    """Run a function in a process apart.

    Args:
        function: is given a function by which it may say something to this process; what it says must pickle.
        is_stuck: asked now and then; the process is broken off when it says so.

    """
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(function, there, os.getpid()))
    gc.freeze()  # so that the fork does not collect what is the parent's: an engine's threads are not in it
    try:
        child.start()
    finally:
        gc.unfreeze()
    try:
        there.close()
        return _watched(child, here, is_stuck)
    finally:
        _end(child)
        here.close()


def _watched(child: ForkProcess, here: Connection, is_stuck: Callable[[], bool]) -> Ended:
    said: list[Any] = []
    while True:
        ready = wait([here, child.sentinel], _LOOK_EVERY)
        if here in ready:
            try:
                kind, word = here.recv()
            except EOFError:
                child.join()
                return Ended(said=said, status=child.exitcode)
            if kind == "says":
                said.append(word)
                continue
            return Ended(done=kind == "done", said=said, error=word)
        if child.sentinel in ready:
            child.join()
            return Ended(said=said, status=child.exitcode)
        if is_stuck():
            return Ended(said=said)


def _child(function: Callable[[Callable[[Any], None]], None], there: Connection, parent: int) -> None:
    os.setpgid(0, 0)
    limits.die_with_parent()
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__  # the parent may be drawing on what took their place
    if os.getppid() != parent:  # it died before that
        os._exit(1)
    last: tuple[str, Any]
    try:
        function(lambda word: there.send(("says", word)))
        last = ("done", None)
    except Exception as error:
        error.add_note("In a process apart:\n" + "".join(traceback.format_exception(error)))
        last = ("raised", _that_pickles(error))
    there.send(last)
    os._exit(0)  # without waiting for threads of a runner, or tidying up what is the parent's


def _that_pickles(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 what we have just written
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _end(child: ForkProcess) -> None:
    """End the process, if it has not ended, and all that it started."""
    if child.pid is None:
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.kill()
    child.join()
    child.close()
