"""Addresses: which can be fetched, how they are written alike, and what they most likely lead to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.utils.request import fingerprint
from w3lib.url import canonicalize_url

from cleaners.words.addresses import host_of
from scraper.finding.links import MOST_CHARACTERS, Link, Target, same_page, target_of, web_address

TODAY = date(2026, 3, 7)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("http://example.com", "http://example.com/"),
        (" https://example.com/a?b=1#part ", "https://example.com/a?b=1"),
        ("/a/b.html", "https://news.example/a/b.html"),
        ("c.html?x=1", "https://news.example/world/c.html?x=1"),
        ("//other.example/a", "https://other.example/a"),
        ("?page=2", "https://news.example/world/?page=2"),
        ("https://example.com/ä b", "https://example.com/%C3%A4%20b"),
        ("https://example.com/a;jsessionid=0A1B/b", "https://example.com/a/b"),
        ("https://example.com/a?utm_source=rss&id=7&fbclid=x&gclid=y&utm_medium=m", "https://example.com/a?id=7"),
        ("https://example.com/a?UTM_Source=rss", "https://example.com/a"),
        ("https://example.com/a?PHPSESSID=12&b=", "https://example.com/a?b="),
        ("https://example.com/a?12345", "https://example.com/a?12345"),
        ("https://example.com/a?z=1&a=2", "https://example.com/a?z=1&a=2"),
        ("https://example.com:8080/", "https://example.com:8080/"),
        ("https://EXAMPLE.com:443/A", "https://example.com/A"),
        ("http://example.com:80", "http://example.com/"),
        ("http://example.com:443/", "http://example.com:443/"),
        ("//example.com:443/a", "https://example.com/a"),
        ("http://[2001:db8::1]:80/a", "http://[2001:db8::1]/a"),
        ("https://example.com/a?ref=front&id=7&srsltid=x&gad_source=1&CMP=share_btn_tw", "https://example.com/a?id=7"),
        ("https://example.com/a?ref_src=tw&itm_source=x&gad_campaignid=2&intcmp=3&wt.mc_id=4", "https://example.com/a"),
        (
            "https://example.com/a?reference=7&preref=8&cmpx=9&sid=1",
            "https://example.com/a?reference=7&preref=8&cmpx=9&sid=1",
        ),
    ],
)
def test_an_address_is_made_absolute_and_loses_what_only_tracks(link: str, address: str) -> None:
    assert web_address(link, "https://news.example/world/") == address


@pytest.mark.parametrize(
    "link",
    [
        *(
            "",
            "   ",
            "mailto:desk@example.com",
            "javascript:void(0)",
            "tel:+123",
            "file:///etc/passwd",
            "ftp://a.example/",
        ),
        *(
            "data:text/html,hello",
            "about:blank",
            "http://",
            "http:///path",
            "http://.",
            "https://..:80/",
            "http://[",
            "http://[::1",
            "http://a b/",
        ),
        *("http://example.com:99999/", "http://example.com:port/", "blob:https://example.com/1"),
        "https://example.com/" + "x" * 100_000,
    ],
)
def test_what_cannot_be_fetched_is_no_address(link: str) -> None:
    assert web_address(link, "https://news.example/") is None


@pytest.mark.parametrize("link", ["a.html", "/a", "example.com/a", "www.example.com"])
def test_without_a_page_a_relative_link_is_no_address(link: str) -> None:
    assert web_address(link) is None


ODD_LINKS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="htp:/?#[]@%.;&=-_ aä0\\\n", max_size=60),
    st.text(alphabet=":/?#[]@%.;&=-_ aä0\\\n", max_size=60).map("http://".__add__),
    st.text(alphabet="/?#%.;&=-_ aä0", max_size=60).map("https://example.com/".__add__),
)


@given(ODD_LINKS, st.sampled_from(["", "https://news.example/a/b?c"]))
def test_an_address_stays_as_it_is_and_can_be_requested(link: str, base: str) -> None:
    address = web_address(link, base)
    if address is not None:
        assert web_address(address) == address
        assert len(address) <= MOST_CHARACTERS
        assert Request(address).url == address
        assert address.startswith(("http://", "https://"))
        assert canonicalize_url(address)
        assert same_page(address, address)
        assert host_of(address)


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com/a?id=7&x=1",
        "https://example.com/a?x=1&id=7",
        "https://example.com/a?id=7&x=1&utm_campaign=front#comments",
        "https://EXAMPLE.com/a?id=7&x=1&fbclid=abc",
    ],
)
def test_an_article_under_several_addresses_is_one_request(link: str) -> None:
    address = web_address(link)
    assert address is not None
    assert fingerprint(Request(address)) == fingerprint(Request("https://example.com/a?id=7&x=1"))


def test_the_same_page_may_be_written_in_several_ways() -> None:
    assert same_page("http://www.example.com/a/", "https://example.com/a")
    assert not same_page("https://example.com/a", "https://example.com/a?page=2")


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/2026/03/07/world/river-towns-agree-on-a-bridge/",
        "https://news.example/world/river-towns-agree-on-a-new-bridge-12345678",
        "https://news.example/world/europe/article-1234567.html",
        "https://news.example/politik/bruecke-am-fluss-a-65464327",
        "https://news.example/de/bruecken-am-fluss/a-65464327",
        "https://news.example/story.php?id=123456",
        "https://news.example/news/articles/c4gx1y2z3w5o",
        "https://news.example/culture/a-concert-house-opens.html",
        "https://news.example/archive/2014/04/plumbers-and-poets/361373/",
    ],
)
def test_addresses_of_articles_are_told(url: str) -> None:
    assert target_of(Link(url), TODAY) is Target.ARTICLE


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/",
        "https://news.example/world/",
        "https://news.example/world/middle-east",
        "https://news.example/world/?page=3",
        "https://news.example/world/page/3/",
        "https://news.example/tag/river-towns-and-bridges/",
        "https://news.example/2026/03/07/",
        "https://news.example/author/ana-example",
        "https://news.example/index.html",
    ],
)
def test_addresses_of_hubs_are_told(url: str) -> None:
    assert target_of(Link(url, "World"), TODAY) is Target.HUB


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/login?next=/",
        "https://news.example/files/report-of-the-year-2026.pdf",
        "https://news.example/pictures/bridge-over-the-river-12345678.JPG",
        "https://news.example/feeds/world.xml",
        "https://news.example/calendar/2026/03/08/",
        "https://news.example/events",
        "https://news.example/programme/2027-01-01/",
        "https://news.example/programme/?day=20261224",
        "https://news.example/news/world/news/world/a-story-with-a-headline-12345678",
        "https://news.example/a/a/a/",
        "https://news.example/" + "b/c/" * 20,
        "https://news.example/1/2/3/4/5/6/7/8/9/10/11/12/13/",
    ],
)
def test_what_leads_nowhere_is_told(url: str) -> None:
    assert target_of(Link(url), TODAY) is Target.NOTHING


def test_the_words_of_a_link_tip_the_scale() -> None:
    url = "https://news.example/local/bridge-opens-today"
    assert target_of(Link(url, "Local"), TODAY) is Target.HUB
    assert target_of(Link(url, "The bridge over the river opens today"), TODAY) is Target.ARTICLE
    assert target_of(Link(url, "The bridge opens", in_heading=True), TODAY) is Target.ARTICLE


@given(ODD_LINKS)
def test_every_address_has_a_target(link: str) -> None:
    if address := web_address(link, "https://news.example/"):
        assert target_of(Link(address, link), TODAY) in Target
