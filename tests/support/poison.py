"""Documents that no worker survives: what stands in a text decides what it does to the process that works on it.

Real parsers and coders are not known to do so (what fuzzing finds is mended), so the means are put under them from outside.
"""

import ctypes
import faulthandler
import os
import re
import signal
from collections.abc import Callable
from typing import Any

from pipeline import coding, preparing


def _segfault() -> None:
    faulthandler.disable()  # the tests' own would tell at length of what is meant to happen
    ctypes.string_at(0)


def _loop() -> None:
    re.fullmatch("(a|a)*b", "a" * 60)  # holds the interpreter's lock, against any time-out within the process


def _take_memory() -> None:
    held = []
    while True:
        held.append(bytes(64 << 20))


def _be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)  # as the system does when memory runs out


POISONS: dict[str, Callable[[], None]] = {
    "segfault": _segfault,
    "loop": _loop,
    "memory": _take_memory,
    "killed": _be_killed,
}
"""By the word that stands in the text."""

REASONS = {"segfault": "crashed", "loop": "timeout", "memory": "crashed", "killed": "crashed"}


def _swallow(step: str, text: str) -> None:
    found = re.search(f"POISON-{step}-([a-z]+)", text)
    if found:
        POISONS[found[1]]()


def install() -> None:
    """Put the poisons under the steps of a run in this process."""
    prepare, code_article = preparing.prepare, coding.code_article

    def prepare_poisoned(document: Any, stamp: Any) -> Any:
        _swallow("prepare", document.body.decode("utf-8", "replace"))
        return prepare(document, stamp)

    def code_poisoned(article: Any) -> Any:
        _swallow("code", article.text)
        return code_article(article)

    preparing.prepare, coding.code_article = prepare_poisoned, code_poisoned
