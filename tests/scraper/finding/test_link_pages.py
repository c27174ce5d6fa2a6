"""What a page says to a crawler: its links, whether it is an article, which address it goes by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from scrapy.http import HtmlResponse

from scraper.finding.links import Link
from scraper.finding.named_feeds import feed_links
from scraper.finding.pages import MOST_LINKS, canonical_address, links_on, states_article, tree_of
from tests.support.site import pages
from tests.support.site.stories import make_story

URL = "https://news.example/world/"
STORY = make_story(0, seed=0)


def tree(markup: str) -> etree._Element:
    return html.document_fromstring(markup)


def test_links_have_addresses_words_and_a_place() -> None:
    page = tree(
        """<a href="/a#x"> One  <b>two</b> </a><h2><a href="b.html">Three</a></h2><a href="c"><h3>Four</h3></a>
        <a href="mailto:a@b.example">No</a><a>No</a><a href="/d" title="Five"><img></a>
        <a href="//other.example/">Six</a>"""
    )
    assert links_on(page, URL) == [
        Link("https://news.example/a", "One two"),
        Link("https://news.example/world/b.html", "Three", in_heading=True),
        Link("https://news.example/world/c", "Four", in_heading=True),
        Link("https://news.example/d", "Five"),
        Link("https://other.example/", "Six"),
    ]


def test_an_address_that_is_linked_twice_has_its_longest_words() -> None:
    page = tree('<a href="/a"><img></a><h3><a href="/a?utm_source=x">A headline</a></h3><a href="/a">More</a>')
    assert links_on(page, URL) == [Link("https://news.example/a", "A headline", in_heading=True)]


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ("https://cdn.example/x/", "https://cdn.example/x/a"),
        ("/y/", "https://news.example/y/a"),
        ("javascript:", "https://news.example/world/a"),
        ("http://[", "https://news.example/world/a"),
    ],
)
def test_links_are_relative_to_the_base(base: str, address: str) -> None:
    page = tree(f'<head><base href="{base}"></head><a href="a">A</a>')
    assert [link.url for link in links_on(page, URL)] == [address]


def test_a_response_is_parsed_without_its_huge_tags() -> None:
    """As pages are before they are cleaned: such a tag took 13 seconds."""
    crowded = " ".join(f"a{number}='>'" for number in range(50_000))
    page = tree_of(HtmlResponse(URL, body=f"<a href=/a>A</a><p {crowded}>B</p>".encode(), encoding="utf-8"))
    assert [paragraph.keys() for paragraph in page.iter("p")] == [[]]
    assert links_on(page, URL) == [Link("https://news.example/a", "A")]


def test_hostile_pages_are_bounded() -> None:
    many = tree("<p>" + "".join(f'<a href="/{number}">a</a>' for number in range(MOST_LINKS + 500)))
    assert len(links_on(many, URL)) == MOST_LINKS
    long = tree(f'<a href="/a">{"word " * 100_000}</a><a href="{"x" * 100_000}">b</a>')
    (link,) = links_on(long, URL)
    assert len(link.text) <= 300


def test_links_inside_each_other_are_not_read_to_their_ends() -> None:
    root = inner = etree.Element("html")
    for number in range(4_000):
        inner = etree.SubElement(inner, "a", href=f"/{number}")
        inner.text = "word "
    assert len(links_on(root, URL)) == 4_000


BITS = st.sampled_from(
    b"<a href=' <base href= '> <link rel=canonical href= <h2> </a> <: <\x80 &#0; http://[ ?utm_= <body> </body>"
    b" <svg:a/href=x> <meta/property=og:type/content=article> <script/type=application/ld+json> { }".split()
)


@given(st.lists(st.one_of(BITS, st.binary(max_size=4))).map(b"".join))
def test_any_page_is_looked_at(body: bytes) -> None:
    page = tree_of(HtmlResponse(URL, body=body, encoding="utf-8"))
    assert all(link.url.startswith("http") for link in links_on(page, URL))
    assert states_article(page) in (True, False)
    assert (canonical_address(page, URL) or "http").startswith("http")
    assert all(link.startswith("http") for link in feed_links(page, URL))


def test_a_page_states_that_it_is_an_article() -> None:
    assert states_article(tree(pages.article(STORY, "https://news.example")))
    assert states_article(tree('<head><meta property="og:type" content="article"></head><p>a'))
    assert not states_article(tree(pages.front([STORY])))
    assert not states_article(tree(pages.section("world", [STORY], 1)))
    assert not states_article(tree('<head><meta property="og:type" content="website"></head><p>a'))


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ('<link rel="canonical" href="https://news.example/a?utm_source=x">', "https://news.example/a"),
        ('<link rel=" Canonical " href="../b">', "https://news.example/b"),
        ('<link rel="canonical" href="javascript:void(0)">', None),
        ('<link rel="canonical">', None),
        ('<link rel="alternate" href="/a">', None),
    ],
)
def test_a_page_goes_by_its_canonical_address(link: str, address: str | None) -> None:
    assert canonical_address(tree(f"<head>{link}</head><p>a"), URL) == address
