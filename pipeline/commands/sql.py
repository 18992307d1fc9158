"""`migration-events sql`: a question in SQL."""

import sys

import click

from pipeline.commands.answers import as_option, print_answer
from pipeline.query import ask, engine_over
from pipeline.snapshots import readable_output


@click.command()
@click.argument("output")
@click.argument("query", required=False)
@as_option
def sql(output: str, query: str | None, form: str) -> None:
    """Ask the datasets under OUTPUT a question in DuckDB's SQL; QUERY comes on the standard input if it is not given.

    Tables: articles, events, clusters, coverage, rejected, and crosswalks (terms of other schemes). The query can
    read them and nothing else, and writes nothing. `DESCRIBE events` lists columns.

    \b
    Example:
      migration-events sql output "SELECT event_type, count(*) FROM clusters GROUP BY ALL ORDER BY 2 DESC"
      migration-events sql output --as csv < question.sql > answer.csv
    """
    with engine_over(readable_output(output).current()) as engine:
        answer = ask(engine, query if query is not None else sys.stdin.read())
        print_answer(answer.names, answer.rows, form)
