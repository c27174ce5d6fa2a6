"""`copydesk crawl`: every spider, in any folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from cleaners.cli import command_line
from scraper.commands.copydesk_crawl import ARGUMENTS, SPIDERS, arguments_of
from scraper.spiders.base import argument_names
from tests.support.command import copydesk, records
from tests.support.fetching import answer, serve
from tests.support.made_pages import html_page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder outside any checkout, with a page in it."""
    (tmp_path / "page.html").write_text(html_page())
    return tmp_path


def test_a_crawl_runs_in_any_folder(folder: Path) -> None:
    run = copydesk(folder, "crawl", "seeds", "-a", "file=page.html")
    assert run.returncode == 0, run.stderr
    assert b"output in data/" in run.stderr
    assert len(records((folder / "data" / "articles.jsonl").read_bytes())) == 1


def test_the_output_goes_to_a_folder_and_to_a_file(folder: Path) -> None:
    run = copydesk(folder, "crawl", "seeds", "-a", "file=page.html", "-d", "corpus", "-o", "new.jsonl")
    assert run.returncode == 0, run.stderr
    assert (folder / "new.jsonl").read_bytes() == (folder / "corpus" / "articles.jsonl").read_bytes()
    assert not (folder / "data").exists()


def test_a_setting_counts(folder: Path) -> None:
    others = ("-s", "MY_ADDON_COLOUR=blue", "-s", "DOWNLOAD_DELAY=1.5", "-s", "ARCHIVE=false")
    run = copydesk(folder, "crawl", "seeds", "-a", "file=page.html", "-s", "DATA_DIR=elsewhere", *others)
    assert run.returncode == 0, run.stderr
    assert (folder / "elsewhere" / "articles.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["seeds", "-a", "pages=1"], b"copydesk crawl: the spider seeds takes file, path; not pages\n"),
        (["seeds", "-a", "file=nowhere.html"], b"copydesk crawl: no such file or folder: nowhere.html\n"),
        (["sead"], b"invalid choice: 'sead'"),
        (["seeds", "-a", "file"], b"not NAME=VALUE: file (copydesk crawl --help explains it)\n"),
        (["seeds", "-s", "CONTAKT=x"], b"crawl: -s: there is no setting 'CONTAKT'; did you mean CONTACT?\n"),
        (["seeds", "-s", "download_delay=3"], b"crawl: -s: there is no setting 'download_delay'; did you mean DOWNL"),
        (["seeds", "-s", "DOWNLOAD_DELAY=abc"], b"crawl: -s DOWNLOAD_DELAY: this is to be a number, not 'abc'\n"),
        (["seeds", "-s", "ARCHIVE=maybe"], b"crawl: -s ARCHIVE: this is to be True or False, not 'maybe'\n"),
        (["seeds", "-a", "file=page.html", "-o", "articles.docx"], b"copydesk: Unrecognized output format 'docx'"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_made(folder: Path, arguments: list[str], said: bytes) -> None:
    run = copydesk(folder, "crawl", *arguments)
    assert run.returncode == 2
    assert said in run.stderr
    assert b"Traceback" not in run.stderr
    assert not (folder / "data").exists()


def test_a_crawl_whose_entry_point_cannot_be_read_ends_with_1_and_says_why(tmp_path: Path) -> None:
    with serve({"/feed": lambda handler: answer(handler, 404)}) as site:
        run = copydesk(tmp_path, "crawl", "feed", "-a", f"url={site.url('/feed', host='127.0.0.1')}")
    assert run.returncode == 1
    assert b"copydesk crawl: no entry point could be read: " in run.stderr
    assert run.stderr.endswith(b"There is no page at this address (404).\n")


def test_without_a_spider_it_lists_them(tmp_path: Path) -> None:
    run = copydesk(tmp_path, "crawl")
    assert run.returncode == 0, run.stderr
    text = run.stdout.decode()
    assert [line for line in text.splitlines() if line and not line.startswith(" ")] == list(SPIDERS)
    assert "  copydesk crawl feed -a url=… -a file=… -a since=… -a max_age=…" in text


def test_the_names_for_the_completion_are_those_of_the_spiders() -> None:
    settings = Settings()
    settings.setmodule("scraper.settings")
    assert sorted(SpiderLoader.from_settings(settings).list()) == list(SPIDERS)


def test_the_help_shows_it() -> None:
    assert "crawl     fetch and clean articles of the web" in command_line().format_help()


def test_arguments_of_spiders_are_options_too() -> None:
    settings = Settings()
    settings.setmodule("scraper.settings")
    loader = SpiderLoader.from_settings(settings)
    taken = {name for spider in loader.list() for name in argument_names(loader.load(spider))}
    assert set(ARGUMENTS) == taken
    given = [
        "crawl",
        "site",
        "--max-age",
        "3",
        "-a",
        "max-age=2",
        "-a",
        "hosts=gazette.example",
        "--url=https://a.example",
    ]
    assert arguments_of(command_line().parse_args(given)) == {
        "max_age": "3",
        "hosts": "gazette.example",
        "url": "https://a.example",
    }


def test_an_argument_that_a_spider_does_not_take_is_told(folder: Path) -> None:
    run = copydesk(folder, "crawl", "seeds", "--file", "page.html", "--max-age", "3")
    assert (run.returncode, run.stderr) == (2, b"copydesk crawl: the spider seeds takes file, path; not max_age\n")


def test_a_quiet_crawl_says_nothing(folder: Path) -> None:
    run = copydesk(folder, "crawl", "seeds", "--file", "page.html", "-q")
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")
