"""`migration-events correct`: apply an analyst's corrections now."""

import click

from pipeline import run
from pipeline.commands.outcome import end, json_option


@click.command()
@click.argument("output")
@json_option
def correct(output: str, as_json: bool) -> int:
    """Publish the datasets under OUTPUT anew with the corrections in OUTPUT/corrections.csv, as every run does.

    Its columns are event_id, field, value, why. The field `event` with the value `none` withdraws an event;
    docs/audit.md lists the others. A line that cannot be applied is in the rejected dataset, with the remedy. A line
    that is taken out brings back what the coder said.

    \b
    Example:
      migration-events correct output
    """
    return end(run.correct(output), output, as_json=as_json)
