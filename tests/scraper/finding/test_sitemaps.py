"""Sitemaps: lists, indexes, news, packed ones; sound, broken and hostile."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.finding.sitemaps import (
    MOST_BYTES,
    Location,
    Sitemap,
    read_sitemap,
    sitemaps_in_robots,
    unpacked,
)
from tests.support.site import listings
from tests.support.site.faults import gzip_bomb
from tests.support.site.stories import make_story

BASE = "https://news.example"
STORIES = [make_story(number, seed=0) for number in range(30)]
PAGES = [Location("page", BASE + story.path, story.modified) for story in STORIES]
PLAIN = listings.sitemap(STORIES, BASE).encode()


def locations(body: bytes) -> tuple[Location, ...]:
    return read_sitemap(body).locations


def addresses(body: bytes | str) -> list[str]:
    content = body.encode() if isinstance(body, str) else body
    return [location.address for location in locations(content)]


@pytest.mark.parametrize(
    "body",
    [PLAIN, gzip.compress(PLAIN), listings.news_sitemap(STORIES, BASE).encode()],
    ids=["plain", "packed", "news"],
)
def test_a_sitemap_gives_pages_and_when_they_changed(body: bytes) -> None:
    assert list(locations(body)) == PAGES


def test_an_index_gives_sitemaps() -> None:
    body = listings.sitemap_index([("/a.xml", "2026-03"), ("/b.xml.gz", "")], BASE).encode()
    assert list(locations(body)) == [
        Location("sitemap", f"{BASE}/a.xml", datetime(2026, 3, 31, 23, 59, 59, tzinfo=UTC)),
        Location("sitemap", f"{BASE}/b.xml.gz"),
    ]


def test_a_list_of_addresses_is_a_sitemap() -> None:
    assert list(locations(b"\xef\xbb\xbfhttps://news.example/a\r\nhttps://news.example/b\n")) == [
        Location("page", "https://news.example/a"),
        Location("page", "https://news.example/b"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_a_sitemap_may_be_in_any_encoding(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><urlset><url><loc> {BASE}/größe </loc></url></urlset>'
    assert list(locations(text.encode(encoding))) == [Location("page", f"{BASE}/größe")]


def test_an_ampersand_that_was_not_escaped_ends_no_address() -> None:
    body = f"<urlset><url><loc>{BASE}/?a=1&b=2&amp;c=3</loc></url></urlset>".encode()
    assert list(locations(body)) == [Location("page", f"{BASE}/?a=1&b=2&c=3")]


def test_the_pictures_of_a_page_are_no_pages() -> None:
    body = (
        '<urlset xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><image:image><image:loc>'
        f"{BASE}/picture.jpg</image:loc></image:image><loc>{BASE}/a</loc></url>"
        f"<url><image:image><image:loc>{BASE}/picture.jpg</image:loc></image:image></url></urlset>"
    ).encode()
    assert list(locations(body)) == [Location("page", f"{BASE}/a")]


@pytest.mark.parametrize("lastmod", ["yesterday", "2026-13-45", "0000-00-00", "9" * 5_000, ""])
def test_a_wrong_date_is_none(lastmod: str) -> None:
    assert list(locations(listings.sitemap_of([(f"{BASE}/a", lastmod)]).encode())) == [Location("page", f"{BASE}/a")]


def test_of_a_sitemap_that_is_cut_off_the_first_entries_are_read() -> None:
    found = list(locations(PLAIN[: len(PLAIN) // 2]))
    assert 10 < len(found) < len(PAGES)
    assert found[:10] == PAGES[:10]


def test_of_a_gzip_file_that_is_cut_off_the_first_entries_are_read() -> None:
    packed = gzip.compress(listings.sitemap([make_story(number, 0) for number in range(400)], BASE).encode())
    found = list(locations(packed[: len(packed) // 2]))
    assert len(found) > 30
    assert found[:30] == PAGES


@pytest.mark.parametrize(
    "body", [b"", b"\x1f\x8b", b"\x1f\x8b" * 50, b"\x00" * 50, b"<html><body><p>a", b"Not a sitemap", b"<"]
)
def test_what_is_no_sitemap_gives_nothing(body: bytes) -> None:
    assert list(locations(body)) == []


def test_a_gzip_bomb_is_not_unpacked_to_its_end() -> None:
    assert len(unpacked(gzip_bomb())) == MOST_BYTES
    assert list(locations(gzip_bomb())) == []


def test_an_entity_bomb_does_not_go_off() -> None:
    levels = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    prolog = f'<!DOCTYPE urlset [<!ENTITY e0 "lol">{levels}]>'
    body = f"{prolog}<urlset><url><loc>{BASE}/a</loc></url><url><loc>&e9;</loc></url></urlset>".encode()
    assert sum(len(location.address) for location in locations(body)) < 1_000


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("top-secret")
    for prolog in (
        f'<!DOCTYPE urlset [<!ENTITY out SYSTEM "{secret.as_uri()}">]>',
        f'<!DOCTYPE a SYSTEM "{secret.as_uri()}">',
    ):
        body = f"{prolog}<urlset><url><loc>{BASE}/&out;</loc></url><url><loc>{BASE}/b</loc></url></urlset>".encode()
        found = [location.address for location in locations(body)]
        assert f"{BASE}/b" in found
        assert not any("secret" in address for address in found)


@pytest.mark.parametrize(
    "piece", [b"<url>", b"<url><loc>", b"<a>", b"&", b"&#", b"<!--", b"<![CDATA[", b"<!DOCTYPE a [", b"<?"]
)
def test_pieces_that_never_end_are_read_in_linear_time(piece: bytes) -> None:
    for start in (b"", b"<urlset><url><loc>"):
        assert len(list(locations(start + piece * 50_000))) <= 50_000


@given(st.binary(max_size=200))
def test_any_bytes_are_read(body: bytes) -> None:
    for start in (b"", b"<urlset><url><loc>", b"\x1f\x8b\x08\x00"):
        assert isinstance(read_sitemap(start + body), Sitemap)


def test_robots_txt_names_sitemaps() -> None:
    body = (
        b"User-agent: *\nDisallow: /\nSITEMAP: https://news.example/a.xml\nSitemap: /b.xml # here\nsitemap:\n\xff\xfe\n"
    )
    assert sitemaps_in_robots(body)[:2] == ["https://news.example/a.xml", "/b.xml"]


def test_of_a_huge_robots_txt_the_start_is_read() -> None:
    body = b"Sitemap: https://news.example/a.xml\n" + b"Disallow: /x\n" * 1_000_000 + b"Sitemap: /late.xml\n"
    assert sitemaps_in_robots(body) == ["https://news.example/a.xml"]
