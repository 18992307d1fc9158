"""`migration-events schema`: the data dictionary."""

import click

from schemas.dictionary import data_dictionary


@click.command()
def schema() -> None:
    """Print the data dictionary: every table, column and closed vocabulary, as Markdown.

    \b
    Example:
      migration-events schema > data-dictionary.md
    """
    click.echo(data_dictionary(), nl=False)
