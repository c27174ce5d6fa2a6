"""The zones that dates name, and their offsets."""

from __future__ import annotations

import datetime as dt

import pytest

from cleaners.words.zones import offset


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("IST", "2026-01-06", "+05:30"),
        ("GMT", "2026-01-06", "+00:00"),
        ("UTC+05:45", "2026-01-06", "+05:45"),
        ("-0330", "2026-01-06", "-03:30"),
        ("ET", "2026-03-07", "-05:00"),
        ("ET", "2026-03-08", "-04:00"),
        ("PT", "2026-10-31", "-07:00"),
        ("PT", "2026-11-01", "-08:00"),
        ("CST", "2026-01-06", None),
        ("XYZ", "2026-01-06", None),
    ],
)
def test_a_zone_counts_where_it_names_one_offset(zone: str, day: str, expected: str | None) -> None:
    assert offset(zone, dt.date.fromisoformat(day)) == expected
