"""What Airflow's operator starts: a run, whose own options and Beam's come in one list, as pipelines of Beam take them.

An exit status of 3 is none for Airflow: the run published, and the next one tries again what could not be read.
"""

import sys

from pipeline.__main__ import main
from pipeline.commands.run import run
from pipeline.errors import SOURCES_FAILED


def command(given: list[str]) -> list[str]:
    """Options in one list, each a word like `--feeds=feeds.toml`, as `migration-events` takes them."""
    own = {name for parameter in run.params for name in parameter.opts}
    ours = [word for word in given if word.partition("=")[0] in own]
    return ["run", *ours, "--", *(word for word in given if word not in ours)]


if __name__ == "__main__":
    sys.argv[1:] = command(sys.argv[1:])
    try:
        main()
    except SystemExit as ended:
        if ended.code != SOURCES_FAILED:
            raise
