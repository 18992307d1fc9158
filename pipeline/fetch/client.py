"""One address, asked once or a few times: redirects, time-outs, limits, another attempt where that may help."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urljoin, urlsplit

import aiohttp
from multidict import CIMultiDictProxy

from pipeline.fetch.addresses import ForbiddenAddressError, guarded_socket
from pipeline.fetch.manners import MAX_HEADER_BYTES, MAX_HEADERS, MAX_REDIRECTS, Manners
from pipeline.fetch.packing import ACCEPTED, PackingError, TooLargeError, unpack
from pipeline.fetch.turns import Turns
from pipeline.fetch.waiting import asked_for, before_attempt

_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_PERMANENT = frozenset([301, 308])
_ASKS_TO_WAIT = frozenset([429, 503])
_MAY_PASS = frozenset([408, 425, 429, 500, 502, 503, 504])
"""Statuses after which another attempt may fare better."""

_BLOCK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    """Sent to wherever redirects lead."""
    secrets: Mapping[str, str] = field(default_factory=dict)
    """Headers that are sent to the site of `home` alone."""
    home: str | None = None
    """None: `url`."""
    max_bytes: int | None = None
    """Of the answer, if less than usual."""
    permit: Callable[[str], Awaitable[float]] | None = None
    """Called with each address before it is asked: gives the seconds between two requests, or raises `FetchError`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address gave: a status of 2xx, or 304."""

    url: str
    """Where redirects led."""
    moved_to: str | None
    """Where the permanent ones among them led, those before any other; None if there were none."""
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    """Unpacked."""
    at: datetime

    def header(self, name: str) -> str | None:
        """The first header of this name."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(slots=True)
class FetchError(Exception):
    """An address gave nothing that can be used; `detail` says what came, and what to do."""

    reason: str
    """A term of `rejection_reason`."""
    detail: str
    passing: bool = False
    """Whether it may fare better later."""
    status: int | None = None
    wait: timedelta | None = field(default=None)
    """What the site asks for before it is asked again."""

    def __str__(self) -> str:
        return self.detail


class Client:
    """Asks addresses, one at a time for each host. Make it with `open_client`."""

    def __init__(self, session: aiohttp.ClientSession, manners: Manners) -> None:
        self._session, self._manners, self._turns = session, manners, Turns()

    async def get(self, request: Request) -> Answer:
        """What an address gives, after a few attempts where the failure may pass.

        Raises:
            FetchError: it gave nothing that can be used.

        """
        attempt = 1
        while True:
            try:
                return await self._follow(request)
            except FetchError as error:
                asked = error.wait.total_seconds() if error.wait is not None else 0.0
                if not error.passing or attempt == self._manners.attempts or asked > self._manners.patience:
                    raise
                attempt += 1
                await asyncio.sleep(max(asked, before_attempt(attempt, self._manners.backoff)))

    async def _follow(self, request: Request) -> Answer:
        at, permanent, moved_to = request.url, True, None
        limit = min(request.max_bytes or self._manners.max_bytes, self._manners.max_bytes)
        for _ in range(MAX_REDIRECTS + 1):
            host = _host(at)
            delay = await request.permit(at) if request.permit is not None else 0.0
            at_home = site_of(at) == site_of(request.home or request.url)
            sent = {**request.headers, **(request.secrets if at_home else {})}
            async with self._turns.at(host, max(delay, self._manners.delay)):
                status, received, body = await self._once(at, sent, limit)
            target = received.get("Location") if status in _REDIRECTS else None
            if target is None:
                return _judged(at, moved_to, status, received, body)
            try:
                at = urljoin(at, target.strip())
            except ValueError as error:
                raise FetchError("refused", f"{at} leads to {target!r}, which is no address") from error
            permanent = permanent and status in _PERMANENT
            moved_to = at if permanent else moved_to
        raise FetchError("unreadable", f"{request.url} leads on and on: more than {MAX_REDIRECTS} redirects")

    async def _once(self, url: str, headers: Mapping[str, str], limit: int) -> tuple[int, CIMultiDictProxy[str], bytes]:
        try:
            async with self._session.get(url, headers=headers, allow_redirects=False) as response:
                body = b"" if response.status in _REDIRECTS else await _body(response, limit)
                return response.status, response.headers, body
        except TooLargeError as error:
            raise FetchError("too_large", f"{url} gives more than {limit:,} bytes") from error
        except PackingError as error:
            raise FetchError("unreadable", f"{url}: {error}", passing=True) from error
        except TimeoutError as error:
            what = str(error) or "no whole answer in time"
            raise FetchError("unreadable", f"{url} took too long: {what}", passing=True) from error
        except aiohttp.InvalidURL as error:
            raise FetchError("refused", f"{url!r} is no address that can be asked") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _failure(url, error) from error


def site_of(url: str) -> str:
    """Scheme, host and port of an address, which robots.txt and secrets hold for; the address itself if it has none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise FetchError("refused", f"{url!r} is no address that can be asked") from error
    if parts.scheme not in ("http", "https") or not host:
        raise FetchError("refused", f"{url} is not asked: only http and https are")
    return host


async def _body(response: aiohttp.ClientResponse, limit: int) -> bytes:
    body = bytearray()
    async for block in response.content.iter_chunked(_BLOCK_BYTES):
        body += block
        if len(body) > limit:
            raise TooLargeError
    return unpack(bytes(body), response.headers.get("Content-Encoding", ""), limit)


def _judged(url: str, moved_to: str | None, status: int, headers: CIMultiDictProxy[str], body: bytes) -> Answer:
    now = datetime.now(UTC)
    if 200 <= status < 300 or status == 304:
        return Answer(url=url, moved_to=moved_to, status=status, headers=tuple(headers.items()), body=body, at=now)
    if status == 410:
        raise FetchError("gone", f"{url} is gone for good (410); leave it out", status=status)
    wait = asked_for(headers.get("Retry-After"), now) if status in _ASKS_TO_WAIT else None
    passing = status in _MAY_PASS
    reason = "unreadable" if passing else "gone" if status == 404 else "refused"
    detail = f"{url} answers {status}; look at it in a browser"
    raise FetchError(reason, detail, passing=passing, status=status, wait=wait)


def _failure(url: str, error: Exception) -> FetchError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ForbiddenAddressError):
            return FetchError("refused", f"{url} is not asked: {cause}")
        cause = getattr(cause, "os_error", None) or cause.__cause__
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return FetchError("unreadable", f"the name of {url} is not known: {error.os_error}", passing=True)
    what = " ".join(str(error).split())[:200] or type(error).__name__
    return FetchError("unreadable", f"{url} gave no answer that can be read: {what}", passing=True)


async def _asked_once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Let a broken connection be a failure: aiohttp would ask again at once, where pauses are for `Client` to keep."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise aiohttp.ClientConnectionError(str(error)) from error


@asynccontextmanager
async def open_client(manners: Manners) -> AsyncIterator[Client]:
    """A client; its connections are closed afterwards."""
    connector = aiohttp.TCPConnector(
        limit=0,
        use_dns_cache=False,
        socket_factory=partial(guarded_socket, allow_private=manners.allow_private),
    )
    async with aiohttp.ClientSession(
        connector=connector,
        headers={"User-Agent": manners.user_agent, "Accept-Encoding": ACCEPTED},
        timeout=aiohttp.ClientTimeout(
            total=manners.whole, sock_connect=manners.connect, connect=manners.connect, sock_read=manners.silence
        ),
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        middlewares=(_asked_once,),
        max_line_size=MAX_HEADER_BYTES,
        max_field_size=MAX_HEADER_BYTES,
        max_headers=MAX_HEADERS,
    ) as session:
        yield Client(session, manners)
