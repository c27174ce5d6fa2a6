"""Made pages of one to four stories, from annotated articles: the test bed of story splitting.

The stories of a page are from different sites, in one language, and all from one half of the sites, so that rules which
are developed on one half can be confirmed on the other. All random choices have fixed seeds: the same corpora give the
same pages.
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
from bench.pages.story_sources import StorySource, half_of, story_sources
from cleaners.data import ContentType

DUMPS = {"dump, blocks": blocks, 'dump, get_text("\\n")': soup_lines, "dump, resiliparse": resiliparse}
LAYOUTS = (*DUMPS, *HTML_LAYOUTS)
JOINS = ("headline", "dateline", "nothing")

PAGES = 8
"""Pages for each layout, join, number of stories and half of the sites."""

SINGLES = 10
"""Pages of one story for each layout, form and half."""


class StoryPage(NamedTuple):
    """A made or annotated page, the texts of its stories, and how it was made."""

    content: str
    kind: ContentType
    texts: tuple[str, ...]
    captions: tuple[str, ...]
    layout: str
    join: str
    half: int


def pages(per_cell: int = PAGES, singles: int = SINGLES) -> Iterator[StoryPage]:
    """The made pages of several stories, then those of one, for each half of the sites. Raises MissingCorpusError."""
    for half in (0, 1):
        pool = [source for source in story_sources() if half_of(source.site) == half]
        yield from _several(pool, half, per_cell)
        yield from _single(pool, half, singles)


def _several(pool: Sequence[StorySource], half: int, per_cell: int) -> Iterator[StoryPage]:
    for layout, join, count, number in product(LAYOUTS, JOINS, (2, 3, 4), range(per_cell)):
        rng = Random(f"{half} {layout} {join} {count} {number}")
        same_topic = join == "headline" and number % 4 == 3
        stories = _together(pool, count, rng, same_topic)
        if join == "dateline":
            stories = [stories[0], *(datelined(story, rng) for story in stories[1:])]
        if rng.random() < 0.3:
            stories = [credited(story) for story in stories]
        style = draw_style(rng)
        name = "headline, same topic" if same_topic else join
        yield _page(stories, style, layout, name, half, rng)


def _page(stories: Sequence[StorySource], style: Style, layout: str, join: str, half: int, rng: Random) -> StoryPage:
    html_layout = rng.choice(HTML_LAYOUTS) if layout in DUMPS else layout
    html = page_html(stories, style, html_layout, join.partition(",")[0], rng)
    content = DUMPS[layout](html) if layout in DUMPS else html
    kind: ContentType = "text" if layout in DUMPS else "html"
    captions = tuple(caption for story in stories for caption in story.captions)
    return StoryPage(content, kind, tuple(story.text for story in stories), captions, layout, join, half)


def _together(pool: Sequence[StorySource], count: int, rng: Random, same_topic: bool) -> list[StorySource]:
    """Stories of different sites in one language; with `same_topic` the ones most similar to the first."""
    by_language: dict[str, list[StorySource]] = defaultdict(list)
    for source in pool:
        by_language[source.language].append(source)
    enough = sorted(
        language for language, found in by_language.items() if len({source.site for source in found}) >= count
    )
    # Four of five articles are English; the square root gives the other languages a measurable share.
    weights = [len(by_language[language]) ** 0.5 for language in enough]
    language = rng.choices(enough, weights)[0]
    stories = [rng.choice(by_language[language])]
    while len(stories) < count:
        sites = {story.site for story in stories}
        left = [source for source in by_language[language] if source.site not in sites]
        stories.append(max(left, key=lambda other: _similarity(stories[0], other)) if same_topic else rng.choice(left))
    return stories


def _similarity(one: StorySource, other: StorySource) -> float:
    own, others = _long_words(one.text), _long_words(other.text)
    return len(own & others) / len(own | others)


@cache
def _long_words(text: str) -> frozenset[str]:
    return frozenset(word for word in words(text) if len(word) > 5)


def _single(pool: Sequence[StorySource], half: int, singles: int) -> Iterator[StoryPage]:
    for layout, form, number in product(LAYOUTS, FORMS, range(singles)):
        rng = Random(f"single {half} {layout} {form} {number}")
        style = replace(draw_style(rng), subheading=rng.choice(("h2", "h3", "h4")))
        yield _page([formed(pool, form, rng)], style, layout, form, half, rng)


def real_pages(path: Path, renderer: str | None = None) -> Iterator[StoryPage]:
    """The annotated pages as they are, or their dumps. Nearly all of them hold one story."""
    for sample in read_jsonl(path):
        if sample.text:
            content = DUMPS[renderer](sample.html) if renderer else sample.html
            html = content if isinstance(content, str) else content.decode("utf-8", "replace")
            name = f"{path.name.split('.')[0]}, {'dump' if renderer else 'html'}"
            kind: ContentType = "text" if renderer else "html"
            yield StoryPage(html, kind, (sample.text,), (), name, "as it is", half_of(sample.site))
