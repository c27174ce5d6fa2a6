"""The shares of right days on made pages with days counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.__main__ import main
from bench.measure.dates import SIDES
from bench.pages.corpora import Sample, write_jsonl

STORY = "The harbour bridge opened to traffic on Monday after four years of work, the city council said."
URL = "https://gazette.example/harbour-bridge-opens"


def page(head: str = "", line: str = "") -> str:
    return f"<html lang=en><head>{head}</head><body><h1>Harbour bridge opens</h1>{line}<p>{STORY}</p></body></html>"


STATED = page('<meta property="article:published_time" content="2026-01-07T09:00:00+01:00">')
SHOWN = page(line="<p>7 January 2026</p>")


@pytest.mark.parametrize("side", list(SIDES))
def test_every_side_gives_the_stated_day(side: str) -> None:
    assert (SIDES[side](Sample("a", URL, STATED.encode())) or "").startswith("2026-01-07")


@pytest.mark.parametrize("side", list(SIDES))
def test_no_side_stumbles_over_bytes_that_are_no_page(side: str) -> None:
    assert SIDES[side](Sample("a", "", b"%PDF-1.7")) is None


def test_the_table_counts_right_days_other_days_and_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = (
        (STATED, "2026-01-07"),
        (SHOWN, "2026-01-07"),
        (STATED, "2026-01-08"),
        (page(), "2026-01-07"),
        (STATED, None),
    )
    file = tmp_path / "days.jsonl.xz"
    write_jsonl(file, (Sample(str(index), URL, html, date=day) for index, (html, day) in enumerate(days)))
    assert main(["dates", str(file), "--only", "Copydesk", "--wrong"]) == 0
    *wrong, _, _, row = capsys.readouterr().out.splitlines()
    assert [line.strip() for line in wrong] == [
        f"2 {URL}", "stated 2026-01-08, found 2026-01-07T09:00:00+01:00", f"3 {URL}", "stated 2026-01-07, found None",
    ]  # fmt: skip
    assert [cell.strip() for cell in row.split("|")[1:6]] == ["Copydesk", "0.500", "2", "1", "1"]
