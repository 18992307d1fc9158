"""`migration-events watch`: a run now, and again and again."""

import logging
import re
from datetime import timedelta
from typing import Any

import click

from pipeline.commands.source_options import run_options, source_options
from pipeline.watch import watch as watch_sources
from pipeline.watched import LOGGER

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_EVERY = re.compile(r"([1-9][0-9]{0,5})([smhd])")


class Interval(click.ParamType[timedelta]):
    """A number and a unit of time: 90s, 15m, 6h, 1d."""

    name = "interval"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Read it, or say how it is written."""
        found = _EVERY.fullmatch(value)
        if found is None:
            self.fail(f"{value!r} is no interval; write a number and s, m, h or d, like 15m", param, ctx)
        return timedelta(**{_UNITS[found[2]]: int(found[1])})


@click.command(context_settings={"max_content_width": 100})
@click.option("--every", type=Interval(), required=True, metavar="INTERVAL", help="Like 90s, 15m, 6h or 1d.")
@source_options
def watch(*, every: timedelta, **given: Any) -> int:
    """Run now and then every INTERVAL, until SIGTERM or Ctrl-C.

    Takes the options of `run`, each run in a process of its own. A run that fails is logged, and the next one tries
    again; one that takes longer than INTERVAL delays the next. A line about each run goes to the standard error.

    \b
    Example:
      migration-events watch --every 15m --feeds seeds/feeds.toml --contact us@example.org --output output
    """
    LOGGER.setLevel(logging.INFO)
    return watch_sources(run_options(**given), every)
