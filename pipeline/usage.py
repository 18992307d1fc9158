"""The error that a user can mend: it ends a command at once, with one line and exit status 2."""


class UsageError(Exception):
    """A wrong option, a path that is not there, a manifest that does not parse. The message names the remedy."""
