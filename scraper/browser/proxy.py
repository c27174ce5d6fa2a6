"""A proxy on this machine through which a browser reaches public addresses only.

What a page loads in a browser does not pass Scrapy: its scripts, its frames, its redirects. A handler on the browser's
requests sees addresses as they are written, and none of a redirect's; the browser looks names up by itself. So the
browser gets no other way out than this proxy, which looks names up and connects to what the look-up gave, unless that
is refused (see `scraper.manners.addresses`).
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
from collections.abc import Collection
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from scraper.manners.addresses import host_name, literal_address, not_public
from scraper.manners.public_networks import is_public

MAX_HEAD = 64 * 1024
"""Bytes of a request's head; browsers send a few thousand."""

CONNECT_SECONDS = 20.0
PIECE = 64 * 1024

REFUSED = "X-Copydesk-Refused"
"""The field of an answer that the proxy gave itself, with its reason."""

_REQUEST_LINE = re.compile(rb"([A-Z]{3,10}) (\S+) HTTP/1\.[01]\r\n")
_OWN_FIELDS = re.compile(rb"(?im)^(?:proxy-[a-z-]+|connection|keep-alive):[^\n]*\n")
_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*([0-9]{1,18})[ \t]*\r$")

logger = logging.getLogger(__name__)

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Refusal(Exception):
    """A host that is not connected to; the message is the reason."""


class Target(NamedTuple):
    """Where a request goes, and what is sent there first."""

    host: str
    port: int
    head: bytes
    body_bytes: int
    is_tunnel: bool


class GuardedProxy:
    """Serves one browser, on a port of the loopback interface that the system chooses."""

    def __init__(self, named_hosts: Collection[str] = ()) -> None:
        self.named_hosts = frozenset(host_name(host) for host in named_hosts)
        self.refusals = 0
        self.last_refusal = ""
        self._server: asyncio.Server | None = None

    async def start(self) -> str:
        """Begin to serve; the address that the browser is told."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=MAX_HEAD)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        """Take no more connections. Those that are open end with the browser."""
        if self._server:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            target = read_target(await reader.readuntil(b"\r\n\r\n"))
            async with asyncio.timeout(CONNECT_SECONDS):
                upstream = await self._connect(target)
            await _join((reader, writer), upstream, target)
        except Refusal as refusal:
            self.refusals += 1
            self.last_refusal = str(refusal)
            await _answer(writer, "403 Forbidden", str(refusal))
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError) as error:
            logger.debug("A request of the browser failed: %r", error)
            await _answer(writer, "502 Bad Gateway")
        finally:
            writer.close()

    async def _connect(self, target: Target) -> Streams:
        """A connection to an address that the host has now and that may be connected to."""
        host = host_name(target.host)
        found = await asyncio.get_running_loop().getaddrinfo(host, target.port, type=socket.SOCK_STREAM)
        addresses = [str(place[0]) for *_, place in found]
        allowed = [address for address in addresses if host in self.named_hosts or _is_public(address)]
        if not allowed:
            raise Refusal(not_public(host, addresses[0] if addresses else host))
        return await asyncio.open_connection(allowed[0], target.port)


def read_target(head: bytes) -> Target:
    """Where the request with this head goes. Raises ValueError for one that is no proxy request."""
    line = _REQUEST_LINE.match(head)
    if not line:
        raise ValueError("no request line")
    method, address = line[1], line[2].decode("ascii")
    if method == b"CONNECT":
        parts = urlsplit(f"//{address}")
        return Target(parts.hostname or "", parts.port or 443, b"", 0, True)
    parts = urlsplit(address)
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError("no http address")
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}".encode("ascii")
    fields = _OWN_FIELDS.sub(b"", head[line.end() :])
    length = _LENGTH.search(fields)
    sent = b"%s %s HTTP/1.1\r\nConnection: close\r\n%s" % (method, path, fields)
    return Target(parts.hostname, parts.port or 80, sent, int(length[1]) if length else 0, False)


async def _join(browser: Streams, upstream: Streams, target: Target) -> None:
    """Hand bytes on in both directions until one side is done; outside a tunnel, those of a single request."""
    reader, writer = browser
    far_reader, far_writer = upstream
    if target.is_tunnel:
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    else:
        far_writer.write(target.head)
    there = asyncio.create_task(_copy(reader, far_writer, None if target.is_tunnel else target.body_bytes))
    try:
        await _copy(far_reader, writer)
    finally:
        there.cancel()
        far_writer.close()
        with suppress(asyncio.CancelledError, OSError):
            await there


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, count: int | None = None) -> None:
    """Copy until the end, or `count` bytes."""
    while count is None or count > 0:
        piece = await reader.read(PIECE if count is None else min(PIECE, count))
        if not piece:
            break
        writer.write(piece)
        await writer.drain()
        count = None if count is None else count - len(piece)


async def _answer(writer: asyncio.StreamWriter, status: str, reason: str = "") -> None:
    """Say that nothing was fetched."""
    field = f"{REFUSED}: {' '.join(reason.split())}\r\n" if reason else ""
    head = f"HTTP/1.1 {status}\r\n{field}Content-Length: 0\r\nConnection: close\r\n\r\n"
    with suppress(OSError):
        writer.write(head.encode("ascii", "replace"))
        await writer.drain()


def _is_public(address: str) -> bool:
    found = literal_address(address)
    return found is not None and is_public(found)
