"""How the speed of extractors is compared."""

from __future__ import annotations

from bench.measure import speed


def test_every_contender_meets_every_page_in_every_round() -> None:
    seen: list[str] = []
    times = speed.time_in_turns({"a": lambda page: seen.append("a" + page)}, ["1", "2"], rounds=2)
    assert seen == ["a1", "a1", "a2", "a1", "a2"]
    assert list(map(len, times.values())) == [2]
