"""Which entries of feeds are new, and what is to be done for each: fetch its page, take the feed's text, or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pipeline.fetch.waiting import is_waiting
from pipeline.following.known import Known
from pipeline.sources.changes import Bounds
from schemas.documents import Rejected
from schemas.feeds import Entry, Feed
from schemas.state import SeenEntry
from transforms.extract.dates import read_date
from transforms.feeds import entry_page, entry_uri


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document to be had for an entry."""

    feed: Feed
    entry: SeenEntry
    body: bytes | None = None
    """The text that the feed gives, as a page; None: its page is to be fetched."""


@dataclass(slots=True)
class Plan:
    """What is to be done for the entries of a run."""

    wanted: list[Wanted] = field(default_factory=list)
    """In the order of the feeds, and of the entries in each; one for each document."""
    settled: list[SeenEntry] = field(default_factory=list)
    """Entries that nothing is to be done for."""
    rejected: list[Rejected] = field(default_factory=list)


def plan(
    feeds: Sequence[Feed], contents: Mapping[str, Iterable[Entry]], known: Known, bounds: Bounds, now: datetime
) -> Plan:
    """What is to be done for new entries, and for those that are waiting.

    Args:
        feeds: of this run.
        contents: the entries of those that gave content, by address.
        known: what is known of entries.
        bounds: of this run; an entry whose day lies outside is not fetched.
        now: when the run asks.

    """
    made = Plan()
    by_url = {feed.url: feed for feed in feeds}
    taken = set(known.sources)
    for waiting in known.waiting:
        due = not is_waiting(waiting.not_before, now)
        if due and (waiting.left_out is None or waiting.left_out != bounds_named(bounds)):
            _settle(made, Wanted(by_url[waiting.feed], waiting), taken, bounds)
    for feed in feeds:
        for entry in contents.get(feed.url, ()):
            if entry.entry_id not in known.entries.get(feed.url, ()):
                seen = _seen(feed, entry, now)
                body = entry_page(entry) if _is_own_text(seen) else None
                _settle(made, Wanted(feed, seen, body), taken, bounds)
    return made


def bounds_named(bounds: Bounds) -> str | None:
    """The days of bounds as an entry that they left out keeps them; None: any day is taken."""
    return None if bounds.any_day else f"{bounds.since or ''}/{bounds.until or ''}"


def _settle(made: Plan, wanted: Wanted, taken: set[str], bounds: Bounds) -> None:
    """Put an entry where it belongs."""
    entry = wanted.entry
    if entry.source_uri in taken:
        made.settled.append(replace(entry, done=True))
        return
    date = read_date(entry.published)
    if date is not None and not bounds.take(date.day):
        if not _is_own_text(entry):  # which is at hand again as long as the feed lists it
            made.settled.append(replace(entry, left_out=bounds_named(bounds)))
        return
    taken.add(entry.source_uri)
    if _is_own_text(entry) and wanted.body is None:
        detail = "the entry has neither a text nor the address of a page"
        if entry.link:
            detail = 'the feed gives no text of the entry; say full_text = "page" in the list of feeds'
        made.rejected.append(Rejected(stage="fetch", source_uri=entry.source_uri, reason="no_text", detail=detail))
        made.settled.append(replace(entry, done=True))
        return
    made.wanted.append(wanted)


def _is_own_text(entry: SeenEntry) -> bool:
    """Whether the feed itself gives the text of the entry's document, so that no page is fetched."""
    return entry.source_uri.startswith(f"{entry.feed}#")


def _seen(feed: Feed, entry: Entry, now: datetime) -> SeenEntry:
    return SeenEntry(
        feed=feed.url,
        entry_id=entry.entry_id,
        source_uri=entry_uri(feed, entry),
        first_seen=now,
        done=False,
        link=entry.link,
        title=entry.title,
        authors=entry.authors,
        published=entry.published,
    )
