"""The archives of what runs fetched and were to keep: linked from snapshot to snapshot, without what is taken down."""

import os
from collections import defaultdict
from pathlib import Path

import duckdb

from pipeline.snapshots import KEPT, Snapshot
from pipeline.sources.changes import digest_of, fetched_pieces, kept_name
from pipeline.sources.kept import copy_without
from pipeline.sources.readers import piece_digest
from schemas.state import SeenPart

_TAKEN_DOWN = f"""
    SELECT DISTINCT source_file, source_uri
    FROM (SELECT source_file, source_uri, article_id FROM new_sightings
          UNION ALL
          SELECT source_file, source_uri, article_id FROM old_sightings) SEMI JOIN forgotten USING (article_id)
    WHERE starts_with(source_file, '{KEPT}/')
"""


def keep_archives(engine: duckdb.DuckDBPyConnection, folder: Path, current: Snapshot, fresh: Path | None) -> None:
    """Put the archives of the current snapshot, and that of this run, into the next one.

    One that holds an article that was taken down is written anew without it, and `next_files` says so.

    Args:
        engine: holds the tables that `fold` and `publish.has_changed` made.
        folder: where the snapshot is built.
        current: the snapshot that it follows.
        fresh: the archive of this run, if it is kept.

    """
    archives = [*current.archives(), *([fresh] if fresh is not None else [])]
    if not archives:
        return
    (folder / KEPT).mkdir(parents=True)
    taken_down = defaultdict(set)
    for source_file, source_uri in engine.execute(_TAKEN_DOWN).fetchall():
        taken_down[source_file].add(source_uri)
    for archive in archives:
        name, target = kept_name(archive), folder / KEPT / archive.name
        if name not in taken_down:
            os.link(archive, target)
            continue
        copy_without(archive, target, taken_down[name])
        parts = [
            SeenPart(source_file=name, start=piece.start, digest=piece_digest(piece))
            for piece in fetched_pieces(str(target), name)
        ]
        engine.execute(
            "UPDATE next_files SET size = $size, digest = $digest WHERE source_file = $name",
            {"size": target.stat().st_size, "digest": digest_of(parts), "name": name},
        )
