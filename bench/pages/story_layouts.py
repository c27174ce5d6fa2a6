"""The HTML layouts of made sites: the markup of a story, and the page chrome around it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from random import Random
from typing import NamedTuple
from zlib import crc32

from babel import UnknownLocaleError
from babel.dates import format_date

from bench.pages.chrome_phrases import chrome_phrases
from bench.pages.story_sources import StorySource

HTML_LAYOUTS = ("html, containers", "html, infinite scroll", "html, one container")


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
    """The markup of a made site: tags of headlines and paragraphs, copies and position of captions, chrome, container,
    bylines, and whether a byline and its date share a line, with which mark between them."""

    own_headline: str
    headline: str
    subheading: str
    paragraph: str
    signature: str | None
    copies: int
    captions_first: bool
    chrome: bool
    container: str
    signed: bool


def draw_style(rng: Random) -> Style:
    """A random style."""
    return Style(
        own_headline="h1",
        headline=rng.choice(("h1", "h2", "h2", "div")),
        subheading=rng.choice(("h2", "h3", "h3", "h4", "p")),
        paragraph=rng.choice(("p", "p", "p", "div")),
        signature=rng.choice((None, None, " ", " | ", ", ")),
        copies=rng.choice((1, 1, 2)),
        captions_first=rng.random() < 0.3,
        chrome=rng.random() < 0.6,
        container=rng.choice(
            ('article class="story"', 'div class="article-wrap"', 'section class="post"', 'article class="art"')
        ),
        signed=rng.random() < 0.7,
    )


def _pieces(story: StorySource, style: Style, join: str, first: bool) -> list[Piece]:
    """A story's head, where the join has one, its paragraphs and its captions."""
    captions = [
        piece
        for text in story.captions
        for piece in [Piece("figcaption", "cap", text), Piece("div", "lightbox-caption", text)][: style.copies]
    ]
    top = captions if style.captions_first and (first or join == "headline") else []
    body = [
        Piece(style.subheading if index in story.headings else style.paragraph, "par", text)
        for index, text in enumerate(story.paragraphs)
    ]
    return [*_head(story, style, join, first), *top, *body, *([] if top else captions)]


def _head(story: StorySource, style: Style, join: str, first: bool) -> list[Piece]:
    if not first and join != "headline":
        return []
    head = [Piece(style.own_headline if first else style.headline, "headline", story.title)]
    if first or style.signed:
        name = "info" if style.signature else "byline"
        head += [Piece("div", name, text) for text in signature(story, style.signature)]
    return head


def signature(story: StorySource, mark: str | None) -> list[str]:
    """A story's byline and its date: two lines, or one with a mark between them."""
    byline = chrome_phrases(story.language).by + story.author if story.author else ""
    lines = [line for line in (byline, printed_date(story)) if line]
    return lines if mark is None else [mark.join(lines)]


def printed_date(story: StorySource) -> str:
    """The day of a story in one of the forms of its language; as it is where the language is not known.

    >>> printed_date(StorySource("4", "a.example", "de", "", "", "2026-03-04", (), frozenset(), ()))
    '4. März 2026'
    """
    form = ("long", "medium", "short", "full")[crc32(story.id.encode()) % 4]
    try:
        return format_date(date.fromisoformat(story.date), form, locale=story.language)
    except (ValueError, UnknownLocaleError):
        return story.date


def _chrome(language: str, rng: Random) -> str:
    """The chrome between two stories: related links, a newsletter box, or both."""
    phrases = chrome_phrases(language)
    links = "".join(f'<li><a href="/x">{escape(text)}</a></li>' for text in rng.sample(phrases.teasers, 3))
    related = f'<div class="related"><h3>{phrases.related}</h3><ul>{links}</ul></div>'
    newsletter = f'<div class="newsletter"><p>{phrases.newsletter[0]}</p><button>{phrases.newsletter[1]}</button></div>'
    return rng.choice((related, newsletter, related + newsletter))


def page_html(stories: Sequence[StorySource], style: Style, layout: str, join: str, rng: Random) -> str:
    """The whole page, with menu and footer; title and metadata are those of the first story."""
    language = stories[0].language
    parts = []
    for index, story in enumerate(stories):
        inner = "\n".join(piece.html() for piece in _pieces(story, style, join, index == 0))
        parts.append(inner if layout == "html, one container" else f"<{style.container}>{inner}</{_tag(style)}>")
        if layout == "html, infinite scroll" and index + 1 < len(stories):
            parts.append(f'<div class="next-up"><span>{chrome_phrases(language).following}</span></div>')
        if style.chrome:
            parts.append(_chrome(language, rng))
    around = {"html, infinite scroll": "infinite", "html, one container": "content"}.get(layout, "main")
    return _document(stories[0], f'<div class="{around}">' + "\n".join(parts) + "</div>", rng)


def _tag(style: Style) -> str:
    return style.container.split()[0]


def _document(story: StorySource, content: str, rng: Random) -> str:
    phrases = chrome_phrases(story.language)
    menu = "".join(f'<li><a href="/m">{text}</a></li>' for text in phrases.menu)
    metadata = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.date,
    }
    stated = f'<script type="application/ld+json">{json.dumps(metadata)}</script>' if rng.random() < 0.5 else ""
    return (
        f'<!DOCTYPE html><html lang="{story.language}"><head><meta charset="utf-8"><title>{escape(story.title)}</title>'
        f"{stated}</head><body><header><nav><ul>{menu}</ul></nav></header>\n{content}\n"
        f"<footer><p>{phrases.rights}</p></footer></body></html>"
    )
