"""`migration-events audit`: what the marks on a sheet say."""

from dataclasses import astuple, fields
from pathlib import Path

import click

from pipeline.audit import MARKS, read_sheet
from pipeline.commands.answers import as_option, print_answer
from pipeline.errors import UsageError
from transforms.audit import Precision, precisions

_DIGITS = 3


@click.command()
@click.argument("sheet")
@click.option("--mark", type=click.Choice(list(MARKS)), default="event_right", show_default=True,
              help="The column of marks to count.")  # fmt: skip
@as_option
def audit(sheet: str, mark: str, form: str) -> None:
    """Say how often the marked events of SHEET, which `sample` wrote, are right: by type, with 95 % intervals.

    Intervals are Wilson's. In the last row each type counts as often as it is in the dataset.

    \b
    Example:
      migration-events audit audit.csv
      migration-events audit audit.csv --mark targets_right --as csv
    """
    found = precisions(read_sheet(Path(sheet), mark))
    if not found:
        raise UsageError(f"{mark} is empty in all of {sheet!r}; write yes or no into it")
    rows = ([round(v, _DIGITS) if isinstance(v, float) else v for v in astuple(of)] for of in found)
    print_answer([field.name for field in fields(Precision)], rows, form)
