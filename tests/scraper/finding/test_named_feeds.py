"""The feeds that a page names: in its head, its Link headers, its links."""

from __future__ import annotations

import pytest
from lxml import html

from scraper.finding.named_feeds import MOST_FEEDS, feed_links

BASE = "https://news.example"
URL = f"{BASE}/world/"


def feeds(markup: str, *headers: str) -> list[str]:
    return [link.removeprefix(BASE) for link in feed_links(html.document_fromstring(markup), URL, headers)]


def linked(*hrefs: str) -> str:
    return "<p>" + "".join(f'<a href="{href}">A</a>' for href in hrefs)


def test_the_feeds_that_a_page_names_are_found() -> None:
    assert feeds(
        """<head><link rel="alternate" type="application/rss+xml; charset=utf-8" href="/rss.xml">
        <link rel="stylesheet alternate" type="Application/Atom+XML" href=" atom ">
        <link rel="alternate" type="application/feed+json" href="/feed.json">
        <link rel="alternate" hreflang="de" href="/de"><link rel="feed" href="/all">
        <link rel="alternate" type="application/rss+xml" href="/rss.xml"><link type="application/rss+xml" href="/not">
        <link rel="alternate" type="application/rss+xml"></head><body><a href="/other/feed/">Feed</a>"""
    ) == ["/rss.xml", "/world/atom", "/feed.json", "/all"]


@pytest.mark.parametrize(
    "kind", ["text/xml", "application/xml", "application/rdf+xml", "text/rss+xml", "application/x-atom+xml"]
)
def test_feeds_have_many_types(kind: str) -> None:
    assert feeds(f"<link rel=alternate type='{kind}' href='/export?x=1'><p>a") == ["/export?x=1"]


@pytest.mark.parametrize(
    "href",
    [
        "/wp-json/wp/v2/posts/12",
        "https://news.example/wp-json/",
        "/?rest_route=/wp/v2/pages/2",
        "/wp-json/oembed/1.0/embed?url=x",
        "/de/wp-json/wp/v2/categories/3",
    ],
)
@pytest.mark.parametrize("kind", ["application/json", "text/xml"])
def test_what_wordpress_says_to_programs_is_no_feed(href: str, kind: str) -> None:
    page = f"<link rel=alternate type={kind} href='{href}'><link rel=alternate type=application/rss+xml href=/f><p>a"
    assert feeds(page) == ["/f"]


@pytest.mark.parametrize(
    ("base", "found"),
    [("/", "/feed.xml"), ("https://news.example/a/b/", "/a/b/feed.xml"), ("http://[", "/world/feed.xml")],
)
def test_feeds_are_relative_to_the_base(base: str, found: str) -> None:
    head = f"<head><base href='{base}'><link rel=alternate type=application/rss+xml href=feed.xml></head><p>a"
    assert feeds(head) == [found]
    assert feeds(f"<head><base href='{base}'></head>{linked('feed.xml')}") == [found]


@pytest.mark.parametrize(
    "header",
    [
        '</f.xml>; rel="alternate"; type="application/rss+xml"',
        "</f.xml>;type=application/atom+xml;rel=alternate",
        '</style.css>; rel=preload, </f.xml>; title="a, b"; rel="alternate"; type="application/feed+json"',
        '<https://news.example/wp-json/>; rel="https://api.w.org/", <../f.xml>; rel=feed',
    ],
)
def test_a_link_header_names_feeds(header: str) -> None:
    assert feeds("<p>a", header) == ["/f.xml"]
    assert feeds(linked("/x/feed/"), "garbage", header) == ["/f.xml"]


LISTED = [
    "/rss/politik.xml",
    "/feeds/lokal.rss",
    "/xml/atom/kultur.atom",
    "/rss/sport.php",
    "/world.rdf",
    "/rss-uk.xml",
]


def test_a_page_that_lists_feeds_gives_every_one() -> None:
    assert feeds(linked(*LISTED, "/about")) == LISTED
    head = "<head><link rel=alternate type=application/rss+xml href=/all.xml></head>"
    assert feeds(head + linked(*LISTED)) == ["/all.xml", *LISTED]
    many = [f"/rss/{number}.xml" for number in range(120)]
    assert feeds(linked(*many)) == many


LOOSE = [
    "/feed",
    "/?feed=rss2",
    "/a/atom/",
    "/rss/monde",
    "/feeds/economia/",
    "/index.php?format=feed&type=rss",
    "https://feeds.other.example/gazette",
]


def test_without_files_of_feeds_links_that_look_like_one_are_taken() -> None:
    others = ["/rss-readers-compared", "/feeding-birds", "/rss/icon.png", "/feedback", "/atomic-power", "x" * 9_999]
    assert feeds(linked(*LOOSE, *others)) == LOOSE
    assert feeds(linked(*LOOSE, "/world/rss.xml")) == ["/world/rss.xml"]


def test_a_page_of_feeds_is_bounded() -> None:
    assert len(feeds(linked(*(f"/{number}/feed" for number in range(1_000))))) == MOST_FEEDS + 1


@pytest.mark.parametrize("piece", ["<", "<a>;", "<a>; a=", ' ;rel="x', ", ", "; ;"])
def test_a_hostile_link_header_is_read_in_linear_time(piece: str) -> None:
    assert feeds("<p>a", piece * 100_000) == []


@pytest.mark.parametrize("piece", ["/feed", "/rss/", "feed=", "&feed", ".rss", "/feeds/a"])
def test_hostile_links_are_read_in_linear_time(piece: str) -> None:
    feeds(linked(*["/" + (piece * 2_000)[: 1_000 + number] for number in range(500)]))
