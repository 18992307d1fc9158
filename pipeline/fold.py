"""What a run decides, over compact columns and never over texts: which rows stand, which are copies, what to code.

Staged rows and the current snapshot are folded into the rows of the next one. The outcome is a function of the set of
sightings alone: neither the order of documents nor the way they came over runs plays a part.

Tables made here, each a step: `sightings` (where every article was seen), `standing` (the one row of each article, and
where it lies), `decisions` (cluster and copy of each).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from pipeline.snapshots import Snapshot
from pipeline.tables import view
from schemas.articles import Article
from schemas.columns import arrow_schema
from schemas.documents import Rejected
from schemas.events import Event
from schemas.state import Judgement, Sighting
from transforms.clusters import cluster
from transforms.dedupe.deduplicate import deduplicate

LEFT_OUT = ("latitude", "longitude", "geonames_id", "coder_version", "url", "run_id", "pipeline_version")
"""Columns of events that say nothing about which events are one."""

TO_CODE_CHUNK = 50
"""Articles that a worker takes at a time: some seconds of coding."""


@dataclass(frozen=True, slots=True)
class ToCode:
    """Articles for a worker to code: rows of one Parquet file."""

    path: str
    rows: tuple[int, ...]


def open_views(engine: duckdb.DuckDBPyConnection, staged: dict[str, list[str]], current: Snapshot) -> None:
    """Name what there is to fold: `new_…` for what is staged, `old_…` for the current snapshot."""
    for record_type, table in ((Article, "articles"), (Rejected, "rejected"), (Sighting, "state/sightings")):
        name = table.removeprefix("state/")
        view(engine, f"new_{name}", record_type, staged.get(record_type.__name__.lower(), []))
        view(engine, f"old_{name}", record_type, current.files(table))
    view(engine, "old_events", Event, current.files("events"))


def decide_sightings(engine: duckdb.DuckDBPyConnection, files_read: Sequence[str]) -> None:
    """Table `sightings`: a file that was read now says all that was seen in it; other files keep what they said.

    An unchanged sighting keeps the day and the run that first saw it.
    """
    engine.execute("CREATE TABLE files_read (source_file VARCHAR)")
    engine.execute("INSERT INTO files_read SELECT unnest($files)", {"files": list(files_read)})
    engine.execute("""
        CREATE TABLE fresh AS
        SELECT * FROM new_sightings
        QUALIFY row_number() OVER (PARTITION BY source_uri, article_id ORDER BY length DESC, row_hash, filename) = 1
    """)
    engine.execute("""
        CREATE TABLE sightings AS
        SELECT fresh.* EXCLUDE (filename, file_row_number)
               REPLACE (coalesce(old.seen_at, fresh.seen_at) AS seen_at, coalesce(old.run_id, fresh.run_id) AS run_id)
        FROM fresh LEFT JOIN old_sightings AS old USING (source_uri, article_id, row_hash)
        UNION ALL
        SELECT * EXCLUDE (filename, file_row_number) FROM old_sightings
        WHERE source_file NOT IN (SELECT source_file FROM files_read)
    """)


def decide_standing(engine: duckdb.DuckDBPyConnection) -> None:
    """Table `standing`: of all sightings of an article whose row is at hand, the longest text; then the first source.

    A published row stands as long as its source still says the same; when that source is gone and no other was read in
    this run, it stands until one is read.
    """
    engine.execute("""
        CREATE TABLE standing AS
        WITH at_hand AS (
            SELECT article_id, source_uri, row_hash, length, filename AS file, file_row_number AS row, true AS is_new
            FROM new_articles JOIN (SELECT article_id, source_uri, row_hash, length FROM fresh)
                 USING (article_id, source_uri)
            UNION ALL
            SELECT article_id, source_uri, old_sightings.row_hash, old_sightings.length,
                   old_articles.filename, old_articles.file_row_number, false
            FROM old_articles JOIN old_sightings USING (article_id, source_uri)
        ), ranked AS (
            SELECT at_hand.*, valid.source_uri IS NOT NULL AS is_valid
            FROM at_hand LEFT JOIN sightings AS valid USING (article_id, source_uri, row_hash)
            WHERE article_id IN (SELECT article_id FROM sightings)
        )
        SELECT * FROM ranked
        QUALIFY row_number() OVER (
            PARTITION BY article_id ORDER BY is_valid DESC, length DESC, source_uri, row_hash, is_new, file, row
        ) = 1
    """)


def decide_copies(engine: duckdb.DuckDBPyConnection) -> None:
    """Table `decisions`: cluster, original, kind and similarity of every standing article."""
    documents = engine.sql("""
        SELECT article_id, published_date, length, content_hash, signature
        FROM standing JOIN sightings USING (article_id, source_uri, row_hash, length)
    """).to_arrow_table()
    election = deduplicate(documents)
    engine.register("elected", election.articles)
    engine.execute("CREATE TABLE decisions AS SELECT * FROM elected")


def to_code(engine: duckdb.DuckDBPyConnection, *, everything: bool = False) -> Iterator[ToCode]:
    """The articles that are elected, relevant, and not coded as they stand; or all elected ones."""
    rows = engine.execute(
        """
        WITH articles AS (
            SELECT filename, file_row_number, relevant, NULL AS was_copy_of FROM new_articles
            UNION ALL
            SELECT filename, file_row_number, relevant, duplicate_of FROM old_articles
        )
        SELECT file, list(row ORDER BY row)
        FROM standing JOIN decisions USING (article_id)
             JOIN articles ON file = filename AND row = file_row_number
        WHERE decisions.duplicate_of IS NULL AND (relevant AND (is_new OR was_copy_of IS NOT NULL) OR $everything)
        GROUP BY file ORDER BY file
        """,
        {"everything": everything},
    ).fetchall()
    for file, numbers in rows:
        for start in range(0, len(numbers), TO_CODE_CHUNK):
            yield ToCode(file, tuple(numbers[start : start + TO_CODE_CHUNK]))


def count_articles(engine: duckdb.DuckDBPyConnection) -> tuple[int, int, int]:
    """How many rows were staged, how many articles are new by them, and how many of those are copies."""
    counted = engine.execute("""
        SELECT (SELECT count(*) FROM new_sightings),
               count(*), count(duplicate_of)
        FROM standing JOIN decisions USING (article_id)
        WHERE is_new AND article_id NOT IN (SELECT article_id FROM old_articles)
    """).fetchone()
    return counted or (0, 0, 0)


def decide_events(engine: duckdb.DuckDBPyConnection, coded: dict[str, list[str]]) -> None:
    """Table `standing_events`: what was coded now, and what was coded before of articles that were not coded now.

    Views `uncodable` and `judgements`: articles that could not be coded, and those whose relevance was judged anew.
    """
    view(engine, "new_events", Event, coded.get("event", []))
    view(engine, "uncodable", Rejected, coded.get("rejected", []))
    view(engine, "judgements", Judgement, coded.get("judgement", []))
    engine.execute("""
        CREATE TABLE standing_events AS
        SELECT event_id, filename AS file, file_row_number AS row, published_date, event_cluster_id AS was_cluster
        FROM new_events
        UNION ALL
        SELECT event_id, old_events.filename, old_events.file_row_number, old_events.published_date, event_cluster_id
        FROM old_events
             JOIN standing USING (article_id)
             JOIN decisions USING (article_id)
             JOIN old_articles USING (article_id)
        WHERE NOT is_new AND decisions.duplicate_of IS NULL AND old_articles.duplicate_of IS NULL
          AND article_id NOT IN (SELECT article_id FROM new_events UNION ALL SELECT article_id FROM judgements)
    """)


def decide_clusters(engine: duckdb.DuckDBPyConnection) -> pa.Table:
    """Table `event_clusters`: which standing events are tellings of one; returns the standing events, compact."""
    left_out = [*LEFT_OUT, "event_cluster_id"]
    columns = [name for name in arrow_schema(Event).names if name not in left_out]
    events = engine.sql(f"""
        SELECT {", ".join(columns)}
        FROM (SELECT * FROM new_events UNION ALL SELECT * FROM old_events)
             SEMI JOIN standing_events ON filename = file AND file_row_number = row
        ORDER BY event_id
    """).to_arrow_table()
    clusters = cluster(events)
    engine.register("clustered", clusters)
    engine.execute("CREATE TABLE event_clusters AS SELECT * FROM clustered")
    order = pa.compute.index_in(events["event_id"], clusters["event_id"])
    return events.append_column("event_cluster_id", clusters["event_cluster_id"].take(order))
