"""Articles as HTML that can be shown anywhere: no script, no style, nothing that is loaded, all text escaped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from cleaners.data import Cleaned
from cleaners.records.html_body import lines_html
from cleaners.words.addresses import web_address

HTML_OPENING = (
    b'<!DOCTYPE html>\n<html>\n<meta charset="utf-8">\n'
    b'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
    b'<meta name="generator" content="Copydesk">\n<title>Articles</title>\n'
)
"""What a file begins with. The end tags of `html` and `body` may be left out, so a file can always be written on."""


def article_html(cleaned: Cleaned) -> Iterator[str]:
    """The text of each article of a page as HTML."""
    return (lines_html(article.lines) for article in cleaned.articles)


def html_article(record: Mapping[str, Any], body: str) -> str:
    """A story with its headline, standfirst, names, day and address. `body` is HTML already."""
    language = f' lang="{escape(record["language"])}"' if record["language"] else ""
    return f'<article id="story-{escape(record["id"])}"{language}>\n{_head(record)}{body}\n</article>\n'


def _head(record: Mapping[str, Any]) -> str:
    title = f"<h1>{escape(record['title'])}</h1>\n" if record["title"] else ""
    summary = f"<p><strong>{escape(record['summary'])}</strong></p>\n" if record["summary"] else ""
    facts = [escape(", ".join(record["authors"])), escape(record["publisher"] or ""), _day(record), _address(record)]
    line = " · ".join(filter(None, facts))
    return title + summary + (f"<p><small>{line}</small></p>\n" if line else "")


def _day(record: Mapping[str, Any]) -> str:
    day = escape(record["date_published"] or "")
    return f'<time datetime="{day}">{day}</time>' if day else ""


def _address(record: Mapping[str, Any]) -> str:
    """A link to the page, if its address is one of the web."""
    address = web_address(record["canonical_url"] or record["url"] or "")
    if not address:
        return ""
    return f'<a href="{escape(address)}" rel="nofollow noopener">{escape(address)}</a>'
