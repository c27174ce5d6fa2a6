"""Feeds as they are in the wild: encodings, addresses in odd places, odd dates, elements that are far too long."""

from __future__ import annotations

import json

import pytest

from scraper.finding.feeds import MOST_ENTRIES, FeedEntry, is_feed, read_feed
from tests.support.site import listings

BASE = "https://news.example"
PAGE = f"{BASE}/view?nr=7&lang=en&copy=2"
RSS = listings.rss_of([(PAGE, "Größe", "")])


def links(body: bytes | str, url: str = "") -> list[str]:
    content = body.encode() if isinstance(body, str) else body
    assert is_feed(content)
    return [entry.link for entry in read_feed(content, url=url).entries]


def rss(inside: str, attributes: str = "") -> str:
    return f"<rss version='2.0'><channel><link>{BASE}/</link><item{attributes}>{inside}</item></channel></rss>"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
@pytest.mark.parametrize(
    "feed", [RSS, json.dumps({"items": [{"url": PAGE}]}), f"<feed><entry><id>{PAGE}</id></entry></feed>"]
)
def test_a_feed_in_any_form_of_unicode_is_read(encoding: str, feed: str) -> None:
    assert links(feed.encode(encoding)) == [PAGE]


@pytest.mark.parametrize(
    "before",
    [
        "<!--" + "Lizenz " * 3_000 + "-->",
        "<?xml version='1.0'?>" + "<!-- note -->" * 1_000,
        "\n<br />\n<b>Notice</b>: x in y<br />\n<?xml version='1.0'?>",
        "<!DOCTYPE rss [" + "<!ENTITY a 'b'>" * 1_000 + "]>",
        "\ufeff\n",
    ],
)
@pytest.mark.parametrize("feed", [RSS.partition("?>")[2], f"<a:feed><a:entry><a:id>{PAGE}</a:id></a:entry></a:feed>"])
def test_a_feed_is_found_behind_what_stands_before_its_root(before: str, feed: str) -> None:
    assert links(before + feed) == [PAGE]


@pytest.mark.parametrize(
    "inside",
    [
        f"<link>{PAGE}</link>",
        f"<link><![CDATA[{PAGE}]]></link>",
        f"<link>{PAGE.replace('&', '&amp;')}</link>",
        f"<link>\n{PAGE}\n</link><title>A & B < C</title>",
        f"<guid>{PAGE}</guid>",
        f"<guid isPermaLink='false'>{PAGE}</guid><link/>",
        f"<guid>17</guid><link>{PAGE}</link>",
        f"<link>http://</link><guid>{PAGE}</guid>",
        f"<atom:link rel='self' href='{BASE}/feed'/><link>{PAGE}</link>",
        f"<atom:link href='{PAGE}'/>",
        f"<link rel='replies' href='/comments'/><link title='a > b' href='{PAGE}' rel='alternate'/>",
        f"<source url='x'><link>https://other.example/</link></source><link>{PAGE}</link>",
        f"<link>{PAGE}</link><enclosure url='{BASE}/a.mp3'/><media:content url='{BASE}/a.jpg'/>",
    ],
)
def test_the_address_of_an_entry_is_found(inside: str) -> None:
    assert links(rss(inside)) == [PAGE]


@pytest.mark.parametrize("attribute", ["rdf:about", "RDF:about"])
def test_rdf_about_is_an_address(attribute: str) -> None:
    assert links(f"<rdf:RDF><item {attribute}='{PAGE}'><title>A</title></item></rdf:RDF>") == [PAGE]


@pytest.mark.parametrize("identity", ["tag:news.example,2026:1", "urn:uuid:1", "17", ""])
def test_an_identity_that_is_no_address_is_none(identity: str) -> None:
    assert links(rss(f"<guid>{identity}</guid>")) == [""]
    assert links(json.dumps({"items": [{"id": identity}, {"id": 7}]})) == ["", ""]


@pytest.mark.parametrize(
    "item", [{"id": PAGE}, {"url": "", "id": PAGE}, {"external_url": PAGE, "id": "1"}, {"url": PAGE, "id": BASE}]
)
def test_the_address_of_a_json_item_is_found(item: dict[str, str]) -> None:
    assert links(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]})) == [PAGE]


def test_relative_links_of_atom_are_relative_to_its_base() -> None:
    entries = "<entry><link href='a'/></entry><entry xml:base='/culture/'><link href='b'/></entry>"
    assert links(f"<feed xml:base='/sport/'>{entries}</feed>", f"{BASE}/feed.xml") == [
        f"{BASE}/sport/a",
        f"{BASE}/culture/b",
    ]
    assert links(f"<feed xml:base='http://['>{entries}</feed>", f"{BASE}/x/feed.xml")[0] == "a"


@pytest.mark.parametrize(
    "date",
    [
        "1772877600",
        "1772877600000",
        "Sat, 07 Mar 2026 11:00:00 +0100",
        "2026/03/07 10:00 UTC",
        "2026-03-07 10:00:00 +0000",
        "Sat Mar 7 10:00:00 2026",
        "7 mars 2026 10:00",
    ],
)
def test_dates_are_read_in_many_forms(date: str) -> None:
    for name in ("pubDate", "dc:date", "updated", "dcterms:modified"):
        (entry,) = read_feed(rss(f"<{name}>{date}</{name}><guid>{PAGE}</guid>").encode()).entries
        assert entry.changed
        assert entry.changed.isoformat() == "2026-03-07T10:00:00+00:00"


@pytest.mark.parametrize("date", [1772877600, 1772877600.5, 1772877600000, "1772877600", "2026-03-07T10:00:00Z"])
def test_a_json_feed_may_tell_seconds(date: float | str) -> None:
    body = json.dumps({"items": [{"url": PAGE, "date_modified": date, "date_published": True}]})
    (entry,) = read_feed(body.encode()).entries
    assert entry.changed
    assert entry.changed.isoformat() == "2026-03-07T10:00:00+00:00"


@pytest.mark.parametrize("cut", [f"<item><link>{PAGE}", f"<item><link>{PAGE}</lin", "<item><title>A"])
def test_half_an_address_is_not_read_and_the_cut_is_said(cut: str) -> None:
    feed = read_feed(f"<rss><channel><item><link>{BASE}/a</link></item>{cut}".encode())
    assert [entry.link for entry in feed.entries if entry.link] == [f"{BASE}/a"]
    assert feed.fault
    assert feed.fault.code == "cut-off"


def test_a_whole_feed_has_no_fault() -> None:
    assert read_feed(RSS.encode()).fault is None
    assert read_feed(f"<feed><entry><id>{PAGE}</id></entry></feed>".encode()).fault is None


@pytest.mark.parametrize("name", ["author", "dc:creator", "title", "description", "link", "pubDate", "guid", "x"])
@pytest.mark.parametrize("piece", ["a", "a@b ", "<b>", "( ", "&amp;"])
def test_an_element_that_is_far_too_long_costs_nothing(name: str, piece: str) -> None:
    body = rss(f"<{name}>{piece * 200_000}</{name}><guid>{BASE}/a</guid>")
    assert len(read_feed(body.encode()).entries) == 1


def test_of_far_too_many_entries_the_first_are_read_and_this_is_said() -> None:
    body = f"<rss><channel>{'<item><guid>https://news.example/</guid></item>' * (MOST_ENTRIES + 5)}</channel></rss>"
    feed = read_feed(body.encode())
    assert (len(feed.entries), feed.fault and feed.fault.code) == (MOST_ENTRIES, "too-large")
    items = json.dumps({"items": [{"url": "https://news.example/"}] * (MOST_ENTRIES + 5)})
    assert (read_feed(items.encode()).entries[0], len(read_feed(items.encode()).entries)) == (
        FeedEntry("https://news.example/"),
        MOST_ENTRIES,
    )
