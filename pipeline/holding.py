"""A run's hold on its output, and what is said when something around it goes wrong."""

import logging
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from apache_beam.options.pipeline_options import PipelineOptions

from pipeline import publish
from pipeline.errors import EndedError
from pipeline.progress import Showing, quiet
from pipeline.snapshots import Output, Snapshot, held, see_that_readable
from pipeline.steps import Run
from pipeline.trouble import explained
from pipeline.versions import pipeline_version
from schemas.runs import RunStamp

LOGGER = logging.getLogger("migration_events.holding")


@contextmanager
def holding(
    output: Output, parsed: PipelineOptions, options: dict[str, object], show: Showing = quiet
) -> Iterator[Run]:
    """A run that holds its output and has a folder to stage in, which is gone afterwards.

    Args:
        output: what it holds.
        parsed: Beam's options.
        options: of the run, for its record.
        show: where it is shown what the run does.

    Raises:
        UsageError: the output's file of corrections cannot be read, or the output cannot be written to.
        HeldError: another run holds the output.
        DamagedError: a Parquet file of the output cannot be read.
        NotPublishedError: the output is of a version whose schema was not yet promised; its disk is full or may not be
            written to any more; the folder to stage in vanished.

    """
    now = datetime.now(UTC)
    run_id = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
    stamp = RunStamp(run_id=run_id, at=now, pipeline_version=pipeline_version())
    with held(output):
        see_that_readable(output.current())
        _see_that_time_goes_on(output.current(), now)
        staging = output.staging(run_id)
        try:
            output.recover()
            publish.see_that_upgradable(output.current())
            staging.mkdir(parents=True)
            yield Run(options, parsed, output, stamp, staging, show)
        except EndedError:
            raise
        except Exception as error:
            told = explained(error, output, staging)
            if told is None:
                raise
            raise told from error
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def _see_that_time_goes_on(current: Snapshot, now: datetime) -> None:
    """Warn if the clock is behind the last run: what is said of when something was first met goes by it."""
    began = current.record().get("started_at")
    if began is None:
        return
    last = datetime.fromisoformat(began)
    if now < last:
        LOGGER.warning(
            "the clock says %s, but the last run began at %s: set it right; what is read now bears its time",
            f"{now:%Y-%m-%d %H:%M:%S} UTC",
            f"{last:%Y-%m-%d %H:%M:%S} UTC",
        )
