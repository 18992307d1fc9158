"""`migration-events recode`: after an upgrade, code the stored articles again."""

import click

from pipeline import run, summary
from pipeline.commands.console import console
from pipeline.snapshots import existing_output


@click.command()
@click.argument("output")
@click.argument("beam", nargs=-1, type=click.UNPROCESSED, metavar="[-- BEAM OPTIONS]")
def recode(output: str, beam: tuple[str, ...]) -> None:
    """Code the articles under OUTPUT again with the present coder.

    Nothing is fetched or extracted. Relevance, events and clusters are made anew, so that a series that began
    with an older coder does not break.

    \b
    Example:
      migration-events recode output
    """
    record = run.recode(output, beam)
    out = console()
    summary.print_run(out, record)
    summary.print_dataset(out, existing_output(output))
