"""`migration-events recode`: after an upgrade, code the stored articles again."""

import click

from pipeline import run
from pipeline.commands.outcome import end, json_option
from pipeline.progress import on_terminal, quiet


@click.command()
@click.argument("output")
@json_option
@click.argument("beam", nargs=-1, type=click.UNPROCESSED, metavar="[-- BEAM OPTIONS]")
def recode(output: str, as_json: bool, beam: tuple[str, ...]) -> int:
    """Code the articles under OUTPUT again with the present coder.

    Nothing is fetched or extracted. Relevance, events and clusters are made anew, so that a series that began
    with an older coder does not break.

    \b
    Example:
      migration-events recode output
    """
    return end(run.recode(output, beam, quiet if as_json else on_terminal()), output, as_json=as_json)
