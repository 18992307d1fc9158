"""`migration-events forget`: take articles down."""

import click

from pipeline import run
from pipeline.commands.outcome import end, json_option


@click.command()
@click.argument("output")
@click.argument("article_ids", nargs=-1, required=True, metavar="ID…")
@json_option
def forget(output: str, article_ids: tuple[str, ...], as_json: bool) -> int:
    """Take the articles ID… of the datasets under OUTPUT down.

    Their texts and events leave all datasets, snapshots and stored state, and runs to come do not take them in again,
    wherever they meet them. Copies are articles of their own and stay: one of them is elected and coded in the place
    of the article that is gone; name their ids too if they are to go. Seed files are not touched.

    \b
    Example:
      migration-events forget output 1f0c5bd87e0a4c53b0b8ac6bf0d4a9de
    """
    return end(run.forget(output, article_ids), output, as_json=as_json)
