"""What went wrong around a run, in a line with the remedy: the disk, and the folder that it works in.

Such errors reach a run as what Python, Arrow, DuckDB or a worker of Beam make of them, so they are told by what the
system calls them, and by a look at what is there.
"""

import errno
import os
from pathlib import Path

from pipeline.errors import NotPublishedError
from pipeline.snapshots import Output

_FULL = (errno.ENOSPC, errno.EDQUOT)
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


def explained(error: Exception, output: Output, staging: Path) -> NotPublishedError | None:
    """An error of a run as one that says the remedy; None if it is none of these.

    Args:
        error: as it was raised.
        output: of the run.
        staging: the run's own folder.

    """
    text, place = str(error), str(output.root)
    if _says(text, _FULL):
        return NotPublishedError(
            f"the disk of {place!r} is full; nothing was published. Make room and run again: a run needs some three "
            "times what it adds, and room for a copy of the months that it touches"
        )
    if _says(text, _READ_ONLY) and place in text:
        return NotPublishedError(
            f"{place!r} may not be written to any more ({text.strip().splitlines()[-1]}); nothing was published. See "
            "to the disk and to who owns the folder, and run again"
        )
    gone = _says(text, (errno.ENOENT,)) or "No files found" in text  # the latter is DuckDB's way to say it
    if str(staging) in text and (gone or not staging.exists()):
        return NotPublishedError(
            f"the folder of this run, {str(staging)!r}, vanished while it was at work, or a part of it; nothing was "
            "published. See that nothing clears it away, and run again"
        )
    return None


def _says(text: str, numbers: tuple[int, ...]) -> bool:
    return any(os.strerror(number) in text for number in numbers)
