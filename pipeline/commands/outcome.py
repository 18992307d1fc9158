"""How a command that runs the pipeline ends: a summary or a line of JSON, and the exit status."""

import json
from dataclasses import asdict

import click

from pipeline import summary
from pipeline.commands.console import console
from pipeline.errors import SOURCES_FAILED
from pipeline.snapshots import existing_output
from schemas.runs import RunRecord

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one line of JSON at the end: the run's record and exit status."
)


def end(record: RunRecord, output: str, *, as_json: bool) -> int:
    """Say what came of a run; returns the exit status."""
    status = SOURCES_FAILED if record.rejected.get("unreadable") else 0
    if as_json:
        print_json({"status": status, **asdict(record)})
    else:
        out = console()
        summary.print_run(out, record)
        summary.print_dataset(out, existing_output(output))
    return status


def print_json(outcome: dict[str, object]) -> None:
    """One line."""
    click.echo(json.dumps(outcome, ensure_ascii=False, default=str))
