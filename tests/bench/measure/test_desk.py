"""What the processor seconds of a run say of more workers."""

from __future__ import annotations

from bench.measure.desk import speed_ups


def test_the_parent_bounds_how_fast_many_workers_are() -> None:
    each, told = speed_ups(parent=1.0, workers=20.0, pages=1000).splitlines()
    assert each == "parent 1.000 ms a page, workers 20.0 ms"
    assert told.endswith("8: 8.0; 16: 16.0; 32: 20.0; 64: 20.0 times as fast as one")


def test_a_parent_that_costs_nothing_bounds_nothing() -> None:
    assert speed_ups(parent=0.0, workers=20.0, pages=1000).rstrip().endswith("64: 64.0 times as fast as one")
