"""What a person sees after a run: what came of it, and what the datasets hold."""

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.identity import described
from pipeline.snapshots import TABLES, Output
from pipeline.tables import view
from schemas.dictionary import DATASETS
from schemas.runs import RunRecord
from transforms.events.version import CODER_VERSION

if TYPE_CHECKING:  # loads Beam, which a look at a dataset need not wait for
    from pipeline.sources.changes import Change, Comparison

EVENTS_SHOWN = 40
REJECTIONS_SHOWN = 10
FILES_SHOWN = 20
EVIDENCE_WIDTH = 70

_EVENT_COUNTS = """
    SELECT event_type, count(*), count(DISTINCT event_cluster_id) FROM events GROUP BY 1 ORDER BY 2 DESC, 1
"""
_EVENTS = """
    SELECT coalesce(left(event_date::VARCHAR, CASE event_date_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7
                    ELSE 10 END), '') AS day,
           event_type || CASE factuality WHEN 'actual' THEN '' ELSE ' (' || factuality || ')' END,
           list_transform(sources, lambda a: coalesce(a.canonical_name, a.name)),
           list_transform(targets, lambda a: coalesce(a.canonical_name, a.name)),
           concat_ws(', ', place_name, place_country),
           evidence
    FROM events ORDER BY series_date DESC NULLS LAST, published_at DESC NULLS LAST, article_id, sentence_index, event_id
    LIMIT $limit
"""


def print_run(out: Console, record: RunRecord) -> None:
    """Say what a run read and what became of it."""
    n = record.counts
    seconds = sum(record.seconds.values())
    out.print(
        f"[bold]Run {record.run_id}[/bold]: {_many(n['read'], 'document')} read in {seconds:.1f} s: "
        f"{_many(n['new'], 'new article')} ({n['copies']} of them copies), {n['seen_again']} seen again, "
        f"{n['rejected']} rejected; {_many(sum(record.events.values()), 'event')} coded."
    )
    for count, what in (
        (n["unchanged"], f"in {_many(record.files['unchanged'], 'file')} that did not change and were not read again"),
        (n["left_out"], "left out by --since and --until"),
        (n["irrelevant"], "dropped by --relevant-only: a quick look shows that they are not about migration"),
        (n["forgotten"], "of articles that were taken down, and not taken in again"),
        (record.rejected.get("unreadable", 0), "could not be read; the next run tries again"),
    ):
        if count:
            out.print(f"{_many(count, 'document')} {what}.")
    if record.feeds:
        _print_feeds(out, record.feeds)
    if record.snapshot is None:
        out.print("Nothing was new: the datasets are as they were.")


def _print_feeds(out: Console, feeds: dict[str, int]) -> None:
    """Say what became of feeds, if there were any."""
    asked = feeds["content"] + feeds["unchanged"] + feeds["failed"]
    if asked or feeds["not_asked"]:
        left_alone = f", {feeds['not_asked']} not asked (retired, or to be left alone)" if feeds["not_asked"] else ""
        out.print(
            f"{_many(asked, 'feed')} asked: {feeds['content']} gave entries, {feeds['unchanged']} unchanged, "
            f"{feeds['failed']} failed{left_alone}; {_many(feeds['pages'], 'page')} fetched"
            + (f", {feeds['waiting']} left to the next run." if feeds["waiting"] else ".")
        )


def print_plan(out: Console, comparison: "Comparison", feeds: Sequence[str], not_asked: int) -> None:
    """Say what a run would read.

    Args:
        out: where to.
        comparison: of the files.
        feeds: those that would be asked.
        not_asked: how many would not be.

    """
    known = [f.known.documents for f in comparison.seeds if f.known and f.change == "unchanged"]
    kinds: tuple[tuple[Change, str], ...] = (
        ("new", "not read before"),
        ("changed", "changed, or read by another version or with another manifest or bounds"),
        ("touched", "to be compared by content, and read if it differs"),
    )
    for change, what in kinds:
        files = comparison.having(change)
        if files:
            out.print(f"{_many(len(files), 'file')} {what}:")
            for found in files[:FILES_SHOWN]:
                out.print(f"  {escape(found.file.path)} ({found.file.size_in_bytes:,} bytes)")
            if len(files) > FILES_SHOWN:
                out.print(f"  … and {len(files) - FILES_SHOWN:,} more")
    if feeds or not_asked:
        left_alone = f"; {not_asked} not, because they are retired or to be left alone" if not_asked else ""
        out.print(f"{_many(len(feeds), 'feed')} to be asked{left_alone}" + (":" if feeds else "."))
        for url in feeds[:FILES_SHOWN]:
            out.print(f"  {escape(url)}")
        if len(feeds) > FILES_SHOWN:
            out.print(f"  … and {len(feeds) - FILES_SHOWN:,} more")
    out.print(f"{_many(len(known), 'file')} as before, with {_many(sum(known), 'document')}: not read again.")
    out.print("Nothing was read or written.")


def print_dataset(out: Console, output: Output) -> None:
    """Say what the datasets hold: counts, rejections, events by type, the latest events, and how to go on.

    Raises:
        DamagedError: the snapshot does not say how to cite it; counts and events were printed.

    """
    snapshot = output.current()
    engine = duckdb.connect()
    for table in TABLES:
        view(engine, table, DATASETS[table], snapshot.files(table))
    _print_counts(out, engine, output, snapshot.number)
    _print_older(out, engine, output.root)
    _print_rejections(out, engine)
    _print_event_counts(out, engine)
    out.print(f"\nCite it as: {escape(described(snapshot).citation)}.", soft_wrap=True)
    _print_next_steps(out, output.root)


def _print_counts(out: Console, engine: duckdb.DuckDBPyConnection, output: Output, number: int) -> None:
    articles, copies, relevant = _row(engine, "SELECT count(*), count(duplicate_of), count_if(relevant) FROM articles")
    events, clusters = _row(engine, "SELECT count(*), count(DISTINCT event_cluster_id) FROM events")
    out.print(
        f"[bold]Dataset {escape(str(output.root))}[/bold], snapshot {number}: {_many(articles, 'article')} ({copies} "
        f"copies, {relevant} about migration), {_many(events, 'event')} in {_many(clusters, 'cluster')}."
    )


def _print_older(out: Console, engine: duckdb.DuckDBPyConnection, root: Path) -> None:
    """Say that some events are not what the present coder makes: new articles alone are coded by it."""
    (older,) = engine.execute(
        "SELECT count(*) FROM events WHERE coder_version <> $present", {"present": CODER_VERSION}
    ).fetchall()[0]
    if older:
        out.print(
            f"{_many(older, 'event')} come from another version of the coder; "
            f"[bold]migration-events recode {escape(shlex.quote(str(root)))}[/bold] codes all articles again."
        )


def _print_rejections(out: Console, engine: duckdb.DuckDBPyConnection) -> None:
    reasons = engine.execute("SELECT reason, count(*) FROM rejected GROUP BY 1 ORDER BY 2 DESC, 1").fetchall()
    if not reasons:
        return
    total = sum(count for _, count in reasons)
    out.print(f"\n[bold]Rejected[/bold]: {total} ({', '.join(f'{reason} {count}' for reason, count in reasons)})")
    table = _table("source", "reason", "what was found, and what to do")
    rows = engine.execute(
        "SELECT source_uri, reason, detail FROM rejected ORDER BY ALL LIMIT $n", {"n": REJECTIONS_SHOWN}
    )
    for row in rows.fetchall():
        table.add_row(*map(escape, row))
    out.print(table)
    if total > REJECTIONS_SHOWN:
        out.print(f"… and {total - REJECTIONS_SHOWN} more in the rejected dataset.")


def _print_event_counts(out: Console, engine: duckdb.DuckDBPyConnection) -> None:
    counts = engine.execute(_EVENT_COUNTS).fetchall()
    if not counts:
        out.print("\nNo events.")
        return
    table = _table("event type", "events", "clusters", title="Events by type")
    for event_type, events, clusters in counts:
        table.add_row(event_type, str(events), str(clusters))
    out.print(table)
    shown = engine.execute(_EVENTS, {"limit": EVENTS_SHOWN}).fetchall()
    print_events(out, shown, total=sum(count for _, count, _ in counts))


def print_events(out: Console, events: Sequence[tuple[Any, ...]], total: int = 0) -> None:
    """Print events as a table.

    Args:
        out: where to.
        events: rows of date, type, names of sources, names of targets, place, evidence.
        total: how many there are in all, if more than are shown.
    """
    which = f", the latest {len(events)} of {total:,}" if total > len(events) else ""
    table = _table("date", "type", "who -> whom", "where", "evidence", title=f"Events{which}")
    for day, kind, sources, targets, place, evidence in events:
        whom = f" -> {_names(targets)}" if targets else ""
        table.add_row(day, kind, escape(_names(sources) + whom), escape(place), escape(_shortened(evidence)))
    out.print(table if events else "No events.")


def _print_next_steps(out: Console, root: Path) -> None:
    out.print(f"\nThe datasets: {', '.join(escape(str(root / t)) for t in TABLES)}. Ask them something:")
    query = "SELECT event_type, source_codes, target_codes, evidence FROM events WHERE factuality = 'actual' LIMIT 5"
    command = f'{shlex.quote(_command())} sql {shlex.quote(str(root))} "{query}"'
    out.print(f"  {command}", markup=False, soft_wrap=True)


def _command() -> str:
    """The command line's name, as it can be typed here."""
    here = Path(sys.executable).with_name("migration-events")
    return str(here.relative_to(Path.cwd())) if here.is_relative_to(Path.cwd()) else str(here)


def _table(*columns: str, title: str | None = None) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    for name in columns:
        table.add_column(name, overflow="fold", justify="right" if name in ("events", "clusters") else "left")
    return table


def _row(engine: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    return engine.execute(query).fetchone() or ()


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _names(actors: list[str]) -> str:
    return ", ".join(actors) or "?"


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= EVIDENCE_WIDTH else flat[: EVIDENCE_WIDTH - 1].rstrip() + "…"
