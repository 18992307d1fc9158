"""`migration-events export`: the datasets in other forms."""

from pathlib import Path

import click

from pipeline.export import FORMS
from pipeline.export import export as write
from pipeline.snapshots import readable_output


@click.command()
@click.argument("output")
@click.option("--as", "form", type=click.Choice(list(FORMS)), required=True, help="The form; see above.")
@click.option("--to", "folder", required=True, metavar="DIR", help="Folder to write, which must not be there yet.")
def export(output: str, form: str, folder: str) -> None:
    """Write the datasets under OUTPUT in another form.

    \b
    csv        flat tables for spreadsheets, parties and figures as columns; no article texts
    shareable  the Parquet datasets without what is the publishers': texts, posts, evidence
    plover     events in the columns of POLECAT, tab-separated

    \b
    Example:
      migration-events export output --as csv --to for-excel
    """
    files = write(readable_output(output).current(), form, Path(folder))
    click.echo(f"Wrote {len(files)} files to {folder}.")
