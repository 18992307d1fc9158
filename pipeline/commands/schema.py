"""`migration-events schema`: the data dictionary."""

import click

from schemas.crosswalk import crosswalks_page
from schemas.dictionary import data_dictionary


@click.command()
@click.option("--crosswalks", is_flag=True, help="Print the crosswalks to other schemes instead.")
def schema(crosswalks: bool) -> None:
    """Print the data dictionary as Markdown.

    Every dataset, column and closed vocabulary, from the definitions that the Parquet files are written by.

    \b
    Example:
      migration-events schema > data-dictionary.md
    """
    click.echo(crosswalks_page() if crosswalks else data_dictionary(), nl=False)
