"""What a crawl keeps: each article once, in step with what is acknowledged."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cleaners.data import Page, RejectedInput, Rejection
from cleaners.running.batch import CleanedLines, clean_to_lines
from scraper.frontier import QueuedRequest
from scraper.storage.output import DataFolder, FolderInUse, Output
from scraper.storage.store import Store, content_digest
from tests.support.bad_pages import SOUND

OTHER = SOUND.replace("fire engine", "snow plough")
CANONICAL = '<link rel="canonical" href="http://a.example/one"><article>{}</article>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with_lock = Store(folder, "q")
    yield with_lock
    with_lock.close()


def html(text: str) -> str:
    return CANONICAL.format("".join(f"<p>{line}</p>" for line in text.splitlines()))


def write(store: Store, content: str, url: str = "http://a.example/one") -> CleanedLines:
    page = Page(content, url=url, source="made")
    return store.write(clean_to_lines(page), content_digest(page))


def rows(folder: Path, name: str = "articles.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / name).read_bytes().splitlines()]


def test_a_page_is_written_once(store: Store, folder: Path) -> None:
    assert len(write(store, html(SOUND)).articles) == 1
    assert write(store, html(SOUND)).articles == ()
    store.commit()
    assert write(store, html(SOUND)).articles == ()
    assert len(rows(folder)) == 1


def test_a_page_whose_article_is_the_same_is_not_written_again(store: Store, folder: Path) -> None:
    write(store, html(SOUND))
    write(store, html(SOUND) + "<!-- served by 17 -->")
    assert len(rows(folder)) == 1


def test_a_changed_article_names_the_one_before(store: Store, folder: Path) -> None:
    write(store, html(SOUND))
    write(store, html(OTHER))
    first, second = rows(folder)
    assert (first["replaces"], second["replaces"]) == (None, first["id"])


def test_an_article_under_two_addresses_is_written_once(store: Store, folder: Path) -> None:
    write(store, html(SOUND))
    again = write(store, html(SOUND), "http://a.example/one?from=home")
    assert again.articles == ()
    assert [row["code"] for row in rows(folder, "rejected.jsonl")] == ["duplicate"]
    assert len(rows(folder)) == 1


def test_another_article_that_names_the_same_address_is_kept(store: Store, folder: Path) -> None:
    write(store, html(SOUND))
    write(store, html(OTHER), "http://a.example/two")
    assert len(rows(folder)) == 2


def test_a_page_that_fails_keeps_its_record_and_says_why_once(store: Store, folder: Path) -> None:
    write(store, html(SOUND))
    gone = RejectedInput(Page(b"", url="http://a.example/one"), Rejection("not-found", "It is gone."))
    for _ in range(2):
        store.write(clean_to_lines(gone), "")
    assert [row["code"] for row in rows(folder, "rejected.jsonl")] == ["not-found"]
    assert write(store, html(SOUND)).articles == ()


def test_what_was_not_acknowledged_is_written_again(folder: Path) -> None:
    store = Store(folder, "q")
    write(store, html(SOUND))
    store.commit()
    write(store, html(OTHER), "http://a.example/two")
    store.output.write("articles.jsonl", b'{"id": "torn')
    store.output.close()  # as a kill leaves it
    store.frontier.close()
    store.folder.close()
    again = Store(folder, "q")
    assert len(rows(folder)) == 1
    assert write(again, html(SOUND)).articles == ()
    assert len(write(again, html(OTHER), "http://a.example/two").articles) == 1
    again.close()
    assert len(rows(folder)) == 2


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full disk to write to")
def test_nothing_is_acknowledged_after_the_disk_was_full(folder: Path) -> None:
    folder.mkdir()
    (folder / "articles.jsonl").symlink_to("/dev/full")
    store = Store(folder, "q")
    store.frontier.add([QueuedRequest("1", "a.example", "{}")])
    store.frontier.lease(1, 1)
    with pytest.raises(OSError, match="No space left"):
        write(store, html(SOUND))
    store.acknowledge("1", store.new_fetch())
    store.commit()
    assert store.broken
    assert store.frontier.open_count() == 1
    store.close()


def test_a_folder_belongs_to_one_crawl(folder: Path) -> None:
    first = DataFolder(folder)
    with pytest.raises(FolderInUse, match="another crawl writes to"):
        DataFolder(folder)
    first.close()
    second = DataFolder(folder)
    assert second.worker == first.worker
    second.close()


@pytest.mark.parametrize(
    ("content", "kept"),
    [(b"", b""), (b"{}\n", b"{}\n"), (b'{}\n{"torn', b"{}\n"), (b"torn", b""), (b"{}\n" + b"x" * 200_000, b"{}\n")],
)
def test_a_torn_last_line_is_cut_off(tmp_path: Path, content: bytes, kept: bytes) -> None:
    (tmp_path / "articles.jsonl").write_bytes(content)
    Output(tmp_path, {}).close()
    assert (tmp_path / "articles.jsonl").read_bytes() == kept


def test_the_state_of_a_page_outlives_the_store(folder: Path) -> None:
    store = Store(folder, "q")
    page = Page(html(SOUND), url="http://a.example/one")
    assert not store.is_written(page)
    store.write(clean_to_lines(page), content_digest(page))
    assert store.is_written(page)
    store.close()
    again = Store(folder, "q")
    assert again.is_written(page)
    assert not again.is_written(replace(page, content=html(OTHER)))
    again.close()


def test_what_is_said_begins_with_the_program(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(folder, "q", program="copydesk crawl")
    store.give_up(OSError(28, "No space left on device"))
    store.give_up(OSError(28, "No space left on device"))
    store.close()
    said = "copydesk crawl: the output cannot be written: No space left on device; the crawl ends\n"
    assert capsys.readouterr().err == said
