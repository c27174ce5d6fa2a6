"""Tracing: an index that is added to, interrupted, or not ours."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cleaners.errors import BadIndex
from cleaners.records.reader import RejectedLine
from cleaners.tracing import Index, index, trace
from cleaners.tracing.inputs import TraceInput
from cleaners.tracing.matching import Match, common_runs
from tests.support.traced_articles import prose, traced


def test_an_id_stands_for_one_text(tmp_path: Path) -> None:
    path = tmp_path / "index"
    traced([TraceInput("a", "One text.")], path)
    with closing(Index(path)) as opened:
        refused: list[RejectedLine] = []
        again = [TraceInput("a", "Another text.", source="f:1"), TraceInput("a", "One  text!")]
        rows = list(trace(again, opened, refuse=refused.append))
    assert [(each.code, each.source) for each in refused] == [("id-taken", "f:1")]
    assert [row["id"] for row in rows] == ["a"]
    assert rows[0]["duplicates"]["count"] == 0


def test_adding_day_by_day_is_adding_at_once(tmp_path: Path) -> None:
    text = prose("days", 200)
    records = [
        TraceInput(str(number), f"{prose(number, 40)} {text[number * 50 : number * 50 + 400]}") for number in range(9)
    ]
    for record in records:
        traced([record], tmp_path / "index")
    with closing(Index(tmp_path / "index")) as opened:
        rows = list(trace([], opened, refuse=print, every=True))
    assert rows == list(traced(records).values())


@pytest.mark.parametrize(("limit", "most"), [("_FINGERPRINTS", 500), ("_CHARACTERS", 5000)])
def test_what_is_added_is_written_in_batches(limit: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, limit, most)
    text = prose("batch", 60)
    records = [TraceInput(str(number), f"{text} {prose(number, 60)}") for number in range(20)]
    with closing(Index()) as opened:
        held = []
        for record in records:
            opened.add(record)
            held.append(opened._fingerprints if limit == "_FINGERPRINTS" else opened._characters)
        assert 0 < max(held) < most
        assert held.count(0) > 1
        in_batches = list(trace([], opened, refuse=print))
    monkeypatch.undo()
    assert {row["id"]: row for row in in_batches} == traced(records)


def test_a_comparison_that_was_cut_short_is_taken_up_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = prose("short", 100)
    records = [TraceInput(str(number), f"{text} {prose(number, 20)}") for number in range(12)]
    monkeypatch.setattr(index, "_PAIRS", 5)
    calls = 0

    def fail_late(*of: Any) -> list[Match]:
        nonlocal calls
        calls += 1
        if calls > 17:
            raise KeyboardInterrupt
        return common_runs(*of)

    with monkeypatch.context() as failing:
        failing.setattr(index, "common_runs", fail_late)
        with pytest.raises(KeyboardInterrupt):
            traced(records, tmp_path / "index")
    base = sqlite3.connect(tmp_path / "index")
    assert base.execute("SELECT count(*) FROM article").fetchone() == (12,)
    assert 0 < base.execute("SELECT count(*) FROM candidate").fetchone()[0] < 12 * 11 / 2
    base.close()
    assert traced(records, tmp_path / "index") == traced(records)


def test_an_index_of_another_version_or_of_other_software_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "index"
    traced([TraceInput("a", "A text.")], path)
    base = sqlite3.connect(path)
    base.execute("UPDATE state SET value = '0 gram=5' WHERE name = 'algorithm'")
    base.commit()
    base.close()
    with pytest.raises(BadIndex, match="another version"):
        Index(path)
    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE article (id)")
    other.close()
    with pytest.raises(BadIndex, match="no index of copydesk"):
        Index(tmp_path / "other")
