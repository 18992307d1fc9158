"""Whether a dataset is whole: every promise that can be tested by reading it, as a list of what does not hold."""

import json
from collections.abc import Iterator

import duckdb
import pyarrow.parquet as pq

from pipeline.identity import differing, undescribed
from pipeline.snapshots import DESCRIBED_BY, TABLES, Output, Snapshot
from pipeline.tables import view
from schemas.columns import arrow_schema, columns
from schemas.dictionary import DATASETS
from schemas.events import Event
from schemas.state import Forgotten, SeenEntry, SeenFeed, SeenFile, SeenRow, SeenSite, Sighting
from schemas.vocabulary import allowed

_STATE: dict[str, type] = {
    "state/sightings": Sighting,
    "state/spares": SeenRow,
    "state/files": SeenFile,
    "state/forgotten": Forgotten,
    "state/feeds": SeenFeed,
    "state/entries": SeenEntry,
    "state/sites": SeenSite,
    "state/originals": Event,
}

_QUERIES = {
    "articles: the id {} is there more than once": """
        SELECT article_id FROM articles GROUP BY 1 HAVING count(*) > 1
    """,
    "events: the id {} is there more than once": """
        SELECT event_id FROM events GROUP BY 1 HAVING count(*) > 1
    """,
    "clusters: the id {} is there more than once": """
        SELECT event_cluster_id FROM clusters GROUP BY 1 HAVING count(*) > 1
    """,
    "rejected: {} is there more than once": """
        SELECT source_uri FROM rejected GROUP BY stage, source_uri HAVING count(*) > 1
    """,
    "articles: {} lies in the partition of another month": """
        SELECT article_id FROM articles WHERE NOT contains(filename, format('/year={}/month={}/',
            coalesce(year(published_date), 0), coalesce(month(published_date), 0)))
    """,
    "events: {} lies in the partition of another month": """
        SELECT event_id FROM events WHERE NOT contains(filename, format('/year={}/month={}/',
            coalesce(year(published_date), 0), coalesce(month(published_date), 0)))
    """,
    "articles: {} is a copy of an article that is not there, or is a copy itself": """
        SELECT article_id FROM articles
        WHERE duplicate_of IS NOT NULL
          AND duplicate_of NOT IN (SELECT article_id FROM articles WHERE duplicate_of IS NULL)
    """,
    "articles: the cluster of {} is not that of the article elected for it": """
        SELECT article_id FROM articles WHERE cluster_id <> coalesce(duplicate_of, article_id)
    """,
    "articles: {} was seen nowhere": """
        SELECT article_id FROM articles ANTI JOIN sightings USING (article_id, source_uri)
    """,
    "articles: {} was taken down": "SELECT article_id FROM articles SEMI JOIN forgotten USING (article_id)",
    "sightings: {} tells of an article that is not there": """
        SELECT source_uri FROM sightings ANTI JOIN articles USING (article_id)
    """,
    "sightings: no row is kept of what {} says": """
        SELECT source_uri FROM sightings
             ANTI JOIN articles USING (article_id, source_uri)
             ANTI JOIN spares USING (article_id, source_uri, row_hash)
    """,
    "events: the article of {} is not there, or is a copy, or not relevant": """
        SELECT event_id FROM events
        WHERE article_id NOT IN (SELECT article_id FROM articles WHERE duplicate_of IS NULL AND relevant)
    """,
    "events: the evidence of {} does not stand where it says": """
        SELECT event_id FROM events JOIN articles USING (article_id)
        WHERE evidence IS DISTINCT FROM
              (CASE evidence_field WHEN 'title' THEN title ELSE text END)[evidence_start + 1 : evidence_end]
    """,
    "events: an actor of {} does not stand where it says": """
        SELECT DISTINCT event_id FROM (
            SELECT event_id, unnest(sources || targets) AS actor,
                   CASE evidence_field WHEN 'title' THEN title ELSE text END AS told
            FROM events JOIN articles USING (article_id)
        ) WHERE actor."start" IS NOT NULL AND actor."name" IS DISTINCT FROM told[actor."start" + 1 : actor."end"]
    """,
    "events: the codes of {} are not those of its actors": """
        SELECT event_id FROM events
        WHERE source_codes <> list_sort(list_distinct(list_transform(sources, lambda a: a.code)))
           OR target_codes <> list_sort(list_distinct(list_transform(targets, lambda a: a.code)))
    """,
    "events: {} does not say of its article what that says": """
        SELECT event_id FROM events JOIN articles USING (article_id)
        WHERE events.published_at IS DISTINCT FROM articles.published_at
           OR events.published_date IS DISTINCT FROM articles.published_date
           OR events.publisher IS DISTINCT FROM articles.publisher OR events.url IS DISTINCT FROM articles.url
    """,
    "events: what the coder said of {} is not kept": """
        SELECT event_id FROM events WHERE len(corrections) > 0 AND event_id NOT IN (SELECT event_id FROM originals)
    """,
    "clusters: {} does not list the events that name it": """
        SELECT coalesce(clusters.event_cluster_id, named.event_cluster_id)
        FROM clusters FULL JOIN (
            SELECT event_cluster_id, list_sort(list(event_id)) AS members FROM events GROUP BY 1
        ) AS named USING (event_cluster_id)
        WHERE event_ids IS DISTINCT FROM members OR reports IS DISTINCT FROM len(members)
           OR NOT list_contains(event_ids, representative)
    """,
    "coverage: {}": """
        SELECT format('counts {} articles, {} events and {} rejected, of {}, {} and {}', a, e, r, articles, events,
                      rejected)
        FROM (SELECT coalesce(sum(articles), 0) AS a, coalesce(sum(events), 0) AS e, coalesce(sum(rejected), 0) AS r
              FROM coverage),
             (SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM events) AS events,
                     (SELECT count(*) FROM rejected WHERE stage NOT IN ('code', 'correct')) AS rejected)
        WHERE (a, e, r) <> (articles, events, rejected)
    """,
}
"""What a row of the answer proves wrong, and the query."""

_BECAME = ("new", "seen_again", "rejected", "left_out", "irrelevant", "forgotten")
"""What becomes of a document that is read."""
_MOST = 10
"""Rows named for each kind of problem."""


def problems(output: Output) -> Iterator[str]:
    """What is wrong with the current snapshot and the records of runs, a line for each; nothing if all is well."""
    snapshot = output.current()
    yield from _of_folder(output)
    yield from undescribed(snapshot)
    broken = False
    for table, record_type in (DATASETS | _STATE).items():
        for problem in _of_files(snapshot, table, record_type):
            broken = True
            yield problem
    if broken:
        yield "what the rows say was not checked, because not all of them can be read"
        return
    engine = duckdb.connect()
    for table, record_type in (DATASETS | _STATE).items():
        view(engine, table.removeprefix("state/"), record_type, snapshot.files(table))
    for table, record_type in DATASETS.items():
        yield from _of_terms(engine, table, record_type)
    for what, query in _QUERIES.items():
        yield from _named(what, [value for (value,) in engine.execute(query).fetchall()])
    yield from _named("{} is not what was published: its sum differs", list(differing(snapshot)))
    yield from _of_runs(output, engine)


def _named(what: str, rows: list[object]) -> Iterator[str]:
    yield from (what.format(row) for row in sorted(map(str, rows))[:_MOST])
    if len(rows) > _MOST:
        yield what.format(f"… and {len(rows) - _MOST:,} more: each of them")


def _of_folder(output: Output) -> Iterator[str]:
    for table in (*TABLES, *DESCRIBED_BY):
        if not (output.root / table).exists():
            yield f"{table}: the link in the output folder leads nowhere"
    if (output.root / "_staging").exists() and any((output.root / "_staging").iterdir()):
        yield "_staging: a run is at work, or died; the next run clears it away"


def _of_files(snapshot: Snapshot, table: str, record_type: type) -> Iterator[str]:
    for file in snapshot.files(table):
        name = file.relative_to(snapshot.folder)
        try:
            if not pq.read_table(file, partitioning=None).schema.equals(arrow_schema(record_type), check_metadata=True):
                yield f"{name}: not the schema of {record_type.__name__.lower()}"
        except (OSError, ValueError) as error:
            yield f"{name}: cannot be read: {' '.join(str(error).split())}"


def _of_terms(engine: duckdb.DuckDBPyConnection, table: str, record_type: type) -> Iterator[str]:
    for column in columns(record_type):
        if column.terms and column.nested is None:
            terms = sorted(allowed(column.terms))
            found = engine.execute(
                f'SELECT DISTINCT "{column.name}" FROM {table} WHERE "{column.name}" NOT IN (SELECT unnest($terms))',
                {"terms": terms},
            )
            yield from _named(f"{table}: {column.name} is {{}}, not a term", [value for (value,) in found.fetchall()])


def _of_runs(output: Output, engine: duckdb.DuckDBPyConnection) -> Iterator[str]:
    named = engine.execute(
        "SELECT run_id FROM articles UNION SELECT run_id FROM events UNION SELECT run_id FROM rejected"
    )
    wanted = {run_id for (run_id,) in named.fetchall()}
    current = output.current().record().get("run_id")
    wanted |= {current} - {None}
    for run_id in sorted(wanted):
        file = output.runs / f"{run_id}.json"
        try:
            counts = json.loads(file.read_text(encoding="utf-8"))["counts"]
        except (OSError, ValueError, KeyError) as error:
            yield f"_runs/{run_id}.json: cannot be read: {' '.join(str(error).split())}"
            continue
        became = sum(counts.get(name, 0) for name in _BECAME)
        if counts["read"] != became:
            yield f"_runs/{run_id}.json: {counts['read']} documents were read, and {became} accounted for"
