"""Fits the weights by which joins of stories are weighed, and measures them.

    python -m bench.fit_stories            cross-validated: weights fitted on one half of the sites, measured on the other
    python -m bench.fit_stories --write    writes cleaners/stories/joins.json too, fitted on both halves

The pages are those of `bench.story_pages`. A threshold is the lowest at which few enough pages of one story are taken
apart among those that it was fitted on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bench.page_kind import Floats, fit
from bench.story_pages import StoryPage
from cleaners.blocks.html import html_blocks, parse
from cleaners.blocks.text import fold, text_blocks
from cleaners.label.html import html_passage
from cleaners.label.neighbours import PAGE_RULES, Passage, revise
from cleaners.label.text import text_passage
from cleaners.metadata.markup import read_markup
from cleaners.second_opinion import main_text
from cleaners.stories.joins import Join, joins


class Example(NamedTuple):
    """A page's joins, and for each whether a story starts there."""

    page: StoryPage
    joins: list[Join]
    starts: list[bool]


def example(page: StoryPage) -> Example:
    """The joins of a page, as the cleaners see them."""
    passage = _passage(page)
    story_of = {fold(line): number for number, text in enumerate(page.texts) for line in text.splitlines()}
    found = joins(passage.blocks, passage.verdicts)
    starts = []
    current = 0
    for join in found:
        story = story_of.get(passage.blocks[join.gap.stop].text, current)
        starts.append(story > current)
        current = max(story, current)
    return Example(page, found, starts)


def _passage(page: StoryPage) -> Passage:
    if page.kind == "text":
        return revise(text_passage(text_blocks(page.content)[0]), PAGE_RULES)
    tree = parse(page.content)
    return html_passage(html_blocks(tree), read_markup(tree, None), partial(main_text, page.content))
