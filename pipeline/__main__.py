"""The command line: `migration-events …`, also `python -m pipeline …`."""

import logging
import sys
import traceback


def main() -> None:
    """Run a command and exit: 0 done, 2 usage, 4 not published, 5 another run holds the output."""
    # Beam warns at import of clouds that are not installed; that is no news to anyone.
    logging.disable(logging.WARNING)
    import click

    from pipeline.commands.run import run
    from pipeline.commands.schema import schema
    from pipeline.commands.show import show
    from pipeline.run import NotPublishedError
    from pipeline.snapshots import HeldError
    from pipeline.usage import UsageError

    logging.disable(logging.NOTSET)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)

    @click.group(context_settings={"help_option_names": ["-h", "--help"]})
    @click.version_option(package_name="migration-events")
    def commands() -> None:
        """Migration-policy events from news: who did what to whom, when, where, as Parquet datasets."""

    for command in (run, show, schema):
        commands.add_command(command)

    try:
        sys.exit(commands.main(standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(2)
    except (UsageError, click.ClickException) as error:
        message = error.format_message() if isinstance(error, click.ClickException) else str(error)
        _fail(" ".join(message.split()), 2)
    except HeldError as error:
        _fail(str(error), 5)
    except NotPublishedError as error:
        _fail(str(error), 4)
    except (KeyboardInterrupt, click.Abort):
        _fail("interrupted; the dataset is as it was", 130)
    except Exception as error:
        traceback.print_exc()
        _fail(f"{type(error).__name__}: {error}; the dataset is as it was", 4)


def _fail(message: str, status: int) -> None:
    print(f"migration-events: {message}", file=sys.stderr)
    sys.exit(status)


if __name__ == "__main__":
    main()
