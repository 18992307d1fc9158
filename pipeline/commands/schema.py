"""`migration-events schema`: the data dictionary."""

import click

from schemas.dictionary import data_dictionary


@click.command()
def schema() -> None:
    """Print the data dictionary as Markdown.

    Every dataset, column and closed vocabulary, from the definitions that the Parquet files are written by.

    \b
    Example:
      migration-events schema > data-dictionary.md
    """
    click.echo(data_dictionary(), nl=False)
