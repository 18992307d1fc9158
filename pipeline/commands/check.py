"""`migration-events check`: whether a dataset is whole."""

import click

from pipeline.check import problems
from pipeline.snapshots import existing_output


@click.command()
@click.argument("output")
def check(output: str) -> int:
    """Read all that is under OUTPUT and see that it is whole.

    Schemas, terms, unique ids, offsets, references between datasets, counts, the stored state, run records. Prints a
    line for each problem, and ends with status 1 if there is one.

    \b
    Example:
      migration-events check output
    """
    found = list(problems(existing_output(output)))
    for problem in found:
        click.echo(problem)
    if not found:
        click.echo("All is well.")
    return 1 if found else 0
