"""What sites ask of robots (robots.txt, RFC 9309): read once a day, and kept to."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from pipeline.fetch.client import Client, FetchError, Request, site_of
from pipeline.fetch.manners import MAX_ROBOTS_BYTES

GOOD_FOR = timedelta(days=1)
LONGEST_DELAY = 30.0
"""Seconds between requests that a site may ask for; longer ones come from rules written against search engines."""

_NAME = "migration-events"


class Robots:
    """The robots.txt of each site, fetched when it is first needed.

    `texts` and `read_at` are what is known of them by site: handed in from an earlier run, and out to the next one.
    """

    def __init__(self, client: Client, texts: dict[str, str], read_at: dict[str, datetime]) -> None:
        self.texts, self.read_at = texts, read_at
        self._client = client
        self._rules: dict[str, Protego] = {}

    async def permit(self, url: str) -> float:
        """Let an address be fetched; gives the seconds between two requests that its site asks for.

        Raises:
            FetchError: the site does not want the address to be fetched, or does not say.

        """
        rules = await self._rules_of(site_of(url))
        if not rules.can_fetch(url, _NAME):
            raise FetchError(
                "refused", f"the robots.txt of {site_of(url)} asks that {urlsplit(url).path} is not fetched"
            )
        return min(rules.crawl_delay(_NAME) or 0.0, LONGEST_DELAY)

    async def _rules_of(self, site: str) -> Protego:
        if site not in self._rules:
            now = datetime.now(UTC)
            if site not in self.texts or not timedelta() <= now - self.read_at[site] <= GOOD_FOR:
                self.texts[site] = await self._fetch(site)
                self.read_at[site] = now
            self._rules[site] = Protego.parse(self.texts[site])
        return self._rules[site]

    async def _fetch(self, site: str) -> str:
        """The robots.txt of a site; a site that has none allows everything.

        Raises:
            FetchError: it cannot be told whether there is one: nothing is fetched from such a site.

        """
        try:
            answer = await self._client.get(Request(url=f"{site}/robots.txt", max_bytes=MAX_ROBOTS_BYTES))
        except FetchError as error:
            told = error.status is not None and 400 <= error.status < 500 and error.status != 429
            if told or error.reason == "too_large":
                return ""
            raise
        return answer.body.decode("utf-8-sig", "replace")
