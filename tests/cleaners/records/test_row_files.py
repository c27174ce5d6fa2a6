"""The reader of our own files: the same rows from every format, and the longest line that can be written."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Literal

import pytest

from cleaners import read_articles
from cleaners.comparing.run_output import open_run
from cleaners.data import Page
from cleaners.reading.files import MAX_PAGE_BYTES
from cleaners.records import parquet as parquet_module
from cleaners.records.audit import BadRow, read_audit
from cleaners.records.reader import RejectedLine, read_file
from cleaners.records.row_files import BYTE_ORDER_MARK, MAX_LINE_BYTES, numbered_rows
from cleaners.running.batch import CleaningOptions, clean_to_lines
from cleaners.running.outputs import open_outputs
from cleaners.tracing.inputs import TraceInput, read_inputs
from tests.support.bad_pages import SOUND
from tests.support.paths import SEEDS


def write(folder: Path, ending: str) -> Path:
    """A run over a few pages: articles, an audit and rejects in files with this ending."""
    folder.mkdir()
    contents = [SOUND, *(path.read_bytes() for path in SEEDS[:5]), b"", b"%PDF-1.7"]
    pages = [Page(content, source=f"page-{number}") for number, content in enumerate(contents)]
    paths = {rows: str(folder / f"{name}.{ending}") for rows, name in NAMES.items()}
    with open_outputs(paths, "new", {}) as outputs:
        for page in pages:
            outputs.write(clean_to_lines(page))
    return folder


NAMES = {"articles": "articles", "audit": "audit", "rejects": "rejected"}


@pytest.mark.parametrize("ending", ["parquet", "jsonl.gz", "jsonl.zst"])
def test_every_format_gives_the_same_rows(tmp_path: Path, ending: str) -> None:
    lines, other = write(tmp_path / "lines", "jsonl"), write(tmp_path / "other", ending)
    articles = list(read_articles(lines))
    assert len(articles) >= 3
    assert list(read_articles(other)) == articles
    assert list(read_articles(other / f"articles.{ending}")) == articles
    assert list(read_audit(str(other / f"audit.{ending}"))) == list(read_audit(str(lines / "audit.jsonl")))
    rejects = [list(read_file(str(path), lambda row: "code" in row)) for path in (lines / "rejected.jsonl",)]
    assert [list(read_file(str(other / f"rejected.{ending}"), lambda row: "code" in row))] == rejects


def test_trace_and_diff_read_parquet(tmp_path: Path) -> None:
    lines, table = write(tmp_path / "lines", "jsonl"), write(tmp_path / "table", "parquet")
    traced = [[(given.id, given.text) for given in inputs(folder)] for folder in (lines, table)]
    assert traced[0] == traced[1] != []
    assert list(open_run(str(table)).pages) == list(open_run(str(lines)).pages)
    old, new = (
        open_run(str(folder / f"articles.{ending}")) for folder, ending in ((lines, "jsonl"), (table, "parquet"))
    )
    assert list(new.pages) == list(old.pages)


def inputs(folder: Path) -> list[TraceInput]:
    return [given for given in read_inputs([str(folder)]) if isinstance(given, TraceInput)]


def test_parquet_without_pyarrow_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "table", "parquet") / "articles.parquet"
    monkeypatch.setattr(parquet_module, "find_spec", lambda _: None)
    (rejected,) = read_file(str(path))
    assert isinstance(rejected, RejectedLine)
    assert rejected.code == "unreadable"
    assert rejected.reason.endswith("Parquet needs pyarrow: pip install 'copydesk[parquet]'.")
    with pytest.raises(BadRow, match=r"copydesk\[parquet\]"):
        list(read_audit(str(path)))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_parquet_that_is_cut_off_is_named(tmp_path: Path, share: float) -> None:
    path = write(tmp_path / "table", "parquet") / "articles.parquet"
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    (rejected,) = read_file(str(path))
    assert isinstance(rejected, RejectedLine)
    assert rejected.code == "unreadable"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("line", [b'{"id": "1", "text": "A."}\n', b'\n{"id": "1", "text": "A."}\n'])
def test_a_byte_order_mark_at_the_start_is_no_part_of_the_row(pack: type[bytes], line: bytes) -> None:
    file = io.BufferedReader(io.BytesIO(pack(BYTE_ORDER_MARK + line)))  # type: ignore[arg-type]
    ((_, row),) = numbered_rows(file)
    assert row == {"id": "1", "text": "A."}


def test_the_longest_line_that_can_be_written_is_read() -> None:
    """The worst page is one block of characters of one byte, which JSON escapes with six, standing in a row twice."""
    page = "\x85" * 1000 + "a"
    row = clean_to_lines(Page(page.encode("latin-1"), kind="text", charset="latin-1")).audit
    longest = len(json.dumps({"text": "\x01", "raw": "\x01"})) - len(json.dumps({"text": "", "raw": ""}))
    assert longest * MAX_PAGE_BYTES < MAX_LINE_BYTES
    assert len(row) < longest * len(page) + 1024**2


def split(folder: Path, shape: Literal["json", "md"]) -> Path:
    """A run over two pages that gives a folder of articles."""
    with open_outputs({"articles": str(folder)}, "new", {}, shape) as outputs:
        for path in SEEDS[:2]:
            outputs.write(clean_to_lines(Page(path.read_bytes(), source=path.name), CleaningOptions(bodies="md")))
    return folder


def test_a_folder_of_articles_in_json_is_read_by_all(tmp_path: Path) -> None:
    folder = split(tmp_path / "out", "json")
    (folder / "other.json").write_text("[1]")
    articles = list(read_articles(folder))
    assert len(articles) >= 2
    assert [given.id for given in inputs(folder)] == [row["id"] for row in articles]
    assert list(read_articles(min(folder.glob("*.json")))) == articles[:1]
    assert {page.name for page in open_run(str(folder)).pages} == {row["source"] for row in articles}


def test_of_markdown_it_is_said_that_it_cannot_be_read(tmp_path: Path) -> None:
    folder = split(tmp_path / "out", "md")
    for path in (folder, next(folder.glob("*.md"))):
        refused: list[RejectedLine] = []
        assert list(read_articles(path, refuse=refused.append)) == []
        assert [(rejected.code, "--split json" in rejected.reason) for rejected in refused] == [("markdown", True)]
        with pytest.raises(BadRow, match="--split json"):
            open_run(str(path))


def test_a_first_line_that_is_cut_off_costs_only_itself() -> None:
    file = io.BufferedReader(io.BytesIO(b'{\n{"id": "1"}\n\n{"id": "2"}\n'))  # type: ignore[arg-type]
    assert [(number, isinstance(row, dict)) for number, row in numbered_rows(file)] == [
        (1, False),
        (2, True),
        (4, True),
    ]
