"""`migration-events show`: the summary of a dataset."""

import click

from pipeline import summary
from pipeline.commands.console import console
from pipeline.snapshots import readable_output


@click.command()
@click.argument("output")
def show(output: str) -> None:
    """Summarise the datasets under OUTPUT.

    Articles, what was rejected and why, events by type, and the latest events.

    \b
    Example:
      migration-events show output
    """
    summary.print_dataset(console(), readable_output(output))
