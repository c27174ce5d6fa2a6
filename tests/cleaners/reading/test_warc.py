from __future__ import annotations

import gzip
import hashlib
import random
import sys
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from cleaners.data import Input, Page, RejectedInput
from cleaners.reading import archived_pages, read_archives, read_pages
from cleaners.reading.warc import is_warc, read_warc
from cleaners.running.batch import clean_or_reject
from tests.support.bad_pages import SOUND
from tests.support.made_warcs import URL, http_response, record_id, warc_record, zipped

if sys.version_info >= (3, 14):
    from compression.zstd import compress, train_dict
else:
    from backports.zstd import compress, train_dict

PAGE = "<p>Größe łódź</p>".encode("iso-8859-2", "replace")
INFO = warc_record(b"software: made by hand\r\n", "warcinfo", "")
FIRST = warc_record(http_response(b"<p>first</p>"), url="http://a.example/")
SECOND = warc_record(http_response(b"<p>second</p>"), url="http://b.example/")
LAST = warc_record(http_response(b"<p>last</p>" * 50), url="http://c.example/")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pages.bin"


def entries(path: Path, content: bytes, most_bytes: int = 10**6) -> list[Input]:
    path.write_bytes(content)
    return list(read_warc(str(path), most_bytes))


def contents(found: Iterable[Input]) -> list[str | bytes]:
    """The contents of pages, and the codes of rejections."""
    return [
        entry.rejection.code if isinstance(entry, RejectedInput) and entry.rejection else entry.content
        for entry in found
        if isinstance(entry, Page) or entry.rejection
    ]


def joined(*records: bytes) -> bytes:
    return b"".join(records)


def zipped_as_one(*records: bytes) -> bytes:
    return gzip.compress(b"".join(records))


@pytest.mark.parametrize("pack", [joined, zipped, zipped_as_one])
def test_the_pages_of_an_archive(file: Path, pack: Callable[..., bytes]) -> None:
    request = warc_record(b"GET /story HTTP/1.1\r\nHost: news.example\r\n\r\n", "request")
    page, other = entries(file, pack(INFO, request, warc_record(http_response(PAGE)), SECOND))
    assert page == Page(PAGE, URL, None, str(file), "2026-01-02T03:04:05+00:00", "iso-8859-2")
    assert isinstance(other, Page)
    assert (other.content, other.url) == (b"<p>second</p>", "http://b.example/")


def test_what_a_crawl_noted_of_a_page(file: Path) -> None:
    noted = "source: Tälesblatt\r\nretrieved_at: 2026-05-06T07:08:09+00:00\r\nrole: page\r\n".encode()
    metadata = warc_record(noted, "metadata", WARC_Concurrent_To=record_id(URL))
    picture = warc_record(http_response(b"\x89PNG\r\n\x1a\n", fields={"Content-Type": "image/png"}))
    (page,) = entries(file, metadata + picture)
    assert isinstance(page, Page)
    assert (page.source, page.retrieved_at) == ("Tälesblatt", "2026-05-06T07:08:09+00:00")
    feed = metadata.replace(b"role: page", b"role: feed").replace(b"WARC-Block-Digest: sha1", b"WARC-Block-Digest: no")
    first, second = entries(file, feed + picture + metadata + FIRST + SECOND)
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert first.source == second.source == str(file), "what was noted about one page says nothing about the next"


def test_other_records_are_no_pages(file: Path) -> None:
    style = http_response(b"p {}", fields={"Content-Type": "text/css"})
    moved = http_response(b"<p>moved</p>", "301 Moved Permanently")
    records = [
        warc_record(style),
        warc_record(moved),
        warc_record(http_response(b"", "304 Not Modified")),
        warc_record(http_response(b"", "204 No Content")),
        warc_record(b"20260102030405\nnews.example.", url="dns:news.example"),
        warc_record(http_response(b"<p>again</p>"), "revisit"),
        warc_record(b"WARC-Type is no type of ours", "future"),
    ]
    assert entries(file, b"".join(records)) == []
    (missing,) = entries(file, warc_record(http_response(b"<p>no such page</p>", "404 Not Found")))
    assert isinstance(missing, RejectedInput)
    assert missing.rejection is not None
    assert (missing.page.url, missing.rejection.code) == (URL, "http-error")
    assert "404" in missing.rejection.reason


def test_resources_and_conversions(file: Path) -> None:
    resource = warc_record(b"<p>as the browser had it</p>", "resource", Content_Type="text/html; charset=utf-8")
    text = warc_record(SOUND.encode(), "conversion", Content_Type="text/plain")
    page, dump = entries(file, resource + text)
    assert isinstance(page, Page)
    assert isinstance(dump, Page)
    assert (page.content, page.charset) == (b"<p>as the browser had it</p>", "utf-8")
    assert (dump.content, dump.kind) == (SOUND.encode(), "text")


@pytest.mark.parametrize("cut", [5, 8, 40, 200, 350, 800])
def test_a_last_record_that_is_cut_off_is_rejected(file: Path, cut: int) -> None:
    assert contents(entries(file, (FIRST + SECOND + LAST)[:-cut])) in (
        [b"<p>first</p>", b"<p>second</p>", "cut-off"],
        [b"<p>first</p>", b"<p>second</p>", "damaged"],
    )


@pytest.mark.parametrize("cut", [20, 40, 80, len(zipped(LAST)) - 3])
def test_a_last_gzip_member_that_is_cut_off_is_rejected(file: Path, cut: int) -> None:
    found = contents(entries(file, zipped(FIRST, SECOND, LAST)[:-cut]))
    assert found == [b"<p>first</p>", b"<p>second</p>", "cut-off"]


def test_a_record_is_whole_where_only_what_follows_it_is_cut_off(file: Path) -> None:
    last = b"<p>last</p>" * 50
    assert contents(entries(file, (FIRST + LAST)[:-4])) == [b"<p>first</p>", last]
    assert contents(entries(file, zipped(FIRST, LAST)[:-4])) == [b"<p>first</p>", last, "cut-off"]


def test_the_record_that_is_cut_off_is_named(file: Path) -> None:
    for content in ((FIRST + LAST)[:-90], zipped(FIRST, LAST)[:-30]):
        first, last = entries(file, content)
        assert isinstance(first, Page)
        assert isinstance(last, RejectedInput)
        assert last.rejection is not None
        assert (last.page.url, last.rejection.code) == ("http://c.example/", "cut-off")
        assert "cut off" in last.rejection.reason


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"WARC_Block_Digest": "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}, "damaged"),
        ({"WARC_Block_Digest": "sha-256:00"}, "damaged"),
        ({"WARC_Block_Digest": "md5:"}, "damaged"),
        ({"WARC_Block_Digest": "whirlpool:unknown"}, b"<p>first</p>"),
        ({"WARC_Block_Digest": "sha1"}, "damaged"),
        ({"Content_Length": "-1"}, "damaged"),
        ({"Content_Length": "9" * 5000}, "damaged"),
        ({"Content_Length": "٣"}, "damaged"),
        ({"Content_Length": "9" * 18}, "too-large"),
        ({"Content_Length": "2000"}, "cut-off"),
        ({"WARC_Target_URI": "<http://a.example/>"}, b"<p>first</p>"),
        ({"WARC_Target_URI": "http://a.example/" + "a" * 100_000}, b"<p>first</p>"),
        ({"WARC_Date": "2026"}, b"<p>first</p>"),
        ({"WARC_Date": "x" * 100_000}, b"<p>first</p>"),
    ],
)
def test_records_that_lie(file: Path, changed: dict[str, str], expected: str | bytes) -> None:
    record = warc_record(http_response(b"<p>first</p>"), url="http://a.example/", **changed)
    assert contents(entries(file, record))[0] == expected
    assert contents(entries(file, SECOND + record))[:2] == [b"<p>second</p>", expected]
    assert b"<p>second</p>" in contents(entries(file, zipped(SECOND, record)))


def test_a_digest_in_hexadecimal(file: Path) -> None:
    digest = "sha1:f7ff9e8b7bb2e09b70935a5d785e0cc5d9d0abf0"
    assert contents(entries(file, warc_record(b"Hello", "conversion", WARC_Block_Digest=digest))) == [b"Hello"]


def test_an_archive_that_is_damaged_in_the_middle(file: Path) -> None:
    one, two = zipped(FIRST), zipped(SECOND)
    for content in (one + b"garbage" + two, FIRST + b"garbage" * 9 + SECOND, one + two[:30] + b"\xff" * 9 + two[39:]):
        assert contents(entries(file, content)) == [b"<p>first</p>", "damaged"]


def test_a_response_whose_body_cannot_be_decoded(file: Path) -> None:
    fields = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    packed = gzip.compress(b"<p>first</p>")
    records = [warc_record(http_response(content, fields=fields)) for content in (packed, packed[:-9], b"no gzip")]
    assert contents(entries(file, b"".join(records))) == [b"<p>first</p>", "cut-off", "bad-body"]


def test_pages_that_are_too_large_are_not_unpacked(file: Path) -> None:
    """Twenty bombs of a hundred megabytes, and a record that is one."""
    fields = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    bomb = warc_record(http_response(gzip.compress(b"<" * 10**8), fields=fields))
    large = warc_record(http_response(b"<" * 3 * 10**6), url="http://b.example/")
    file.write_bytes(zipped(*[bomb] * 20, large, FIRST))
    tracemalloc.start()
    found = contents(read_warc(str(file), 10**6))
    assert tracemalloc.get_traced_memory()[1] < 20 * 10**6
    tracemalloc.stop()
    assert found == ["too-large"] * 21 + [b"<p>first</p>"]


def test_mutated_archives(file: Path) -> None:
    """Two thousand damaged archives: each gives pages and reasons, and nothing is made up."""
    chance = random.Random(0)
    plain = INFO + FIRST + SECOND + LAST
    whole = {b"<p>first</p>", b"<p>second</p>", b"<p>last</p>" * 50}
    codes = set()
    for number in range(2000):
        content = bytearray(plain if number % 2 else zipped(INFO, FIRST, SECOND, LAST))
        for _ in range(1 if number % 2 else chance.randrange(1, 4)):  # two could hit a digest and what it is of
            start = chance.randrange(len(content))
            piece = bytes(content[start : start + chance.randrange(1, 30)])
            change = [b"", piece * 2, piece[::-1], chance.randbytes(len(piece)), b"\r\n", b"9", b"\xff"]
            content[start : start + len(piece)] = chance.choice(change)
        found = contents(entries(file, bytes(content)))
        codes |= {entry for entry in found if isinstance(entry, str)}
        assert {entry for entry in found if isinstance(entry, bytes)} <= whole
    assert codes >= {"damaged", "cut-off"}


def test_archives_are_told_by_their_content(file: Path) -> None:
    assert is_warc(FIRST)
    assert is_warc(zipped(FIRST))
    assert not is_warc(b"")
    assert not is_warc(gzip.compress(b"not one"))
    assert not is_warc(b"\x1f\x8b\xff")
    assert not is_warc(b"WARC/1.1 is a format")
    file.write_bytes(zipped(FIRST, SECOND))
    assert contents(read_pages([file])) == [b"<p>first</p>", b"<p>second</p>"]
    file.write_text(SOUND)
    assert contents(read_pages([file])) == [SOUND.encode()]
    assert contents(entry.page for entry in read_archives([file])) == ["not-warc"]
    assert contents(read_warc(str(file.parent / "none"))) == ["unreadable"]


def test_folders_of_archives(tmp_path: Path) -> None:
    (tmp_path / "b.warc").write_bytes(SECOND)
    (tmp_path / "a.warc.gz").write_bytes(zipped(FIRST))
    assert contents(entry.page for entry in read_archives([tmp_path])) == [b"<p>first</p>", b"<p>second</p>"]


def test_the_pages_are_cleaned_like_any_other(file: Path) -> None:
    (page,) = entries(file, zipped(warc_record(http_response(SOUND.encode("iso-8859-2", "replace")))))
    (article,) = clean_or_reject(page).articles
    assert (article.url, article.retrieved_at) == (URL, "2026-01-02T03:04:05+00:00")
    assert archived_pages._PAGE_TYPES.match("TEXT/HTML; charset=x")


@pytest.mark.parametrize("why", ["length", "time", "disconnect", "unspecified"])
def test_a_page_that_the_crawler_cut_is_not_taken_for_whole(file: Path, why: str) -> None:
    cut = warc_record(http_response(b"<p>fir"), WARC_Truncated=why)
    (first, second) = entries(file, cut + SECOND)
    assert isinstance(first, RejectedInput)
    assert (first.page.url, first.rejection.code) == (URL, "cut-off")
    assert why in first.rejection.reason
    assert contents([second]) == [b"<p>second</p>"]


def segments(parts: list[bytes], *, url: str = URL) -> list[bytes]:
    """A response in several records."""
    total = str(sum(map(len, parts)))
    origin = {"WARC_Segment_Origin_ID": record_id(url), "Content_Type": "application/octet-stream"}
    records = [warc_record(parts[0], url=url, WARC_Segment_Number="1")]
    for number, part in enumerate(parts[1:], start=2):
        last = {"WARC_Segment_Total_Length": total} if number == len(parts) else {}
        fields = {**origin, "WARC_Record_ID": f"<urn:part:{number}>", "WARC_Segment_Number": str(number), **last}
        records.append(warc_record(part, "continuation", url=url, **fields))
    return records


def test_segments_make_one_page(file: Path) -> None:
    first, second, third = segments([http_response(b"<p>the "), b"whole ", b"page</p>"])
    assert contents(entries(file, first + SECOND + second + third)) == [b"<p>second</p>", b"<p>the whole page</p>"]


def test_a_missing_segment_leaves_no_page_that_is_taken_for_whole(file: Path) -> None:
    first, second, third = segments([http_response(b"<p>the "), b"whole ", b"page</p>"])
    assert contents(entries(file, first + SECOND)) == [b"<p>second</p>", "cut-off"]
    assert contents(entries(file, first + second)) == ["cut-off"]
    assert contents(entries(file, first + third)) == ["cut-off"]
    assert contents(entries(file, second + third)) == ["cut-off", "cut-off"]
    assert contents(entries(file, third + SECOND)) == ["cut-off", b"<p>second</p>"]


def test_segments_beyond_the_bound_are_refused(file: Path) -> None:
    parts = segments([http_response(b"<p>"), *[b"x" * 400_000] * 9])
    assert "too-large" in contents(entries(file, b"".join(parts), 10**6))


def sha(content: bytes) -> str:
    return f"sha1:{hashlib.sha1(content).hexdigest()}"


def test_the_payload_digest_is_checked(file: Path) -> None:
    wrong = warc_record(http_response(b"<p>changed</p>"), WARC_Payload_Digest=sha(b"<p>first</p>"))
    right = warc_record(http_response(b"<p>first</p>"), WARC_Payload_Digest=sha(b"<p>first</p>"))
    assert contents(entries(file, wrong + right)) == ["damaged", b"<p>first</p>"]


def test_a_payload_digest_may_be_of_the_body_with_or_without_its_encodings(file: Path) -> None:
    page = b"<p>first</p>"
    packed = gzip.compress(page, mtime=0)
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
    fields = {"Content-Type": "text/html", "Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}
    for payload in (chunked, packed, page):
        record = warc_record(http_response(chunked, fields=fields), WARC_Payload_Digest=sha(payload))
        assert contents(entries(file, record)) == [page]


def test_the_digest_of_a_revisit_is_no_damage(file: Path) -> None:
    digests = {"WARC_Block_Digest": sha(b"<p>the page before</p>"), "WARC_Payload_Digest": sha(b"the page before")}
    revisit = warc_record(http_response(b""), "revisit", **digests)
    assert contents(entries(file, FIRST + revisit + SECOND)) == [b"<p>first</p>", b"<p>second</p>"]


def frames(*records: bytes) -> bytes:
    return b"".join(map(compress, records))


def frames_with_dictionary(*records: bytes, packed: bool = False) -> bytes:
    dictionary = train_dict([FIRST, SECOND, LAST] * 50, 4096)
    content = compress(dictionary.dict_content) if packed else dictionary.dict_content
    frame = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content
    return frame + b"".join(compress(record, zstd_dict=dictionary) for record in records)


def one_frame(*records: bytes) -> bytes:
    return compress(b"".join(records))


def frames_with_packed_dictionary(*records: bytes) -> bytes:
    return frames_with_dictionary(*records, packed=True)


@pytest.mark.parametrize("pack", [frames, one_frame, frames_with_dictionary, frames_with_packed_dictionary])
def test_archives_packed_with_zstandard(file: Path, pack: Callable[..., bytes]) -> None:
    whole = pack(INFO, FIRST, SECOND)
    assert contents(entries(file, whole)) == contents(read_pages([file])) == [b"<p>first</p>", b"<p>second</p>"]
    found = contents(entries(file, whole[:-9]))
    assert found[-1] == "cut-off"
    assert set(found[:-1]) <= {b"<p>first</p>", b"<p>second</p>"}


@pytest.mark.parametrize("head", [b"", b"\xff" * 4, b"\xff\xff\xff\x00", b"\x04\x00\x00\x00what"])
def test_a_dictionary_that_is_none(file: Path, head: bytes) -> None:
    (refused,) = contents(entries(file, b"\x5d\x2a\x4d\x18" + head))
    assert refused in ("cut-off", "damaged", "not-warc")
