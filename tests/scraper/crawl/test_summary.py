"""What a crawl says at its end."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from cleaners.data import Page, RejectedInput, Rejection
from cleaners.running.batch import clean_to_lines
from scraper.crawl.summary import UNREAD, Summary, note_open
from scraper.frontier import Counts, FailedRequest

URL = "https://gazette.example/feed"


def summary() -> Summary:
    return Summary(get_crawler(settings_dict={"DATA_DIR": "corpus"}))


def rejected(found: Summary, *, depth: int = 0, hub: bool = True, url: str = URL) -> None:
    request = Request(url, meta={"depth": depth, "hub": hub})
    refused = RejectedInput(Page(b"", url=url), Rejection("no-feed", "This is no feed."))
    found.count(clean_to_lines(refused), Response(url, request=request))


def unread(found: Summary) -> object:
    found.record()
    return found.crawler.stats.get_value(UNREAD)


def test_entry_points_of_which_none_could_be_read_are_noted_with_the_first_reason() -> None:
    found = summary()
    rejected(found)
    rejected(found, url="https://other.example/feed")
    assert unread(found) == f"{URL}: This is no feed."


def test_one_entry_point_that_was_read_is_enough() -> None:
    found = summary()
    rejected(found)
    found.count_request(Request("https://gazette.example/a", meta={"depth": 1}))
    assert unread(found) is None


@pytest.mark.parametrize("of", [{"depth": 1}, {"hub": False}, {"url": "data:,a"}])
def test_what_is_rejected_behind_an_entry_point_was_read(of: dict[str, object]) -> None:
    found = summary()
    rejected(found, **of)  # type: ignore[arg-type]
    assert unread(found) is None


def test_a_crawl_that_found_nothing_new_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    found = summary()
    found.show()
    assert "nothing new was found\noutput in corpus/\n" in capsys.readouterr().err
    rejected(found)
    found.show()
    assert "nothing new" not in capsys.readouterr().err


def test_the_columns_never_run_into_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    found = summary()
    found.tally.rejected["too-many-requests-of-a-kind"] = 1_000_000
    found.show()
    lines = capsys.readouterr().err.splitlines()
    assert "  too-many-requests-of-a-kind  1,000,000" in lines
    assert len({len(line) for line in lines if line and line[-1].isdigit()}) == 1


def test_what_is_left_to_later_runs_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    found = summary()
    tried_again = [FailedRequest("https://gazette.example/a", "timeout", 1, 0.0)] * 1_200
    note_open(found.crawler.stats, Counts("q", {"gazette.example": 3, "a.example": 4}, tried_again, 9, 1_200, 5, 5))
    found.show()
    said = capsys.readouterr().err
    assert "still to be fetched: 7\n" in said
    assert "still to come: 1,200 that failed and are tried again by the next runs (`copydesk status`)\n" in said
    note_open(found.crawler.stats, Counts("q", {}, [], 9, 0, 5, 5))
    found.show()
    assert "still to" not in capsys.readouterr().err
