"""Pages of a head and a body, and what their markup states."""

from __future__ import annotations

import json
from typing import Any

from cleaners.blocks.html import parse
from cleaners.data import Metadata
from cleaners.metadata import Markup, read_markup

URL = "https://www.example.org/world/2026/01/07/harbour-reopens"


def page(head: str = "", body: str = "", language: str = "en") -> Markup:
    return read_markup(parse(f'<html lang="{language}"><head>{head}</head><body>{body}</body></html>'), URL)


def metadata(head: str = "", body: str = "", language: str = "en") -> Metadata:
    return page(head, body, language).metadata


def json_ld(value: Any) -> str:
    return f'<script type="application/ld+json">{value if isinstance(value, str) else json.dumps(value)}</script>'


ARTICLE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Harbour reopens after storm",
    "description": "Ferries run again.",
    "datePublished": "2026-01-07T14:05:00+01:00",
    "dateModified": "2026-01-08",
    "author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "Max Roe"}],
    "publisher": {"@type": "Organization", "name": "Example Times"},
    "articleSection": ["World", "Sea"],
    "articleBody": "The harbour is open.",
    "isAccessibleForFree": "False",
}


def stated(published: str, modified: str | None = None) -> str:
    """JSON-LD with the dates."""
    return json_ld({**ARTICLE, "datePublished": published, **({"dateModified": modified} if modified else {})})


def headed(*behind: str, front: str = "") -> str:
    """A body with a headline, what stands in front of it, and lines behind it."""
    return f"{front}<h1>{ARTICLE['headline']}</h1>{''.join(f'<p>{line}</p>' for line in behind)}"
