"""What goes wrong on the web: replies that are slow, endless, cut off or compressed beyond measure."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache

import brotli

ENDLESS_BYTES = 256 * 1024**2
"""Where a body that never ends does end, so that a test which fails does not run forever."""

BOMB_BYTES = 1024**3
"""What a compression bomb unpacks to."""

_MIB = 1024**2


class Cut(Exception):
    """Raised by a body in place of its next piece: the connection is reset there."""


def endless() -> Iterator[bytes]:
    """A body that does not end before ENDLESS_BYTES."""
    piece = b"<p>And so it went on, as it always had.</p>\n" * 1_500
    for _ in range(ENDLESS_BYTES // len(piece)):
        yield piece


def in_drops(body: bytes, wait: Callable[[float], object], seconds: float) -> Iterator[bytes]:
    """A body in ten pieces over so many seconds."""
    size = -(-len(body) // 10)
    for at in range(0, len(body), size):
        wait(seconds / 10)
        yield body[at : at + size]


def cut(body: bytes) -> Iterator[bytes]:
    """The first half of a body, then a reset connection."""
    yield body[: len(body) // 2]
    raise Cut


@cache
def gzip_bomb() -> bytes:
    """About a megabyte of gzip that unpacks to BOMB_BYTES: one flushed block, which can be repeated as it is."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(b" " * _MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    blocks = BOMB_BYTES // _MIB
    end = packer.flush(zlib.Z_FINISH)
    checksum = 0
    for _ in range(blocks):
        checksum = zlib.crc32(b" " * _MIB, checksum)
    header = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    return header + block * blocks + end + struct.pack("<II", checksum, BOMB_BYTES % 2**32)


@cache
def brotli_bomb() -> bytes:
    """A few bytes of brotli that unpack to BOMB_BYTES."""
    packer = brotli.Compressor(quality=5)
    pieces = [packer.process(b" " * (16 * _MIB)) for _ in range(BOMB_BYTES // (16 * _MIB))]
    return b"".join([*pieces, packer.finish()])


def retry_after(wanted: str) -> str:
    """The header for `2` (seconds) or `date+2` (the date in two seconds, rounded up to the whole second)."""
    if not wanted.startswith("date"):
        return wanted
    when = datetime.now(UTC) + timedelta(seconds=float(wanted.removeprefix("date")) + 1)
    return format_datetime(when.replace(microsecond=0), usegmt=True)
