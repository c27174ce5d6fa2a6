"""Pages of one or two annotated stories in bare markup: no names that say anything, and no box around a story.

Weights that were fitted on the markup of whole sites alone found fewer joins on bare pages as HTML than in their dumps,
which have no markup at all. No page here prints its headlines and paragraphs as one of `bench.pages.plain_pages` does,
so that those can measure. All random choices have fixed seeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path
from random import Random
from typing import NamedTuple

from lxml import html

from bench.pages.captions import captions_of
from bench.pages.chrome_phrases import chrome_phrases
from bench.pages.corpora import Sample, read_annotations, teaches
from bench.pages.renderers import RENDERERS, decoded
from bench.pages.stories import StoryPage
from bench.pages.story_forms import datelined, standfirst
from bench.pages.story_layouts import printed_date, signature
from bench.pages.story_sources import HEADING_WORDS, STORY_WORDS, StorySource, half_of
from cleaners.metadata.language import detect_language
from cleaners.words.folding import fold_space
from cleaners.words.shapes import shape

BARE = "bare"
"""What the names of the layouts of these pages begin with."""

HEADS = (
    "headline", "headline, standfirst", "headline, signature", "headline, caption", "date, headline", "label, headline",
    "signature", "dateline", "nothing",
)  # fmt: skip
"""What opens the second story."""

ONE_STORY = "one story"

TIMES = 6
"""Forms in which a story comes that is not in English, since few are."""

MOST_HEADINGS = 1 / 3
"""Share of the lines of a story that may be headings."""

TITLE_LETTERS = range(8, 160)
LONGEST_CAPTION = 250
"""Characters of a headline, and of a caption at most."""

HEADLINES = (
    "<h3>{}</h3>", "<h4>{}</h4>", '<h2 class="{name}">{}</h2>', "<p><b>{}</b></p>", "<p><strong>{}</strong></p>",
    '<p class="{name}">{}</p>', '<div class="{name}">{}</div>', "<big>{}</big><br>", '<font color="#900">{}</font><br>',
    '<div class="{name}"><b>{}</b></div>', "<p><u>{}</u></p>",
)  # fmt: skip
PARAGRAPHS = (
    '<p class="{name}">{}</p>', '<p align="justify">{}</p>', '<div class="{name}">{}</div>', "<span>{}</span><br><br>",
    '<p><font face="Arial">{}</font></p>', "<div><span>{}</span></div>", "<tr><td>{}</td></tr>",
)  # fmt: skip
LINES = (
    '<p class="{name}">{}</p>',
    "<div>{}</div>",
    "<i>{}</i><br>",
    "<small>{}</small><br>",
    "<p><span>{}</span></p>",
)
AROUND = (
    '<div id="{name}">{}</div>',
    "<table>{}</table>",
    "<center>{}</center>",
    '<div class="{name}"><div>{}</div></div>',
)
NAMES = ("t", "x1", "tx", "cnt", "c2", "a3", "txt", "s", "m1", "bx")
"""Names that say nothing."""


class Markup(NamedTuple):
    """How a page prints headlines, subheadings, paragraphs, other lines, and its story as a whole."""

    headline: str
    subheading: str
    paragraph: str
    line: str
    around: str


def bare_pages(corpora: Sequence[Path]) -> Iterator[StoryPage]:
    """Each story of the corpora alone, and with another one of its corpus, language and half below it.

    Each page comes as HTML and as a dump by one of RENDERERS. English stories come once, others TIMES. Raises
    MissingCorpusError.
    """
    for corpus in corpora:
        pool = _pool(corpus)
        for number, source in enumerate(pool):
            for time in range(1 if source.language == "en" else TIMES):
                rng = Random(f"bare {source.id} {time}")
                yield from _rendered([source], ONE_STORY, rng)
                others = [each for each in pool if _may_follow(each, source)]
                if others:
                    head = HEADS[(number + time) % len(HEADS)]
                    yield from _rendered([source, rng.choice(others)], head, rng)


@cache
def _pool(corpus: Path) -> list[StorySource]:
    read = (sample for page, sample in read_annotations(corpus) if page.get("text") and teaches(page))
    return [source for source in map(_source, read) if source]


def _source(sample: Sample) -> StorySource | None:
    """An annotated page as a story, or None if it is too short or long, mostly lines, or without a headline: that of
    the annotation, or what the page's `title` begins with."""
    lines = [line for line in map(fold_space, sample.paragraphs or ()) if line]
    shapes = [shape(line) for line in lines]
    page_title = re.split(r"\s[|–—-]\s|[|_]", fold_space(_title(sample)), maxsplit=1)[0]
    title = fold_space(sample.title or "") or page_title
    headings = frozenset(
        index for index, form in enumerate(shapes[:-1]) if form.words <= HEADING_WORDS and not form.ends_sentence
    )
    size = sum(form.words for form in shapes)
    if (
        len(title) not in TITLE_LETTERS
        or size not in STORY_WORDS
        or len(lines) < 3
        or len(headings) > MOST_HEADINGS * len(lines)
    ):
        return None
    return StorySource(
        id=sample.id,
        site=sample.site,
        language=detect_language(lines) or "und",
        title=title,
        author=fold_space((sample.authors or ("",))[0])[:60],
        date=(sample.date or "2019-05-14")[:10],
        paragraphs=tuple(lines),
        headings=headings,
        captions=tuple(caption for caption in captions_of(sample.html) if len(caption) < LONGEST_CAPTION)[:1],
    )


def _title(sample: Sample) -> str:
    return (
        html.document_fromstring(decoded(sample.html).encode(), parser=html.HTMLParser(encoding="utf-8")).findtext(
            ".//title"
        )
        or ""
    )


def _may_follow(story: StorySource, above: StorySource) -> bool:
    same = story.language == above.language and half_of(story.site) == half_of(above.site)
    return same and set(story.paragraphs).isdisjoint(above.paragraphs)


def _rendered(stories: Sequence[StorySource], head: str, rng: Random) -> Iterator[StoryPage]:
    renderer = rng.choice(list(RENDERERS))
    if head == "dateline":
        stories = [stories[0], *(datelined(story, rng) for story in stories[1:])]
    page = bare_page(stories, head, rng)
    texts, half = tuple(story.text for story in stories), half_of(stories[0].site)
    yield StoryPage(page, "html", texts, (), f"{BARE}, html", head, half)
    yield StoryPage(RENDERERS[renderer](page), "text", texts, (), f"{BARE}, {renderer}", head, half)


def bare_page(stories: Sequence[StorySource], head: str, rng: Random) -> str:
    """The whole page: a menu, the stories with one of HEADS between them, teasers and a footer."""
    first, phrases, markup = stories[0], chrome_phrases(stories[0].language), _markup(rng)
    own = markup._replace(headline=rng.choice(("<h1>{}</h1>", markup.headline, markup.headline)))
    body = _head(first, rng.choice(("headline, signature", "headline", "date, headline")), own, rng)
    body += _body(first, markup)
    for story in stories[1:]:
        body += _head(story, head, markup, rng) + _body(story, markup)
    menu = "".join(f'<a href="/{number}">{escape(text)}</a> | ' for number, text in enumerate(phrases.menu))
    teasers = "".join(f'<li><a href="/{number}">{escape(text)}</a></li>' for number, text in enumerate(phrases.teasers))
    return (
        f'<!DOCTYPE html><html lang="{first.language}"><head><meta charset="utf-8"><title>{escape(first.title)}</title>'
        f"</head><body><div>{menu}</div>\n{markup.around.format(body)}\n<ul>{teasers}</ul><p>{phrases.rights}</p>"
        "</body></html>"
    )


def _markup(rng: Random) -> Markup:
    names = dict(zip(("headline", "subheading", "paragraph", "line", "around"), rng.sample(NAMES, 5), strict=True))
    paragraph = rng.choice(PARAGRAPHS)
    around = AROUND[1] if "<tr>" in paragraph else rng.choice(AROUND[0::2] + AROUND[3:])
    drawn = Markup(rng.choice(HEADLINES), rng.choice(HEADLINES), paragraph, rng.choice(LINES), around)
    return Markup(*(form.replace("{name}", names[part]) for part, form in drawn._asdict().items()))


def _head(story: StorySource, head: str, markup: Markup, rng: Random) -> str:
    phrases = chrome_phrases(story.language)
    lines = {
        "headline": lambda: [markup.headline.format(escape(story.title))],
        "standfirst": lambda: [markup.paragraph.format(escape(standfirst(story)))],
        "signature": lambda: [
            markup.line.format(escape(line)) for line in signature(story, rng.choice((None, " ", " | ", ", ")))
        ],
        "caption": lambda: [
            f'<img src="/p.jpg">{markup.line.format(escape(caption))}' for caption in story.captions[:1]
        ],
        "date": lambda: [markup.line.format(printed_date(story))],
        "label": lambda: [markup.line.format(escape(rng.choice((phrases.following, *phrases.menu[1:5]))))],
    }
    return "".join(f"{line}\n" for part in head.split(", ") if part in lines for line in lines[part]())


def _body(story: StorySource, markup: Markup) -> str:
    forms = (
        markup.subheading if index in story.headings else markup.paragraph for index in range(len(story.paragraphs))
    )
    return "".join(f"{form.format(escape(text))}\n" for form, text in zip(forms, story.paragraphs, strict=True))
