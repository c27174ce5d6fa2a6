"""Files that hold one page: found by one process, and read by the one that cleans the page."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cleaners.data import Page, PageFile, RejectedInput
from cleaners.reading import BytesRead, Known, find_pages, page_files, read_pages
from cleaners.reading.page_files import read_page_file
from tests.support.bad_pages import SOUND


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a page, a packed page and two pages in JSON Lines."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(SOUND)
    Path("b.txt.gz").write_bytes(gzip.compress(SOUND.encode()))
    Path("c.jsonl").write_text(2 * (json.dumps({"text": SOUND}) + "\n"))
    return tmp_path


def found(path: str) -> PageFile:
    (file,) = find_pages([path])
    assert isinstance(file, PageFile)
    return file


def rejected(file: PageFile) -> tuple[str, str]:
    entry = read_page_file(file)
    assert isinstance(entry, RejectedInput)
    assert entry.page.source == file.page.source
    return entry.rejection.code, entry.rejection.reason


def test_a_page_file_is_read_as_the_page_it_holds(folder: Path) -> None:
    read = BytesRead()
    waiting = list(find_pages(["."], bytes_read=read))
    assert [type(each) for each in waiting] == [PageFile, PageFile, Page, Page]
    assert read.count == sum(file.stat().st_size for file in folder.iterdir())
    pages = [read_page_file(each) if isinstance(each, PageFile) else each for each in waiting]
    expected = list(read_pages(["."]))
    assert [replace(page, retrieved_at=None) for page in pages if isinstance(page, Page)] == [
        replace(page, retrieved_at=None) for page in expected if isinstance(page, Page)
    ]
    assert [page.source for page in pages if isinstance(page, Page)] == ["a.txt", "b.txt.gz", "c.jsonl:1", "c.jsonl:2"]


def test_it_is_found_from_another_folder(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = found("a.txt")
    os.chdir(tmp_path_factory.mktemp("elsewhere"))
    page = read_page_file(file)
    assert isinstance(page, Page)
    assert (page.content, page.source) == (SOUND.encode(), "a.txt")


def test_what_is_known_of_the_page_stays(folder: Path) -> None:
    file = found("a.txt")
    page = read_page_file(replace(file, page=replace(file.page, url="https://a.example/1", language="en")))
    assert isinstance(page, Page)
    assert (page.url, page.language, page.retrieved_at) == ("https://a.example/1", "en", file.page.retrieved_at)


def test_with_an_address_given_the_page_is_read_at_once(folder: Path) -> None:
    (page,) = find_pages(["a.txt"], known=Known(url="https://a.example/1"))
    assert isinstance(page, Page)
    assert page.content == SOUND.encode()


def test_a_file_that_vanishes_is_a_rejection(folder: Path) -> None:
    file = found("a.txt")
    Path("a.txt").unlink()
    assert rejected(file) == ("unreadable", "The file cannot be read: No such file or directory.")


def test_a_folder_that_vanishes_while_others_are_read_is_a_rejection(folder: Path) -> None:
    Path("d").mkdir()
    found = find_pages([folder], leave_out={(0, 0)})
    assert isinstance(next(found), PageFile)
    Path("d").rmdir()
    *_, last = found
    assert isinstance(last, RejectedInput)
    assert (last.page.source, last.rejection.code) == ("d", "unreadable")


def test_a_file_that_changes_is_a_rejection(folder: Path) -> None:
    file = found("a.txt")
    with open("a.txt", "a") as growing:
        growing.write("The mayor said more.\n")
    assert rejected(file) == ("changed", "The file changed while the run went on: clean it again.")
    assert isinstance(read_page_file(found("a.txt")), Page)


def test_a_file_in_the_place_of_another_is_a_rejection(folder: Path) -> None:
    file = found("a.txt")
    Path("new").write_text(SOUND)
    os.utime("new", ns=(0, file.state[3]))
    os.replace("new", "a.txt")
    assert rejected(file)[0] == "changed"


def test_a_packed_file_that_is_cut_off_is_a_rejection(folder: Path) -> None:
    Path("b.txt.gz").write_bytes(gzip.compress(SOUND.encode() * 2000)[:-9])
    assert rejected(found("b.txt.gz"))[0] == "cut-off"


def test_a_file_that_is_too_large_is_a_rejection(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = found("a.txt")
    monkeypatch.setattr(page_files, "MAX_PAGE_BYTES", file.size - 1)
    assert rejected(file)[0] == "too-large"


@pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="descriptors have no paths here")
def test_a_path_of_this_process_alone_is_read_by_it(folder: Path) -> None:
    with open("a.txt", "rb") as file:
        (page,) = find_pages([f"/dev/fd/{file.fileno()}"])
    assert isinstance(page, Page)
    assert page.content == SOUND.encode()


@pytest.mark.parametrize("file", ["a.txt", "b.txt.gz", "c.jsonl"])
def test_a_file_that_is_standard_input_is_read_where_it_is(folder: Path, file: str) -> None:
    code = "from cleaners.reading import find_pages; print([page.source for page in find_pages(['-']) if page.content])"
    with open(file, "rb") as given:
        run = subprocess.run([sys.executable, "-c", code], stdin=given, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str(["stdin:1", "stdin:2"] if file == "c.jsonl" else ["stdin"])
