"""The Beam graphs of a run.

`digest` tells whether touched files have changed, `collect` turns documents into staged articles, `code` turns elected
articles into events. Between the latter two the fold decides, over compact columns, which articles stand and which are
copies (`pipeline/fold.py`).
"""

from collections.abc import Sequence

import apache_beam as beam

from pipeline.coding import CodeArticles, RecodeArticles
from pipeline.fold import ToCode
from pipeline.preparing import PrepareArticles
from pipeline.sources.changes import Bounds
from pipeline.sources.files import Piece
from pipeline.sources.read import DigestPieces, ReadPieces
from pipeline.staging import Stage
from schemas.runs import RunStamp


def digest(pipeline: beam.Pipeline, pieces: Sequence[Piece], staging: str) -> None:
    """Pieces of files -> their digests, staged in `staging`."""
    _ = (
        pipeline
        | "Pieces" >> beam.Create(list(pieces))
        | "Spread" >> beam.Reshuffle()
        | "Digest" >> DigestPieces()
        | "Stage" >> Stage(staging)
    )


def collect(pipeline: beam.Pipeline, pieces: Sequence[Piece], bounds: Bounds, stamp: RunStamp, staging: str) -> None:
    """Pieces of files -> documents -> articles, sightings and rejections, staged in `staging`."""
    _ = (
        pipeline
        | "Pieces" >> beam.Create(list(pieces))
        | "Spread" >> beam.Reshuffle()
        | "Read" >> ReadPieces()
        | "Prepare" >> PrepareArticles(stamp, bounds)
        | "Stage" >> Stage(staging)
    )


def code(
    pipeline: beam.Pipeline, articles: Sequence[ToCode], stamp: RunStamp, staging: str, *, again: bool = False
) -> None:
    """Rows of article files -> events, staged in `staging`; `again` judges their relevance anew as well."""
    _ = (
        pipeline
        | "Articles" >> beam.Create(list(articles))
        | "Spread" >> beam.Reshuffle()
        | "Code" >> (RecodeArticles(stamp) if again else CodeArticles(stamp))
        | "Stage" >> Stage(staging)
    )
