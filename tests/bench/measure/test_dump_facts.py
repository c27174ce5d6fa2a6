"""What a dump states, and how the shares of right, wrong and given values are counted."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from bench.measure import dump_facts
from bench.measure.dump_facts import Tally, states
from bench.measure.metadata import Facts
from bench.pages.corpora import Sample, write_jsonl

PAGE = """<h1>The harbour of Exampleton reopens</h1>
<p>By Jane Doe</p>
<p>7 January 2026</p>
<p>The harbour of Exampleton was opened on Monday after two years of work. Some 400 people came to see it.</p>
<p>The first ships arrived in the evening, and the mayor said that more would follow in the weeks to come.</p>
"""
GOLD = Facts("The harbour reopens", "2026-01-07T10:15", None, ("Jane Doe", "Max Roe"))


@pytest.mark.parametrize(
    ("dump", "field", "stated"),
    [
        ("Menu\nThe harbour  reopens!\nText", "title", True),
        ("The harbour reopens on Monday", "title", False),
        ("Mittwoch, 7. Januar 2026, 10:15 Uhr", "date", True),
        ("01/07/2026", "date", True),
        ("07/01/2026", "date", True),
        ("7 January 2025", "date", False),
        ("By JANE DOE and Max Roe", "author", True),
        ("By Jane Doe", "author", False),
    ],
)
def test_a_dump_states_what_it_prints(dump: str, field: str, stated: bool) -> None:
    assert states(dump, GOLD, field) is stated


def test_shares_have_the_dumps_that_could_tell_below_them() -> None:
    tally = Tally()
    tally.add("date", given=True, right=True, stated=True)
    tally.add("date", given=True, right=False, stated=True)
    tally.add("date", given=True, right=False, stated=False)
    tally.add("date", given=False, right=False, stated=False)
    assert tally.cells("date") == [4, 0.75, 0.5, 2, 0.5]
    assert Tally().cells("date") == [0, None, None, 0, None]


def test_a_table_for_each_field_that_is_annotated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [
        Sample("1", "", PAGE, title="The harbour of Exampleton reopens", date="2026-01-07"),
        Sample("2", "", PAGE, date="2026-01"),
        Sample("3", "", PAGE, date="2025-01-07"),
    ]
    write_jsonl(tmp_path / "pages.xz", pages)
    monkeypatch.setattr(dump_facts, "SETS", {"made": tmp_path / "pages.xz"})
    options = Namespace(step=1, only=None, html=True, misses="date")
    *misses, titles, dates = dump_facts.run(options)
    assert len(misses) == 5
    assert all("annotated '2025-01-07', found '2026-01-07'" in miss for miss in misses)
    assert _cells(titles) == [["1", "1.000", "0.000", "1", "1.000"]] * 5
    assert _cells(dates) == [["2", "1.000", "0.500", "1", "1.000"]] * 5


def _cells(table: str) -> list[list[str]]:
    """The cells of all rows but for the names."""
    return [[cell.strip() for cell in line.split("|")[2:-1]] for line in table.splitlines()[2:]]
