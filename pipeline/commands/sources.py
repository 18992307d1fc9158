"""`migration-events sources`: how the feeds and sites of a dataset fare."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta

import click

from pipeline.commands.answers import as_option, print_answer
from pipeline.health import Health, health
from pipeline.snapshots import readable_output


@click.command(context_settings={"max_content_width": 100})
@click.argument("output")
@as_option
def sources(output: str, form: str) -> None:
    """Say how each feed and site of OUTPUT fares.

    When it last answered and last had something new, for how long it has been silent and what is usual for it, failures
    in a row and the last error. A feed is silent when that is five times its usual pause, and a day at least.

    \b
    Example:
      migration-events sources output
      migration-events sources output --as csv > health.csv
    """
    names = [field.name for field in fields(Health)]
    found = health(readable_output(output).current(), datetime.now(UTC))
    print_answer(names, ([_cell(getattr(row, name)) for name in names] for row in found), form)


def _cell(value: object) -> object:
    """Times to the minute, spans in hours: nothing here is known better."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%MZ}"
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 3600:.1f} h"
    return value
