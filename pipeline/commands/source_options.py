"""The options of commands that read sources into an output: `run` and `watch`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click

from pipeline.run_options import RunOptions

_Command = TypeVar("_Command", bound=Callable[..., Any])
_DAY = click.DateTime(["%Y-%m-%d"])
_OPTIONS = (
    click.option("--seeds", multiple=True, metavar="PATH", help="File, folder or glob; may be repeated."),
    click.option("--feeds", metavar="FILE", help="List of feeds to follow (TOML), with or without --seeds."),
    click.option("--output", required=True, metavar="DIR", help="Folder of the datasets."),
    click.option("--manifest", metavar="FILE", help="What is known of the files (default: manifest.toml beside them)."),
    click.option("--since", type=_DAY, metavar="DAY", help="Take what was published from this day; nothing undated."),
    click.option("--until", type=_DAY, metavar="DAY", help="Take what was published up to this day; nothing undated."),
    click.option("--relevant-only", is_flag=True,
                 help="Drop, counted and without a row, what a quick look shows not to be about migration."),
    click.option("--max-rejected", type=click.FloatRange(0, 1), default=1.0, metavar="SHARE",
                 help="Publish nothing if a larger share of what was read is rejected (0 to 1)."),
    click.option("--keep-raw", is_flag=True, help="Keep what is fetched, as WARC, under DIR/raw."),
    click.option("--contact", metavar="ADDRESS", help="Who answers for the requests: a mail address or a page."),
    click.option("--delay", type=click.FloatRange(0, 60), default=1.0, metavar="SECONDS",
                 help="Pause between two requests to one host (default: 1)."),
    click.option("--allow-private-hosts", is_flag=True, help="Also ask hosts of a private network."),
    click.argument("beam", nargs=-1, type=click.UNPROCESSED, metavar="[-- BEAM OPTIONS]"),
)  # fmt: skip


def source_options(command: _Command) -> _Command:
    """Give a command these options; `run_options` takes what they were given."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def run_options(*, since: datetime | None, until: datetime | None, **given: Any) -> RunOptions:
    """What a run is asked to do, of the options as click hands them over."""
    return RunOptions(since=since.date() if since else None, until=until.date() if until else None, **given)
