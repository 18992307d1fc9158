"""Write the next snapshot from what was decided: changed partitions anew, the others as links to the last one.

A partition is one file, always: a run that touches it writes it anew, and it is small (a month's articles). So there is
nothing to compact, however many runs there were.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.archives import keep_archives
from pipeline.errors import NotPublishedError
from pipeline.partitions import PARTITION, write_partitions
from pipeline.snapshots import Output, Snapshot
from pipeline.tables import PART, has_schema_of, missing_columns, view, write
from schemas.aggregates import Cluster, Coverage
from schemas.articles import Article
from schemas.columns import to_table
from schemas.documents import Rejected
from schemas.events import Event
from schemas.state import Forgotten, SeenEntry, SeenFeed, SeenFile, SeenRow, SeenSite, Sighting
from transforms.clusters import summarise

_ARTICLES = """
    SELECT article.* REPLACE (
               decisions.cluster_id AS cluster_id, decisions.duplicate_of AS duplicate_of,
               decisions.duplicate_kind AS duplicate_kind, decisions.similarity AS similarity,
               coalesce(judgements.relevant, article.relevant) AS relevant,
               coalesce(judgements.relevance, article.relevance) AS relevance)
    FROM (SELECT * EXCLUDE (row_hash) FROM new_articles
          UNION ALL
          SELECT * EXCLUDE (row_hash) FROM old_spares
          UNION ALL
          SELECT * FROM old_rows) AS article
         JOIN standing ON file = filename AND row = file_row_number
         JOIN decisions ON decisions.article_id = article.article_id
         LEFT JOIN judgements ON judgements.article_id = article.article_id
"""

_TOUCHED_ARTICLES = """
    SELECT published_date FROM standing WHERE origin <> 'published'
    UNION ALL
    SELECT old.published_date
    FROM old_articles AS old
         LEFT JOIN standing ON file = filename AND row = file_row_number
         LEFT JOIN decisions ON decisions.article_id = old.article_id
         LEFT JOIN judgements ON judgements.article_id = old.article_id
    WHERE standing.article_id IS NULL
       OR old.cluster_id IS DISTINCT FROM decisions.cluster_id
       OR old.duplicate_of IS DISTINCT FROM decisions.duplicate_of
       OR old.duplicate_kind IS DISTINCT FROM decisions.duplicate_kind
       OR old.similarity IS DISTINCT FROM decisions.similarity
       OR (judgements.relevance <> old.relevance OR judgements.relevant <> old.relevant)
"""

_EVENTS = """
    SELECT event.* REPLACE (event_clusters.event_cluster_id AS event_cluster_id)
    FROM (SELECT * FROM new_events UNION ALL SELECT * FROM corrected_events UNION ALL SELECT * FROM old_rows) AS event
         JOIN standing_events ON file = filename AND row = file_row_number
         JOIN event_clusters ON event_clusters.event_id = event.event_id
"""

_TOUCHED_EVENTS = """
    SELECT published_date FROM new_events
    UNION ALL
    SELECT published_date FROM corrected_events
    UNION ALL
    SELECT old_events.published_date
    FROM old_events
         LEFT JOIN standing_events ON file = filename AND row = file_row_number
         LEFT JOIN event_clusters ON event_clusters.event_id = standing_events.event_id
    WHERE old_events.event_cluster_id IS DISTINCT FROM event_clusters.event_cluster_id
"""

_SIGHTINGS = """
    SELECT * FROM (SELECT * FROM new_sightings UNION ALL SELECT * FROM old_rows)
    SEMI JOIN sightings ON file = filename AND row = file_row_number
"""

_TOUCHED_SIGHTINGS = """
    SELECT published_date FROM sightings WHERE is_new
    UNION ALL
    SELECT published_date FROM old_sightings ANTI JOIN sightings ON file = filename AND row = file_row_number
"""

_SPARES = """
    SELECT * FROM (SELECT * FROM new_articles
                   UNION ALL
                   SELECT * FROM old_rows
                   UNION ALL
                   SELECT demoted.* EXCLUDE (filename, file_row_number), row_hash, filename, file_row_number
                   FROM demoted JOIN at_hand ON file = filename AND row = file_row_number)
    SEMI JOIN at_hand ON file = filename AND row = file_row_number
    ANTI JOIN standing ON file = filename AND row = file_row_number
"""

_TOUCHED_SPARES = """
    SELECT published_date FROM at_hand ANTI JOIN standing USING (file, row) WHERE origin <> 'spare'
    UNION ALL
    SELECT published_date
    FROM old_spares ANTI JOIN (SELECT file, row FROM at_hand ANTI JOIN standing USING (file, row))
         ON file = filename AND row = file_row_number
"""

_DEMOTED_FILES = """
    SELECT DISTINCT file FROM at_hand ANTI JOIN standing USING (file, row) WHERE origin = 'published'
"""

_PARTITIONED: tuple[tuple[str, type, str, str, str], ...] = (
    ("articles", Article, _TOUCHED_ARTICLES, _ARTICLES, "published_at NULLS LAST, article_id"),
    (
        "events",
        Event,
        _TOUCHED_EVENTS,
        _EVENTS,
        "published_at NULLS LAST, article_id, sentence_index, evidence_field, event_id",
    ),
    ("state/sightings", Sighting, _TOUCHED_SIGHTINGS, _SIGHTINGS, "source_uri, article_id"),
    ("state/spares", SeenRow, _TOUCHED_SPARES, _SPARES, "article_id, source_uri"),
)
"""Table, type of its rows, days in whose partitions a row changes, rows, order within a partition."""

_CLUSTERS = """
    SELECT * EXCLUDE (filename, file_row_number)
    FROM (SELECT * FROM old_clusters ANTI JOIN touched_clusters USING (event_cluster_id))
         SEMI JOIN event_clusters USING (event_cluster_id)
    UNION ALL
    SELECT * FROM summaries
    ORDER BY event_cluster_id
"""

_REJECTED = """
    WITH fresh AS (
        SELECT * FROM (SELECT * FROM new_rejected
                       UNION ALL
                       SELECT * FROM uncodable
                       UNION ALL
                       SELECT * FROM uncorrectable)
        QUALIFY row_number() OVER (PARTITION BY stage, source_uri ORDER BY reason, detail, filename) = 1
    )
    SELECT fresh.* EXCLUDE (filename, file_row_number)
           REPLACE (coalesce(old.run_id, fresh.run_id) AS run_id, coalesce(old."at", fresh."at") AS "at")
    FROM fresh LEFT JOIN old_rejected AS old USING (stage, source_uri, reason, detail)
    UNION ALL
    SELECT * EXCLUDE (filename, file_row_number) FROM old_rejected AS old
    WHERE NOT EXISTS (SELECT 1 FROM fresh WHERE fresh.stage = old.stage AND fresh.source_uri = old.source_uri)
      AND CASE stage
          WHEN 'correct' THEN false
          WHEN 'code' THEN source_uri IN (SELECT source_uri FROM standing WHERE origin = 'published')
               AND source_uri NOT IN (SELECT source_uri FROM coded_now)
          ELSE source_uri NOT IN (SELECT source_uri FROM new_sightings UNION ALL SELECT source_uri FROM new_left_out
                                  UNION ALL SELECT source_uri FROM new_rejected UNION ALL FROM asked_feeds)
               AND NOT EXISTS (SELECT 1 FROM files_read
                           WHERE source_uri = source_file OR starts_with(source_uri, source_file || '#'))
          END
    ORDER BY stage, source_uri
"""

_FILES = """
    SELECT * FROM seen_files
    UNION ALL
    SELECT * EXCLUDE (filename, file_row_number) FROM old_files
    WHERE source_file NOT IN (SELECT source_file FROM files_named)
    ORDER BY source_file
"""

_COVERAGE = """
    WITH articles AS (
        SELECT publisher, published_date AS day, decisions.duplicate_of,
               coalesce(judgements.relevant, article.relevant) AS relevant, decisions.article_id
        FROM (SELECT filename, file_row_number, publisher, relevant FROM new_articles
              UNION ALL
              SELECT filename, file_row_number, publisher, relevant FROM old_spares
              UNION ALL
              SELECT filename, file_row_number, publisher, relevant FROM old_articles) AS article
             JOIN standing ON file = filename AND row = file_row_number
             JOIN decisions ON decisions.article_id = standing.article_id
             LEFT JOIN judgements ON judgements.article_id = standing.article_id
    ), events AS (
        SELECT article_id, count(*) AS events
        FROM (SELECT filename, file_row_number, article_id FROM new_events
              UNION ALL
              SELECT filename, file_row_number, article_id FROM corrected_events
              UNION ALL
              SELECT filename, file_row_number, article_id FROM old_events)
             SEMI JOIN standing_events ON file = filename AND row = file_row_number
        GROUP BY article_id
    )
    SELECT publisher, day, count(*) AS articles, count(*) FILTER (duplicate_of IS NULL) AS elected,
           count(*) FILTER (duplicate_of IS NULL AND relevant) AS relevant, coalesce(sum(events), 0) AS events,
           0 AS rejected
    FROM articles LEFT JOIN events USING (article_id)
    GROUP BY publisher, day
    UNION ALL
    SELECT NULL, NULL, 0, 0, 0, 0, count(*)
    FROM next_rejected WHERE stage NOT IN ('code', 'correct') HAVING count(*) > 0
    ORDER BY publisher NULLS LAST, day NULLS LAST, articles DESC
"""


_WHOLE: dict[str, tuple[type, str]] = {
    "clusters": (Cluster, _CLUSTERS),
    "rejected": (Rejected, "FROM next_rejected ORDER BY stage, source_uri"),
    "coverage": (Coverage, _COVERAGE),
    "state/files": (SeenFile, "FROM next_files ORDER BY source_file"),
    "state/forgotten": (Forgotten, "FROM forgotten ORDER BY article_id"),
    "state/feeds": (SeenFeed, "FROM next_feeds ORDER BY feed"),
    "state/entries": (SeenEntry, "FROM next_entries ORDER BY feed, entry_id"),
    "state/sites": (SeenSite, "FROM next_sites ORDER BY site"),
    "state/originals": (Event, "FROM originals ORDER BY event_id"),
}
"""Tables that are one file and written anew each time: type of their rows, rows in order."""


AMENDED = ("state/feeds", "state/entries", "state/sites")
"""Tables of which no difference, but for entries that are new or done now, is a reason for a new snapshot."""


def has_changed(engine: duckdb.DuckDBPyConnection) -> bool:
    """Whether the next snapshot would differ from the current one in more than when files changed and feeds answered.

    Also makes the tables of rejections and of files that `build` writes.
    """
    engine.execute(f"CREATE TABLE next_rejected AS {_REJECTED}")
    engine.execute(f"CREATE TABLE next_files AS {_FILES}")
    ((differing,),) = engine.execute(f"""
        WITH last_rejected AS (SELECT * EXCLUDE (filename, file_row_number) FROM old_rejected),
             last_files AS (SELECT source_file, digest, reading FROM old_files),
             files AS (SELECT source_file, digest, reading FROM next_files)
        SELECT (SELECT count(*) FROM (SELECT * FROM next_rejected EXCEPT SELECT * FROM last_rejected))
             + (SELECT count(*) FROM (SELECT * FROM last_rejected EXCEPT SELECT * FROM next_rejected))
             + (SELECT count(*) FROM (SELECT * FROM files EXCEPT SELECT * FROM last_files))
             + (SELECT count(*) FROM (SELECT * FROM last_files EXCEPT SELECT * FROM files))
             + (SELECT count(*) FROM ({_TOUCHED_SIGHTINGS}))
             + (SELECT count(*) FROM forgotten) - (SELECT count(*) FROM old_forgotten)
             + (SELECT count(*) FROM (SELECT feed, entry_id, done, left_out FROM next_entries
                                      EXCEPT SELECT feed, entry_id, done, left_out FROM old_entries))
             + (SELECT count(*) FROM new_events) + (SELECT count(*) FROM judgements)
             + (SELECT count(*) FROM corrected_events)
             + (SELECT count(*) FROM old_events ANTI JOIN standing_events ON file = filename AND row = file_row_number)
    """).fetchall()
    return bool(differing)


def is_outdated(current: Snapshot) -> bool:
    """Whether a file of the current snapshot has an older schema: without an added column, or in other words."""
    return any(not has_schema_of(record_type, file) for record_type, file in _typed(current))


def see_that_upgradable(current: Snapshot) -> None:
    """See that files of an older schema lack only what may be null or is a list.

    Raises:
        NotPublishedError: one lacks more, as none does that was made since the schema is kept (CONTRIBUTING.md).

    """
    for record_type, file in _typed(current):
        for column in missing_columns(record_type, file):
            raise NotPublishedError(
                f"{str(file)!r} has no column {column!r}, which every row must have: it was made by a version before "
                "the schema was promised. Read the sources again into a new folder; nothing was published"
            )


def _typed(current: Snapshot) -> Iterator[tuple[type, Path]]:
    """The Parquet files of a snapshot, each with the type of its rows."""
    types = {table: record_type for table, record_type, *_ in _PARTITIONED}
    types |= {table: record_type for table, (record_type, _) in _WHOLE.items()}
    for table, record_type in types.items():
        for file in current.files(table):
            yield record_type, file


def amend(engine: duckdb.DuckDBPyConnection, folder: Path, output: Output) -> None:
    """Put what was found out of feeds and sites into the current snapshot, where nothing else is new.

    Args:
        engine: holds the tables that `fold_feeds` made.
        folder: where the tables are written first.
        output: the output folder.

    """
    for table in AMENDED:
        record_type, rows = _WHOLE[table]
        write(folder / table / PART, record_type, engine.sql(rows).to_arrow_reader())
        output.amend(folder, table)


def build(
    engine: duckdb.DuckDBPyConnection, folder: Path, current: Snapshot, events: pa.Table, archive: Path | None
) -> None:
    """Write the next snapshot's tables to `folder`.

    Args:
        engine: holds the tables that `fold` and `fold_events` made.
        folder: where the snapshot is built.
        current: the snapshot that it follows.
        events: the events of the touched clusters with their cluster ids, compact.
        archive: of what this run fetched, if it is to be kept.

    """
    keep_archives(engine, folder, current, archive)
    view(engine, "demoted", Article, [file for (file,) in engine.sql(_DEMOTED_FILES).fetchall()])
    for table, record_type, touched, rows, order in _PARTITIONED:
        engine.execute(f"CREATE OR REPLACE TABLE touched AS SELECT DISTINCT {PARTITION} FROM ({touched})")
        write_partitions(engine, current, folder, table, record_type, rows, order)
    engine.register("summaries", to_table(Cluster, summarise(events)))
    for table, (record_type, rows) in _WHOLE.items():
        write(folder / table / PART, record_type, engine.sql(rows).to_arrow_reader())
