"""Where commands print: colours and the window's width on a terminal, plain and wide enough in a pipe."""

import sys

from rich.console import Console

PIPE_WIDTH = 140
"""Columns when nobody's window says how wide: a table of events with its evidence is readable at this width."""


def console() -> Console:
    """The standard output, for tables."""
    return Console(width=None if sys.stdout.isatty() else PIPE_WIDTH, highlight=False)
