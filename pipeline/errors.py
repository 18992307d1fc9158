"""The errors that end a command with one line, each with an exit status of its own."""


class UsageError(Exception):
    """A wrong option, a path that is not there, a manifest that does not parse; the message says the remedy. Exit 2."""


class NotPublishedError(Exception):
    """The run did not add up; the dataset is as it was. Exit 4."""


class HeldError(Exception):
    """Another run holds the output. Exit 5."""
