"""The older format of web archives."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from cleaners.data import Input, Page, RejectedInput
from cleaners.reading import read_archives, read_pages
from cleaners.reading.arc import is_arc
from tests.support.made_warcs import ARC_START, URL, arc_record, http_response, zipped

FIRST = arc_record(http_response("<p>Łódź</p>".encode("iso-8859-2")))
SECOND = arc_record(http_response(b"<p>second</p>"), "http://b.example/")


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], list[Input]]:
    def entries(content: bytes) -> list[Input]:
        file = tmp_path / "pages.bin"
        file.write_bytes(content)
        return list(read_pages([file]))

    return entries


def outcomes(found: list[Input]) -> Iterator[str | bytes]:
    """The contents of pages, and the codes of rejections."""
    for entry in found:
        yield entry.rejection.code if isinstance(entry, RejectedInput) else entry.content


def joined(*records: bytes) -> bytes:
    return b"".join(records)


@pytest.mark.parametrize("pack", [joined, zipped])
def test_the_pages_of_an_archive(read: Callable[[bytes], list[Input]], pack: Callable[..., bytes]) -> None:
    first, second = read(pack(ARC_START, FIRST, SECOND))
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert (first.url, first.charset, first.retrieved_at) == (URL, "iso-8859-2", "2004-01-31T12:00:00+00:00")
    assert first.content == "<p>Łódź</p>".encode("iso-8859-2")
    assert second.content == b"<p>second</p>"


def test_another_reader_finds_the_same_records() -> None:
    archive = ArchiveIterator(io.BytesIO(joined(ARC_START, FIRST, SECOND)), arc2warc=True)
    found = [(record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read()) for record in archive]
    assert found[1:] == [(URL, "<p>Łódź</p>".encode("iso-8859-2")), ("http://b.example/", b"<p>second</p>")]


@pytest.mark.parametrize(
    ("record", "outcome"),
    [
        (arc_record(b"192.0.2.7", "dns:news.example", "text/dns"), []),
        (arc_record(http_response(b"gone", "404 Not Found")), ["http-error"]),
        (arc_record(http_response(b"", "302 Found", {"Location": "/other"})), []),
        (arc_record(http_response(b"body {}", fields={"Content-Type": "text/css"})), []),
        (arc_record(b"<p>of a time before status lines</p>"), [b"<p>of a time before status lines</p>"]),
        (arc_record(http_response(b"x", fields={"Content-Encoding": "gzip"})), ["bad-body"]),
        (arc_record(http_response(b"<p>a b</p>"), "http://a.example/a b"), [b"<p>a b</p>"]),
        (b"no head of a record\nand one more line\n", ["damaged"]),
        (b"http://a.example/ 192.0.2.7 20040131120000 text/html 99999999999\n", ["too-large", "cut-off"]),
        (b"\n\n\n", []),
    ],
)
def test_a_record_beside_a_sound_one(
    read: Callable[[bytes], list[Input]], record: bytes, outcome: list[str | bytes]
) -> None:
    after = [b"<p>second</p>"] if "cut-off" not in outcome else []
    found = list(outcomes(read(joined(ARC_START, record, SECOND))))
    assert found == ([*outcome, *after] if "too-large" not in outcome else ["cut-off"])


def test_the_second_version_has_more_fields(read: Callable[[bytes], list[Input]]) -> None:
    block = http_response(b"<p>x</p>")
    head = f"{URL} 192.0.2.7 20040131120000 text/html 200 - - 12 news.arc {len(block)}\n".encode()
    assert list(outcomes(read(joined(ARC_START, head + block)))) == [b"<p>x</p>"]


def test_what_is_cut_off_is_reported_with_its_address(read: Callable[[bytes], list[Input]]) -> None:
    first, cut = read(joined(ARC_START, FIRST, SECOND[:-9]))
    assert isinstance(first, Page)
    assert isinstance(cut, RejectedInput)
    assert (cut.rejection.code, cut.page.url) == ("cut-off", "http://b.example/")


def test_a_crawl_reads_it_too(tmp_path: Path) -> None:
    (tmp_path / "old.arc.gz").write_bytes(zipped(ARC_START, SECOND))
    (entry,) = read_archives([tmp_path])
    assert isinstance(entry.page, Page)
    assert entry.page.url == "http://b.example/"


@given(st.binary(max_size=300), st.integers(0, len(FIRST)))
def test_no_archive_raises(tmp_path_factory: pytest.TempPathFactory, noise: bytes, position: int) -> None:
    file = tmp_path_factory.mktemp("noise") / "pages.bin"
    file.write_bytes(joined(ARC_START, FIRST[:position], noise, FIRST[position:], SECOND))
    assert list(read_pages([file]))


def test_only_its_own_start_makes_an_archive() -> None:
    assert is_arc(ARC_START)
    assert is_arc(zipped(ARC_START))
    assert not is_arc(FIRST)
