"""Follow feeds: ask them, then fetch the pages of their new entries into an archive that workers read.

It is done where the run was started and not by its workers: that a host gets one request at a time can only be seen to
where all requests are made, and what takes the time is waiting, which one process does as well as many.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from pipeline.fetch.client import Answer, Client, FetchError, Request, open_client
from pipeline.fetch.manners import MAX_FEED_BYTES, Manners
from pipeline.fetch.robots import Robots
from pipeline.fetch.waiting import before_run
from pipeline.following.known import Known, feed_failed, is_due
from pipeline.following.sites import Sites, host_of
from pipeline.following.wanted import Wanted, plan
from pipeline.progress import Far, Showing, quiet
from pipeline.sources.changes import Bounds
from pipeline.sources.kept import Archive, Fetched
from schemas.documents import Hints, Rejected
from schemas.feeds import Entry, Feed
from schemas.state import SeenEntry, SeenFeed, SeenSite
from transforms.feeds import NotAFeedError, read_feed

MAX_TRIES = 5
"""Runs in which a page is asked for before it is given up."""

COUNTS = ("content", "unchanged", "failed", "not_asked", "pages", "waiting")
"""Feeds that gave content, said that nothing changed, failed, or were not asked (retired, or to be left alone for a
time); pages fetched; pages that a later run is to fetch."""

_Item = TypeVar("_Item")
_ACCEPT_FEED = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
_ACCEPT_PAGE = "text/html, application/xhtml+xml, */*;q=0.5"
_PAGES = ("text/html", "application/xhtml+xml", "")


@dataclass(slots=True)
class Followed:
    """What a run found out."""

    feeds: dict[str, SeenFeed] = field(default_factory=dict)
    """Those that were asked."""
    sites: dict[str, SeenSite] = field(default_factory=dict)
    entries: list[SeenEntry] = field(default_factory=list)
    """Those that are new, or were waiting."""
    listed: dict[str, list[str]] = field(default_factory=dict)
    """Ids of the entries of each feed that gave content."""
    rejected: list[Rejected] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    """`source_uri` of what is in the archive."""
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))


def follow(
    feeds: Sequence[Feed],
    known: Known,
    bounds: Bounds,
    manners: Manners,
    archive: Archive,
    at: datetime,
    show: Showing = quiet,
) -> Followed:
    """Ask feeds, and fetch what is new in them.

    Args:
        feeds: to ask.
        known: what is known of them.
        bounds: of publication; what a feed dates outside of them is not fetched.
        manners: how sites are asked.
        archive: where what is fetched goes.
        at: when the run began.
        show: where it is shown how far it is.

    """

    async def all_of_it() -> Followed:
        async with open_client(manners) as client:
            return await Follower(client, manners, known, bounds, archive, at, show).follow(feeds)

    return asyncio.run(all_of_it())


class Follower:
    """Asks feeds and fetches pages, once."""

    def __init__(
        self,
        client: Client,
        manners: Manners,
        known: Known,
        bounds: Bounds,
        archive: Archive,
        at: datetime,
        show: Showing,
    ) -> None:
        self._client, self._manners, self._known, self._bounds = client, manners, known, bounds
        self._archive, self._at, self._show = archive, at, show
        self._sites = Sites(known.sites)
        read = [(site.site, site.robots, site.robots_at) for site in known.sites.values()]
        self._robots = Robots(
            client,
            {name: text for name, text, at_time in read if text is not None and at_time},
            {name: at_time for name, text, at_time in read if text is not None and at_time},
        )
        self._contents: dict[str, tuple[Entry, ...]] = {}
        self._followed = Followed()

    async def follow(self, feeds: Sequence[Feed]) -> Followed:
        """Ask the feeds, fetch what is new."""
        due = [feed for feed in feeds if is_due(self._known.feeds.get(feed.url), self._at)]
        await self._by_host("feeds asked", due, self._address, self._ask)
        made = plan(feeds, self._contents, self._known, self._bounds, self._at)
        self._followed.entries += made.settled
        self._followed.rejected += made.rejected
        own = [wanted for wanted in made.wanted if wanted.body is not None]
        pages = [wanted for wanted in made.wanted if wanted.body is None]
        for wanted in own:
            self._keep(wanted, wanted.feed.url, self._at, wanted.body or b"")
        await self._by_host("pages fetched", pages, _page_of, self._fetch)
        self._sites.robots(self._robots.texts, self._robots.read_at)
        self._followed.sites = self._sites.seen
        counts = self._followed.counts
        counts["not_asked"] = len(feeds) - counts["content"] - counts["unchanged"] - counts["failed"]
        return self._followed

    async def _by_host(
        self,
        what: str,
        items: Collection[_Item],
        address: Callable[[_Item], str],
        work: Callable[[_Item], Awaitable[None]],
    ) -> None:
        """Do the work on items host by host: some hosts side by side, the items of each in their order."""
        by_host: dict[str, list[_Item]] = defaultdict(list)
        for item in items:
            by_host[host_of(address(item))].append(item)
        free, done = asyncio.Semaphore(self._manners.hosts), 0

        async def in_order(of_host: list[_Item]) -> None:
            nonlocal done
            async with free:
                for item in of_host:
                    await work(item)
                    done += 1

        with self._show(what, lambda: Far(done, done / max(len(items), 1))):
            async with asyncio.TaskGroup() as group:
                for of_host in by_host.values():
                    group.create_task(in_order(of_host))

    def _address(self, feed: Feed) -> str:
        known = self._known.feeds.get(feed.url)
        return (known.moved_to if known else None) or feed.url

    async def _ask(self, feed: Feed) -> None:
        """Ask a feed, and note how it fares."""
        url = self._address(feed)
        if not self._sites.may_be_asked(url):
            return
        before = self._known.feeds.get(feed.url, SeenFeed(feed=feed.url))
        before = replace(before, publisher=feed.publisher, last_tried=self._at)
        try:
            answer = await self._get_feed(feed, url, before)
            content = None
            if answer.status != 304:
                content = await asyncio.to_thread(read_feed, answer.body, answer.url, answer.header("content-type"))
        except NotAFeedError as error:
            self._feed_failed(before, FetchError("not_a_feed", str(error)))
            return
        except FetchError as error:
            self._sites.failed(url, error)
            self._feed_failed(before, error)
            return
        self._sites.answered(url)
        seen = replace(
            before,
            moved_to=answer.moved_to or before.moved_to,
            last_success=self._at,
            failing_since=None,
            failures=0,
            error=None,
            not_before=None,
        )
        if content is None:
            self._followed.counts["unchanged"] += 1
        else:
            self._followed.counts["content"] += 1
            self._contents[feed.url] = content.entries
            ids = [entry.entry_id for entry in content.entries]
            self._followed.listed[feed.url] = ids
            seen = replace(
                seen,
                etag=answer.header("etag"),
                last_modified=answer.header("last-modified"),
                entries=len(ids),
                last_new=seen.last_new if self._known.entries.get(feed.url, frozenset()).issuperset(ids) else self._at,
            )
        self._followed.feeds[feed.url] = seen

    async def _get_feed(self, feed: Feed, url: str, known: SeenFeed) -> Answer:
        conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return await self._client.get(
            Request(
                url=url,
                headers={"Accept": _ACCEPT_FEED, **{name: value for name, value in conditions.items() if value}},
                secrets=dict(feed.headers),
                home=feed.url,
                max_bytes=MAX_FEED_BYTES,
                permit=self._robots.permit,
            )
        )

    def _feed_failed(self, before: SeenFeed, error: FetchError) -> None:
        self._followed.counts["failed"] += 1
        self._followed.feeds[before.feed] = feed_failed(before, error, self._at)
        self._reject(before.feed, error.reason, error.detail)

    async def _fetch(self, wanted: Wanted) -> None:
        """Fetch the page of an entry into the archive, or note why it is not there."""
        url = _page_of(wanted)
        if not self._sites.may_be_asked(url):
            self._wait(wanted.entry)
            return
        try:
            answer = await self._client.get(
                Request(
                    url=url,
                    headers={"Accept": _ACCEPT_PAGE},
                    secrets=dict(wanted.feed.headers),
                    home=wanted.feed.url,
                    permit=self._robots.permit,
                )
            )
            _see_that_page(answer)
        except FetchError as error:
            self._sites.failed(url, error)
            self._page_failed(wanted.entry, error)
            return
        self._sites.answered(url)
        self._followed.counts["pages"] += 1
        self._keep(wanted, answer.url, answer.at, answer.body, answer)

    def _page_failed(self, entry: SeenEntry, error: FetchError) -> None:
        tries = entry.tries + 1
        if error.passing and tries < MAX_TRIES:
            pause = error.wait if error.wait is not None else before_run(tries)
            self._wait(replace(entry, tries=tries, not_before=self._at + pause))
            self._reject(entry.source_uri, error.reason, error.detail)
            return
        given_up = f"; given up after {tries} tries" if error.passing else ""
        self._reject(entry.source_uri, "gone" if error.passing else error.reason, error.detail + given_up)
        self._followed.entries.append(replace(entry, done=True))

    def _wait(self, entry: SeenEntry) -> None:
        self._followed.counts["waiting"] += 1
        self._followed.entries.append(entry)

    def _reject(self, uri: str, reason: str, detail: str) -> None:
        self._followed.rejected.append(Rejected(stage="fetch", source_uri=uri, reason=reason, detail=detail))

    def _keep(self, wanted: Wanted, location: str, at: datetime, body: bytes, answer: Answer | None = None) -> None:
        feed, entry = wanted.feed, wanted.entry
        self._archive.add(
            Fetched(
                source_uri=entry.source_uri,
                source_kind="feed" if answer is None else "page",
                location=location,
                at=at,
                body=body,
                headers=answer.headers if answer is not None else (),
                hints=Hints(
                    publisher=feed.publisher,
                    title=entry.title,
                    published=entry.published,
                    authors=entry.authors,
                    language=feed.language,
                    country=feed.country,
                ),
            )
        )
        self._followed.fetched.append(entry.source_uri)
        self._followed.entries.append(replace(entry, done=True))


def _page_of(wanted: Wanted) -> str:
    return wanted.entry.source_uri


def _see_that_page(answer: Answer) -> None:
    kind = (answer.header("content-type") or "").split(";")[0].strip().lower()
    if kind not in _PAGES:
        raise FetchError("unsupported", f"{answer.url} is {kind}, no web page", status=answer.status)
    if not answer.body.strip():
        raise FetchError("empty", f"{answer.url} gives an empty page", status=answer.status)
