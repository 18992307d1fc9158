"""How feeds and sites fare, from what a snapshot knows of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from pipeline.fetch.waiting import is_waiting
from pipeline.following.known import read_known
from pipeline.snapshots import Snapshot
from pipeline.tables import values
from schemas.state import SeenFeed, SeenSite

ARRIVALS_OF_A_RHYTHM = 4
"""Runs that found something new in a feed, below which nothing is said of its rhythm."""

LONG = 5
"""Times its usual pause after which a feed that answers is silent."""

SHORTEST = timedelta(days=1)
"""No feed is silent earlier: nights and runs that were missed are no news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """A feed or a site as it stands."""

    kind: str
    """`feed` or `site`."""
    address: str
    state: str
    """`ok`, `failing`, `silent`, `retired` (a feed that said it is gone), or `waiting`: it asked to be left alone."""
    last_success: datetime | None
    last_new: datetime | None = None
    """When an entry of a feed was first seen."""
    silent_for: timedelta | None = None
    """Since then."""
    usual_pause: timedelta | None = None
    """Median time between two runs that found new entries; None: too few are known."""
    failures: int
    """In a row up to now."""
    error: str | None
    """What the last of them was."""
    not_before: datetime | None
    """It is not asked again earlier."""


def health(snapshot: Snapshot, now: datetime) -> list[Health]:
    """Each feed, then each site, that a snapshot knows, by address."""
    known = read_known(snapshot, ())
    entries = snapshot.files("state/entries")
    arrivals: dict[str, set[datetime]] = defaultdict(set)
    for feed, seen in zip(values(entries, "feed"), values(entries, "first_seen"), strict=True):
        arrivals[feed].add(seen)
    feeds = [_of_feed(feed, usual_pause(arrivals[url]), now) for url, feed in sorted(known.feeds.items())]
    return feeds + [_of_site(site, now) for _, site in sorted(known.sites.items())]


def usual_pause(arrivals: Iterable[datetime]) -> timedelta | None:
    """The median time between arrivals; None if there are too few."""
    moments = sorted(arrivals)
    if len(moments) < ARRIVALS_OF_A_RHYTHM:
        return None
    return timedelta(seconds=median((later - earlier).total_seconds() for earlier, later in pairwise(moments)))


def _of_feed(feed: SeenFeed, usual: timedelta | None, now: datetime) -> Health:
    silent_for = now - feed.last_new if feed.last_new else None
    if feed.retired_at:
        state = "retired"
    elif feed.failures:
        state = "failing"
    elif silent_for is not None and usual is not None and silent_for > max(LONG * usual, SHORTEST):
        state = "silent"
    else:
        state = "ok"
    return Health(
        kind="feed",
        address=feed.feed,
        state=state,
        last_success=feed.last_success,
        last_new=feed.last_new,
        silent_for=silent_for,
        usual_pause=usual,
        failures=feed.failures,
        error=feed.error,
        not_before=feed.not_before,
    )


def _of_site(site: SeenSite, now: datetime) -> Health:
    waits = is_waiting(site.not_before, now)
    return Health(
        kind="site",
        address=site.site,
        state="waiting" if waits else "failing" if site.failures else "ok",
        last_success=site.last_success,
        failures=site.failures,
        error=site.error,
        not_before=site.not_before,
    )
