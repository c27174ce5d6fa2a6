"""Packed files (gzip, Zstandard) as what is in them, unpacked no further than it is read."""

from __future__ import annotations

import sys
import zlib
from gzip import BadGzipFile, GzipFile
from io import BufferedReader

from cleaners.decoding.signatures import GZIP, ZSTANDARD

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdError, ZstdFile
else:
    from backports.zstd import ZstdError, ZstdFile

Stream = BufferedReader | GzipFile | ZstdFile
"""What readers read from. One that unpacks raises EOFError where its file is cut off, and one of DAMAGED where it is
broken; what came before has been read by then."""

DAMAGED = (BadGzipFile, zlib.error, ZstdError)

_DEFLATED = GZIP + b"\x08"
"""The start of a gzip file, whose only method of compression is deflate (RFC 1952)."""


def unpacked(file: BufferedReader) -> Stream:
    """The file itself, or what is in it if its first bytes say that it is packed. A packing inside a packing stays."""
    head = file.peek(len(ZSTANDARD))
    if head.startswith(_DEFLATED):
        return GzipFile(fileobj=file)
    if head.startswith(ZSTANDARD):
        return ZstdFile(file)
    return file
