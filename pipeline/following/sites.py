"""How the sites fare that a run asks, and which of them it leaves alone."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from pipeline.fetch.client import FetchError, site_of
from pipeline.fetch.waiting import is_waiting
from schemas.state import SeenSite

FAILURES_OF_A_HOST = 3
"""In a row, after which a run leaves a host alone."""


class Sites:
    """What is known of sites, and what a run adds to it."""

    def __init__(self, known: Mapping[str, SeenSite]) -> None:
        self._known = known
        self._failures: dict[str, int] = defaultdict(int)
        self.seen: dict[str, SeenSite] = {}
        """Those that this run asked."""

    def may_be_asked(self, url: str) -> bool:
        """Whether a site is neither to be left alone for a time nor failed again and again in this run."""
        site = self._of(url)
        waits = is_waiting(site.not_before, datetime.now(UTC))
        return not waits and self._failures[host_of(url)] < FAILURES_OF_A_HOST

    def answered(self, url: str) -> None:
        """It gave what it was asked for, or said that it has it not."""
        self._failures[host_of(url)] = 0
        self._set(replace(
            self._of(url), last_success=datetime.now(UTC), failing_since=None, failures=0, error=None, not_before=None
        ))  # fmt: skip

    def failed(self, url: str, error: FetchError) -> None:
        """It gave nothing that could be used; an answer that will be the same the next time is none of its failures."""
        if not error.passing:
            if error.status is not None:
                self.answered(url)
            return
        self._failures[host_of(url)] += 1
        site, now = self._of(url), datetime.now(UTC)
        self._set(replace(
            site,
            failing_since=site.failing_since or now,
            failures=site.failures + 1,
            error=error.detail,
            not_before=now + error.wait if error.wait is not None else site.not_before,
        ))  # fmt: skip

    def robots(self, texts: Mapping[str, str], read_at: Mapping[str, datetime]) -> None:
        """Keep the robots.txt of each site that was read."""
        for url, text in texts.items():
            if self._of(url).robots_at != read_at[url]:
                self._set(replace(self._of(url), robots=text, robots_at=read_at[url]))

    def _of(self, url: str) -> SeenSite:
        site = site_of(url)
        return self.seen.get(site) or self._known.get(site) or SeenSite(site=site)

    def _set(self, site: SeenSite) -> None:
        self.seen[site.site] = site


def host_of(url: str) -> str:
    """The host of an address; empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
