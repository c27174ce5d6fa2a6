"""Answers requests in threads, and keeps a log of them that tests read."""

from __future__ import annotations

import socket
import struct
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from tests.support.site import routes
from tests.support.site.faults import Cut
from tests.support.site.stories import Story, make_story

MOST_SECONDS = 120.0
"""No reply takes longer, whatever its path asks for."""


@dataclass(frozen=True)
class Seen:
    """One request: when its reply began (`time.monotonic()`), its path with the query, and the status it got."""

    time: float
    method: str
    path: str
    headers: Mapping[str, str]
    """By lower-case name."""
    status: int


@dataclass
class Site:
    """A news site at `url`, an address without a slash at its end, with `log`, the requests so far.

    It is served from entering the `with` block to leaving it. `disallow` and `crawl_delay` go into robots.txt;
    `robots_bytes` makes that file so long. `host` is any address of the loopback interface, so that a test can have
    several sites: 127.0.0.1, 127.0.0.2 … `delay` is how many seconds every article takes to answer.
    """

    articles: int = 20
    _: Any = field(default=None, repr=False, kw_only=True)
    seed: int = field(default=0, kw_only=True)
    host: str = field(default="127.0.0.1", kw_only=True)
    disallow: tuple[str, ...] = field(default=(), kw_only=True)
    crawl_delay: float | None = field(default=None, kw_only=True)
    robots_bytes: int = field(default=0, kw_only=True)
    delay: float = field(default=0.0, kw_only=True)

    def __post_init__(self) -> None:
        self.stories = [make_story(number, self.seed) for number in range(self.articles)]
        self.asked: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.closing = threading.Event()
        self._log: list[Seen] = []
        self._server = _Server((self.host, 0), _Handler)
        self._server.site = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self._server.server_port}"

    @property
    def log(self) -> list[Seen]:
        """The requests so far, in the order in which they were answered."""
        return list(self._log)

    @property
    def newest(self) -> list[Story]:
        """The stories, newest first, as listings and feeds show them."""
        return self.stories[::-1]

    def story_at(self, path: str) -> Story | None:
        """The story at a path without query."""
        number = path.rpartition("-")[2].removesuffix(".html")
        if not number.isdecimal() or len(number) > 6 or int(number) >= len(self.stories):
            return None
        story = self.stories[int(number)]
        return story if story.path == path else None

    def change(self, number: int) -> Story:
        """Let the newsroom add a paragraph to a story: its date, its ETag and its lastmod change with it."""
        self.stories[number] = self.stories[number].changed()
        return self.stories[number]

    def fail(self, number: int, times: int = 1) -> None:
        """Let the next requests for a story fail (500)."""
        self.failures[self.stories[number].path] = times

    def fetches(self, under: str = "/") -> Counter[str]:
        """How often each path (with its query) below `under` was asked for."""
        return Counter(seen.path for seen in self.log if seen.path.startswith(under))

    def wait(self, seconds: float) -> None:
        """Sleep, but not beyond the end of the site nor longer than a reply may take."""
        self.closing.wait(min(seconds, MOST_SECONDS))

    def record(self, seen: Seen) -> None:
        """Add a request to the log."""
        self._log.append(seen)

    def count(self, path: str) -> int:
        """How often a path was asked for before; counts this time too."""
        self.asked[path] += 1
        return self.asked[path] - 1


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a crawler may keep idle connections open
    request_queue_size = 128
    site: Site

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A crawler that is killed resets its connections, which is worth no words."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30.0
    server: _Server

    def do_GET(self) -> None:
        """Find the route, log the request, and send the reply."""
        site = self.server.site
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = routes.Request(parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), headers)
        reply = routes.answer(site, request)
        site.record(Seen(time.monotonic(), self.command, self.path, headers, reply.status))
        try:
            self._send(reply)
        except (Cut, OSError):
            self._reset()

    do_HEAD = do_GET  # noqa: N815  (the name that http.server asks for)

    def _send(self, reply: routes.Reply) -> None:
        headers = {"Content-Type": reply.type, **reply.headers}
        if reply.closes:
            headers["Connection"] = "close"
        if isinstance(reply.body, bytes):
            self._send_whole(reply.status, headers, reply.body)
        else:
            self._send_pieces(reply.status, headers, _pieces(reply.body, self.server.site.closing))

    def _send_whole(self, status: int, headers: dict[str, str], body: bytes) -> None:
        if status != HTTPStatus.NOT_MODIFIED:
            headers.setdefault("Content-Length", str(len(body)))
        self._send_head(status, headers)
        self.wfile.write(body if self.command != "HEAD" else b"")

    def _send_pieces(self, status: int, headers: dict[str, str], body: Iterator[bytes]) -> None:
        chunked = "Content-Length" not in headers
        self._send_head(status, headers | ({"Transfer-Encoding": "chunked"} if chunked else {}))
        for piece in body:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)
        self.wfile.write(b"0\r\n\r\n" if chunked else b"")

    def _send_head(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)  # "Connection: close" makes it close after the reply
        self.end_headers()

    def _reset(self) -> None:
        """Drop the connection without a farewell, as a crashed server does."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, *_: object) -> None:
        """Say nothing on standard error."""


def _pieces(body: Iterator[bytes], closing: threading.Event) -> Iterator[bytes]:
    """The pieces of a body until it ends, the site closes, or it has taken too long."""
    end = time.monotonic() + MOST_SECONDS
    for piece in body:
        if closing.is_set() or time.monotonic() > end:
            raise Cut
        yield piece
