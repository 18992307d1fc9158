"""The errors that end a command with one line, each with an exit status of its own."""


class EndedError(Exception):
    """What ends a command in a way that is foreseen; the message is one line."""

    status: int
    """The exit status."""


class DamagedError(EndedError):
    """A file of the dataset is missing or cannot be read; the message names it and the remedy."""

    status = 1


class UsageError(EndedError):
    """A wrong option, a path that is not there, a manifest that does not parse; the message says the remedy."""

    status = 2


class NotPublishedError(EndedError):
    """The run did not add up, or lost too much; the dataset is as it was."""

    status = 4


class HeldError(EndedError):
    """Another run holds the output."""

    status = 5


SOURCES_FAILED = 3
"""The exit status of a run that published, but could not read some of its sources."""
