"""How often a record has the lead picture, the tags and the access that a news page states.

A page states a lead picture in Open Graph, Twitter's card or JSON-LD, and tags in JSON-LD or a meta tag. The statements
are looked for by patterns in the source of the page, apart from the code that reads them. How many of the topics that
Fundus' rules take from a page are among the tags is counted, too.
"""

from __future__ import annotations

import argparse
import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bench.pages.corpora import NEWS, read_annotations
from bench.pages.renderers import decoded
from bench.tables import table
from cleaners import Article, Page, clean_page
from cleaners.words.addresses import web_address

_META = re.compile(r"<meta\b[^>]*>", re.IGNORECASE)
_CONTENT = re.compile(r"content\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_PICTURE = re.compile(r"[\"']?og:image[\"'\s]|og:image$|twitter:image[\"'\s]", re.IGNORECASE)
_TAGS = re.compile(r"[\"'](?:news_keywords|keywords|article:tag|parsely-tags)[\"']", re.IGNORECASE)
_JSON_TAGS = re.compile(r"\"keywords\"\s*:\s*(?:\"[^\"]+\"|\[\s*\")")
_JSON_FREE = re.compile(r"\"isAccessibleForFree\"|article:content_tier", re.IGNORECASE)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There are no options."""


def run(options: argparse.Namespace) -> Iterator[str]:
    """The counts on news-world."""
    counts: Counter[str] = Counter()
    for record, sample in read_annotations(NEWS):
        page = decoded(sample.html)
        for article in clean_page(Page(page, url=sample.url, kind="html"), any_page=True).articles[:1]:
            counts.update(counted(page, record, article))
    yield table(("fact", "pages"), sorted(counts.items()))


def counted(page: str, record: dict[str, Any], article: Article) -> Counter[str]:
    """What a page states, and what of it its record has."""
    counts: Counter[str] = Counter(pages=1)
    pictures = {web_address(text, article.url) for text in stated(page, _PICTURE)} - {None}
    counts["1 lead picture stated in a meta tag"] += bool(pictures)
    counts["2 lead picture"] += bool(article.images)
    counts["3 lead picture as stated"] += bool(article.images and article.images[0].url in pictures)
    tags = any(text.strip() for text in stated(page, _TAGS)) or _JSON_TAGS.search(page) is not None
    counts["4 tags stated"] += tags
    counts["5 tags where they are stated"] += tags and bool(article.tags)
    topics = {topic.casefold() for topic in record.get("topics") or ()}
    counts["6 annotated topics"] += bool(topics)
    counts["7 annotated topics, half of them or more among the tags"] += bool(topics) and 2 * len(
        topics & {tag.casefold() for tag in article.tags}
    ) >= len(topics)
    free = _JSON_FREE.search(page) is not None
    counts["8 access stated"] += free
    counts["9 access where it is stated"] += free and article.free is not None
    return counts


def stated(page: str, names: re.Pattern[str]) -> list[str]:
    """The contents of the meta tags with these names.

    >>> stated('<meta property="og:image" content="/a.jpg?b&amp;c">', _PICTURE)
    ['/a.jpg?b&c']
    """
    found = (
        content[1].strip("\"'")
        for tag in _META.findall(page)
        if names.search(tag)
        for content in [_CONTENT.search(tag)]
        if content
    )
    return [html.unescape(text) for text in found]
