"""What the site says about its stories to machines: feeds, sitemaps and robots.txt, sound and hostile."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from email.utils import format_datetime
from html import escape

from tests.support.site.stories import Story

PER_SITEMAP = 500
"""Stories in one sitemap."""

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'

# --- Feeds -------------------------------------------------------------------------------------------------------


def rss(stories: Iterable[Story], base: str) -> str:
    """RSS 2.0; the links carry a tracking parameter, as many do."""
    return rss_of(
        (f"{base}{story.path}?utm_source=rss", story.headline, format_datetime(story.published)) for story in stories
    )


def rss_of(entries: Iterable[tuple[str, str, str]], prolog: str = "") -> str:
    """RSS 2.0 of (link, title, date) as they are given, behind a prolog such as a DOCTYPE."""
    items = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><pubDate>{date}</pubDate></item>"
        for link, title, date in entries
    )
    return f'{_XML}{prolog}<rss version="2.0"><channel><title>The Made Gazette</title>{items}</channel></rss>'


def atom(stories: Iterable[Story], base: str) -> str:
    """Atom 1.0."""
    entries = "".join(
        f"<entry><title>{escape(story.headline)}</title><id>{base}{story.path}</id>"
        f'<link rel="enclosure" href="{base}/files/{story.number}.mp3"/>'
        f'<link rel="alternate" type="text/html" href="{escape(story.path)}"/>'
        f"<published>{story.published.isoformat()}</published><updated>{story.modified.isoformat()}</updated></entry>"
        for story in stories
    )
    return f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom"><title>The Made Gazette</title>{entries}</feed>'


def json_feed(stories: Iterable[Story], base: str) -> str:
    """JSON Feed 1.1."""
    items = [
        {
            "id": str(story.number),
            "url": base + story.path,
            "title": story.headline,
            "date_published": story.published.isoformat(),
            "date_modified": story.modified.isoformat(),
        }
        for story in stories
    ]
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "The Made Gazette", "items": items}, indent=1
    )


# --- Sitemaps ----------------------------------------------------------------------------------------------------


def sitemap_index(paths: Iterable[tuple[str, str]], base: str) -> str:
    """A sitemap of sitemaps: (path, lastmod), lastmod left out where it is empty."""
    return _urls("sitemapindex", "sitemap", ((base + path, lastmod) for path, lastmod in paths))


def sitemap(stories: Iterable[Story], base: str) -> str:
    """A sitemap that says when each story was last changed."""
    return sitemap_of((base + story.path, story.modified.isoformat()) for story in stories)


def sitemap_of(entries: Iterable[tuple[str, str]]) -> str:
    """A sitemap of (address, lastmod) as they are given."""
    return _urls("urlset", "url", entries)


def news_sitemap(stories: Iterable[Story], base: str) -> str:
    """A news sitemap: the stories of the last days with their titles and dates."""
    entries = "".join(
        f"<url><loc>{escape(base + story.path)}</loc><news:news><news:publication><news:name>The Made Gazette"
        f"</news:name><news:language>en</news:language></news:publication>"
        f"<news:publication_date>{story.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(story.headline)}</news:title></news:news></url>"
        for story in stories
    )
    return f"{_XML}<urlset {_SITEMAP} {_NEWS}>{entries}</urlset>"


def _urls(root: str, child: str, entries: Iterable[tuple[str, str]]) -> str:
    rows = "".join(
        f"<{child}><loc>{escape(url)}</loc>{f'<lastmod>{lastmod}</lastmod>' if lastmod else ''}</{child}>"
        for url, lastmod in entries
    )
    return f"{_XML}<{root} {_SITEMAP}>{rows}</{root}>"


# --- robots.txt --------------------------------------------------------------------------------------------------


def robots(base: str, disallow: Sequence[str], crawl_delay: float | None) -> str:
    """robots.txt with what is disallowed for all, and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in disallow)]
    lines += [f"Crawl-delay: {crawl_delay}"] if crawl_delay is not None else []
    return "\n".join([*lines, "", f"Sitemap: {base}/sitemap.xml", ""])


def long_robots(size: int, disallow: Sequence[str]) -> Iterator[bytes]:
    """A robots.txt of at least `size` bytes, in pieces: the rules first, then lines that disallow nothing real."""
    yield "\n".join(["User-agent: *", *(f"Disallow: {path}" for path in disallow), ""]).encode()
    piece = b"".join(b"Disallow: /nothing/%05d/\n" % number for number in range(2_500))
    for _ in range(-(-size // len(piece))):
        yield piece


# --- Hostile -----------------------------------------------------------------------------------------------------


def entity_bomb(base: str, story: Story) -> str:
    """A feed whose title would be three billion characters long, and one sound entry."""
    levels = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    prolog = f'<!DOCTYPE rss [<!ENTITY e0 "lol">{levels}]>'
    sound = rss_of([(base + story.path, story.headline, "")], prolog)
    return sound.replace("<channel><title>", "<channel><description>&e9;</description><title>", 1)


def external_entity(base: str, story: Story, target: str) -> str:
    """A feed that would read `target` (a file or an address) into an entry's link, and one sound entry."""
    prolog = f'<!DOCTYPE rss [<!ENTITY out SYSTEM "{target}">]>'
    sound = rss_of([("LINK", "Outside", ""), (base + story.path, story.headline, "")], prolog)
    return sound.replace("<link>LINK", f"<link>{base}/leak/&out;", 1)
