"""How commands print rows: as a table for people, as CSV or JSON for programs."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.cells import as_json, json_lines, write_csv
from pipeline.commands.console import console

_NARROWEST = 8
"""Characters below which a column of a table cannot be read."""

as_option = click.option(
    "--as", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True,
    help="How the answer is printed.",
)  # fmt: skip


def print_answer(names: Sequence[str], rows: Iterable[Sequence[Any]], form: str) -> None:
    """Print rows in one of the forms of `as_option`; rows too wide for a table as lines of name and value."""
    if form == "csv":
        write_csv(sys.stdout, names, rows)
    elif form == "json":
        for line in json_lines(names, rows):
            click.echo(line)
    else:
        out = console()
        if len(names) * _NARROWEST > out.width:
            _print_records(out, names, rows)
        else:
            _print_table(out, names, rows)


def _print_table(out: Console, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(escape(name), overflow="fold")
    for row in rows:
        table.add_row(*(escape(_shown(value)) for value in row))
    out.print(table)


def _print_records(out: Console, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    width = max(map(len, names))
    for row in rows:
        for name, value in zip(names, row, strict=True):
            out.print(f"{name:{width}}  {_shown(value)}", markup=False, soft_wrap=True)
        out.print()


def _shown(value: object) -> str:
    if value is None:
        return ""
    return as_json(value) if isinstance(value, (list, dict)) else str(value)
