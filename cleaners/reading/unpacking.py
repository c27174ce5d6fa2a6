"""Packed files (gzip, Zstandard) as what is in them, unpacked no further than it is read."""

from __future__ import annotations

import zlib
from gzip import BadGzipFile, GzipFile
from io import BufferedReader

from cleaners.decoding.signatures import GZIP, ZSTANDARD, ZSTANDARD_DICTIONARY
from cleaners.reading.zstandard import zstd

Stream = BufferedReader | GzipFile | zstd.ZstdFile
"""What readers read from. One that unpacks raises EOFError where its file is cut off, and one of DAMAGED where it is
broken; what came before has been read by then."""

DAMAGED = (BadGzipFile, zlib.error, zstd.ZstdError)

_CHUNK_BYTES = 1 << 18
"""Bytes that are read at a time."""

MOST_OF_DICTIONARY = 1 << 24
"""Bytes of a dictionary; those of archives have about a hundred thousand."""

_DEFLATED = GZIP + b"\x08"
"""The start of a gzip file, whose only method of compression is deflate (RFC 1952)."""


def unpacked(file: BufferedReader) -> Stream:
    """The file itself, or what is in it if its first bytes say that it is packed. A packing inside a packing stays."""
    head = file.peek(len(ZSTANDARD))
    if head.startswith(_DEFLATED):
        return GzipFile(fileobj=file)
    if head.startswith(ZSTANDARD):
        return zstd.ZstdFile(file)
    if head.startswith(ZSTANDARD_DICTIONARY):
        return zstd.ZstdFile(file, zstd_dict=_dictionary(file))
    return file


def read_at_most(file: Stream, most: int) -> bytes:
    """Up to `most` bytes, chunk by chunk: asked for all at once, Python makes room for all of them first."""
    chunks = []
    while most > 0 and (chunk := file.read(min(most, _CHUNK_BYTES))):
        chunks.append(chunk)
        most -= len(chunk)
    return b"".join(chunks)


def _dictionary(file: BufferedReader) -> zstd.ZstdDict:
    """The dictionary in the first frame of a web archive, which all other frames need. It may be packed itself.

    See https://iipc.github.io/warc-specifications/specifications/warc-zstd/.
    """
    length = int.from_bytes(file.read(8)[4:], "little")
    if length > MOST_OF_DICTIONARY:
        raise zstd.ZstdError(f"its dictionary is said to have {length:,} bytes")
    content = file.read(length)
    if len(content) < length:
        raise EOFError
    if content.startswith(ZSTANDARD):
        content = zstd.decompress(content)
    try:
        return zstd.ZstdDict(content)
    except ValueError as error:
        raise zstd.ZstdError(f"its dictionary cannot be used: {error}") from error
