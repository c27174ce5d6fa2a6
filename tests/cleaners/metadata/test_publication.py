"""The day of publishing: what a page states, and what it shows instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.blocks.html import parse
from cleaners.metadata import read_markup
from tests.support.metadata_pages import ARTICLE, headed, json_ld, metadata, stated


def test_a_page_that_only_says_when_it_was_changed_states_no_publishing() -> None:
    found = metadata("", "<h1>Harbour reopens</h1><p>Updated: 8 January 2026</p>")
    assert (found.date_published, found.date_modified) == ("2026-01-07", "2026-01-08")  # the former from the address


def test_the_zone_of_the_page_goes_before_utc() -> None:
    stated = json_ld({**ARTICLE, "datePublished": "2026-01-07T23:30:00Z"})
    found = metadata(stated, '<time datetime="2026-01-08T00:30:00+01:00">8 January</time>')
    assert found.date_published == "2026-01-08T00:30:00+01:00"


@pytest.mark.parametrize("line", ["Received: 10 March 2022", "Died 4 January 2026", "Aufgenommen am 1. Juni 2020"])
def test_a_date_of_something_else_does_not_override_the_stated_one(line: str) -> None:
    body = f"<h1>{ARTICLE['headline']}</h1><p>{line}</p>"
    assert metadata(json_ld(ARTICLE), body).date_published == ARTICLE["datePublished"]


@pytest.mark.parametrize(
    ("statement", "line", "day"),
    [
        ("2026-01-07T22:30:00Z", "8. Januar 2026", "2026-01-08"),  # in Berlin
        ("2026-01-07T20:00:00Z", "8 January 2026 - 7:00AM", "2026-01-08T07:00"),  # in Sydney
        ("2026-01-08T03:28:35Z", "January 7, 2026", "2026-01-07"),  # in New York
        ("2026-01-08T04:00:41Z", "Jan. 7, 2026 11:00 pm EST", "2026-01-07T23:00-05:00"),  # seconds are not shown
        ("2026-01-08T10:32:00Z", "7 January 2026, 06:00", "2026-01-08T10:32:00+00:00"),  # no zone is so far away
        ("2026-01-07T08:00:00Z", "8 January 2026", "2026-01-08"),  # of a change that the page shows for its day
        ("2026-01-07T08:00:00Z", "Updated 8 January 2026", "2026-01-07T08:00:00+00:00"),  # of a change, as it says
        ("2026-01-07T08:00:00Z", "Stand: 8. Januar 2026", "2026-01-07T08:00:00+00:00"),
    ],
    ids=lambda value: value[:16],
)
def test_a_day_shown_in_another_zone_is_the_day_of_the_page(statement: str, line: str, day: str) -> None:
    assert metadata(stated(statement), headed(line)).date_published == day


@pytest.mark.parametrize(("modified", "line"), [("2026-01-14", "14. Januar 2026"), ("2026-01-12", "12 janvier 2026")])
def test_a_change_of_the_same_days_may_be_the_day_that_a_page_shows(modified: str, line: str) -> None:
    assert metadata(stated("2026-01-07", modified), headed(line)).date_published == modified
    assert metadata(stated("2025-12-07", modified), headed(line)).date_published == "2025-12-07"
    assert metadata(stated("2026-01-07", "2026-01-20"), headed(line)).date_published == "2026-01-07"


@pytest.mark.parametrize("line", ["30 December 2013", "30. Dezember 2013", "2013年12月30日"])
def test_a_page_that_states_no_change_was_published_when_it_shows_an_earlier_day(line: str) -> None:
    moved = json_ld({key: value for key, value in ARTICLE.items() if key != "dateModified"})
    assert metadata(moved, headed(line)).date_published == "2013-12-30"
    assert metadata(moved, headed("The harbour of 30 December 2013")).date_published == ARTICLE["datePublished"]
    assert metadata(moved, headed(front=f"<p>{line}</p>")).date_published == ARTICLE["datePublished"]


@pytest.mark.parametrize("epoch", ["1970-01-01T01:00:00+01:00", "1969-12-31T19:00:00-05:00", "December 31, 1969"])
def test_the_clock_at_0_is_no_date_in_any_zone(epoch: str) -> None:
    head = json_ld({**ARTICLE, "datePublished": epoch})
    assert metadata(head, headed()).date_published in (None, "2026-01-07")


def test_the_zone_of_the_page_follows_from_its_local_time() -> None:
    head = stated("2026-01-08T03:28:35Z") + '<meta name="sailthru.date" content="2026-01-07 22:28:35">'
    assert metadata(head, headed()).date_published == "2026-01-07T22:28:35-05:00"


@pytest.mark.parametrize("line", ["3 December 2025", "2. Dezember 2025", "2025년 12월 3일"])
def test_a_much_earlier_date_by_the_headline_is_not_believed(line: str) -> None:
    assert metadata(stated("2026-01-07", "2026-01-20"), headed(line)).date_published == "2026-01-07"


def test_a_page_that_was_renewed_states_the_day_of_that() -> None:
    found = metadata(stated("2026-01-07", "2026-01-07"), headed("3 December 2024"))
    assert found.date_published == "2024-12-03"
    also = metadata(stated("2026-01-07", "2026-01-07"), headed("3 December 2024", "Text", "7 January 2026"))
    assert also.date_published == "2026-01-07"


def test_two_statements_outvote_one() -> None:
    head = stated("2026-01-04", "2026-01-25") + '<meta property="article:published_time" content="2026-01-06T08:29">'
    assert metadata(head, headed("6 January 2026")).date_published == "2026-01-06"


def test_a_meta_tag_that_is_older_than_a_renewal_counts() -> None:
    head = stated("2026-01-07", "2026-01-07") + '<meta property="article:published_time" content="2024-03-12">'
    assert metadata(head, headed()).date_published == "2024-03-12"


def test_the_title_of_a_microformat_states_the_date() -> None:
    marked = '<abbr class="published" title="2026-01-07T10:52:00+02:00">10:52</abbr>'
    body = f"<h1>{ARTICLE['headline']}</h1><p>14.12.2025</p>{marked}"
    assert read_markup(parse(body)).metadata.date_published == "2026-01-07T10:52:00+02:00"


DATES = [
    "2026-01-07", "2026-01-07T22:52Z", "2026-01-07T22:52:07Z", "2026-01-07T22:52", "2026-01-08T00:52:07", "2026-01-08",
    "2026-01-08T00:52:07+02:00", "Wed, 07 Jan 2026 22:52 GMT", "01/07/2026", "07/01/2026 23:52", "7 January 2026, 6 pm",
    "2025-12-31T23:59:59-11:00", "31/02/2026", "0000-00-00", "1767826327", "9999-12-31T23:59:59Z", "1900-01-01", "",
]  # fmt: skip


@given(st.tuples(*[st.sampled_from(DATES)] * 5), st.sampled_from(["", "en", "de", "zh-TW", "fa"]))
def test_no_pair_of_dates_raises(dates: tuple[str, ...], language: str) -> None:
    published, modified, tag, line, time = dates
    head = stated(published, modified) + f'<meta name="sailthru.date" content="{tag}">'
    body = headed(line, f'<time datetime="{time}">then</time>')
    found = metadata(head, body, language).date_published
    assert found is None or found[:4].isdigit()


def test_the_first_second_of_all_clocks_is_no_date() -> None:
    stated = json_ld({**ARTICLE, "datePublished": "1970-01-01T00:00:00+00:00"})
    assert metadata(stated, "<h1>Harbour reopens</h1><p>4 March 2026</p>").date_published == "2026-03-04"
