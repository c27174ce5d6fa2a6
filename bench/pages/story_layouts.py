"""How made sites lay out the stories of a page in HTML: the markup of a story, and the chrome around it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from random import Random
from typing import NamedTuple

from bench.pages.story_materials import Material
from bench.pages.wordings import wording

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
    """How a made site sets its stories: tags of headlines, whether captions are printed twice and where, chrome."""

    own_headline: str
    headline: str
    subheading: str
    copies: int
    captions_first: bool
    chrome: bool
    container: str
    signed: bool


def draw_style(chance: Random) -> Style:
    """The style of one made site, by chance."""
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
