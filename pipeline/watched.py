"""What the process of one run does that `watch` started.

A module apart that imports little, so that logging is set up before what `run` loads has anything to log.
"""

import logging
import os
from typing import Any

from pipeline.errors import SOURCES_FAILED, EndedError
from pipeline.run_options import RunOptions
from schemas.runs import RunRecord

LOGGER = logging.getLogger("migration_events.watch")
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

_UNFORESEEN = 4


def run_once(options: dict[str, Any]) -> None:
    """Run, log in a line what came of it, and exit with the status that `run` would have.

    Args:
        options: the fields of `RunOptions`.

    """
    os.setsid()  # Ctrl-C on a terminal is for the watcher alone; and its group is all that this run starts
    logging.basicConfig(format=LOG_FORMAT, level=logging.WARNING)
    LOGGER.setLevel(logging.INFO)
    logging.disable(logging.WARNING)  # Beam warns at import of clouds that are not installed: no news to anyone
    from pipeline.run import run

    logging.disable(logging.NOTSET)
    try:
        record = run(RunOptions(**options))
    except EndedError as error:
        LOGGER.error("%s", error)
        raise SystemExit(error.status) from None
    except Exception:
        LOGGER.exception("the run failed; the dataset is as it was")
        raise SystemExit(_UNFORESEEN) from None
    LOGGER.info("%s", in_a_line(record))
    raise SystemExit(SOURCES_FAILED if record.rejected.get("unreadable") else 0)


def in_a_line(record: RunRecord) -> str:
    """What came of a run, for a log."""
    counts, feeds = record.counts, record.feeds
    said = [
        f"run {record.run_id}: read {counts['read']}, new {counts['new']}, seen again {counts['seen_again']}, "
        f"rejected {counts['rejected']}, events {sum(record.events.values())}"
    ]
    if feeds:
        asked = feeds["content"] + feeds["unchanged"] + feeds["failed"]
        said.append(
            f"feeds asked {asked}, failed {feeds['failed']}, pages {feeds['pages']}, waiting {feeds['waiting']}"
        )
    said.append("nothing new to publish" if record.snapshot is None else f"snapshot {record.snapshot}")
    return "; ".join([*said, f"{sum(record.seconds.values()):.1f} s"])
