"""A real web server on loopback that behaves as it is told, mostly badly.

Pages are put by path: a `Page` of status, headers and body, or a function that is handed the connection and may do to
it what it likes. Every request is noted, with the time it came and the time it was done with.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Misbehaving = Callable[["Handler"], None]


@dataclass
class Page:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    etag: str | None = None


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    began: float
    ended: float = 0.0


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        request = Request(self.path, {k.lower(): v for k, v in self.headers.items()}, time.monotonic())
        self.server.requests.append(request)
        found = self.server.pages.get(self.path, Page(status=404))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        try:
            if callable(found):
                self.close_connection = True
                found(self)
            else:
                self.answer(found)
        except OSError:
            self.close_connection = True
        request.ended = time.monotonic()

    def answer(self, page: Page) -> None:
        if page.etag and self.headers.get("If-None-Match") == page.etag:
            self.send_response(304)
            self.send_header("ETag", page.etag)
            self.end_headers()
            return
        self.send_response(page.status)
        for name, value in {"Content-Length": str(len(page.body)), **page.headers}.items():
            self.send_header(name, value)
        if page.etag:
            self.send_header("ETag", page.etag)
        self.end_headers()
        self.wfile.write(page.body)

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str = "127.0.0.1") -> None:
        super().__init__((host, 0), Handler)
        self.pages: dict[str, Any] = {}
        self.requests: list[Request] = []

    @property
    def url(self) -> str:
        return f"http://{self.server_address[0]!s}:{self.server_address[1]}"

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    def handle_error(self, *_: Any) -> None:
        pass


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Server]:
    with Server(host) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def redirect(to: str, status: int = 302) -> Page:
    return Page(status=status, headers={"Location": to})


def drip(head: bytes, drop: bytes, every: float = 0.02) -> Misbehaving:
    """Send `head`, then drop after drop without end."""

    def send(handler: Handler) -> None:
        handler.connection.sendall(head)
        while True:
            handler.connection.sendall(drop)
            time.sleep(every)

    return send


def flood(head: bytes, block: bytes) -> Misbehaving:
    """Send `head`, then blocks without end as fast as they are taken."""

    def send(handler: Handler) -> None:
        handler.connection.sendall(head)
        while True:
            handler.connection.sendall(block)

    return send


def raw(content: bytes) -> Misbehaving:
    """Send these bytes and close."""
    return lambda handler: handler.connection.sendall(content)


def reset(handler: Handler) -> None:
    """Break off hard."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    handler.connection.close()


def silent(handler: Handler) -> None:
    """Say nothing, for longer than anyone waits."""
    time.sleep(30)
