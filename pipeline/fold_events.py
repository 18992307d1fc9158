"""What a run decides of events, over compact columns: which stand, and which are tellings of one happening.

Tables made here: `standing_events` (every event of the articles that are elected, and where its row lies),
`event_clusters` (the cluster of each), `touched_clusters` (those whose summary must be made anew).
"""

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.regroup import regroup
from pipeline.tables import view
from schemas.columns import arrow_schema
from schemas.documents import Rejected
from schemas.events import Event
from schemas.state import Judgement
from transforms.clusters import cluster

LEFT_OUT = ("latitude", "longitude", "geonames_id", "coder_version", "corrections", "url", "run_id", "pipeline_version")
"""Columns of events that say nothing about which events are one."""


def decide_events(engine: duckdb.DuckDBPyConnection, coded: dict[str, list[str]]) -> None:
    """Table `standing_events`: what was coded now, and what was coded before of articles that were not coded now.

    `known_events` are the latter as the coder made them, whatever corrections made of them since.
    """
    view(engine, "new_events", Event, coded.get("event", []))
    view(engine, "uncodable", Rejected, coded.get("rejected", []))
    view(engine, "judgements", Judgement, coded.get("judgement", []))
    engine.execute("""
        CREATE VIEW known_events AS
        SELECT * FROM old_events ANTI JOIN old_originals USING (event_id) UNION ALL SELECT * FROM old_originals
    """)
    engine.execute("""
        CREATE TABLE standing_events AS
        SELECT event_id, filename AS file, file_row_number AS row, published_date, NULL AS was_cluster FROM new_events
        UNION ALL
        SELECT event_id, known.filename, known.file_row_number, known.published_date, event_cluster_id
        FROM known_events AS known
             JOIN standing USING (article_id)
             JOIN decisions USING (article_id)
             JOIN old_articles USING (article_id)
        WHERE origin = 'published' AND decisions.duplicate_of IS NULL AND old_articles.duplicate_of IS NULL
          AND article_id NOT IN (SELECT article_id FROM coded_now)
    """)


def decide_clusters(engine: duckdb.DuckDBPyConnection, *, anew: bool) -> pa.Table:
    """Tables `event_clusters` and `touched_clusters`; returns the events of the touched clusters, compact.

    Args:
        engine: holds what `decide_events` made.
        anew: whether the clusters there are were made by other code, and say nothing.

    """
    left_out = [*LEFT_OUT, "event_cluster_id"]
    columns = [name for name in arrow_schema(Event).names if name not in left_out]
    standing = engine.sql(f"""
        SELECT {", ".join(f"event.{name}" for name in columns)}, was_cluster
        FROM (SELECT * FROM new_events
              UNION ALL
              SELECT * FROM corrected_events
              UNION ALL
              SELECT * FROM old_events) AS event
             JOIN standing_events ON filename = file AND file_row_number = row
        ORDER BY event.event_id
    """).to_arrow_table()
    gone = engine.sql(f"""
        SELECT {", ".join(columns)}, event_cluster_id
        FROM old_events ANTI JOIN standing_events ON filename = file AND file_row_number = row
    """).to_arrow_table()
    events = standing.drop_columns(["was_cluster"])
    clusters = cluster(events) if anew else regroup(events, standing["was_cluster"].to_pylist(), gone)
    engine.register("clustered", clusters)
    engine.execute("CREATE TABLE event_clusters AS SELECT * FROM clustered")
    engine.execute(
        """
        CREATE TABLE touched_clusters AS
        SELECT event_cluster_id FROM event_clusters JOIN standing_events USING (event_id)
        WHERE was_cluster IS DISTINCT FROM event_cluster_id OR $anew
        UNION
        SELECT old_events.event_cluster_id
        FROM old_events LEFT JOIN standing_events ON file = filename AND row = file_row_number
             LEFT JOIN event_clusters ON event_clusters.event_id = standing_events.event_id
        WHERE event_clusters.event_cluster_id IS DISTINCT FROM old_events.event_cluster_id
        """,
        {"anew": anew},
    )
    order = pc.index_in(events["event_id"], clusters["event_id"])
    events = events.append_column("event_cluster_id", clusters["event_cluster_id"].take(order))
    touched = engine.table("touched_clusters").to_arrow_table()["event_cluster_id"]
    return events.filter(pc.is_in(events["event_cluster_id"], touched.combine_chunks()))
