"""`migration-events sample`: a sheet of events to mark."""

from io import StringIO
from pathlib import Path

import click

from pipeline.audit import MARKS, draw
from pipeline.errors import UsageError
from pipeline.snapshots import readable_output


@click.command()
@click.argument("output")
@click.option("--per-type", type=click.IntRange(min=1), default=20, show_default=True, help="Events of each type.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed draws another sample.")
@click.option("--to", "sheet", required=True, metavar="FILE", help="CSV file to write, which must not be there yet.")
def sample(output: str, per_type: int, seed: int, sheet: str) -> None:
    """Draw events of the datasets under OUTPUT by type, as a sheet to mark by hand, with evidence and article.

    Write yes or no into the columns event_right, sources_right, targets_right, date_right and place_right; what is
    left empty does not count. `audit` says what came of it.

    \b
    Example:
      migration-events sample output --per-type 20 --to audit.csv
    """
    drawn = StringIO()
    count = draw(readable_output(output).current(), per_type, seed, drawn)
    try:
        with Path(sheet).open("x", encoding="utf-8", newline="") as out:
            out.write(drawn.getvalue())
    except OSError as error:
        raise UsageError(f"cannot write {sheet!r}: {error.strerror}; name a file that is not there yet") from error
    click.echo(f"Wrote {count} events to {sheet}. Write yes or no into:")
    for name, meaning in MARKS.items():
        click.echo(f"  {name:14} {meaning}")
