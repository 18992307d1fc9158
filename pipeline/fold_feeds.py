"""What is known of feeds, their entries and sites after a run."""

from datetime import datetime, timedelta

import duckdb

from pipeline.following.follower import Followed
from schemas.columns import to_table
from schemas.state import SeenEntry, SeenFeed, SeenSite

KEPT_FOR = timedelta(days=90)
"""How long an entry is known after its feed has ceased to list it. One that comes back later is fetched again, and seen
again; the time is long enough to tell a feed's rhythm."""

_ENTRIES = """
    CREATE TABLE next_entries AS
    WITH left_out_now AS (SELECT DISTINCT source_uri FROM new_left_out WHERE NOT $kept),
    fresh AS (
        SELECT * REPLACE (done AND NOT out AS done, CASE WHEN out THEN $bounds ELSE left_out END AS left_out)
        FROM (SELECT *, source_uri IN (FROM left_out_now) AS out FROM new_entries)
        WHERE NOT (out AND starts_with(source_uri, feed || '#'))
    ), entries AS (
        SELECT * EXCLUDE (out) REPLACE (
            CASE WHEN NOT done THEN link END AS link, CASE WHEN NOT done THEN title END AS title,
            CASE WHEN NOT done THEN published END AS published, CASE WHEN done THEN [] ELSE authors END AS authors)
        FROM fresh
    )
    SELECT * FROM entries
    UNION ALL
    SELECT old.* EXCLUDE (filename, file_row_number)
    FROM old_entries AS old ANTI JOIN new_entries USING (feed, entry_id)
    WHERE NOT (done AND first_seen < $horizon AND feed IN (SELECT feed FROM listed)
               AND NOT EXISTS (SELECT 1 FROM listed WHERE listed.feed = old.feed AND listed.entry_id = old.entry_id))
"""


def decide_feeds(
    engine: duckdb.DuckDBPyConnection, followed: Followed, bounds: str | None, at: datetime, *, kept: bool
) -> None:
    """Tables `next_feeds`, `next_entries`, `next_sites`; `asked_feeds`: those that this run asked.

    An entry whose document the bounds left out is one that waits for other bounds, unless its page is kept; one whose
    text stood in the feed is at hand again as long as the feed lists it.

    Args:
        engine: holds the views of `fold.open_views`.
        followed: what the run found out.
        bounds: of the run, as an entry keeps them.
        at: when the run began.
        kept: whether what was fetched is kept.

    """
    engine.register("new_feeds", to_table(SeenFeed, list(followed.feeds.values())))
    engine.register("new_sites", to_table(SeenSite, list(followed.sites.values())))
    engine.register("new_entries", to_table(SeenEntry, followed.entries))
    engine.execute("CREATE TABLE asked_feeds AS SELECT feed FROM new_feeds")
    engine.execute("CREATE TABLE listed (feed VARCHAR, entry_id VARCHAR)")
    for feed, ids in followed.listed.items():
        engine.execute("INSERT INTO listed SELECT $feed, unnest($ids::VARCHAR[])", {"feed": feed, "ids": ids})
    engine.execute(_ENTRIES, {"bounds": bounds, "kept": kept, "horizon": at - KEPT_FOR})
    for table, key in (("feeds", "feed"), ("sites", "site")):
        engine.execute(f"""
            CREATE TABLE next_{table} AS
            SELECT * FROM new_{table}
            UNION ALL
            SELECT * EXCLUDE (filename, file_row_number) FROM old_{table} ANTI JOIN new_{table} USING ({key})
        """)
