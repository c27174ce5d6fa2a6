"""Feeds: RSS, Atom, JSON Feed, and the feeds that a page names; sound, broken and hostile."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.finding.feeds import Feed, FeedEntry, is_feed, read_feed
from tests.support.paths import ROOT
from tests.support.site import listings
from tests.support.site.stories import make_story

BASE = "https://news.example"
STORIES = [make_story(number, seed=0) for number in range(30)]
ALL = [(BASE + story.path, story.published) for story in STORIES]


@pytest.mark.parametrize("made", [listings.atom, listings.json_feed])
def test_a_feed_gives_links_and_dates_in_its_order(made: Callable[..., str]) -> None:
    body = made(STORIES, BASE).encode()
    assert is_feed(body)
    assert [(entry.link, entry.changed) for entry in read_feed(body, url=BASE).entries] == ALL


def test_rss_gives_links_and_dates_in_its_order() -> None:
    body = listings.rss(STORIES, BASE).encode()
    assert is_feed(body)
    assert list(read_feed(body).entries) == [FeedEntry(f"{link}?utm_source=rss", published) for link, published in ALL]


def test_the_later_of_two_dates_counts() -> None:
    story = STORIES[0].changed()
    assert story.modified > story.published
    for made in (listings.atom, listings.json_feed):
        (entry,) = read_feed(made([story], BASE).encode(), url=BASE).entries
        assert entry.changed == story.modified


def test_an_rss_1_0_feed_in_another_encoding_is_read() -> None:
    body = (
        '<?xml version="1.0" encoding="iso-8859-1"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="x">'
        "<title>Größe</title><link>https://news.example/größe</link><dc:date>2026-03-07T10:00+01:00</dc:date></item>"
        "</rdf:RDF>"
    ).encode("latin-1")
    assert is_feed(body)
    assert list(read_feed(body).entries) == [
        FeedEntry("https://news.example/größe", datetime(2026, 3, 7, 9, tzinfo=UTC))
    ]


def test_behind_a_link_that_counts_clicks_stands_the_real_one() -> None:
    body = listings.rss_of([("https://counter.example/1", "A", "")]).replace(
        "<link>",
        '<o:origLink xmlns:o="http://rssnamespace.org/feedburner/ext/1.0">https://news.example/a</o:origLink><link>',
    )
    assert [entry.link for entry in read_feed(body.encode()).entries] == ["https://news.example/a"]


@pytest.mark.parametrize("date", ["yesterday", "Fri, 45 Foo 2026 99:99:99 +9999", "0000-00-00", "x" * 50_000, ""])
def test_a_wrong_date_is_none(date: str) -> None:
    body = listings.rss_of([("https://news.example/a", "A", date)]).encode()
    assert read_feed(body) == Feed((FeedEntry("https://news.example/a"),))


def test_of_a_feed_that_is_cut_off_the_first_entries_are_read() -> None:
    whole = listings.rss(STORIES, BASE).encode()
    feed = read_feed(whole[: whole.find(b"<item>", 2_000) + 40])
    entries = feed.entries
    assert feed.fault
    assert feed.fault.code == "cut-off"
    assert 3 < len(entries) < len(STORIES)
    assert [entry.changed for entry in entries[:3]] == [story.published for story in STORIES[:3]]


def test_a_json_feed_may_hold_anything() -> None:
    items = [None, 7, "text", {}, {"url": 5}, {"url": "https://news.example/a", "date_published": ["x"]}]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode("utf-8-sig")
    assert is_feed(body)
    assert list(read_feed(body).entries) == [FeedEntry(""), FeedEntry("5"), FeedEntry("https://news.example/a")]


@pytest.mark.parametrize("body", [b"{", b'{"items": 5}', b'{"items": [', b'{"a":' * 100_000, b"[]", b"{\xff}", b""])
def test_json_that_is_no_feed_gives_nothing(body: bytes) -> None:
    assert list(read_feed(body).entries) == []


@pytest.mark.parametrize(
    "body", [b"", b"<!doctype html><html><body><p>rss feed", b"<urlset><url>", b"rss", b"\x00" * 50]
)
def test_what_is_no_feed_is_told(body: bytes) -> None:
    assert not is_feed(body)


def test_an_entity_bomb_does_not_go_off() -> None:
    body = listings.entity_bomb(BASE, STORIES[0]).encode()
    assert list(read_feed(body).entries) == [FeedEntry(BASE + STORIES[0].path)]


OPENED = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args)) if event in ("open", "socket.connect") else None)
from scraper.finding.feeds import read_feed
opened.clear()
entries = read_feed(sys.stdin.buffer.read()).entries
print(len(entries), [call for call in opened if "secret" in call or "9" in call and "connect" in call])
print(any("top secret" in entry.link for entry in entries))
"""


@pytest.mark.parametrize("shape", ["entity", "doctype"])
def test_nothing_outside_of_a_feed_is_read(tmp_path: Path, shape: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("top secret")
    body = listings.external_entity(BASE, STORIES[0], secret.as_uri())
    if shape == "doctype":
        body = listings.rss(STORIES[:2], BASE).replace("<rss", f'<!DOCTYPE rss SYSTEM "{secret.as_uri()}"><rss')
    run = subprocess.run(
        [sys.executable, "-c", OPENED], cwd=ROOT, input=body, capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines() == ["2 []", "False"]


@pytest.mark.parametrize(
    "piece",
    [
        b"<",
        b"<a ",
        b"<!--",
        b"<!DOCTYPE",
        b"<!DOCTYPE [",
        b"<!ENTITY a ",
        b"<![CDATA[",
        b"&",
        b"&a;",
        b"<item>",
        b"<?xml ",
    ],
)
def test_pieces_that_never_end_are_read_in_linear_time(piece: bytes) -> None:
    for start in (b"", b"<rss><channel><item><link>"):
        read_feed(start + piece * 20_000)
        is_feed(start + piece * 20_000)


def test_thousands_of_entries_are_read() -> None:
    body = listings.rss_of((f"https://news.example/{number}", "A", "") for number in range(5_000)).encode()
    assert len(read_feed(body).entries) == 5_000


@given(st.binary(max_size=200))
def test_any_bytes_are_read(body: bytes) -> None:
    assert isinstance(read_feed(body), Feed)
    assert isinstance(read_feed(b"<rss><channel><item>" + body), Feed)
    assert is_feed(body) in (True, False)
