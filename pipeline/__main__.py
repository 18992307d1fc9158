"""The command line: `migration-events …`, also `python -m pipeline …`."""

import json
import logging
import os
import sys
import traceback
from importlib import import_module

import click

from pipeline.errors import EndedError
from pipeline.watched import LOG_FORMAT

COMMANDS = (
    "run",
    "watch",
    "sources",
    "show",
    "report",
    "check",
    "forget",
    "code",
    "recode",
    "correct",
    "sql",
    "export",
    "sample",
    "audit",
    "schema",
)
"""Each a module of `pipeline.commands` with a function of its name."""

AS_JSON = "--json"
"""The option of those commands that end with a line of JSON, also where they fail."""


class Commands(click.Group):
    """The commands, each imported when it is asked for: `schema` need not wait for what `run` loads."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands, in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None if there is no such."""
        if cmd_name not in COMMANDS:
            return None
        logging.disable(logging.WARNING)  # Beam warns at import of clouds that are not installed: no news to anyone
        command: click.Command = getattr(import_module(f"pipeline.commands.{cmd_name}"), cmd_name)
        logging.disable(logging.NOTSET)
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="migration-events")
def commands() -> None:
    """Migration-policy events from news: who did what to whom, when, where, as Parquet datasets.

    \b
    Exit statuses: 0 done, also when nothing was new; 1 the dataset is damaged; 2 wrong use;
    3 published, but some sources could not be read; 4 not published, the dataset is as it was;
    5 another run holds the output.
    """


def main() -> None:
    """Run a command and exit with its status.

    0 done, also when nothing was new; 1 the dataset is damaged, as `check` found or another command met; 2 wrong use;
    3 published, but some sources could not be read; 4 not published; 5 another run holds the output; 130 interrupted.
    """
    logging.basicConfig(format=LOG_FORMAT, level=logging.WARNING)
    try:
        sys.exit(commands.main(standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as error:
        _fail(" ".join(error.format_message().split()), 2)
    except EndedError as error:
        _fail(str(error), error.status)
    except BrokenPipeError:  # whoever read the output, `head` perhaps, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (KeyboardInterrupt, click.Abort):
        _fail("interrupted; the dataset is as it was", 130)
    except Exception as error:  # unforeseen: the trace is for whoever mends it
        traceback.print_exc()
        _fail(f"{type(error).__name__}: {error}; the dataset is as it was", 4)


def _fail(message: str, status: int) -> None:
    if AS_JSON in sys.argv[1:]:
        click.echo(json.dumps({"status": status, "error": message}, ensure_ascii=False))
    click.echo(f"migration-events: {message}", err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
