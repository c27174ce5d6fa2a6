"""How the speed of extractors is compared."""

from __future__ import annotations

from bench.measure import speed
from bench.pages.corpora import Sample


def test_every_contender_meets_every_page_in_every_round() -> None:
    seen: list[str] = []
    times = speed.time_in_turns({"a": lambda page: seen.append("a" + page)}, ["1", "2"], rounds=2)
    assert seen == ["a1", "a1", "a2", "a1", "a2"]
    assert list(map(len, times.values())) == [2]


def test_pages_of_each_size_come_from_all_corpora_in_turn() -> None:
    small = [[Sample(str(number), "", f"{name}{number}") for number in range(9)] for name in "ab"]
    large = [Sample("", "", "x" * 50_000)]
    pages = speed.sample_by_size([*small, large], 4)
    assert pages["under 20 KB"] == ["a0", "b0", "a2", "b2"]
    assert list(map(len, pages.values())) == [4, 1, 0, 0]


def test_a_row_tells_how_many_times_as_long_the_others_take() -> None:
    row = speed._size_row("to 100 KB", {"copydesk": [0.01, 0.03, 0.01], "peer": [0.02, 0.03, 0.05]})
    assert row == ["to 100 KB", 3, 1000 * 0.05 / 3, "2.00, 2.00"]
