"""A newsroom of many feeds for the soak: it publishes, changes what it published, and its servers fail by chance.

What chance does is a function of a seed, of the path and of how often it was asked for, so that a soak can be repeated.
"""

import gzip
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from bad_server import Handler, Page, Server, raw, redirect, reset, serving

SILENCE = 3.0
"""Seconds; longer than the soak waits."""

FAULTS: dict[str, Any] = {
    "error": Page(status=500),
    "busy": Page(status=503, headers={"Retry-After": "1"}),
    "too often": Page(status=429, headers={"Retry-After": "0"}),
    "reset": reset,
    "closed": raw(b""),
    "cut short": raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<html>"),
    "packed, cut short": Page(gzip.compress(b"words " * 999)[:50], headers={"Content-Encoding": "gzip"}),
    "silent": lambda _: time.sleep(SILENCE),
}
"""What passes, by name."""

SHARE_OF_FAULTS = 0.08
PLACES = ("Lampedusa", "Lesbos", "Ceuta", "Samos", "Calais", "Dover", "Malta", "Crete")


class Newsroom:
    """Sites with feeds, entries by number, and what was delivered of them."""

    def __init__(self, servers: list[Server], feeds: int, seed: int) -> None:
        self._draw, self._seed = random.Random(seed), seed
        self.servers = servers
        self.failing = True
        self.published: dict[str, int] = {}
        """Numbers of entries by the address of their page."""
        self.dead: set[str] = set()
        """Addresses of pages that cannot be had."""
        self._asked: Counter[str] = Counter()
        self._lists: dict[str, list[str]] = defaultdict(list)
        self.urls: list[str] = []
        for number in range(feeds):
            server, path = self.server_of(number), f"/feed-{number}"
            server.pages[path] = self._answer(server, path)
            self.urls.append(server.url + path)
        for server in servers:
            server.pages["/loop"] = redirect("/loop", 307)

    def server_of(self, feed: int) -> Server:
        """The server of a feed, by its number."""
        return self.servers[feed % len(self.servers)]

    def asked(self) -> list[str]:
        """Addresses that were asked for since this was called before."""
        found = [server.url + request.path for server in self.servers for request in server.requests]
        for server in self.servers:
            server.requests.clear()
        return found

    def publish(self) -> None:
        """Time passes: some feeds list an entry more, some list one of another feed's as well, some say nothing new."""
        for number, url in enumerate(self.urls):
            chance = self._draw.random()
            if chance < 0.3 or not self._lists[url]:
                self._lists[url].append(self._new_page(self.server_of(number)))
            elif chance < 0.35:
                other = self._draw.choice(self._lists[self._draw.choice(self.urls)] or self._lists[url])
                if other not in self._lists[url]:
                    self._lists[url].append(other)

    def _new_page(self, server: Server) -> str:
        number = len(self.published)
        path = f"/page-{number}"
        url = server.url + path
        self.published[url] = number
        if self._draw.random() < 0.03:
            self.dead.add(url)
            if self._draw.random() < 0.5:
                server.pages[path] = redirect("/loop")
        else:
            server.pages[path] = self._answer(server, path)
        return url

    def _answer(self, server: Server, path: str) -> Callable[[Handler], None]:
        def answer(handler: Handler) -> None:
            url, asked = server.url + path, self._asked[path]
            self._asked[path] += 1
            draw = random.Random(f"{self._seed} {path} {asked}")
            if self.failing and draw.random() < SHARE_OF_FAULTS:
                fault = FAULTS[draw.choice(list(FAULTS))]
                handler.answer(fault) if isinstance(fault, Page) else fault(handler)
            else:
                handler.answer(self._feed(url, asked) if url in self._lists else self._page(url, asked))

        return answer

    def _feed(self, url: str, asked: int) -> Page:
        """What it lists, with titles that change from time to time; the last thirty, newest first."""
        pages = self._lists[url][-30:][::-1]
        items = "".join(
            f"<item><guid isPermaLink='false'>{page}</guid><link>{page}</link>"
            f"<title>Boat {self.published[page]}{' (updated)' * (asked % 3 == 2)}</title></item>"
            for page in pages
        )
        body = f'<rss version="2.0"><channel><title>{url}</title>{items}</channel></rss>'.encode()
        headers = {"Content-Type": "application/rss+xml"}
        return Page(body, headers=headers, etag=f'"{len(self._lists[url])} {asked % 3 == 2}"')

    def _page(self, url: str, asked: int) -> Page:
        """An article that tells more each time that it is asked for."""
        number = self.published[url]
        place = PLACES[number % len(PLACES)]
        told = f"Italy rescued {number + 20} migrants off {place} on Monday, the coast guard said. "
        more = " ".join(f"Word {number}-{i}-{asked} came from the harbour of {place}." for i in range(6))
        return Page(
            f"<html><body><article><h1>Boat {number}</h1><p>{told}</p><p>{more}</p></article></body></html>".encode()
        )


@contextmanager
def newsroom(feeds: int, sites: int, seed: int) -> Iterator[Newsroom]:
    """A newsroom whose servers are up."""
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(f"127.0.0.{number}")) for number in range(1, sites + 1)]
        yield Newsroom(servers, feeds, seed)
