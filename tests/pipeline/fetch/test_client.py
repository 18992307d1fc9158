"""The client against a server that does what the worst ones do."""

import asyncio
import gzip
import resource
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import brotli
import pytest
from backports import zstd
from bad_server import Page, Server, drip, flood, raw, redirect, reset, serving, silent

from pipeline.fetch.client import Answer, FetchError, Request, open_client
from pipeline.fetch.manners import Manners

HURRIED = Manners(
    allow_private=True, delay=0, connect=0.5, silence=0.5, whole=1.0, attempts=1, backoff=0.01, max_bytes=100_000
)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def get(url: str, manners: Manners = HURRIED, **more: Any) -> Answer:
    async def once() -> Answer:
        async with open_client(manners) as client:
            return await client.get(Request(url=url, **more))

    return asyncio.run(once())


def failure(url: str, manners: Manners = HURRIED) -> FetchError:
    with pytest.raises(FetchError) as caught:
        get(url, manners)
    return caught.value


def test_a_page_and_how_it_was_asked_for(server: Server) -> None:
    server.pages["/a"] = Page(b"<p>caf\xc3\xa9</p>", etag='"1"')
    answer = get(f"{server.url}/a", Manners(allow_private=True, contact="mailto:us@example.org"))
    assert (answer.status, answer.body, answer.header("etag")) == (200, b"<p>caf\xc3\xa9</p>", '"1"')
    asked = server.requests[0].headers
    assert asked["user-agent"].startswith("migration-events/")
    assert "(+mailto:us@example.org)" in asked["user-agent"]
    assert asked["accept-encoding"] == "gzip, deflate"
    assert get(f"{server.url}/a", headers={"If-None-Match": '"1"'}).status == 304


def packed(kind: str, body: bytes) -> bytes:
    bare = zlib.compressobj(wbits=-15)
    return {
        "gzip": gzip.compress(body),
        "deflate": zlib.compress(body),
        "bare": bare.compress(body) + bare.flush(),
        "zstd": zstd.compress(body),
        "br": brotli.compress(body),
    }[kind]


@pytest.mark.parametrize("kind", ["gzip", "deflate", "bare", "zstd", "br"])
def test_packed_answers(server: Server, kind: str) -> None:
    body = b"<p>words</p>" * 1000
    server.pages["/a"] = Page(packed(kind, body), headers={"Content-Encoding": kind.replace("bare", "deflate")})
    assert get(f"{server.url}/a").body == body


BOMB = gzip.compress(b"\0" * 50_000_000, 9)
BAD: dict[str, tuple[Any, str, bool]] = {
    "404": (Page(status=404), "gone", False),
    "410": (Page(status=410), "gone", False),
    "403": (Page(status=403), "refused", False),
    "500": (Page(status=500), "unreadable", True),
    "a bomb": (Page(BOMB, headers={"Content-Encoding": "gzip"}), "too_large", False),
    "a bomb in a bomb": (Page(gzip.compress(BOMB), headers={"Content-Encoding": "gzip, gzip"}), "too_large", False),
    "packed, cut short": (Page(gzip.compress(b"words " * 999)[:50], headers={"Content-Encoding": "gzip"}), "unreadable", True),
    "packed, but not": (Page(b"words", headers={"Content-Encoding": "gzip"}), "unreadable", True),
    "packed otherwise": (Page(b"words", headers={"Content-Encoding": "compress"}), "unreadable", True),
    "a bomb of zstd": (Page(zstd.compress(b"\0" * 50_000_000), headers={"Content-Encoding": "zstd"}), "too_large", False),
    "a bomb of Brotli": (Page(brotli.compress(b"\0" * 50_000_000, quality=1), headers={"Content-Encoding": "br"}), "too_large", False),
    "Brotli, cut short": (Page(brotli.compress(b"words " * 999)[:-3], headers={"Content-Encoding": "br"}), "unreadable", True),
    "Brotli, but not": (Page(b"words", headers={"Content-Encoding": "br"}), "unreadable", True),
    "zstd, cut short": (Page(zstd.compress(b"words " * 999)[:-9], headers={"Content-Encoding": "zstd"}), "unreadable", True),
    "zstd, but not": (Page(b"words", headers={"Content-Encoding": "zstd"}), "unreadable", True),
    "too long, said": (Page(b"x" * 100_001), "too_large", False),
    "endless body": (flood(OK + b"\r\n", b"x" * 65536), "too_large", False),
    "endless chunks": (flood(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"ffff\r\n" + b"x" * 0xFFFF + b"\r\n"), "too_large", False),
    "dripping body": (drip(OK + b"Content-Length: 99999\r\n\r\n", b"x"), "unreadable", True),
    "dripping headers": (drip(OK, b"X-A: b\r\n"), "unreadable", True),
    "a header flood": (flood(OK, b"X-A: " + b"b" * 1000 + b"\r\n"), "unreadable", True),
    "an endless header": (flood(OK + b"X-A: ", b"b" * 65536), "unreadable", True),
    "an endless status line": (flood(b"HTTP/1.1 200 ", b"b" * 65536), "unreadable", True),
    "endless interim answers": (flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "unreadable", True),
    "shorter than it says": (raw(OK + b"Content-Length: 99\r\n\r\nshort"), "unreadable", True),
    "chunks cut short": (raw(OK + b"Transfer-Encoding: chunked\r\n\r\n9\r\nabc"), "unreadable", True),
    "no HTTP": (raw(b"SSH-2.0-OpenSSH_9.6\r\n"), "unreadable", True),
    "a reset": (reset, "unreadable", True),
    "silence": (silent, "unreadable", True),
    "closed at once": (raw(b""), "unreadable", True),
    "to a file": (redirect("file:///etc/passwd"), "refused", False),
    "to ftp": (redirect("ftp://127.0.0.1/"), "refused", False),
    "to nowhere": (redirect("http://[/"), "refused", False),
    "to a metadata address": (redirect("http://169.254.169.254/latest/meta-data/"), "refused", False),
    "to a mapped metadata address": (redirect("http://[::ffff:169.254.169.254]/"), "refused", False),
    "to a number": (redirect("http://2852039166/"), "refused", False),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_bad_answers_end_soon_and_clearly(server: Server, what: str) -> None:
    server.pages["/a"], reason, passing = BAD[what]
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    error = failure(f"{server.url}/a")
    assert (error.reason, error.passing) == (reason, passing), error.detail
    assert (
        server.url in error.detail or "http://" in error.detail or "ftp://" in error.detail or "file://" in error.detail
    )
    assert time.monotonic() - began < 10  # a tenth of it where nothing else runs; the silent server waits 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # kB


def test_redirects_are_followed_five_times(server: Server) -> None:
    for number in range(6):
        server.pages[f"/{number}"] = redirect(f"/{number + 1}")
    server.pages["/6"] = Page(b"here")
    answer = get(f"{server.url}/1")
    assert (answer.url, answer.body, answer.moved_to) == (f"{server.url}/6", b"here", None)
    assert "more than 5 redirects" in failure(f"{server.url}/0").detail
    server.pages["/loop"] = redirect("/loop")
    assert failure(f"{server.url}/loop").reason == "unreadable"
    assert len(server.asked("/loop")) == 6


@pytest.mark.parametrize(
    ("statuses", "moved"), [((301, 308), "/2"), ((301, 302), "/1"), ((302, 301), None), ((307, 303), None)]
)
def test_where_a_page_moved_for_good(server: Server, statuses: tuple[int, int], moved: str | None) -> None:
    server.pages |= {"/0": redirect("/1", statuses[0]), "/1": redirect("/2", statuses[1]), "/2": Page(b"here")}
    assert get(f"{server.url}/0").moved_to == (moved and server.url + moved)


def test_secrets_are_not_sent_elsewhere(server: Server) -> None:
    with serving("127.0.0.2") as other:
        server.pages |= {"/a": redirect("/b"), "/b": redirect(f"{other.url}/c")}
        other.pages["/c"] = Page(b"here")
        get(f"{server.url}/a", secrets={"Authorization": "secret"}, headers={"Accept-Language": "mt"})
        assert [r.headers.get("authorization") for r in server.requests] == ["secret", "secret"]
        assert [(r.headers.get("authorization"), r.headers["accept-language"]) for r in other.requests] == [
            (None, "mt")
        ]


def test_attempts_after_what_may_pass(server: Server) -> None:
    patient = Manners(allow_private=True, delay=0, backoff=0.01, whole=1.0, silence=0.5)
    server.pages["/a"] = [reset, Page(status=503), Page(b"at last")]
    assert get(f"{server.url}/a", patient).body == b"at last"
    server.pages["/b"] = Page(status=502)
    assert failure(f"{server.url}/b", patient).status == 502
    assert len(server.asked("/b")) == 3
    server.pages["/c"] = Page(status=404)
    failure(f"{server.url}/c", patient)
    assert len(server.asked("/c")) == 1


@pytest.mark.parametrize("broken", [reset, raw(b"")])
def test_a_broken_connection_is_asked_again_after_the_pause_alone(server: Server, broken: Any) -> None:
    server.pages["/a"] = broken
    failure(f"{server.url}/a", replace(HURRIED, attempts=2))
    assert len(server.asked("/a")) == 2
    server.pages |= {"/kept": Page(b"x"), "/b": broken}

    async def twice() -> None:
        async with open_client(HURRIED) as client:
            await client.get(Request(url=f"{server.url}/kept"))
            await client.get(Request(url=f"{server.url}/b"))

    with pytest.raises(FetchError):
        asyncio.run(twice())
    assert len(server.asked("/b")) == 1


def test_proxies_of_the_environment_are_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.pages["/a"] = Page(b"here")
    with serving() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert get(f"{server.url}/a").body == b"here"
        assert proxy.requests == []


def test_retry_after_is_waited_for_if_short_and_told_if_long(server: Server) -> None:
    patient = Manners(allow_private=True, delay=0, backoff=0.01, patience=2)
    server.pages["/a"] = [Page(status=429, headers={"Retry-After": "1"}), Page(b"now")]
    began = time.monotonic()
    assert get(f"{server.url}/a", patient).body == b"now"
    assert time.monotonic() - began >= 1
    server.pages["/b"] = Page(status=503, headers={"Retry-After": "3600"})
    error = failure(f"{server.url}/b", patient)
    assert (error.wait, len(server.asked("/b"))) == (timedelta(hours=1), 1)


def test_one_request_at_a_time_for_each_host_with_a_pause() -> None:
    polite = Manners(allow_private=True, delay=0.1)

    async def all_of(urls: list[str]) -> None:
        async with open_client(polite) as client:
            await asyncio.gather(*map(client.get, [Request(url=url) for url in urls]))

    with serving("127.0.0.1") as one, serving("127.0.0.2") as two:
        for server in (one, two):
            server.pages |= {f"/{n}": Page(b"x" * 9999) for n in range(4)}
        began = time.monotonic()
        asyncio.run(all_of([f"{server.url}/{n}" for n in range(4) for server in (one, two)]))
        took = time.monotonic() - began
        for server in (one, two):
            requests = sorted(server.requests, key=lambda r: r.began)
            assert len(requests) == 4
            assert all(b.began - a.ended > 0.09 for a, b in pairwise(requests))
    assert took < 0.6  # side by side, the two hosts take as long as one


@pytest.mark.parametrize("address", ["http://127.0.0.1:{}/", "http://localhost:{}/", "http://[::ffff:127.0.0.1]:{}/"])
def test_private_hosts_are_not_asked_unless_allowed(server: Server, address: str) -> None:
    error = failure(address.format(server.server_address[1]), Manners(delay=0))
    assert error.reason == "refused"
    assert "--allow-private-hosts" in error.detail
    assert server.requests == []


def test_names_that_resolve_to_private_addresses_are_refused_where_the_connection_is_made(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the name resolved to before: only what is connected to counts."""
    resolve: Callable[..., Any] = asyncio.BaseEventLoop.getaddrinfo

    async def rebound(loop: asyncio.BaseEventLoop, host: str, port: int, **more: Any) -> Any:
        return await resolve(loop, "127.0.0.1", port, **more)

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", rebound)
    url = f"http://rebinding.example:{server.server_address[1]}/"
    error = failure(url, Manners(delay=0))
    assert (error.reason, server.requests) == ("refused", [])
    assert "127.0.0.1" in error.detail
    assert failure(url, HURRIED).status == 404


def test_a_host_that_is_not_there() -> None:
    error = failure("http://no-such-host.invalid/")
    assert (error.reason, error.passing) == ("unreadable", True)
    with serving() as server:
        url = server.url
    assert failure(f"{url}/").passing
