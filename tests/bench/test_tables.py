"""Aligned tables."""

from __future__ import annotations

from bench.tables import table


def test_tables_are_aligned_and_leave_out_empty_columns() -> None:
    assert table(("", "pages", "F1"), [["ours", 3, None], ["theirs", 12, None]]).splitlines() == [
        "|        | pages |",
        "| ------ | ----: |",
        "| ours   |     3 |",
        "| theirs |    12 |",
    ]
