"""Moments as feeds and sitemaps write them, and which of several tells of the last change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.finding.moments import latest_change, read_moment


@pytest.mark.parametrize(
    "text",
    [
        *("2026-03-07T10:00Z", "2026-03-07T11:00:00+01:00", "2026-03-07 10:00:00 UTC", "2026-03-07T10:00:00 GMT"),
        *("2026/03/07 10:00:00", "2026/3/7T10:00Z", "2026-03-07 12:00:00 +0200", "20260307T100000Z"),
        *("Sat, 07 Mar 2026 11:00:00 +0100", "07 Mar 26 10:00 GMT", "Sat, 7 Mar 2026 05:00:00 EST"),
        *(
            "1772877600",
            "1772877600000",
            "1772877600.25",
            "7. März 2026, 10:00 Uhr",
            "7 de marzo de 2026 10:00",
        ),
    ],
)
def test_moments_are_read_in_many_forms(text: str) -> None:
    moment = read_moment(text)
    assert moment is not None
    assert moment.isoformat() == "2026-03-07T10:00:00+00:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-13-45",
        "0000-00-00",
        "0",
        "12",
        "123456",
        "03/04/2026",
        "1e9",
        "9" * 5_000,
        "9999-12-31T23:59-10:00",
    ],
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert read_moment(text) is None
    assert latest_change([text]) is None


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2026-03-07", "2026-03-07"),
        ("2026/3/7", "2026-03-07"),
        ("20260307", "2026-03-07"),
        ("7 March 2026", "2026-03-07"),
        ("2026-02", "2026-02-28"),
        ("2026", "2026-12-31"),
        ("Sat, 07 Mar 2026", "2026-03-07"),
    ],
)
def test_a_day_may_have_seen_the_change_to_its_last_second(text: str, last: str) -> None:
    changed = latest_change([text])
    assert changed is not None
    assert changed.isoformat() == f"{last}T23:59:59+00:00"


@pytest.mark.parametrize(
    ("texts", "changed"),
    [
        (["2026-03-07", "2026-03-07T08:00Z"], "2026-03-07T08:00:00+00:00"),
        (["2026-03-07", "2026-03-08T08:00Z"], "2026-03-08T08:00:00+00:00"),
        (["2026-03-07", "2026-03-06T08:00Z", "nonsense"], "2026-03-07T23:59:59+00:00"),
        (["2026-03-07", "2026-03-05"], "2026-03-07T23:59:59+00:00"),
    ],
)
def test_the_latest_date_counts(texts: list[str], changed: str) -> None:
    for order in (texts, texts[::-1]):
        found = latest_change(order)
        assert found is not None
        assert found.isoformat() == changed


@given(st.one_of(st.text(max_size=80), st.text("0123456789-/.:TZ+ ", max_size=40)))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    first, last = read_moment(text), latest_change([text])
    assert (first is None) == (last is None)
    assert first is None or last is None or first <= last
