"""Write the next snapshot from what was decided: changed partitions anew, the others as links to the last one."""

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.snapshots import Snapshot
from pipeline.tables import ROW_GROUP_ROWS, write
from schemas.aggregates import Cluster, Coverage
from schemas.articles import Article
from schemas.columns import to_table
from schemas.documents import Rejected
from schemas.events import Event
from schemas.state import Sighting
from transforms.clusters import summarise

PART = "part-0.parquet"

_PARTITION = "coalesce(year(published_date), 0) AS year, coalesce(month(published_date), 0) AS month"
"""Where a row lies: by the day of publication, 0 where it is unknown."""

_ARTICLES = f"""
    SELECT article.* EXCLUDE (filename, file_row_number)
           REPLACE (decisions.cluster_id AS cluster_id, decisions.duplicate_of AS duplicate_of,
                    decisions.duplicate_kind AS duplicate_kind, decisions.similarity AS similarity,
                    coalesce(judgements.relevant, article.relevant) AS relevant,
                    coalesce(judgements.relevance, article.relevance) AS relevance),
           {_PARTITION}
    FROM (SELECT * FROM new_articles UNION ALL SELECT * FROM old_articles) AS article
         JOIN standing ON file = filename AND row = file_row_number AND standing.article_id = article.article_id
         JOIN decisions ON decisions.article_id = article.article_id
         LEFT JOIN judgements ON judgements.article_id = article.article_id
"""

_TOUCHED_ARTICLES = f"""
    CREATE TABLE touched_articles AS
    SELECT DISTINCT {_PARTITION} FROM (
        SELECT published_date FROM new_articles
             JOIN standing ON file = filename AND row = file_row_number
        UNION ALL
        SELECT published_date FROM old_articles
             LEFT JOIN standing ON file = filename AND row = file_row_number
             LEFT JOIN decisions ON decisions.article_id = old_articles.article_id
             LEFT JOIN judgements ON judgements.article_id = old_articles.article_id
        WHERE standing.article_id IS NULL
           OR old_articles.cluster_id IS DISTINCT FROM decisions.cluster_id
           OR old_articles.duplicate_of IS DISTINCT FROM decisions.duplicate_of
           OR old_articles.duplicate_kind IS DISTINCT FROM decisions.duplicate_kind
           OR old_articles.similarity IS DISTINCT FROM decisions.similarity
           OR (judgements.relevance <> old_articles.relevance OR judgements.relevant <> old_articles.relevant)
    )
"""

_EVENTS = f"""
    SELECT event.* EXCLUDE (filename, file_row_number)
           REPLACE (event_clusters.event_cluster_id AS event_cluster_id),
           {_PARTITION.replace("published", "event.published")}
    FROM (SELECT * FROM new_events UNION ALL SELECT * FROM old_events) AS event
         JOIN standing_events ON file = filename AND row = file_row_number
         JOIN event_clusters ON event_clusters.event_id = event.event_id
"""

_TOUCHED_EVENTS = f"""
    CREATE TABLE touched_events AS
    SELECT DISTINCT {_PARTITION} FROM (
        SELECT published_date FROM new_events
        UNION ALL
        SELECT old_events.published_date FROM old_events
             LEFT JOIN standing_events ON file = filename AND row = file_row_number
             LEFT JOIN event_clusters ON event_clusters.event_id = old_events.event_id
        WHERE standing_events.event_id IS NULL
           OR old_events.event_cluster_id IS DISTINCT FROM event_clusters.event_cluster_id
    )
"""

_REJECTED = """
    WITH fresh AS (
        SELECT * FROM (SELECT * FROM new_rejected UNION ALL SELECT * FROM uncodable)
        QUALIFY row_number() OVER (PARTITION BY stage, source_uri ORDER BY reason, detail, filename) = 1
    )
    SELECT fresh.* EXCLUDE (filename, file_row_number)
           REPLACE (coalesce(old.run_id, fresh.run_id) AS run_id, coalesce(old."at", fresh."at") AS "at")
    FROM fresh LEFT JOIN old_rejected AS old USING (stage, source_uri, reason, detail)
    UNION ALL
    SELECT * EXCLUDE (filename, file_row_number) FROM old_rejected AS old
    WHERE NOT EXISTS (SELECT 1 FROM fresh WHERE fresh.stage = old.stage AND fresh.source_uri = old.source_uri)
      AND CASE WHEN stage = 'code'
          THEN source_uri IN (SELECT source_uri FROM standing WHERE NOT is_new)
          ELSE NOT EXISTS (SELECT 1 FROM files_read
                           WHERE source_uri = source_file OR starts_with(source_uri, source_file || '#'))
          END
    ORDER BY stage, source_uri
"""

_COVERAGE = """
    SELECT publisher, published_date AS day, count(*) AS articles, count(*) FILTER (duplicate_of IS NULL) AS elected,
           count(*) FILTER (duplicate_of IS NULL AND relevant) AS relevant, coalesce(sum(events), 0) AS events,
           0 AS rejected
    FROM published_articles LEFT JOIN (SELECT article_id, count(*) AS events FROM published_events GROUP BY article_id)
         USING (article_id)
    GROUP BY ALL
    UNION ALL
    SELECT NULL, NULL, 0, 0, 0, 0, count(*) FROM next_rejected WHERE stage <> 'code' HAVING count(*) > 0
    ORDER BY publisher NULLS LAST, day NULLS LAST, articles DESC
"""


def build(engine: duckdb.DuckDBPyConnection, folder: Path, current: Snapshot, events: pa.Table) -> None:
    """Write the next snapshot's tables to `folder`.

    Args:
        engine: holds the tables that `fold` made.
        folder: where the snapshot is built.
        current: the snapshot that it follows.
        events: the standing events with their cluster ids, compact.

    """
    for table, record_type, touched, rows in (
        ("articles", Article, _TOUCHED_ARTICLES, _ARTICLES),
        ("events", Event, _TOUCHED_EVENTS, _EVENTS),
    ):
        engine.execute(touched)
        _link_untouched(engine, current, folder, table)
        key = "article_id" if table == "articles" else "article_id, sentence_index, evidence_field, event_id"
        ordered = engine.sql(f"""
            WITH rows AS ({rows}) SELECT rows.* FROM rows SEMI JOIN touched_{table} USING (year, month)
            ORDER BY year, month, published_at NULLS LAST, {key}
        """)
        _write_partitions(folder / table, record_type, ordered.to_arrow_reader(ROW_GROUP_ROWS))
    clusters = to_table(Cluster, summarise(events))
    write(folder / "clusters" / PART, Cluster, clusters.to_batches())
    rejected = engine.sql(_REJECTED).to_arrow_table()
    engine.register("next_rejected", rejected)
    write(folder / "rejected" / PART, Rejected, rejected.to_batches())
    engine.execute(f"CREATE VIEW published_articles AS {_ARTICLES}")
    engine.execute(f"CREATE VIEW published_events AS {_EVENTS}")
    write(folder / "coverage" / PART, Coverage, engine.sql(_COVERAGE).to_arrow_reader())
    sightings = engine.sql("SELECT * FROM sightings ORDER BY source_uri, article_id")
    write(folder / "state" / "sightings" / PART, Sighting, sightings.to_arrow_reader())


def has_changed(engine: duckdb.DuckDBPyConnection) -> bool:
    """Whether the next snapshot would differ from the current one in any row."""
    differing = engine.execute(f"""
        WITH next_rejected AS ({_REJECTED}),
             last_rejected AS (SELECT * EXCLUDE (filename, file_row_number) FROM old_rejected),
             last_sightings AS (SELECT * EXCLUDE (filename, file_row_number) FROM old_sightings)
        SELECT (SELECT count(*) FROM (SELECT * FROM next_rejected EXCEPT SELECT * FROM last_rejected))
             + (SELECT count(*) FROM (SELECT * FROM last_rejected EXCEPT SELECT * FROM next_rejected))
             + (SELECT count(*) FROM (SELECT * FROM sightings EXCEPT SELECT * FROM last_sightings))
             + (SELECT count(*) FROM (SELECT * FROM last_sightings EXCEPT SELECT * FROM sightings))
             + (SELECT count(*) FROM standing WHERE is_new) + (SELECT count(*) FROM new_events)
             + (SELECT count(*) FROM judgements)
    """).fetchone()
    return bool(differing and differing[0])


def _link_untouched(engine: duckdb.DuckDBPyConnection, current: Snapshot, folder: Path, table: str) -> None:
    touched = {f"year={year}/month={month}" for year, month in engine.table(f"touched_{table}").fetchall()}
    (folder / table).mkdir(parents=True)
    for file in current.files(table):
        partition = file.parent.relative_to(current.folder / table)
        if partition.as_posix() not in touched:
            (folder / table / partition).mkdir(parents=True, exist_ok=True)
            os.link(file, folder / table / partition / file.name)


def _write_partitions(folder: Path, record_type: type, rows: pa.RecordBatchReader) -> None:
    """Write rows that come ordered by year and month, each partition's to its own file."""
    waiting: list[pa.RecordBatch] = []
    at: tuple[int, int] | None = None
    for partition, batch in _by_partition(rows):
        if partition != at and at is not None:
            write(folder / f"year={at[0]}" / f"month={at[1]}" / PART, record_type, _merged(waiting))
            waiting = []
        at = partition
        waiting.append(batch)
    if at is not None:
        write(folder / f"year={at[0]}" / f"month={at[1]}" / PART, record_type, _merged(waiting))


def _by_partition(rows: pa.RecordBatchReader) -> Iterator[tuple[tuple[int, int], pa.RecordBatch]]:
    for batch in rows:
        months = pa.compute.add(pa.compute.multiply(batch["year"], 12), batch["month"])
        start = 0
        for run in pa.compute.run_end_encode(months).run_ends.to_pylist():
            yield (batch["year"][start].as_py(), batch["month"][start].as_py()), batch.slice(start, run - start)
            start = run


def _merged(batches: list[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches in as few as their rows need, so that a small file has one row group."""
    return iter(pa.Table.from_batches(batches).combine_chunks().to_batches(max_chunksize=ROW_GROUP_ROWS))
