"""What counts as a right reading of a written date."""

from __future__ import annotations

import datetime as dt

import pytest

from bench.measure.date_formats import LOCALES, Written, ours


@pytest.mark.parametrize(
    ("locale", "text", "iso"),
    [
        ("de", "3. März 2025", "2025-03-03"),
        ("en_US", "3/4/25", "2025-03-04"),
        ("en_GB", "3/4/25", "2025-04-03"),
        ("fr", "midi", None),
    ],
)
def test_a_date_is_read_in_the_middle_of_a_line(locale: str, text: str, iso: str | None) -> None:
    assert ours(Written(locale, "long", text, dt.date(2025, 3, 3))) == iso


def test_every_language_is_counted_once() -> None:
    assert len(set(LOCALES)) == len(LOCALES) == 73
