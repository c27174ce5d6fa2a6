"""Tests what the lines at a join of a dump look like."""

from __future__ import annotations

import pytest

from cleaners.stories.heads import find_head, unmarked_features
from cleaners.stories.layout import layout_of
from cleaners.stories.line_features import line_features
from tests.support.two_stories import BRIDGE, PENGUINS, Part, body, passage

HEADLINE = "Forty penguin chicks hatch at the zoo"


def lines_between(*parts: Part) -> dict[str, float]:
    found = passage(("title", "Council decides to repair the old bridge"), *body(*BRIDGE), *parts, *body(*PENGUINS))
    page = layout_of(found)
    start = next(index for index, block in enumerate(found.blocks) if block.text == PENGUINS[0])
    above = max(index for index in page.text.indices if index < start)
    gap = range(above + 1, start)
    return line_features(page, gap, find_head(page, gap, unmarked_features(page)).titles)


@pytest.mark.parametrize(
    ("line", "continues", "alike"),
    [
        (HEADLINE, 0.0, 1.0),
        ("Forty Penguin Chicks Hatch in Haverport", 0.0, 0.25),  # the page's own headline has one capital in four
        ("the chicks of forty penguins", 1.0, 0.75),
        (", who looked after Forty penguins", 1.0, 1.0),
    ],
)
def test_how_a_headline_is_written(line: str, continues: float, alike: float) -> None:
    seen = lines_between(("heading", line))
    assert seen["title_continues"] == continues
    assert seen["title_written_alike"] == alike


def test_a_headline_below_half_a_sentence() -> None:
    half = ("body", "Nobody in Lower Marling remembers a spring in which the river was as high as it is now, wrote the")
    assert lines_between(half, ("heading", HEADLINE))["title_open_above"] == 1.0
    assert lines_between(("heading", HEADLINE))["title_open_above"] == 0.0


def test_a_join_without_a_headline() -> None:
    seen = lines_between()
    assert seen["open_above"] == 0.0
    assert not any(value for name, value in seen.items() if name.startswith("title_"))
