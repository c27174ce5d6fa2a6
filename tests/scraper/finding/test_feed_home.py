"""The site that a feed belongs to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.finding.feed_home import feed_home

HOME = "https://news.example/"


@pytest.mark.parametrize(
    "feed",
    [
        f"<rss><channel><title>A</title><link>{HOME}</link><item><link>https://x.example/</link></item>",
        f"<rss><channel><atom:link rel='self' href='https://f.example/1'/><link><![CDATA[{HOME}]]></link>",
        f"<feed><link rel='self' href='https://f.example/1'/><link href='{HOME}'/><entry><link href='https://x.example'/>",
        f"<rdf:RDF><channel rdf:about='x'><link>{HOME}</link></channel><item><link>https://x.example/</link></item>",
        f'{{"version": "https://jsonfeed.org/version/1.1", "home_page_url": "{HOME}", "items": []}}',
    ],
)
def test_a_feed_names_its_site(feed: str) -> None:
    assert feed_home(feed.encode()) == HOME
    assert feed_home(feed.encode("utf-16")) == HOME


@pytest.mark.parametrize(
    "document",
    [
        "<rss><channel><item><link>https://x.example/</link></item></channel></rss>",
        "<rss><channel><link>javascript:0</link><item>",
        "<urlset><url><loc>https://x.example/</loc></url></urlset>",
        "<!doctype html><link href='https://x.example/'>",
        '{"version": "https://jsonfeed.org/version/1.1", "home_page_url": 7, "items": []}',
    ],
)
def test_what_names_no_site_has_none(document: str) -> None:
    assert feed_home(document.encode()) is None


@given(st.binary())
def test_no_document_makes_it_stumble(body: bytes) -> None:
    feed_home(body)
    feed_home(b"<rss>" + body)


@pytest.mark.parametrize("piece", [b"<link ", b"<link>", b"<link rel='", b'"home_page_url":"\\', b"<link><![CDATA["])
def test_a_feed_of_one_piece_again_and_again_costs_little(piece: bytes) -> None:
    feed_home(b"<rss>" + piece * (10**6 // len(piece)))
    feed_home(b'{"items"' + piece * (10**6 // len(piece)))
