"""Beam's own options, which follow a `--` on the command line: checked, since Beam accepts any word in silence."""

import argparse
from collections.abc import Sequence
from typing import Any

from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions

from pipeline.errors import UsageError

LOCAL_RUNNER = "FnApiRunner"
"""What `--runner=DirectRunner` stands for. Beam's DirectRunner first tries to download another runner's binary; naming
the local one makes a run the same online and offline."""


def parse(words: Sequence[str]) -> PipelineOptions:
    """Beam's options from the words after `--`.

    Raises:
        UsageError: a word that no option of Beam takes, a value it does not take, a runner there is not.

    """
    parser = _QuietParser(allow_abbrev=False)
    for options in _with_subclasses(PipelineOptions):
        if "_add_argparse_args" in options.__dict__:
            options._add_argparse_args(parser)
    _, unknown = parser.parse_known_args(list(words))
    if unknown:
        raise UsageError(f"Beam has no option {unknown[0]!r}; options of migration-events go before the --")
    parsed = PipelineOptions(list(words))
    standard = parsed.view_as(StandardOptions)
    runner = standard.runner or "DirectRunner"
    if runner.lower() in ("directrunner", "direct"):
        standard.runner = LOCAL_RUNNER
    elif "." not in runner and runner not in StandardOptions.KNOWN_RUNNER_NAMES:
        raise UsageError(
            f"Beam has no runner {runner!r}; it has {', '.join(sorted(StandardOptions.KNOWN_RUNNER_NAMES))}"
        )
    return parsed


class _QuietParser(argparse.ArgumentParser):
    """A parser that raises what argparse would print."""

    def __init__(self, *, allow_abbrev: bool) -> None:
        super().__init__(prog="--", add_help=False, allow_abbrev=allow_abbrev, conflict_handler="resolve")

    def error(self, message: str) -> None:  # type: ignore[override]
        raise UsageError(f"Beam's options: {message}")


def _with_subclasses(options: Any) -> list[Any]:
    found = [options]
    for subclass in options.__subclasses__():
        found += _with_subclasses(subclass)
    return found
