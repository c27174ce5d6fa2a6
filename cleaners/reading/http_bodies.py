"""What an HTTP message holds: its fields, and its body without the encodings that it was sent in.

A body is decoded within a bound, so that a small one that unpacks to gigabytes costs no more than a page. Archives are
inexact here: many keep `Content-Encoding` or `Transfer-Encoding` above a body that they have decoded already, so a
body that is markup is taken as it is.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from gzip import BadGzipFile, GzipFile
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from fastwarc.stream_io import BrotliReader

from cleaners.reading.zstandard import zstd

if TYPE_CHECKING:
    from email.message import Message

MOST_ENCODINGS = 4
"""Encodings around one body; servers use one, rarely two, and each costs a pass."""

_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})(?!\d)[^\r\n]*\r?\n?")
_CHUNK_HEAD = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\n]{0,1024})?\r?\n")


class BadBody(Exception):
    """A body that cannot be decoded: cut off, damaged, or in an encoding that nobody knows."""


class CutBody(BadBody):
    """A body whose end is missing."""


class TooLong(Exception):
    """A body that is longer, once decoded, than what was allowed."""


class HttpMessage(NamedTuple):
    """A response as it stands in an archive. `status` is None where there is no status line."""

    status: int | None
    fields: Message
    body: bytes


def parse_response(block: bytes) -> HttpMessage:
    """The parts of a response; whatever has no status line is all body. Raises nothing."""
    line = _STATUS_LINE.match(block)
    if not line:
        return HttpMessage(None, parsed_fields(""), block)
    end = _END_OF_HEAD.search(block, max(0, line.end() - 2))  # the status line may be all there is
    head, body = (block[line.end() : end.start()], block[end.end() :]) if end else (block[line.end() :], b"")
    fields = parsed_fields(head.decode("latin-1"))  # from bytes beyond ASCII, the parser would make no strings
    return HttpMessage(int(line[1]), fields, body)


def parsed_fields(head: str) -> Message:
    """The fields of a head; more can be added."""
    from email.parser import HeaderParser  # takes long to load, and most runs read no archive

    return HeaderParser().parsestr(head)


def decoded_body(message: HttpMessage, most_bytes: int) -> bytes:
    """The body as its author wrote it.

    Raises BadBody for one that cannot be decoded, and TooLong for one of more than `most_bytes`.
    """
    body = _unwrapped(message, most_bytes + 1)
    if len(body) > most_bytes:
        raise TooLong
    return body


def is_whole(body: bytes, encodings: str) -> bool:
    """Whether a body that can be decoded has its end, too; `encodings` is its `Content-Encoding`.

    Most decoders give what stands before a cut as if nothing were missing.
    """
    fields = parsed_fields("")
    fields["Content-Encoding"] = encodings
    try:
        _unwrapped(HttpMessage(None, fields, body), MOST_CHECKED)
    except BadBody:
        return False
    except TooLong:
        pass
    return True


MOST_CHECKED = 1 << 28
"""Bytes that are unpacked to find the end of a body. Whoever decodes it has refused a longer one before."""


def body_start(message: HttpMessage, length: int) -> bytes:
    """The first bytes of the body as its author wrote it, at most `length`; none if it cannot be decoded."""
    try:
        return _unwrapped(message, length)[:length]
    except (BadBody, TooLong):
        return b""


def _unwrapped(message: HttpMessage, most_bytes: int) -> bytes:
    """The body without its encodings, or as much of it as `most_bytes` of each of them hold."""
    body = message.body
    for encoding in reversed(_encodings(message.fields)):
        if body.lstrip()[:1] == b"<":
            break  # the archive has decoded it and left the field
        body = _DECODERS[encoding](body, most_bytes) if body else body
    return body


def _encodings(fields: Message) -> list[str]:
    """The encodings in the order in which they were applied: those of the content first, then the transfer's."""
    stated = [
        name.strip().lower()
        for field in ("Content-Encoding", "Transfer-Encoding")
        for value in fields.get_all(field, [])
        for name in str(value).split(",")
    ]
    encodings = [name for name in stated if name not in ("", "identity", "none", "utf-8")]
    if unknown := [name for name in encodings if name not in _DECODERS]:
        raise BadBody(f"its encoding {unknown[0][:40]!r} is not known")
    if len(encodings) > MOST_ENCODINGS:
        raise BadBody(f"it is wrapped in {len(encodings)} encodings")
    return encodings


def _unchunk(body: bytes, most_bytes: int) -> bytes:
    """A body sent in chunks (https://www.rfc-editor.org/rfc/rfc9112#section-7.1); one that is not is left alone."""
    if not _CHUNK_HEAD.match(body):
        return body
    chunks: list[bytes] = []
    place = length = 0
    while head := _CHUNK_HEAD.match(body, place):
        size = int(head[1], 16)
        if size == 0:
            return b"".join(chunks)
        if (length := length + size) > most_bytes:
            raise TooLong
        stop = head.end() + size
        chunks.append(body[head.end() : stop])
        place = stop + (2 if body.startswith(b"\r\n", stop) else 1)
    raise CutBody("its last chunk is missing")


def payloads(message: HttpMessage) -> Iterator[bytes]:
    """What the payload of a message may be taken for, of which a digest is stated: the body as it stands, without its
    chunks, and without all encodings. Writers of archives differ here."""
    yield message.body
    if message.fields.get("Transfer-Encoding"):
        with suppress(BadBody, TooLong):
            yield _unchunk(message.body, len(message.body))
    if message.fields.get("Content-Encoding"):
        with suppress(BadBody, TooLong):
            yield _unwrapped(message, MOST_CHECKED)


def _gunzip(body: bytes, most_bytes: int) -> bytes:
    """All members of a gzip file. What follows them, or a wrong checksum, is passed over, as browsers do."""
    chunks: list[bytes] = []
    with GzipFile(fileobj=BytesIO(body)) as file:
        try:
            while most_bytes > 0 and (chunk := file.read1(min(most_bytes, _CHUNK_BYTES))):
                chunks.append(chunk)
                most_bytes -= len(chunk)
        except EOFError as error:
            raise CutBody("it is cut off") from error
        except (BadGzipFile, zlib.error) as error:
            if not chunks or isinstance(error, zlib.error):
                raise BadBody("it is damaged, or not in gzip as it says") from error
    return b"".join(chunks)


_CHUNK_BYTES = 1 << 20
"""Bytes that are unpacked at a time."""


def _undeflate(body: bytes, most_bytes: int) -> bytes:
    """Deflate with its wrapper, as the standard says, or without, as some servers send it."""
    try:
        return _inflate(body, most_bytes, zlib.MAX_WBITS)
    except CutBody:
        raise
    except BadBody:
        return _inflate(body, most_bytes, -zlib.MAX_WBITS)


def _inflate(body: bytes, most_bytes: int, window: int) -> bytes:
    stream = zlib.decompressobj(window)
    try:
        unpacked = stream.decompress(body, most_bytes)
    except zlib.error as error:
        raise BadBody("it is damaged") from error
    if not stream.eof and len(unpacked) < most_bytes:
        raise CutBody("it is cut off")
    return unpacked


def _unbrotli(body: bytes, most_bytes: int) -> bytes:
    """Brotli says only that something is wrong; where the beginning can be read, it is that the end is missing."""
    try:
        return BrotliReader(BytesIO(body)).read(most_bytes)
    except OSError as error:
        if _begins_as_brotli(body):
            raise CutBody("it is cut off, or damaged behind its beginning") from error
        raise BadBody("it is damaged") from error


def _begins_as_brotli(body: bytes) -> bool:
    try:
        return bool(BrotliReader(BytesIO(body)).read(1))
    except OSError:
        return False


def _unzstd(body: bytes, most_bytes: int) -> bytes:
    """All frames of a Zstandard file."""
    chunks: list[bytes] = []
    while body and most_bytes > 0:
        frame = zstd.ZstdDecompressor()
        try:
            chunks.append(frame.decompress(body, most_bytes))
        except zstd.ZstdError as error:
            raise BadBody("it is damaged") from error
        most_bytes -= len(chunks[-1])
        if not frame.eof and most_bytes > 0:
            raise CutBody("it is cut off")
        body = frame.unused_data
    return b"".join(chunks)


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "chunked": _unchunk,
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
"""Each takes a body and the bytes to unpack at most; it raises BadBody."""
