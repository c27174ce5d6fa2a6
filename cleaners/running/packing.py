"""Lines packed as the name of their file says, in frames of their own.

A packed file is a row of frames (members, in gzip), each whole in itself: what is cut off behind a frame can be
unpacked, and written on.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from gzip import GzipFile
from typing import IO

from cleaners.reading.zstandard import zstd

Packer = GzipFile | zstd.ZstdFile

GZIP_LEVEL = 6
"""The level of the program gzip; Python's own takes three times as long to save a hundredth."""


def packer_for(name: str) -> Callable[[IO[bytes]], Packer] | None:
    """What begins a frame in a file of this name, or None where it is not packed."""
    if name.endswith(".gz"):
        return _gzip
    return _zstd if name.endswith(".zst") else None


def empty_frame(name: str) -> bytes:
    r"""What a file of this name holds if nothing is written to it. `ZstdFile` would leave it without a frame.

    >>> empty_frame("a.jsonl"), empty_frame("a.jsonl.gz")[:2]
    (b'', b'\x1f\x8b')
    """
    if name.endswith(".gz"):
        return gzip.compress(b"", mtime=0)
    return zstd.compress(b"") if name.endswith(".zst") else b""


def _gzip(file: IO[bytes]) -> GzipFile:
    return GzipFile("", "wb", GZIP_LEVEL, file, mtime=0)


def _zstd(file: IO[bytes]) -> zstd.ZstdFile:
    return zstd.ZstdFile(file, "w", options={zstd.CompressionParameter.checksum_flag: 1})  # gzip has a checksum anyway
