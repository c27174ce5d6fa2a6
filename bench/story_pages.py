"""Made pages of one to four stories, from annotated articles: what the splitting of stories is measured on.

The stories of a page are from different sites, of one language, and all of one half of the sites, so that rules made
with one half in view can be confirmed on the other. Chrome, bylines and the forms around a story are worded here.
Everything is drawn by generators with fixed seeds: the same corpora give the same pages.
"""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from zlib import crc32

from bench.captions import captions_of
from bench.corpora import ARTICLES, NEWS, Sample, read_jsonl
from bench.metrics import words
from bench.renderers import blocks, resiliparse, soup_lines
from cleaners.data import Kind
from cleaners.language import detect_language
from cleaners.metadata.datelines import find_dateline

WORDINGS = Path(__file__).with_name("wordings.toml")
DUMPS = {"dump, blocks": blocks, 'dump, get_text("\\n")': soup_lines, "dump, resiliparse": resiliparse}
HTML_LAYOUTS = ("html, containers", "html, infinite scroll", "html, one container")
LAYOUTS = (*DUMPS, *HTML_LAYOUTS)
JOINS = ("headline", "dateline", "nothing")
FORMS = ("long story", "live blog", "briefs", "interview", "recipe")

PAGES = 8
"""Pages for each layout, join, number of stories and half of the sites."""

SINGLES = 10
"""Pages of one story for each layout, form and half."""

STORY_WORDS = range(120, 1500)
LONG_WORDS = 700
BRIEF_WORDS = range(20, 75)
HEADING_WORDS = 12
PROSE_SHARE = 0.9
"""Share of an article's words in paragraphs that end like sentences: lists and tables are not what is measured here."""


@dataclass(frozen=True, slots=True)
class Material:
    """One annotated article as a story to be put on a page. `headings` are the indices of subheadings."""

    id: str
    site: str
    language: str
    title: str
    author: str
    date: str
    paragraphs: tuple[str, ...]
    headings: frozenset[int]
    captions: tuple[str, ...]

    @property
    def text(self) -> str:
        """One paragraph per line."""
        return "\n".join(self.paragraphs)


class StoryPage(NamedTuple):
    """A made or real page, the texts of its stories, and how it was made."""

    content: str
    kind: Kind
    texts: tuple[str, ...]
    captions: tuple[str, ...]
    layout: str
    join: str
    half: int


def half_of(site: str) -> int:
    """Rules are made with the sites of half 0 in view; half 1 confirms."""
    return crc32(b"half " + site.encode()) % 2


@cache
def materials() -> tuple[Material, ...]:
    """The articles of the corpora that are mostly prose and of usual length."""
    found = [_material(sample) for path in (NEWS, ARTICLES) for sample in read_jsonl(path)]
    return tuple(material for material in found if material)


def _material(sample: Sample) -> Material | None:
    captions = captions_of(sample.html)
    lines = [" ".join(line.split()) for line in sample.paragraphs or ()]
    lines = [line for line in lines if not any(line in caption or caption in line for caption in captions)]
    named = {" ".join(heading.split()) for heading in sample.headings}
    headings = frozenset(index for index, line in enumerate(lines[:-1]) if line in named or _heading_like(line))
    prose = sum(len(line.split()) for line in lines if _is_prose(line))
    size = sum(len(words(line)) for line in lines)
    if not sample.title or size not in STORY_WORDS or prose < PROSE_SHARE * sum(len(line.split()) for line in lines):
        return None
    if not _is_prose(lines[0]) or len(sample.title.split()) < 4 or len(headings) > len(lines) / 2:
        return None
    return Material(
        id=sample.id,
        site=sample.site,
        language=detect_language([line for line in lines if _is_prose(line)]) or "und",
        title=" ".join(sample.title.split()),
        author=" ".join((sample.authors or ("",))[0].split())[:60],
        date=(sample.date or "2025-11-03")[:10],
        paragraphs=tuple(lines),
        headings=headings,
        captions=tuple(caption for caption in captions if len(caption) < 250)[:3],
    )


def _is_prose(line: str) -> bool:
    return len(line) > 60 and line[-1:] in '.!?"”»。…'


def _heading_like(line: str) -> bool:
    return len(line.split()) <= HEADING_WORDS and line[-1:].isalnum() and line[:1].isupper()


# What the pages say around the stories


class Wording(NamedTuple):
    """The chrome of a page in one language, and how it names places and agencies in a dateline."""

    menu: tuple[str, ...]
    related: str
    teasers: tuple[str, ...]
    newsletter: tuple[str, ...]
    following: str
    rights: str
    by: str
    datelines: tuple[str, ...]
    contributed: str
    questions: tuple[str, ...]


@cache
def _wordings() -> dict[str, Wording]:
    tables = tomllib.loads(WORDINGS.read_text("utf-8"))
    return {language: _wording(**table) for language, table in tables.items()}


def _wording(**said: Any) -> Wording:
    """A table of the file as a wording: TOML has lists where a wording has tuples."""
    frozen: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return Wording(**frozen)


def wording(language: str) -> Wording:
    """The wording in a language, English where there is none: sites often translate less than they print."""
    return _wordings().get(language) or _wordings()["en"]


# Stories as pieces of markup


class Piece(NamedTuple):
    """One element of a story."""

    tag: str
    name: str
    text: str

    def html(self) -> str:
        """The element; captions stand in a figure."""
        inner = f'<{self.tag} class="{self.name}">{escape(self.text)}</{self.tag}>'
        return f'<figure><img src="/p.jpg" alt="">{inner}</figure>' if self.tag == "figcaption" else inner


@dataclass(frozen=True, slots=True)
class Style:
    """How a made site sets its stories: tags of headlines, whether captions are printed twice and where, chrome."""

    own_headline: str
    headline: str
    subheading: str
    copies: int
    captions_first: bool
    chrome: bool
    container: str
    signed: bool


def _style(chance: Random) -> Style:
    return Style(
        own_headline="h1",
        headline=chance.choice(("h1", "h2", "h2")),
        subheading=chance.choice(("h2", "h3", "h3", "h4", "p")),
        copies=chance.choice((1, 1, 2)),
        captions_first=chance.random() < 0.3,
        chrome=chance.random() < 0.6,
        container=chance.choice(
            ('article class="story"', 'div class="article-wrap"', 'section class="post"', 'article class="art"')
        ),
        signed=chance.random() < 0.7,
    )


def _pieces(material: Material, style: Style, join: str, first: bool) -> list[Piece]:
    """A story's head as the join says, its paragraphs and its captions."""
    captions = [
        piece
        for text in material.captions
        for piece in [Piece("figcaption", "cap", text), Piece("div", "lightbox-caption", text)][: style.copies]
    ]
    top = captions if style.captions_first and (first or join == "headline") else []
    body = [
        Piece(style.subheading if index in material.headings else "p", "par", text)
        for index, text in enumerate(material.paragraphs)
    ]
    return [*_head(material, style, join, first), *top, *body, *([] if top else captions)]


def _head(material: Material, style: Style, join: str, first: bool) -> list[Piece]:
    if not first and join != "headline":
        return []
    head = [Piece(style.own_headline if first else style.headline, "headline", material.title)]
    if first or style.signed:
        if material.author:
            head.append(Piece("div", "byline", wording(material.language).by + material.author))
        head.append(Piece("div", "date", material.date))
    return head


def _chrome(language: str, chance: Random) -> str:
    """What a page prints between stories: related links, or a newsletter box, or both."""
    said = wording(language)
    links = "".join(f'<li><a href="/x">{escape(text)}</a></li>' for text in chance.sample(said.teasers, 3))
    related = f'<div class="related"><h3>{said.related}</h3><ul>{links}</ul></div>'
    newsletter = f'<div class="newsletter"><p>{said.newsletter[0]}</p><button>{said.newsletter[1]}</button></div>'
    return chance.choice((related, newsletter, related + newsletter))


def page_html(stories: Sequence[Material], style: Style, layout: str, join: str, chance: Random) -> str:
    """The whole page, with its menu and its footer, on the first story's markup."""
    language = stories[0].language
    parts = []
    for number, story in enumerate(stories):
        inner = "\n".join(piece.html() for piece in _pieces(story, style, join, number == 0))
        parts.append(inner if layout == "html, one container" else f"<{style.container}>{inner}</{_tag(style)}>")
        if layout == "html, infinite scroll" and number + 1 < len(stories):
            parts.append(f'<div class="next-up"><span>{wording(language).following}</span></div>')
        if style.chrome:
            parts.append(_chrome(language, chance))
    around = {"html, infinite scroll": "infinite", "html, one container": "content"}.get(layout, "main")
    return _document(stories[0], f'<div class="{around}">' + "\n".join(parts) + "</div>", chance)


def _tag(style: Style) -> str:
    return style.container.split()[0]


def _document(story: Material, content: str, chance: Random) -> str:
    said = wording(story.language)
    menu = "".join(f'<li><a href="/m">{text}</a></li>' for text in said.menu)
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.date,
    }
    stated = f'<script type="application/ld+json">{json.dumps(told)}</script>' if chance.random() < 0.5 else ""
    return (
        f'<!DOCTYPE html><html lang="{story.language}"><head><meta charset="utf-8"><title>{escape(story.title)}</title>'
        f"{stated}</head><body><header><nav><ul>{menu}</ul></nav></header>\n{content}\n"
        f"<footer><p>{said.rights}</p></footer></body></html>"
    )


# Pages


def pages(per_cell: int = PAGES, singles: int = SINGLES) -> Iterator[StoryPage]:
    """The whole test bed: pages of several stories, then made pages of one."""
    for half in (0, 1):
        pool = [material for material in materials() if half_of(material.site) == half]
        yield from _several(pool, half, per_cell)
        yield from _single(pool, half, singles)


def _several(pool: Sequence[Material], half: int, per_cell: int) -> Iterator[StoryPage]:
    for layout in LAYOUTS:
        for join in JOINS:
            for count in (2, 3, 4):
                for number in range(per_cell):
                    chance = Random(f"{half} {layout} {join} {count} {number}")
                    same_topic = join == "headline" and number % 4 == 3
                    stories = _together(pool, count, chance, same_topic)
                    if join == "dateline":
                        stories = [stories[0], *(_datelined(story, chance) for story in stories[1:])]
                    if chance.random() < 0.3:
                        stories = [_credited(story) for story in stories]
                    style = _style(chance)
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


def _datelined(story: Material, chance: Random) -> Material:
    if find_dateline(story.paragraphs[0]):
        return story
    first = chance.choice(wording(story.language).datelines) + story.paragraphs[0]
    return replace(story, paragraphs=(first, *story.paragraphs[1:]))


def _credited(story: Material) -> Material:
    return replace(story, paragraphs=(*story.paragraphs, wording(story.language).contributed))


def _single(pool: Sequence[Material], half: int, singles: int) -> Iterator[StoryPage]:
    for layout in LAYOUTS:
        for form in FORMS:
            for number in range(singles):
                chance = Random(f"single {half} {layout} {form} {number}")
                style = replace(_style(chance), subheading=chance.choice(("h2", "h3", "h4")))
                yield _page([_formed(pool, form, chance)], style, layout, form, half, chance)


def _formed(pool: Sequence[Material], form: str, chance: Random) -> Material:
    """A story of one of FORMS, made of a real one but for the recipe."""
    if form == "recipe":
        return _recipe(chance)
    long = [story for story in pool if len(words(story.text)) >= LONG_WORDS]
    story = chance.choice([story for story in long if len(story.headings) >= 2] if form == "long story" else long)
    if form == "live blog":
        return _live_blog(story, chance)
    if form == "interview":
        return _interview(story, chance)
    return _briefs(pool, story, chance) if form == "briefs" else story


def _with_headings(story: Material, lines: Sequence[tuple[str, bool]]) -> Material:
    headings = frozenset(index for index, (_, heading) in enumerate(lines) if heading)
    return replace(story, paragraphs=tuple(text for text, _ in lines), headings=headings)


def _prose(story: Material) -> list[str]:
    return [line for index, line in enumerate(story.paragraphs) if index not in story.headings]


def _live_blog(story: Material, chance: Random) -> Material:
    """The paragraphs as entries, the latest first, each below a line with its hour and a few of its words."""
    lines: list[tuple[str, bool]] = []
    minute = 21 * 60
    for text in _prose(story):
        if not lines or chance.random() < 0.5:
            minute -= chance.randrange(5, 50)
            lines.append((f"{minute // 60:02}:{minute % 60:02} {' '.join(text.split()[:6]).rstrip(',.')}", True))
        lines.append((text, False))
    return _with_headings(story, lines)


def _interview(story: Material, chance: Random) -> Material:
    questions = list(wording(story.language).questions)
    lines: list[tuple[str, bool]] = []
    for index, text in enumerate(_prose(story)):
        if index % 3 == 1 and questions:
            lines.append((questions.pop(0), True))
        lines.append((text, False))
    return _with_headings(story, lines)


def _briefs(pool: Sequence[Material], lead: Material, chance: Random) -> Material:
    """Five to eight unrelated briefs under one headline, each with a heading or a dateline."""
    same = [story for story in pool if story.language == lead.language]
    dated = chance.random() < 0.3
    lines: list[tuple[str, bool]] = []
    for story in chance.sample(same, min(len(same), chance.randrange(5, 9))):
        brief = next((text for text in _prose(story) if len(words(text)) in BRIEF_WORDS), None)
        if brief is None:
            continue
        if dated:
            lines.append((_datelined(replace(story, paragraphs=(brief,)), chance).paragraphs[0], False))
        else:
            lines += [(story.title, True), (brief, False)]
    return replace(_with_headings(lead, lines), captions=())


DISHES = ("Leek and barley pie", "Plum dumplings", "Smoked trout tart", "Chestnut soup with pears", "Rye pancakes")
PARTS = ("the dough", "the filling", "the sauce", "the topping")


def _recipe(chance: Random) -> Material:
    dish = chance.choice(DISHES)
    lines = [
        (f"{dish} is what we cook when the first cold week of the year comes and the market is nearly empty.", False),
        ("It takes about two hours, most of which it spends in the oven while you do something else.", False),
    ]
    for part in chance.sample(PARTS, 3):
        weight = chance.randrange(2, 9) * 50
        lines += [
            (f"For {part}", True),
            (
                f"Weigh out {weight} grams of flour, a spoon of salt and {chance.randrange(2, 5)} eggs for {part}.",
                False,
            ),
            (
                f"Mix everything until {part} holds together, cover it and let it rest for half an hour.",
                False,
            ),
            ("Taste it, and add a little more salt or a few drops of vinegar where it seems flat to you.", False),
        ]
    lines.append(("Serve it warm; what is left keeps for two days and is better on the second one.", False))
    blank = Material(
        "recipe", "made", "en", f"{dish} for a cold evening", "Ida Sample", "2025-10-12", (), frozenset(), ()
    )
    return _with_headings(blank, lines)


def real_pages(path: Path, renderer: str | None = None) -> Iterator[StoryPage]:
    """The annotated pages as they are, or their dumps: nearly all of them hold one story."""
    for sample in read_jsonl(path):
        if sample.text:
            content = DUMPS[renderer](sample.html) if renderer else sample.html
            html = content if isinstance(content, str) else content.decode("utf-8", "replace")
            name = f"{path.name.split('.')[0]}, {'dump' if renderer else 'html'}"
            kind: Kind = "text" if renderer else "html"
            yield StoryPage(html, kind, (sample.text,), (), name, "as it is", half_of(sample.site))
