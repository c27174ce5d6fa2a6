"""Pages in plain markup of one or two stories on which nothing is fitted: the third test bed of story splitting.

The stories are those of `more-measuring`, in five languages; the markup, the words around the stories and what opens
the second one are chosen here and shared with no page that weights are fitted on, but for the plain ways to open a
story, which are few. All random choices have fixed seeds.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from html import escape
from itertools import product
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench.pages.corpora import MORE_MEASURING, read_jsonl
from bench.pages.renderers import RENDERERS
from bench.pages.stories import StoryPage
from bench.pages.story_forms import standfirst
from bench.pages.story_layouts import printed_date
from bench.pages.story_sources import STORY_WORDS, StorySource, half_of
from cleaners.metadata.language import detect_language
from cleaners.words.folding import fold_space
from cleaners.words.shapes import count_words

PLAIN = "plain"
"""What the names of the layouts of these pages begin with."""

NEWS_SETS = ("daniel", "l3sgn1")
"""The sets that hold news and state headlines. The blogs of dragnet begin with bylines of their own."""

HEADS = (
    "headline", "headline, standfirst", "headline, signature", "caption, headline", "date, headline",
    "label, headline", "bold headline", "headline repeated", "signature", "dateline", "nothing", "one story",
)  # fmt: skip
"""What stands between the two stories."""

FEWEST = 3
"""Paragraphs of a story at least."""

TITLE_LETTERS = range(12, 160)
"""Characters of a headline."""

DAY = "2012-03-04"
"""What every page says: its printed form differs by story."""

PAGES = 24
"""Pages of each head."""


class Markup(NamedTuple):
    """How a page prints a headline, what is signed, and a paragraph: formats with the text."""

    headline: str
    signature: str
    paragraph: str


MARKUP = {
    "paragraphs": Markup("<h2>{}</h2>", '<p class="meta">{}</p>', "<p>{}</p>"),
    "line breaks": Markup("<font size=4><b>{}</b></font><br><br>", "{}<br><br>", "{}<br><br>"),
    "boxes": Markup('<div class="hd">{}</div>', '<div class="info">{}</div>', "<div>{}</div>"),
    "sections": Markup("<h1>{}</h1>", "<address>{}</address>", "<p>{}</p>"),
}


class Words(NamedTuple):
    """What pages in one language print around their stories."""

    by: str
    names: list[str]
    places: list[str]
    agencies: list[str]
    labels: list[str]
    captions: list[str]
    menu: list[str]


def plain_pages(per_head: int = PAGES) -> Iterator[StoryPage]:
    """Each page as HTML and as a dump by one of RENDERERS. Raises MissingCorpusError."""
    pool = _pool()
    for head, number in product(HEADS, range(per_head)):
        rng = Random(f"plain {head} {number}")
        stories = rng.sample(pool[rng.choice(("en", "en", *sorted(pool)))], 1 if head == "one story" else 2)
        markup = list(MARKUP)[number % len(MARKUP)]
        renderer = list(RENDERERS)[number // len(MARKUP) % len(RENDERERS)]
        others = rng.sample(pool[stories[0].language], 4)
        page = plain_page(stories, head, markup, [story.title for story in others], rng)
        texts, half = tuple(story.text for story in stories), half_of(stories[0].site)
        yield StoryPage(page, "html", texts, (), f"{PLAIN}, {markup}", head, half)
        yield StoryPage(RENDERERS[renderer](page), "text", texts, (), f"{PLAIN}, {renderer}", head, half)


@cache
def _pool() -> dict[str, list[StorySource]]:
    """The stories by language."""
    found: dict[str, list[StorySource]] = defaultdict(list)
    for sample in read_jsonl(MORE_MEASURING):
        title = fold_space(sample.title or "")
        lines = [line for line in map(fold_space, sample.paragraphs or ()) if line and line != title]
        language = detect_language(lines) if sample.set in NEWS_SETS and len(lines) >= FEWEST else None
        if language not in _words() or len(title) not in TITLE_LETTERS:
            continue
        if sum(map(count_words, lines)) in STORY_WORDS:
            found[language].append(
                StorySource(sample.id, sample.site, language, title, "", DAY, tuple(lines), frozenset(), ())
            )
    return found


@cache
def _words() -> dict[str, Words]:
    tables = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {language: Words(**table) for language, table in tables.items()}


def plain_page(stories: Sequence[StorySource], head: str, name: str, others: Sequence[str], rng: Random) -> str:
    """The whole page in one of MARKUP: a menu, one or two stories with one of HEADS between them, headlines of others,
    and a footer."""
    first, words, markup = stories[0], _words()[stories[0].language], MARKUP[name]
    above = markup._replace(headline=markup.headline.replace("h2", "h1"))
    body = _opening(first, "headline, signature", above, rng) + _body(first, markup)
    if len(stories) > 1:
        body += _opening(stories[1], head, markup, rng) + _body(_shaped(stories[1], head, rng), markup)
    menu = "".join(f'<li><a href="/{number}">{text}</a></li>\n' for number, text in enumerate(words.menu))
    teasers = "".join(f'<li><a href="/{number}">{escape(title)}</a></li>\n' for number, title in enumerate(others))
    return (
        f'<!DOCTYPE html><html lang="{first.language}"><head><meta charset="utf-8"><title>{escape(first.title)}</title>'
        f"</head>\n<body><ul>\n{menu}</ul>\n{_AROUND[name].format(body)}\n<ul>\n{teasers}</ul>\n"
        f'<div>© 2012 <a href="/about">{words.menu[0]}</a></div></body></html>'
    )


_AROUND = {
    "paragraphs": '<div id="content">{}</div>',
    "line breaks": "<table><tr><td>{}</td></tr></table>",
    "boxes": '<div id="c">{}</div>',
    "sections": "<main><article>{}</article></main>",
}


def _opening(story: StorySource, head: str, markup: Markup, rng: Random) -> str:
    words = _words()[story.language]
    parts: dict[str, Callable[[], str]] = {
        "headline": lambda: markup.headline.format(escape(story.title)),
        "standfirst": lambda: markup.paragraph.format(escape(standfirst(story))),
        "signature": lambda: markup.signature.format(
            f"{words.by}{rng.choice(words.names)}{rng.choice((' | ', ' ', ', '))}{printed_date(story)}"
        ),
        "caption": lambda: f'<img src="/a.jpg">{markup.paragraph.format(escape(rng.choice(words.captions)))}',
        "date": lambda: markup.paragraph.format(printed_date(story)),
        "label": lambda: markup.paragraph.format(rng.choice(words.labels)),
        "bold headline": lambda: markup.paragraph.format(f"<b>{escape(story.title)}</b>"),
        "headline repeated": lambda: markup.headline.format(escape(story.title)),
    }
    return "".join(f"{parts[name]()}\n" for name in head.split(", ") if name in parts)


def _shaped(story: StorySource, head: str, rng: Random) -> StorySource:
    words = _words()[story.language]
    lead = {
        "dateline": f"{rng.choice(words.places)} ({rng.choice(words.agencies)}) - ",
        "headline repeated": f"{story.title} ",
    }.get(head, "")
    return replace(story, paragraphs=(lead + story.paragraphs[0], *story.paragraphs[1:]))


def _body(story: StorySource, markup: Markup) -> str:
    return "".join(f"{markup.paragraph.format(escape(text))}\n" for text in story.paragraphs)
