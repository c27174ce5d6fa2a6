from __future__ import annotations

from datetime import datetime

import pytest

from bench.measure.live import counts
from bench.pages.live_pages import LAYOUTS, Given, live_pages
from cleaners.data import Update

WHEN = datetime(2026, 2, 3, 21, 30)
GIVEN = Given(WHEN, "Fire out", "All are safe.")


def test_there_are_twenty_columns_in_ten_languages_and_all_layouts() -> None:
    names = [page.name for page in live_pages()]
    assert len(set(names)) == 20
    assert len({name.rpartition(", ")[2] for name in names}) == 10
    assert {name.rpartition(", ")[0] for name in names} == set(LAYOUTS)


@pytest.mark.parametrize(
    ("read", "found"),
    [
        (Update("2026-02-03T21:30:20+01:00", "Fire out", "All are safe."), (1, 1, 1)),
        (Update("2026-02-02T21:30", "Fire out", "All are safe."), (1, 1, 0)),
        (Update(None, "Fire out", "All are safe."), (1, 1, 0)),
        (Update("2026-02-03T21:30", None, "All are safe."), (1, 0, 0)),
        (Update("2026-02-03T21:30", "Fire out", "All are"), (1, 0, 0)),
    ],
)
def test_an_entry_is_right_with_its_words_and_its_time(read: Update, found: tuple[int, int, int]) -> None:
    assert counts([read], [GIVEN]) == found
