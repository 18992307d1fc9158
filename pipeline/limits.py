"""Bounds on the process that a document is worked on in."""

import ctypes
import os
import resource
import signal
import sys
from pathlib import Path

MEMORY = 4 << 30
"""Bytes that a worker may take beyond what it has once it is ready; documents that are sound take less than 1 GB."""

OUT_OF_MEMORY = 86
"""Exit status of a worker that found no memory."""

_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """See that the system ends this process when its parent is gone, whatever it is doing (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def limit_memory() -> None:
    """Bound the address space, where the system tells how much of it is in use (Linux)."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return
    _lower(resource.RLIMIT_AS, pages * resource.getpagesize() + MEMORY)


def limit_processor(seconds: float) -> None:
    """Bound the time of the processor from now on, to the second above; the system ends the process after it."""
    used = sum(os.times()[:2])
    _lower(resource.RLIMIT_CPU, int(used + seconds) + 1)


def processor_seconds(process: int) -> float | None:
    """What a process has used of the processor; None if it is gone, or the system does not tell (Linux does)."""
    try:
        told = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return None
    fields = told.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _lower(which: int, limit: int) -> None:
    """Set a soft limit, if the one there is is not lower."""
    soft, hard = resource.getrlimit(which)
    resource.setrlimit(
        which, (min([limit, *(found for found in (soft, hard) if found != resource.RLIM_INFINITY)]), hard)
    )
