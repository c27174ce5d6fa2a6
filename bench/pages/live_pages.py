"""Made pages of live columns in many layouts, with what is to be read from each, and pages that only look like one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from bench.pages.chrome_phrases import chrome_phrases
from bench.pages.live_texts import TOLD, Told

DAY = datetime(2026, 2, 3, 21, 30)
"""When the newest entry was written."""

MINUTES = (0, 47, 118, 203, 342, 540)
"""How long before that each entry was written."""


@dataclass(frozen=True)
class Given:
    """An entry as it was written: its time, its headline and its words."""

    time: datetime
    title: str
    text: str


@dataclass(frozen=True)
class LivePage:
    """A made page, what it is, and the entries to be read from it, in its order; none if it is no column."""

    name: str
    html: str
    entries: tuple[Given, ...]


Layout = Callable[[Given, str], str]


def _clock(entry: Given, language: str) -> str:
    """The clock time as pages in a language write it."""
    written = {"fr": "%Hh%M", "de": "%H:%M Uhr", "it": "%H.%M", "sv": "kl %H.%M", "ja": "%H時%M分"}
    return entry.time.strftime(written.get(language, "%H:%M"))


def _boxes(entry: Given, language: str) -> str:
    return (
        f'<div class="entry-{entry.time:%H%M}"><div class="entry-time">{_clock(entry, language)}</div>'
        f"<h3>{escape(entry.title)}</h3><p>{escape(entry.text)}</p></div>"
    )


def _articles(entry: Given, language: str) -> str:
    return (
        f'<article class="post" id="p{entry.time:%H%M}"><header><time datetime="{entry.time.isoformat()}+01:00">'
        f"{_clock(entry, language)}</time> <span>Nora Quill</span></header><h2>{escape(entry.title)}</h2>"
        f'<p>{escape(entry.text)}</p><ul class="share"><li><a href="#">Facebook</a></li><li><a href="#">X</a></li></ul>'
        "</article>"
    )


def _items(entry: Given, language: str) -> str:
    return (
        f"<li><span class=clock>{_clock(entry, language)}</span><div><strong>{escape(entry.title)}</strong>"
        f"<p>{escape(entry.text)}</p></div></li>"
    )


def _flat(entry: Given, language: str) -> str:
    return f"<h2>{_clock(entry, language)} {escape(entry.title)}</h2><p>{escape(entry.text)}</p>"


def _below(entry: Given, language: str) -> str:
    return f"<h3>{escape(entry.title)}</h3><p class=when>{_clock(entry, language)}</p><p>{escape(entry.text)}</p>"


def _paragraphs(entry: Given, language: str) -> str:
    return f"<p><b>{_clock(entry, language)}</b> {escape(entry.text)}</p>"


def _table(entry: Given, language: str) -> str:
    words = f"<h4>{escape(entry.title)}</h4><p>{escape(entry.text)}</p>"
    return f"<section><div>{_clock(entry, language)}</div><div>{words}</div></section>"


def _untimed(entry: Given, language: str) -> str:
    return f'<div class="item"><h3>{escape(entry.title)}</h3><p>{escape(entry.text)}</p></div>'


def _relative(entry: Given, language: str) -> str:
    minutes = int((DAY - entry.time).total_seconds() // 60)
    return (
        f'<div class="block"><time datetime="{entry.time.isoformat()}+01:00">{minutes} min</time>'
        f"<h3>{escape(entry.title)}</h3><p>{escape(entry.text)}</p></div>"
    )


def _dated(entry: Given, language: str) -> str:
    return (
        f'<div class="liveblog-post"><p class="stamp">{entry.time:%d.%m.%Y} {entry.time:%H:%M}</p>'
        f"<h3>{escape(entry.title)}</h3><p>{escape(entry.text)}</p></div>"
    )


LAYOUTS: dict[str, tuple[Layout, str]] = {
    "boxes": (_boxes, '<div class="live-feed">{}</div>'),
    "articles": (_articles, "{}"),
    "list items": (_items, '<ul class="timeline">{}</ul>'),
    "headings in one box": (_flat, "{}"),
    "times below headings": (_below, "<div>{}</div>"),
    "paragraphs": (_paragraphs, "{}"),
    "sections": (_table, "<div>{}</div>"),
    "times in JSON-LD only": (_untimed, "<div class=feed>{}</div>"),
    "minutes ago": (_relative, '<div class="blocks">{}</div>'),
    "day and time": (_dated, "<div>{}</div>"),
}
"""How an entry is written, and what is around all of them."""


def live_pages() -> list[LivePage]:
    """Twenty columns: each layout in two languages, a third with JSON-LD, some oldest first, some past midnight."""
    languages = list(TOLD)
    pages = []
    for number, layout in enumerate([*LAYOUTS, *LAYOUTS]):
        language = languages[(number + number // len(LAYOUTS) * 3) % len(languages)]
        stated = layout == "times in JSON-LD only" or number % 3 == 0
        shift = timedelta(hours=5) if number % 4 == 1 else timedelta()
        pages.append(_page(layout, language, stated=stated, oldest_first=number % 5 == 4, shift=shift))
    return pages


def _page(layout: str, language: str, *, stated: bool, oldest_first: bool, shift: timedelta) -> LivePage:
    told = TOLD[language]
    write, around = LAYOUTS[layout]
    newest = DAY + shift
    entries = [
        Given(newest - timedelta(minutes=ago), title if layout != "paragraphs" else "", text)
        for ago, (title, text) in zip(MINUTES, told.entries, strict=True)
    ]
    if oldest_first:
        entries.reverse()
    body = around.format("".join(write(entry, language) for entry in entries))
    html = document(told, language, body, entries if stated else (), (entries[-1].time, newest))
    return LivePage(f"{layout}, {language}", html, tuple(entries))


def document(
    told: Told, language: str, body: str, stated: Sequence[Given] = (), times: tuple[datetime, datetime] | None = None
) -> str:
    """A page with menu and footer around a column. `stated` are the entries that its JSON-LD has, `times` when it was
    published and last changed."""
    phrases = chrome_phrases(language)
    menu = "".join(f'<li><a href="/m">{escape(text)}</a></li>' for text in phrases.menu)
    first, last = sorted(times) if times else (DAY, DAY)
    about = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting" if stated else "NewsArticle",
        "headline": told.title,
        "datePublished": f"{first.isoformat()}+01:00",
        "dateModified": f"{last.isoformat()}+01:00",
    }
    if stated:
        about["liveBlogUpdate"] = [  # type: ignore[assignment]
            {
                "@type": "BlogPosting",
                "headline": entry.title or None,
                "datePublished": f"{entry.time.isoformat()}+01:00",
                "articleBody": entry.text,
            }
            for entry in stated
        ]
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(told.title)}</title>'
        f'<script type="application/ld+json">{json.dumps(about)}</script></head>'
        f"<body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>{escape(told.title)}</h1>"
        f"<p>{escape(told.intro)}</p>{body}</article></main><footer><p>{escape(phrases.rights)}</p></footer></body></html>"
    )
