"""Dates to come, and when a page was retrieved."""

from __future__ import annotations

import pytest

from cleaners.blocks.html import parse
from cleaners.metadata import read_markup
from cleaners.metadata.publication import NEVER, last_day

EVENT = '<h1>Harbour reopens</h1><p><time datetime="2026-05-16">16 May 2026</time></p>'


@pytest.mark.parametrize(
    ("retrieved", "day"),
    [("2026-02-03T09:00:00+00:00", None), ("2026-05-15T23:00:00+00:00", "2026-05-16"), (None, "2026-05-16")],
)
def test_no_page_was_published_after_it_was_retrieved(retrieved: str | None, day: str | None) -> None:
    """A day behind that is an event's; one of the next day may be written by a clock that is ahead."""
    assert read_markup(parse(EVENT), None, retrieved).metadata.date_published == day


@pytest.mark.parametrize(
    ("today", "day"),
    [("2026-12-24", "2026-12-25"), ("2026-12-31", "2027-01-01"), ("1970-01-01", NEVER), ("2025-06-01", NEVER)],
)
def test_a_page_that_nobody_retrieved_is_of_today_unless_the_clock_is_wrong(
    today: str, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaners.metadata.publication.time.strftime", lambda form, clock: today)
    assert last_day(None) == day


def test_a_date_to_come_leaves_the_one_below_it() -> None:
    shown = EVENT + "<p>Posted on 3 February 2026</p>"
    found = read_markup(parse(shown), None, "2026-02-03").metadata
    assert found.date_published == "2026-02-03"


@pytest.mark.parametrize("stated", ["", "yesterday", "0000-00-00", "9999-12-31T23:59:59+00:00", "2026-02-31", "1"])
def test_no_statement_of_when_a_page_was_retrieved_raises(stated: str) -> None:
    assert read_markup(parse("<h1>Harbour reopens</h1><p>7 January 2026</p>"), None, stated) is not None
