"""Pages that repeat one thing, and what they take: none by far more than its size."""

from __future__ import annotations

import math

import pytest

from bench.measure.growth import Cost, cost, exponent, report
from bench.pages.families import DUMPS, HTML, Family
from cleaners import Page, clean_page
from tests.support.made_pages import STORY

SIZE = 20_000


@pytest.mark.parametrize(("name", "family"), [*HTML.items(), *((f"dump: {key}", make) for key, make in DUMPS.items())])
def test_a_family_makes_pages_of_a_size_that_are_cleaned(name: str, family: Family) -> None:
    page = family(SIZE)
    assert SIZE * 0.9 < len(page) < SIZE * 2.5
    cleaned = clean_page(Page(page, kind="text" if name.startswith("dump") else "html"))
    assert bool(cleaned.articles) != bool(cleaned.rejection)


GROWING = ["misnested", "JSON-LD comments", "JSON-LD of authors without an end", "microdata dates",
           "links in the article", "articles nested", "one tag between many", "attributes with tags"]  # fmt: skip


@pytest.mark.parametrize("name", GROWING)
def test_a_megabyte_of_what_grew_with_its_square(name: str) -> None:
    """Each of them took up to minutes; the limit is that of the process, not of a clock."""
    assert cost(Page(HTML[name](1_000_000), kind="html"), seconds=30) is not None


def test_a_page_over_the_limit_has_no_cost() -> None:
    assert cost(Page("\n".join(STORY.body) * 3_000, kind="text"), seconds=0) is None


def test_the_exponent_is_that_of_the_two_largest_pages() -> None:
    assert exponent([Cost(1, 9), Cost(2, 2), Cost(4, 16)]) == pytest.approx(3)
    assert exponent([Cost(1, 9), None]) == math.inf


def test_the_fastest_growing_family_comes_first() -> None:
    lines = report({"a": [Cost(1, 1), Cost(2, 2)], "b": [Cost(1, 1), Cost(2, 8)], "c": [Cost(1, 1), None]}, [1, 2])
    assert [line.split()[1] for line in lines.splitlines()[2:]] == ["c", "b", "a"]
    assert "over the limit" in lines.splitlines()[2]
