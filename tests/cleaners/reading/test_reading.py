from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from cleaners.data import Page, RejectedInput
from cleaners.errors import MissingPath
from cleaners.reading import page_files, read_pages, rejects


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a folder of pages in it."""
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a/z.txt", "a/a.txt", "a.txt", "B.txt", ".hidden", ".git/config"):
        file = tmp_path / "pages" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    return tmp_path / "pages"


def sources(*paths: str | Path) -> list[str | None]:
    return [entry.page.source if isinstance(entry, RejectedInput) else entry.source for entry in read_pages(paths)]


def rejected(path: Path) -> tuple[str, str]:
    (entry,) = read_pages([path])
    assert isinstance(entry, RejectedInput)
    assert entry.rejection is not None
    return entry.rejection.code, entry.rejection.reason


def test_a_folder_is_read_in_the_order_of_its_names_without_hidden_files(folder: Path) -> None:
    below = ["pages/B.txt", "pages/a/a.txt", "pages/a/z.txt", "pages/a.txt", "pages/b.txt"]
    assert sources("pages") == below
    assert sources(folder) == below
    assert sources("pages/b.txt", "pages/a", "pages/.hidden") == ["pages/b.txt", *below[1:3], "pages/.hidden"]


def test_a_page_says_where_and_when_it_was_read(folder: Path) -> None:
    (page,) = read_pages([folder / "b.txt"])
    assert isinstance(page, Page)
    assert (page.content, page.source, page.url, page.kind) == (b"b.txt", "pages/b.txt", None, None)
    assert page.retrieved_at is not None
    assert datetime.fromisoformat(page.retrieved_at).utcoffset() is not None


def test_a_path_elsewhere_is_named_as_it_was_given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "a")
    assert sources("../b.txt") == ["../b.txt"]
    assert sources(folder / "b.txt") == [(folder / "b.txt").as_posix()]


def test_a_missing_path_is_said_before_anything_is_read(folder: Path) -> None:
    with pytest.raises(MissingPath, match=r"^no such file or folder: pages/nope$"):
        read_pages(["pages", "pages/nope"])


def test_pages_are_read_one_by_one(folder: Path) -> None:
    pages = read_pages(["pages"])
    next(pages)
    (folder / "b.txt").write_text("changed meanwhile")
    *_, last = pages
    assert isinstance(last, Page)
    assert last.content == b"changed meanwhile"


def test_a_file_that_cannot_be_read_is_a_rejected_page(folder: Path) -> None:
    (folder / "a.txt").unlink()
    (folder / "a.txt").symlink_to("gone")
    code, reason = next(
        (entry.rejection.code, entry.rejection.reason)
        for entry in read_pages(["pages"])
        if isinstance(entry, RejectedInput) and entry.rejection
    )
    assert code == "unreadable"
    assert reason == "The file cannot be read: No such file or directory."
    assert len(sources("pages")) == 5


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_a_rejected_page(folder: Path) -> None:
    (folder / "b.txt").chmod(0)
    assert rejected(folder / "b.txt") == ("unreadable", "The file cannot be read: Permission denied.")


def test_a_page_that_is_too_large_is_rejected_without_being_read_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_files, "MAX_PAGE_BYTES", 3 * 1024**2)
    monkeypatch.setattr(rejects, "MAX_PAGE_BYTES", 3 * 1024**2)
    (folder / "b.txt").write_bytes(b"x" * 3 * 1024**2)
    (page,) = read_pages([folder / "b.txt"])
    assert isinstance(page, Page)
    (folder / "b.txt").write_bytes(b"x" * (3 * 1024**2 + 1))
    assert rejected(folder / "b.txt")[0] == "too-large"
    assert "larger than 3 MB" in rejected(folder / "b.txt")[1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_in_folders_and_links_in_circles_are_left_out(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "a" / "up").symlink_to(folder)
    assert len(sources("pages")) == 5
