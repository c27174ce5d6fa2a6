"""Files that hold many pages, told apart by content; cut off, damaged and hostile ones."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from cleaners.data import Input, Page, RejectedInput
from cleaners.reading import BytesRead, json_documents, json_lines, read_pages, size_of
from cleaners.reading import parquet as parquet_reader
from cleaners.reading.json_lines import is_json_lines
from cleaners.reading.parquet import is_parquet
from tests.support.packed import packed

PAGES = [f"<html><p>Page {number}, " + "with words " * number for number in range(200)]


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Input]]:
    monkeypatch.chdir(tmp_path)

    def read(content: bytes, field: str | None = None) -> list[Input]:
        Path("file").write_bytes(content)
        return list(read_pages(["file"], field=field))

    return read


def contents(entries: list[Input]) -> list[str | bytes]:
    return [entry.content for entry in entries if isinstance(entry, Page)]


def rejections(entries: list[Input]) -> list[tuple[str | None, str]]:
    rejected = [entry for entry in entries if isinstance(entry, RejectedInput)]
    return [(entry.page.source, entry.rejection.code) for entry in rejected if entry.rejection]


Reading = Callable[..., list[Input]]


def test_each_line_of_json_is_a_page(read: Reading) -> None:
    record = {"id": 3, "text": "what others made", "html": PAGES[1], "url": "https://a.example/1"}
    first, second = read(lines(record, {"html": "", "retrieved_at": "2026-01-02T03:04:05+01:00"}))
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert (first.content, first.url, first.source) == (PAGES[1], "https://a.example/1", "file:1")
    assert (second.content, second.url, second.source) == ("", None, "file:2")
    assert second.retrieved_at == "2026-01-02T03:04:05+01:00"


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_packed_lines_are_read_like_plain_ones(read: Reading, ending: str) -> None:
    content = lines(*({"content": page} for page in PAGES))
    assert contents(read(packed(content, ending) if ending else content)) == PAGES


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_a_packed_page_is_a_page(read: Reading, ending: str) -> None:
    assert contents(read(packed(PAGES[9].encode(), ending))) == [PAGES[9].encode()]
    two_frames = packed(b"<p>one", ending) + packed(b" and two", ending)
    assert contents(read(two_frames)) == [b"<p>one and two"]


def test_a_named_field_is_taken(read: Reading) -> None:
    record = {"html": "a", "story": "b", "number": 3}
    assert contents(read(lines(record), "story")) == ["b"]
    for field in ("nope", "number"):
        assert rejections(read(lines(record), field)) == [("file:1", "no-content")]


def test_a_record_without_a_page_says_what_it_has(read: Reading) -> None:
    (entry,) = read(lines({"title": "x", "words": 3, "html": None}))
    assert isinstance(entry, RejectedInput)
    assert entry.rejection is not None
    assert "there are: title, words, html" in entry.rejection.reason


@pytest.mark.parametrize(
    ("record", "url", "time"),
    [
        ({"link": "http://a.example/", "url": "javascript:alert(1)"}, "http://a.example/", None),
        ({"url": 7, "WARC-Target-URI": "https://a.example/"}, "https://a.example/", None),
        ({"retrieved_at": "yesterday", "WARC-Date": "2026-01-02T03:04:05Z"}, None, "2026-01-02T03:04:05+00:00"),
        ({"retrieved_at": "2026-01-02 03:04"}, None, None),
    ],
)
def test_address_and_time_are_taken_where_they_are_sound(
    read: Reading, record: dict[str, Any], url: str | None, time: str | None
) -> None:
    (page,) = read(lines({"text": "words", **record}))
    assert isinstance(page, Page)
    assert page.url == url
    assert page.retrieved_at == time or (time is None and page.retrieved_at != record.get("retrieved_at"))


@pytest.mark.parametrize(
    "head",
    [
        b'{"html": "<p>',
        b'{"a":1}\n{"a":2}\n',
        b'\xef\xbb\xbf{"a":1}\r\n\r\n{"b',
        b'\n { "a" : 1}',
        b"{}\n{}\n",
        b'{"',
        b'{"a":1}\n{',
    ],
)
def test_json_lines_are_known(head: bytes) -> None:
    assert is_json_lines(head)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\n\n",
        b"<p>{",
        b'{"a":1}\nWords of a dump.',
        b'{\n"html": "x"}',
        b"{curly words}",
        b'["a"]',
        b"PAR1 hotel",
    ],
)
def test_other_files_are_not_taken_for_json_lines(head: bytes) -> None:
    assert not is_json_lines(head)
    assert not is_parquet(head)


@given(st.binary(max_size=300))
def test_any_first_bytes_are_told(head: bytes) -> None:
    assert is_json_lines(b'{"a":1}\n' + head) in (True, False)
    assert is_json_lines(b'{"' + b"a" * 100_000 + head) is False


@pytest.mark.parametrize("line", [b"{oops}", b"[1]", b'"text"', b"[" * 100_000, b'{"a":' * 100_000, b"1" * 5000])
def test_a_line_that_is_no_record_is_rejected_alone(read: Reading, line: bytes) -> None:
    entries = read(lines({"text": "one"}, {"text": "two"}) + line + b"\n" + lines({"text": "three"}))
    assert contents(entries) == ["one", "two", "three"]
    assert rejections(entries) == [("file:3", "no-json")]


def test_lines_that_are_cut_off_are_named(read: Reading) -> None:
    entries = read(lines(*({"text": page} for page in PAGES))[:-9])
    assert contents(entries) == PAGES[:-1]
    assert rejections(entries) == [("file:200", "cut-off")]


@pytest.mark.parametrize("ending", [".gz", ".zst"])
@pytest.mark.parametrize("share", [0.3, 0.7, 0.999])
def test_of_a_packed_file_all_before_the_cut_is_kept(read: Reading, ending: str, share: float) -> None:
    noise = [{"text": f"{number} " + str(hash(str(number) * 3)) * 30} for number in range(3000)]
    content = packed(lines(*noise), ending)
    entries = read(content[: int(len(content) * share)])
    kept = contents(entries)
    assert kept == [record["text"] for record in noise[: len(kept)]]
    assert len(kept) >= len(noise) * (share - 0.25)
    assert rejections(entries) == [("file", "cut-off")]


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_a_packed_page_that_is_cut_off_is_rejected(read: Reading, ending: str) -> None:
    assert rejections(read(packed(PAGES[99].encode(), ending)[:-5])) == [("file", "cut-off")]


def test_a_packed_file_that_is_damaged_is_named(read: Reading) -> None:
    whole = packed(lines({"text": "one"}), ".gz")
    entries = read(whole + b"rubbish")
    assert contents(entries) == ["one"]
    assert rejections(entries) == [("file", "damaged")]
    flipped = bytearray(packed(lines(*({"text": page} for page in PAGES)), ".zst"))
    flipped[len(flipped) // 2] ^= 255
    assert [code for _, code in rejections(read(bytes(flipped)))][-1:] == ["damaged"]


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_a_line_of_any_length_costs_little_memory(read: Reading, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "LONGEST_LINE", 1 << 16)
    monkeypatch.setattr(json_lines, "LONGEST_SKIP", 1 << 24)
    long = b'{"text": "' + b"x" * (1 << 20) + b'"}\n'
    entries = read(packed(lines({"text": "one"}) + long + lines({"text": "two"}), ending))
    assert contents(entries) == ["one", "two"]
    assert rejections(entries) == [("file:2", "too-large")]
    bomb = packed(lines({"text": "one"}) + b'{"text": "' + b"\0" * (1 << 26), ending)
    entries = read(bomb)
    assert contents(entries) == ["one"]
    assert rejections(entries) == [("file:2", "too-large"), ("file:2", "too-large")]


def test_a_bomb_of_a_page_is_rejected(read: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    from cleaners.reading import page_files

    monkeypatch.setattr(page_files, "MAX_PAGE_BYTES", 1 << 20)
    assert rejections(read(gzip.compress(b"\0" * (1 << 24)))) == [("file", "too-large")]


def table(rows: int, content: str = "html", kind: pa.DataType | None = None) -> bytes:
    file = io.BytesIO()
    columns = {
        content: pa.array([f"<p>{number}" for number in range(rows)]).cast(kind or pa.string()),
        "url": [f"https://a.example/{number}" for number in range(rows)],
        "fetched_at": [datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)] * rows,
        "other": [list(range(9))] * rows,
    }
    parquet.write_table(pa.table(columns), file, row_group_size=40, compression="none", use_dictionary=False)
    return file.getvalue()


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary()])
def test_each_row_of_parquet_is_a_page(read: Reading, kind: pa.DataType) -> None:
    pages = read(table(100, kind=kind))
    last = pages[-1]
    assert len(pages) == 100
    assert isinstance(last, Page)
    assert last.content in ("<p>99", b"<p>99")
    assert (last.url, last.source, last.retrieved_at) == (
        "https://a.example/99",
        "file:100",
        "2026-01-02T03:04:05+00:00",
    )


def test_the_column_of_parquet_may_be_named(read: Reading) -> None:
    assert len(contents(read(table(3, "strange"), "strange"))) == 3
    assert rejections(read(table(3, "strange"))) == [("file", "no-content")]
    assert rejections(read(table(3), "other"))[0] == ("file:1", "no-content")


@pytest.mark.parametrize("share", [0.01, 0.5, 0.999])
def test_parquet_that_is_cut_off_is_named(read: Reading, share: float) -> None:
    content = table(100)
    assert rejections(read(content[: int(len(content) * share)])) == [("file", "cut-off")]


def test_of_damaged_parquet_the_sound_row_groups_are_kept(read: Reading) -> None:
    content = bytearray(table(120))
    start = content.index(b"<p>40") - 60
    content[start : start + 50] = b"\xff" * 50
    entries = read(bytes(content))
    assert contents(entries)[:40] == [f"<p>{number}" for number in range(40)]
    assert contents(entries)[-40:] == [f"<p>{number}" for number in range(80, 120)]
    assert rejections(entries) == [("file", "damaged")]


TABLE = table(80)
START, FOOTER = len(TABLE) // 20, len(TABLE) - 8 - int.from_bytes(TABLE[-8:-4], "little")


@given(st.integers(FOOTER, len(TABLE) - 9) | st.integers(4, START), st.integers(0, 7))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bit_of_parquet_may_flip(read: Reading, position: int, bit: int) -> None:
    content = bytearray(TABLE)
    content[position] ^= 1 << bit
    read(bytes(content))  # whatever it gives, it raises nothing


def test_without_pyarrow_it_is_said_what_is_missing(read: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_reader, "find_spec", lambda _: None)
    (entry,) = read(table(1))
    assert isinstance(entry, RejectedInput)
    assert entry.rejection is not None
    assert "copydesk[parquet]" in entry.rejection.reason
    assert "pyarrow" in sys.modules, "or nothing was hidden"


def test_parquet_in_a_packing_is_refused(read: Reading) -> None:
    assert rejections(read(packed(table(3), ".gz"))) == [("file", "no-parquet")]


def test_patterns_are_expanded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a/1.html", "a/b/2.html", "a/3.txt", "[x].html"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(name)

    def sources(*paths: str) -> list[str | None]:
        return [entry.source for entry in read_pages(paths) if isinstance(entry, Page)]

    assert sources("a/*.html") == ["a/1.html"]
    assert sources("**/*.html") == ["[x].html", "a/1.html", "a/b/2.html"]
    assert sources("a/**") == ["a/1.html", "a/3.txt", "a/b/2.html"]
    assert sources("*") == ["[x].html", "a/1.html", "a/3.txt", "a/b/2.html"]
    assert sources("[x].html") == ["[x].html"]
    assert size_of(["a"]) == len("a/1.htmla/b/2.htmla/3.txt")
    assert size_of(["a", "-"]) is None


def test_a_file_is_left_out_by_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "page").write_text("words")
    (tmp_path / "out").write_text("words")
    (tmp_path / "link").symlink_to(tmp_path / "out")
    status = (tmp_path / "out").stat()
    (page,) = read_pages([tmp_path], leave_out={(status.st_dev, status.st_ino)})
    assert isinstance(page, Page)
    assert page.source == str(tmp_path / "page")


def test_the_bytes_that_were_read_are_counted(tmp_path: Path) -> None:
    (tmp_path / "1.gz").write_bytes(packed(lines(*({"text": page} for page in PAGES)), ".gz"))
    (tmp_path / "2.txt").write_bytes(b"x" * 1000)
    read = BytesRead()
    counts = [read.count for _ in read_pages([tmp_path], bytes_read=read)]
    assert counts == sorted(counts)
    assert counts[-1] == size_of([tmp_path])


def test_an_array_of_records_is_read_record_by_record(read: Reading) -> None:
    records = [{"url": "https://a.example/1", "html": PAGES[1]}, {"no": "page"}, 3, {"html": PAGES[2]}]
    for content in (json.dumps(records), json.dumps(records, indent=1)):
        entries = read(content.encode())
        assert contents(entries) == [PAGES[1], PAGES[2]]
        assert rejections(entries) == [("file:2", "no-content"), ("file:3", "no-json")]
        assert isinstance(entries[0], Page)
        assert (entries[0].url, entries[0].source) == ("https://a.example/1", "file:1")


def test_a_record_over_several_lines_is_read(read: Reading) -> None:
    record = {"link": "https://a.example/1", "html": PAGES[1], "source": PAGES[2]}
    (entry,) = read(b"\xef\xbb\xbf" + json.dumps(record, indent=2).encode())
    assert isinstance(entry, Page)
    assert (entry.content, entry.url, entry.source) == (PAGES[1], "https://a.example/1", "file")
    assert contents(read(json.dumps(record, indent=2).encode(), "source")) == [PAGES[2]]


@pytest.mark.parametrize("content", [b'[{"a": 1}]\nThe harbour reopened.', b'{\n "a": [' + b"[" * 100_000, b'[\n{"a'])
def test_what_only_begins_like_json_is_a_page(read: Reading, content: bytes) -> None:
    assert contents(read(content)) == [content]


def test_a_json_document_has_a_most(read: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_documents, "MAX_PAGE_BYTES", 1000)
    assert rejections(read(json.dumps([{"html": "x" * 1000}]).encode())) == [("file", "too-large")]


def test_articles_in_an_array_are_our_own(read: Reading) -> None:
    article = {"id": "a", "text": "b", "story": {}, "copydesk": "1"}
    assert rejections(read(json.dumps([article]).encode())) == [("file", "own-output")]
    assert rejections(read(json.dumps(article, indent=2).encode())) == [("file", "own-output")]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_of_pages_is_refused_with_a_way_out(read: Reading, mark: str) -> None:
    (entry,) = read(f'\ufeff"url"{mark}html\r\nhttps://a.example/1{mark}"<p>one</p>"\r\n'.encode())
    assert isinstance(entry, RejectedInput)
    assert (entry.rejection.code, "to_json" in entry.rejection.reason) == ("csv-table", True)


@pytest.mark.parametrize(
    "content",
    [
        *(b"url, text and body\nof the story", b"url,html", b"Prices,Volumes\n1,2\n"),
        *(b"url,html\rhttps://a.example/1,one\r\n", b'url,"html' + b"x" * 200_000 + b"\n"),
    ],
    ids=["prose", "no second line", "other columns", "a bare carriage return", "a cell without an end"],
)
def test_other_words_between_commas_are_a_page(read: Reading, content: bytes) -> None:
    assert contents(read(content)) == [content]
