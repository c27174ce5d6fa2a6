from __future__ import annotations

import gzip
import zlib
from email.message import Message
from io import BytesIO

import pytest
from fastwarc.stream_io import BrotliWriter, ZstdWriter
from hypothesis import given
from hypothesis import strategies as st

from cleaners.reading.http_bodies import BadBody, CutBody, HttpMessage, TooLong, decoded_body, parse_response
from tests.support.made_warcs import http_response

TEXT = b"Rain fell on the valley. " * 40
MOST = 100_000


def packed(writer: type[BrotliWriter] | type[ZstdWriter], text: bytes) -> bytes:
    file = BytesIO()
    stream = writer(file)
    stream.write(text)
    stream.finish()
    stream.close()
    return file.getvalue()


def raw_deflate(text: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(text) + stream.flush()


def chunked(text: bytes, size: int = 7) -> bytes:
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    return b"".join(b"%x;note=1\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\nTrailer: x\r\n\r\n"


PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT[:300]) + gzip.compress(TEXT[300:]),
    "deflate": zlib.compress(TEXT),
    "br": packed(BrotliWriter, TEXT),
    "zstd": packed(ZstdWriter, TEXT),
}


def body(content: bytes, encoding: str | None, transfer: str | None = None, most: int = MOST) -> bytes:
    fields = Message()
    if encoding is not None:
        fields["content-encoding"] = encoding
    if transfer is not None:
        fields["Transfer-Encoding"] = transfer
    return decoded_body(HttpMessage(200, fields, content), most)


@pytest.mark.parametrize("encoding", PACKED)
def test_a_body_is_unpacked(encoding: str) -> None:
    assert body(PACKED[encoding], encoding) == TEXT
    assert body(PACKED[encoding], f" {encoding.upper()} ") == TEXT
    assert body(chunked(PACKED[encoding]), encoding, "chunked") == TEXT


def test_encodings_are_undone_from_the_outermost() -> None:
    assert body(gzip.compress(zlib.compress(TEXT)), "deflate, gzip") == TEXT
    assert body(raw_deflate(TEXT), "deflate") == TEXT
    assert body(TEXT, "identity") == body(TEXT, "") == body(TEXT, None) == TEXT
    assert body(b"", "gzip") == b""


@pytest.mark.parametrize("encoding", [*PACKED, "deflate, gzip"])
def test_markup_is_taken_as_decoded_whatever_stands_above_it(encoding: str) -> None:
    assert body(b" \n<html>" + TEXT, encoding, "chunked") == b" \n<html>" + TEXT


@pytest.mark.parametrize("encoding", PACKED)
def test_a_body_that_is_cut_off_is_not_taken_for_whole(encoding: str) -> None:
    with pytest.raises(CutBody):
        body(PACKED[encoding][:-9], encoding)


@pytest.mark.parametrize("encoding", PACKED)
def test_a_bomb_costs_no_more_than_the_bound(encoding: str) -> None:
    """A hundred megabytes of one letter, in a few kilobytes."""
    zeros = b"0" * 10**8
    pack = {"br": lambda: packed(BrotliWriter, zeros), "zstd": lambda: packed(ZstdWriter, zeros)}
    small = pack.get(encoding, lambda: zlib.compress(zeros) if encoding == "deflate" else gzip.compress(zeros))()
    with pytest.raises(TooLong):
        body(small, encoding)


@pytest.mark.parametrize("encoding", [*PACKED, "compress", "gzip, gzip, gzip, gzip, gzip", "x" * 100_000, "\r\nx: y"])
def test_a_body_in_no_such_encoding_is_refused(encoding: str) -> None:
    with pytest.raises(BadBody) as refused:
        body(b"what is this?" * 10, encoding)
    assert len(str(refused.value)) < 100


def test_chunks() -> None:
    assert body(b"5\r\nhello\r\n0\r\n\r\n", None, "chunked") == b"hello"
    assert body(b"5\nhello\n0\n", None, "chunked") == b"hello"
    assert body(b"not in chunks", None, "chunked") == b"not in chunks"
    for cut in (b"5\r\nhel", b"5\r\nhello\r\n", b"5\r\nhello\r\n-1\r\n", b"5\r\nhello\r\nffff\r\nx"):
        with pytest.raises(BadBody):
            body(cut, None, "chunked")
    with pytest.raises(TooLong):
        body(b"ffffffffffff\r\nhello", None, "chunked")


@given(st.binary(max_size=300), st.integers(1, 50))
def test_whatever_is_sent_in_chunks_comes_out(content: bytes, size: int) -> None:
    if content.lstrip()[:1] != b"<":
        assert body(chunked(content, size), None, "chunked") == content


def test_the_parts_of_a_response() -> None:
    message = parse_response(http_response(b"body\r\n\r\nmore"))
    assert (message.status, message.body) == (200, b"body\r\n\r\nmore")
    assert (message.fields.get_content_type(), message.fields.get_content_charset()) == ("text/html", "iso-8859-2")
    message = parse_response(b"HTTP/2 404\nContent-Type: text/plain\n\nbody")
    assert (message.status, message.fields["content-type"], message.body) == (404, "text/plain", b"body")
    message = parse_response(b"HTTP/1.1 200 OK\r\n\r\nbody")
    assert (message.status, message.fields.items(), message.body) == (200, [], b"body")
    message = parse_response(b"<html>")
    assert (message.status, message.fields.items(), message.body) == (None, [], b"<html>")


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\xff\xfe\r\nno colon\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset*=utf-8''%\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Type: " + b"x;" * 50_000 + b"\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 20_000 + b"\r\nx",
        b"HTTP/1.1 200 OK\r\n" + b"\r" * 200_000,
        b"\r\n" * 100_000,
    ],
)
def test_odd_heads_are_read_as_far_as_they_go(block: bytes) -> None:
    message = parse_response(block)
    message.fields.get_content_charset()
    assert block.endswith(message.body)


def test_a_field_may_hold_any_bytes() -> None:
    message = parse_response(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; x=Gr\xfc\xdfe\r\n\r\nbody")
    assert message.fields["Content-Type"] == "text/html; x=Grüße"
