"""The day, the month and the order of both in the address of a page."""

from __future__ import annotations

import pytest

from cleaners.blocks.html import parse
from cleaners.metadata import read_markup
from tests.support.metadata_pages import ARTICLE, headed, metadata


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Seen by many on 15 April 2020", "2026-01-07"),
        ("Berlin, 15.04.2020 – Der Hafen ist offen.", "2026-01-07"),
        ("15 April 2020", "2026-01-07"),
        ("Posted with joy on 8 January 2026, 9:00", "2026-01-08T09:00"),
    ],
)
def test_the_address_goes_before_lines_away_from_the_headline(line: str, day: str) -> None:
    assert metadata(body=headed(*["The harbour is open."] * 12, line)).date_published == day
    assert metadata(body=headed("15 April 2020", line)).date_published == "2020-04-15"


@pytest.mark.parametrize(
    ("path", "day"), [("2023/october/3", "2023-10-03"), ("2023/10/x", "2023-10-03"), ("2023/mar/x", "2023-03-10")]
)
def test_the_address_tells_whether_the_day_comes_first(path: str, day: str) -> None:
    for language in ("en-US", "en-GB", "fr"):
        tree = parse(f'<html lang="{language}"><body>{headed("03/10/2023")}</body></html>')
        assert read_markup(tree, f"https://example.org/{path}/harbour").metadata.date_published == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://gazette.example/20260107/bridge", "2026-01-07"),
        ("https://gazette.example/news/07-01-2026", "2026-01-07"),
        ("https://gazette.example/report_07.01.2026_bridge", "2026-01-07"),
        ("https://gazette.example/news/31-02-2026", None),
        ("https://gazette.example/20261307/bridge", None),
        ("https://gazette.example/phone-07-01-20265", None),
    ],
)
def test_the_address_tells_the_day(url: str, day: str | None) -> None:
    assert read_markup(parse(f"<h1>{ARTICLE['headline']}</h1>"), url).metadata.date_published == day
