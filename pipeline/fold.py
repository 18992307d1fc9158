"""What a run decides of articles, over compact columns and never over texts: which rows stand, which are copies.

Staged rows and the current snapshot are folded into the rows of the next one. The outcome is a function of the set of
sightings alone: neither the order of documents nor the way they came over runs plays a part.

Tables made here, each a step: `forgotten` (articles that were taken down), `sightings` (where every other article was
seen), `at_hand` (a row for each sighting, and where it lies), `standing` (the one row of each article), `decisions`
(cluster and copy of each).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from pipeline.snapshots import Snapshot
from pipeline.sources.changes import Comparison, seen_files
from pipeline.tables import view
from schemas.aggregates import Cluster
from schemas.articles import Article
from schemas.columns import to_table
from schemas.documents import Rejected
from schemas.events import Event
from schemas.state import (
    Forgotten,
    LeftOut,
    SeenEntry,
    SeenFeed,
    SeenFile,
    SeenPart,
    SeenRow,
    SeenSite,
    Sighting,
)
from transforms.dedupe.deduplicate import deduplicate

TO_CODE_CHUNK = 50
"""Articles that a worker takes at a time: some seconds of coding."""

_STAGED = {"articles": SeenRow, "sightings": Sighting, "left_out": LeftOut, "rejected": Rejected}
_KEPT = {
    "articles": Article,
    "events": Event,
    "clusters": Cluster,
    "rejected": Rejected,
    "state/sightings": Sighting,
    "state/spares": SeenRow,
    "state/files": SeenFile,
    "state/forgotten": Forgotten,
    "state/feeds": SeenFeed,
    "state/entries": SeenEntry,
    "state/sites": SeenSite,
    "state/originals": Event,
}


@dataclass(frozen=True, slots=True)
class ToCode:
    """Articles for a worker to code: rows of one Parquet file."""

    path: str
    rows: tuple[int, ...]


def open_views(engine: duckdb.DuckDBPyConnection, staged: dict[str, list[str]], current: Snapshot) -> None:
    """Name what there is to fold: `new_…` for what is staged, `old_…` for the current snapshot."""
    for name, record_type in _STAGED.items():
        view(engine, f"new_{name}", record_type, staged.get(record_type.__name__.lower(), []))
    for table, record_type in _KEPT.items():
        view(engine, f"old_{table.removeprefix('state/')}", record_type, current.files(table))


def known_files(current: Snapshot, paths: Sequence[str]) -> dict[str, SeenFile]:
    """What is known of these files, by path; a file that was not read to its end is absent."""
    engine = duckdb.connect()
    view(engine, "files", SeenFile, current.files("state/files"))
    wanted = "source_file IN (SELECT unnest($paths::VARCHAR[]))"
    found = engine.sql(
        f"SELECT * EXCLUDE (filename, file_row_number) FROM files WHERE {wanted}", params={"paths": list(paths)}
    )
    return {row["source_file"]: SeenFile(**row) for row in found.to_arrow_table().to_pylist()}


def decide_files(
    engine: duckdb.DuckDBPyConnection,
    comparison: Comparison,
    fetched: Sequence[str],
    parts: Sequence[SeenPart],
    at: datetime,
) -> None:
    """Table `seen_files`: what is known now of the files of this run; `files_named` and `files_read`: which those are.

    What was fetched and is not kept counts as read, each page as a file, and leaves nothing to know.

    Args:
        engine: holds the views of `open_views`.
        comparison: the files of this run.
        fetched: `source_uri` of what was fetched.
        parts: of those that were read.
        at: when the run began.

    """
    read = [found.file.path for found in comparison.having("new", "changed")]
    named = [found.file.path for found in comparison.files]
    for name, files in (("files_named", named), ("files_read", [*read, *fetched])):
        engine.execute(f"CREATE TABLE {name} (source_file VARCHAR)")
        engine.execute(f"INSERT INTO {name} SELECT unnest($files::VARCHAR[])", {"files": files})
    unreadable = engine.execute("SELECT source_uri FROM new_rejected WHERE reason = 'unreadable'").fetchall()
    left_out = {file for (file,) in engine.execute("SELECT DISTINCT source_file FROM new_left_out").fetchall()}
    left_out |= {part.source_file for part in parts if part.irrelevant}
    seen = seen_files(comparison, parts, {uri for (uri,) in unreadable}, left_out, at)
    engine.register("seen_files", to_table(SeenFile, list(seen)))


def decide_forgotten(engine: duckdb.DuckDBPyConnection, article_ids: Sequence[str], at: datetime) -> None:
    """Table `forgotten`: what was taken down before, and what is now."""
    engine.execute('CREATE TABLE forgotten AS SELECT article_id, "at" FROM old_forgotten')
    engine.execute(
        "INSERT INTO forgotten SELECT id, $at FROM (SELECT DISTINCT unnest($ids::VARCHAR[]) AS id) "
        "WHERE id NOT IN (SELECT article_id FROM forgotten)",
        {"ids": list(article_ids), "at": at},
    )


def decide_sightings(engine: duckdb.DuckDBPyConnection) -> None:
    """Table `sightings`: a file that was read now says all that was seen in it; other files keep what they said.

    What the bounds of this run leave out stays where an earlier run took it. A sighting that says what it said before
    is the old one: it keeps the day and the run that first saw it.
    """
    compact = "source_uri, article_id, row_hash, length, published_date, filename AS file, file_row_number AS row"
    engine.execute(f"""
        CREATE TABLE fresh AS
        SELECT {compact} FROM new_sightings
        WHERE article_id NOT IN (SELECT article_id FROM forgotten)
        QUALIFY row_number() OVER (
            PARTITION BY source_uri, article_id ORDER BY length DESC, row_hash, filename, file_row_number
        ) = 1
    """)
    engine.execute(f"""
        CREATE TABLE sightings AS
        WITH old AS (
            SELECT {compact} FROM old_sightings AS old
            WHERE article_id NOT IN (SELECT article_id FROM forgotten)
              AND (source_file NOT IN (SELECT source_file FROM files_read)
                   OR EXISTS (SELECT 1 FROM fresh WHERE fresh.source_uri = old.source_uri
                              AND fresh.article_id = old.article_id AND fresh.row_hash = old.row_hash)
                   OR EXISTS (SELECT 1 FROM new_left_out AS out WHERE out.source_uri = old.source_uri
                              AND out.article_id = old.article_id AND out.row_hash = old.row_hash)
                      AND NOT EXISTS (SELECT 1 FROM fresh WHERE fresh.source_uri = old.source_uri
                                      AND fresh.article_id = old.article_id))
        )
        SELECT *, false AS is_new FROM old
        UNION ALL
        SELECT *, true FROM fresh ANTI JOIN old USING (source_uri, article_id, row_hash)
    """)


def decide_standing(engine: duckdb.DuckDBPyConnection) -> None:
    """Table `standing`: of all sightings of an article the one with the longest text; then the first source.

    The rows of the other sightings are kept as spares, so that every sighting has its row at hand, whatever was read
    in this run: when the one that stands is gone, the next one stands.
    """
    engine.execute("""
        CREATE TABLE at_hand AS
        WITH rows AS (
            SELECT article_id, source_uri, row_hash, filename, file_row_number, 'new' AS origin FROM new_articles
            UNION ALL
            SELECT article_id, source_uri, row_hash, filename, file_row_number, 'spare' FROM old_spares
            UNION ALL
            SELECT article_id, source_uri, old_sightings.row_hash,
                   old_articles.filename, old_articles.file_row_number, 'published'
            FROM old_articles JOIN old_sightings USING (article_id, source_uri)
        )
        SELECT article_id, source_uri, row_hash, length, published_date,
               filename AS file, file_row_number AS row, origin
        FROM rows JOIN sightings USING (article_id, source_uri, row_hash)
        QUALIFY row_number() OVER (
            PARTITION BY article_id, source_uri, row_hash
            ORDER BY origin = 'published' DESC, origin = 'spare' DESC, filename, file_row_number
        ) = 1
    """)
    engine.execute("""
        CREATE TABLE standing AS
        SELECT * FROM at_hand
        QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY length DESC, source_uri, row_hash) = 1
    """)


def decide_copies(engine: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Table `decisions`: cluster, original, kind and similarity of every standing article.

    Returns:
        The pairs of articles that were compared, how many of them are copies, and the passages that so many articles
        share that pairing by them was limited.

    """
    documents = engine.sql("""
        SELECT article_id, published_date, length, content_hash, signature
        FROM (SELECT filename, file_row_number, content_hash, signature FROM new_sightings
              UNION ALL
              SELECT filename, file_row_number, content_hash, signature FROM old_sightings)
             JOIN sightings ON sightings.file = filename AND sightings.row = file_row_number
             SEMI JOIN standing USING (article_id, source_uri, row_hash)
    """).to_arrow_table()
    election = deduplicate(documents)
    engine.register("elected", election.articles)
    engine.execute("CREATE TABLE decisions AS SELECT * FROM elected")
    return {"compared": election.candidates, "copies": election.copies, "hot_passages": election.hot_passages}


def to_code(engine: duckdb.DuckDBPyConnection, *, everything: bool = False) -> Iterator[ToCode]:
    """The articles that are elected, relevant, and not coded as they stand; or all elected ones."""
    engine.execute(
        """
        CREATE TABLE coded_now AS
        WITH articles AS (
            SELECT filename, file_row_number, relevant, false AS has_events FROM new_articles
            UNION ALL
            SELECT filename, file_row_number, relevant, false FROM old_spares
            UNION ALL
            SELECT filename, file_row_number, relevant, duplicate_of IS NULL FROM old_articles
        )
        SELECT article_id, source_uri, file, row
        FROM standing JOIN decisions USING (article_id)
             JOIN articles ON file = filename AND row = file_row_number
        WHERE decisions.duplicate_of IS NULL AND (relevant AND NOT has_events OR $everything)
        """,
        {"everything": everything},
    )
    rows = engine.execute("SELECT file, list(row ORDER BY row) FROM coded_now GROUP BY file ORDER BY file").fetchall()
    for file, numbers in rows:
        for start in range(0, len(numbers), TO_CODE_CHUNK):
            yield ToCode(file, tuple(numbers[start : start + TO_CODE_CHUNK]))


def count_articles(engine: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many rows were staged, how many of them are of forgotten articles, and how many articles are new."""
    (counted,) = engine.execute("""
        WITH added AS (
            SELECT duplicate_of FROM standing JOIN decisions USING (article_id)
            WHERE origin = 'new' AND article_id NOT IN (SELECT article_id FROM old_articles)
        )
        SELECT (SELECT count(*) FROM new_sightings),
               (SELECT count(*) FROM new_sightings SEMI JOIN forgotten USING (article_id)),
               (SELECT count(*) FROM added), (SELECT count(duplicate_of) FROM added)
    """).fetchall()
    return dict(zip(("staged", "forgotten", "new", "copies"), counted, strict=True))
