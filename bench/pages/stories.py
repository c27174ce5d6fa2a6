"""Made pages of one to four stories, from annotated articles: what the splitting of stories is measured on.

The stories of a page are from different sites, of one language, and all of one half of the sites, so that rules made
with one half in view can be confirmed on the other. Everything is drawn by generators with fixed seeds: the same
corpora give the same pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench.metrics import words
from bench.pages.corpora import read_jsonl
from bench.pages.renderers import blocks, resiliparse, soup_lines
from bench.pages.story_forms import FORMS, credited, datelined, formed
from bench.pages.story_layouts import HTML_LAYOUTS, Style, draw_style, page_html
from bench.pages.story_materials import Material, half_of, materials
from cleaners.data import Kind

DUMPS = {"dump, blocks": blocks, 'dump, get_text("\\n")': soup_lines, "dump, resiliparse": resiliparse}
LAYOUTS = (*DUMPS, *HTML_LAYOUTS)
JOINS = ("headline", "dateline", "nothing")

PAGES = 8
"""Pages for each layout, join, number of stories and half of the sites."""

SINGLES = 10
"""Pages of one story for each layout, form and half."""


class StoryPage(NamedTuple):
    """A made or real page, the texts of its stories, and how it was made."""

    content: str
    kind: Kind
    texts: tuple[str, ...]
    captions: tuple[str, ...]
    layout: str
    join: str
    half: int


def pages(per_cell: int = PAGES, singles: int = SINGLES) -> Iterator[StoryPage]:
    """The whole test bed: pages of several stories, then made pages of one."""
    for half in (0, 1):
        pool = [material for material in materials() if half_of(material.site) == half]
        yield from _several(pool, half, per_cell)
        yield from _single(pool, half, singles)


def _several(pool: Sequence[Material], half: int, per_cell: int) -> Iterator[StoryPage]:
    for layout, join, count, number in product(LAYOUTS, JOINS, (2, 3, 4), range(per_cell)):
        chance = Random(f"{half} {layout} {join} {count} {number}")
        same_topic = join == "headline" and number % 4 == 3
        stories = _together(pool, count, chance, same_topic)
        if join == "dateline":
            stories = [stories[0], *(datelined(story, chance) for story in stories[1:])]
        if chance.random() < 0.3:
            stories = [credited(story) for story in stories]
        style = draw_style(chance)
        name = "headline, same topic" if same_topic else join
        yield _page(stories, style, layout, name, half, chance)


def _page(stories: Sequence[Material], style: Style, layout: str, join: str, half: int, chance: Random) -> StoryPage:
    html_layout = chance.choice(HTML_LAYOUTS) if layout in DUMPS else layout
    html = page_html(stories, style, html_layout, join.partition(",")[0], chance)
    content = DUMPS[layout](html) if layout in DUMPS else html
    kind: Kind = "text" if layout in DUMPS else "html"
    captions = tuple(caption for story in stories for caption in story.captions)
    return StoryPage(content, kind, tuple(story.text for story in stories), captions, layout, join, half)


def _together(pool: Sequence[Material], count: int, chance: Random, same_topic: bool) -> list[Material]:
    """Stories of different sites in one language; with `same_topic` each next one is the likest to the first."""
    by_language: dict[str, list[Material]] = defaultdict(list)
    for material in pool:
        by_language[material.language].append(material)
    enough = sorted(
        language for language, found in by_language.items() if len({material.site for material in found}) >= count
    )
    # English is four articles of five; the square root gives the other languages a share that can be measured.
    weights = [len(by_language[language]) ** 0.5 for language in enough]
    language = chance.choices(enough, weights)[0]
    stories = [chance.choice(by_language[language])]
    while len(stories) < count:
        sites = {story.site for story in stories}
        left = [material for material in by_language[language] if material.site not in sites]
        stories.append(max(left, key=lambda other: _likeness(stories[0], other)) if same_topic else chance.choice(left))
    return stories


def _likeness(one: Material, other: Material) -> float:
    own, others = _long_words(one.text), _long_words(other.text)
    return len(own & others) / len(own | others)


@cache
def _long_words(text: str) -> frozenset[str]:
    return frozenset(word for word in words(text) if len(word) > 5)


def _single(pool: Sequence[Material], half: int, singles: int) -> Iterator[StoryPage]:
    for layout, form, number in product(LAYOUTS, FORMS, range(singles)):
        chance = Random(f"single {half} {layout} {form} {number}")
        style = replace(draw_style(chance), subheading=chance.choice(("h2", "h3", "h4")))
        yield _page([formed(pool, form, chance)], style, layout, form, half, chance)


def real_pages(path: Path, renderer: str | None = None) -> Iterator[StoryPage]:
    """The annotated pages as they are, or their dumps: nearly all of them hold one story."""
    for sample in read_jsonl(path):
        if sample.text:
            content = DUMPS[renderer](sample.html) if renderer else sample.html
            html = content if isinstance(content, str) else content.decode("utf-8", "replace")
            name = f"{path.name.split('.')[0]}, {'dump' if renderer else 'html'}"
            kind: Kind = "text" if renderer else "html"
            yield StoryPage(html, kind, (sample.text,), (), name, "as it is", half_of(sample.site))
