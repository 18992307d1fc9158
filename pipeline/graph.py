"""The one Beam graph of a run, for each kind of work it does.

`Digesting` tells whether touched files have changed, `Collecting` turns documents into staged articles, `Coding` turns
elected articles into events. Between the latter two the fold decides, over compact columns, which articles stand and
which are copies (`pipeline/fold.py`).
"""

from collections.abc import Sequence

import apache_beam as beam

from pipeline.hands import Hands
from pipeline.staging import Stage
from pipeline.work import DoWork, Task, Work


def graph(pipeline: beam.Pipeline, tasks: Sequence[Task], work: Work, staging: str, hands: Hands | None = None) -> None:
    """Tasks -> their items -> records, staged in `staging`."""
    _ = (
        pipeline
        | "Tasks" >> beam.Create(list(tasks))
        | "Spread" >> beam.Reshuffle()
        | "Work" >> DoWork(work, hands)
        | "Stage" >> Stage(staging)
    )
