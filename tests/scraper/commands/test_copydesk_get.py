"""`copydesk get`: single addresses to standard output."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.command import COMMAND, ENVIRONMENT, copydesk, records
from tests.support.fetching import Handler, Server, answer, serve
from tests.support.made_pages import STORY, html_page

ARTICLE = html_page().encode()
CLOSED = b"User-agent: *\nDisallow: /closed\n"


@pytest.fixture
def site() -> Iterator[Server]:
    def article(handler: Handler) -> None:
        answer(handler, body=ARTICLE)

    def robots(handler: Handler) -> None:
        answer(handler, body=CLOSED, Content_Type="text/plain")

    def missing(handler: Handler) -> None:
        answer(handler, 404)

    with serve({"/a,b": article, "/closed": article, "/missing": missing, "/robots.txt": robots}) as server:
        yield server


def url(site: Server, path: str) -> str:
    return site.url(path, host="127.0.0.1")


def test_an_article_goes_to_standard_output_and_nothing_is_left(site: Server, tmp_path: Path) -> None:
    run = copydesk(tmp_path, "get", url(site, "/a,b"))
    assert run.returncode == 0, run.stderr
    assert [record["title"] for record in records(run.stdout)] == [STORY.headline]
    assert list(tmp_path.iterdir()) == []


def test_a_story_is_printed_as_text(site: Server, tmp_path: Path) -> None:
    run = copydesk(tmp_path, "get", url(site, "/a,b"), "--format", "txt")
    assert run.returncode == 0, run.stderr
    assert run.stdout.decode().split("\n") == [STORY.headline, "", *STORY.body, "", "", ""]
    refused = copydesk(tmp_path, "get", url(site, "/a,b"), "--format", "parquet")
    assert refused.returncode == 2
    assert b"invalid choice: 'parquet'" in refused.stderr


def test_a_story_is_printed_whatever_standard_output_takes(site: Server, tmp_path: Path) -> None:
    command = [*COMMAND, "get", url(site, "/a,b"), "--format", "txt"]
    run = subprocess.run(
        command, cwd=tmp_path, env={**ENVIRONMENT, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}, capture_output=True
    )
    assert run.returncode == 0, run.stderr
    assert any(not word.isascii() for word in STORY.body)
    assert run.stdout.decode().split("\n")[2:-3] == list(STORY.body)


def test_a_site_that_cannot_be_reached_is_told_in_words(tmp_path: Path) -> None:
    run = copydesk(tmp_path, "get", "-q", "http://127.0.0.1:1/a", "-s", "RETRY_TIMES=0")
    told = "The site lets nobody connect. Try it again later.\n"
    assert (run.returncode, run.stdout) == (1, b"")
    assert run.stderr.decode().endswith(f"/robots.txt cannot be had, and without it nothing is fetched there. {told}")


def test_what_gives_no_article_is_said(site: Server, tmp_path: Path) -> None:
    run = copydesk(tmp_path, "get", url(site, "/missing"), url(site, "/closed"), url(site, "/a,b"))
    assert run.returncode == 0, run.stderr
    assert len(records(run.stdout)) == 1
    said = run.stderr.decode()
    assert f"copydesk: {url(site, '/missing')}: There is no page at this address (404)." in said
    assert f"copydesk: {url(site, '/closed')}: The robots.txt of " in said
    assert "/closed" not in site.paths()


def test_without_an_article_it_ends_with_1(site: Server, tmp_path: Path) -> None:
    assert copydesk(tmp_path, "get", url(site, "/missing")).returncode == 1


def test_any_page_takes_the_content_of_what_is_no_article(site: Server, tmp_path: Path) -> None:
    front = url(site, "/")
    refused = copydesk(tmp_path, "get", front)
    assert refused.returncode == 1
    assert b"With --any-page its main content" in refused.stderr
    run = copydesk(tmp_path, "get", "--any-page", front)
    assert [record["text"] for record in records(run.stdout)] == ["A page."]


@pytest.mark.parametrize("arguments", [["page.html"], ["https://"], ["ftp://site.example/a"]])
def test_what_is_no_web_address_is_said(arguments: list[str], tmp_path: Path) -> None:
    run = copydesk(tmp_path, "get", *arguments)
    assert run.returncode == 2
    assert run.stderr.decode().startswith(f"copydesk: not a web address: {arguments[0]}")


def test_a_full_disk_ends_it_with_2(site: Server, tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:
        command = [*COMMAND, "get", url(site, "/a,b")]
        run = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, env=ENVIRONMENT)
    assert run.returncode == 2
    assert run.stderr.endswith(b"copydesk: No space left on device\n")


def test_clean_says_that_an_address_is_one(tmp_path: Path) -> None:
    run = copydesk(tmp_path, "clean", "https://gazette.example/a")
    assert run.returncode == 2
    assert run.stderr == b"copydesk: this is an address: use copydesk get https://gazette.example/a\n"
