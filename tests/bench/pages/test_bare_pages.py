"""Pages in bare markup, which the joins are fitted on."""

from __future__ import annotations

from random import Random

import pytest

from bench.pages.bare_pages import HEADLINES, HEADS, LINES, PARAGRAPHS, bare_page
from bench.pages.plain_pages import MARKUP
from bench.pages.story_sources import StorySource
from cleaners.blocks.html import html_blocks, parse
from tests.support.two_stories import BRIDGE, PENGUINS

STORIES = [
    StorySource(
        "1", "a.example", "en", "The old bridge is repaired", "Ida Sample", "2026-03-04", tuple(BRIDGE), frozenset(), ()
    ),
    StorySource(
        "2", "b.example", "en", "Forty chicks hatch", "", "2026-03-05", tuple(PENGUINS), frozenset(), ("A <chick>",)
    ),
]


@pytest.mark.parametrize("head", HEADS)
def test_a_bare_page_holds_its_stories_in_order_and_what_opens_the_second(head: str) -> None:
    for seed in range(20):
        lines = [block.text for block in html_blocks(parse(bare_page(STORIES, head, Random(f"{head} {seed}"))))]
        text = "\n".join(lines)
        places = [text.index(paragraph) for paragraph in (*BRIDGE, *PENGUINS)]
        assert places == sorted(places)
        assert ("Forty chicks hatch" in lines) is ("headline" in head)
        assert any("A <chick>" in line for line in lines) is ("caption" in head)


def test_no_markup_is_that_of_the_pages_which_measure() -> None:
    printed = {form.replace("{name}", "t") for form in (*HEADLINES, *PARAGRAPHS, *LINES)}
    measured = {form for markup in MARKUP.values() for form in (markup.headline, markup.signature)}
    assert not printed & measured
