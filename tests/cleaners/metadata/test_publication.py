"""The day of publishing: stated, shown, and the dates of other things."""

from __future__ import annotations

import pytest

from tests.support.metadata_pages import ARTICLE, json_ld, metadata


def test_a_page_that_only_says_when_it_was_changed_states_no_publishing() -> None:
    found = metadata("", "<h1>Harbour reopens</h1><p>Updated: 8 January 2026</p>")
    assert (found.date_published, found.date_modified) == ("2026-01-07", "2026-01-08")  # the former from the address


def test_the_zone_of_the_page_goes_before_utc() -> None:
    stated = json_ld({**ARTICLE, "datePublished": "2026-01-07T23:30:00Z"})
    found = metadata(stated, '<time datetime="2026-01-08T00:30:00+01:00">8 January</time>')
    assert found.date_published == "2026-01-08T00:30:00+01:00"


@pytest.mark.parametrize(
    ("language", "day"), [("en-US", "2026-03-04"), ("en-GB", "2026-04-03"), ("fr", "2026-04-03"), ("", "2026-01-07")]
)
def test_numeric_dates_follow_the_habit_of_the_page(language: str, day: str) -> None:
    assert metadata("", "<h1>Harbour reopens</h1><p>03/04/2026</p>", language).date_published == day


@pytest.mark.parametrize("line", ["Received: 10 March 2022", "Died 4 January 2026", "Aufgenommen am 1. Juni 2020"])
def test_a_date_of_something_else_does_not_override_the_stated_one(line: str) -> None:
    body = f"<h1>{ARTICLE['headline']}</h1><p>{line}</p>"
    assert metadata(json_ld(ARTICLE), body).date_published == ARTICLE["datePublished"]


def test_the_date_of_an_event_is_not_that_of_the_page() -> None:
    body = "<h1>Harbour reopens</h1><p>Hearing: 14 February 2027</p><p>Posted 7 January 2026</p>"
    assert metadata(body=body).date_published == "2026-01-07"
