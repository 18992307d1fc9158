"""`migration-events report`: a page to read and to mail."""

from pathlib import Path

import click

from pipeline.errors import UsageError
from pipeline.report.page import page
from pipeline.report.payload import payload
from pipeline.report.tables import read
from pipeline.snapshots import readable_output


@click.command()
@click.argument("output")
@click.option("--to", metavar="FILE", required=True, help="Where to write the page; a file of that name is replaced.")
def report(output: str, to: str) -> None:
    """Write the datasets under OUTPUT as one page with charts, a map, tables and evidence.

    The page needs no network and no other file: open it in a browser, or mail it. It holds the evidence sentence of
    every event, and the text of no article.

    \b
    Example:
      migration-events report output --to report.html
    """
    written = page(payload(read(readable_output(output))))
    target = Path(to)
    fresh = target.parent / f"{target.name}.new"
    try:
        fresh.write_text(written, encoding="utf-8")
        fresh.replace(target)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise UsageError(
            f"cannot write {to!r}: {error.strerror}; name a file in a folder that may be written to"
        ) from error
    click.echo(f"Wrote {to} ({len(written) / 1e6:.1f} MB); open it in a browser.")
