"""`migration-events sql`: a question in SQL."""

import sys

import click
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.cells import as_json, json_lines, write_csv
from pipeline.commands.console import console
from pipeline.query import Answer, ask, engine_over
from pipeline.snapshots import existing_output

_NARROWEST = 8
"""Characters below which a column of a table cannot be read."""


@click.command()
@click.argument("output")
@click.argument("query", required=False)
@click.option("--as", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True,
              help="How the answer is printed.")  # fmt: skip
def sql(output: str, query: str | None, form: str) -> None:
    """Ask the datasets under OUTPUT a question in DuckDB's SQL; QUERY comes on the standard input if it is not given.

    Tables: articles, events, clusters, coverage, rejected, and crosswalks (terms of other schemes). The query can
    read them and nothing else, and writes nothing. `DESCRIBE events` lists columns.

    \b
    Example:
      migration-events sql output "SELECT event_type, count(*) FROM clusters GROUP BY ALL ORDER BY 2 DESC"
      migration-events sql output --as csv < question.sql > answer.csv
    """
    with engine_over(existing_output(output).current()) as engine:
        answer = ask(engine, query if query is not None else sys.stdin.read())
        if form == "csv":
            write_csv(sys.stdout, answer.names, answer.rows)
        elif form == "json":
            for line in json_lines(answer.names, answer.rows):
                click.echo(line)
        else:
            _print_table(answer)


def _print_table(answer: Answer) -> None:
    out = console()
    if len(answer.names) * _NARROWEST > out.width:
        _print_records(out, answer)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in answer.names:
        table.add_column(escape(name), overflow="fold")
    for row in answer.rows:
        table.add_row(*(escape(_shown(value)) for value in row))
    out.print(table)


def _print_records(out: Console, answer: Answer) -> None:
    """Print rows that are too wide for a table, each as lines of name and value."""
    width = max(map(len, answer.names))
    for row in answer.rows:
        for name, value in zip(answer.names, row, strict=True):
            out.print(f"{name:{width}}  {_shown(value)}", markup=False, soft_wrap=True)
        out.print()


def _shown(value: object) -> str:
    if value is None:
        return ""
    return as_json(value) if isinstance(value, (list, dict)) else str(value)
