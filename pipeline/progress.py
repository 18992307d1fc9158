"""How far a run is, on a terminal while it works."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

_LOOKS_A_SECOND = 2


@dataclass(frozen=True, slots=True)
class Far:
    """How far a step is."""

    count: int
    """Of what it counts."""
    share: float | None = None
    """Of all that it has to do, 0 to 1; None: nobody knows."""


class Showing(Protocol):
    """Where it is shown what a run does."""

    def __call__(self, what: str, look: Callable[[], Far] | None = None) -> AbstractContextManager[object]:
        """Show a step within; `look` tells how far it is, None: it counts nothing."""


def quiet(what: str, look: Callable[[], Far] | None = None) -> AbstractContextManager[object]:
    """Show nothing."""
    return nullcontext()


def on_terminal() -> Showing:
    """A line on the standard error if that is a terminal, gone when a step ends; else nothing."""
    console = Console(stderr=True)
    return shown_on(console) if sys.stderr.isatty() and not console.is_dumb_terminal else quiet


def shown_on(console: Console) -> Showing:
    """A line on a console."""

    @contextmanager
    def show(what: str, look: Callable[[], Far] | None = None) -> Iterator[None]:
        with _Line(console, what, look):
            yield

    return show


class _Line(Progress):
    """A step, looked at each time the line is drawn."""

    def __init__(self, console: Console, what: str, look: Callable[[], Far] | None) -> None:
        self._look, self._began = look, time.monotonic()
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"))
        super().__init__(*columns, console=console, transient=True, refresh_per_second=_LOOKS_A_SECOND)
        self.add_task(what, total=None, told="")

    def get_renderables(self) -> Iterable[RenderableType]:
        """The line."""
        if self._look is not None:
            far = self._look()
            total = None if far.share is None else 1.0
            for task in self.task_ids:
                said = told(far, time.monotonic() - self._began)
                self.update(task, total=total, completed=far.share, told=said)
        return super().get_renderables()


def told(far: Far, seconds: float) -> str:
    """How far a step is, how fast, and how long it will take.

    Args:
        far: what is done.
        seconds: that it took.

    """
    if not far.count or seconds <= 0:
        return f"{far.count:,}"
    rate = far.count / seconds
    said = f"{far.count:,}, {rate:,.0f} a second" if rate >= 1 else f"{far.count:,}, {rate * 60:,.0f} a minute"
    if not far.share or far.share >= 1:
        return said
    return f"{said}, {timedelta(seconds=round(seconds / far.share * (1 - far.share)))} left"
