"""The made site itself: what the tests of crawling rely on."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import time
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from cleaners import clean
from tests.support.site import Site
from tests.support.site.faults import BOMB_BYTES, brotli_bomb, gzip_bomb

SOME = (0, 1, 7, 19)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site(articles=20, disallow=("/private/",), crawl_delay=2) as running:
        yield running


def get(site: Site, path: str, **headers: str) -> bytes:
    with urlopen(Request(site.url + path, headers=headers), timeout=120) as reply:
        body: bytes = reply.read()
        return body


@pytest.mark.parametrize("number", SOME)
def test_every_story_is_an_article_of_its_own(site: Site, number: int) -> None:
    story = site.stories[number]
    (article,) = clean(get(site, story.path), url=site.url + story.path)
    assert article.kind == "article"
    assert article.title == story.headline
    assert article.canonical_url == site.url + story.path
    assert article.date_published == story.published.isoformat()
    assert f"decision number {number + 1}" in article.text


def test_a_seed_gives_the_same_stories_and_another_seed_others() -> None:
    with Site(articles=3) as one, Site(articles=3) as same, Site(articles=3, seed=1) as other:
        assert one.stories == same.stories
        assert not set(one.stories) & set(other.stories)


def test_the_log_tells_time_path_headers_and_status(site: Site) -> None:
    before, start = len(site.log), time.monotonic()
    get(site, "/about?a=1", **{"X-Asked-By": "a test"})
    with pytest.raises(HTTPError, match="404"):
        get(site, "/nowhere")
    first, second = site.log[before:]
    assert start <= first.time <= second.time <= time.monotonic()
    assert (first.path, first.status, first.headers["x-asked-by"]) == ("/about?a=1", 200, "a test")
    assert (second.path, second.status) == ("/nowhere", 404)


def test_sections_list_every_story_once(site: Site) -> None:
    listed: list[str] = []
    for section in ("world", "local", "sport", "culture"):
        for page in (1, 2):
            main = get(site, f"/{section}/?page={page}").decode().partition("<main>")[2]
            listed += re.findall(r'href="(/[^"]+\.html)"', main)
    assert sorted(listed) == sorted(story.path for story in site.stories)


@pytest.mark.parametrize(
    "path", ["/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json", "/sitemaps/articles-1.xml.gz"]
)
def test_listings_hold_every_story(site: Site, path: str) -> None:
    body = get(site, path)
    text = (gzip.decompress(body) if path.endswith(".gz") else body).decode()
    assert all(story.path in text for story in site.stories)


def test_robots_txt_says_what_it_was_told(site: Site) -> None:
    lines = get(site, "/robots.txt").decode().splitlines()
    assert {"Disallow: /private/", "Crawl-delay: 2", f"Sitemap: {site.url}/sitemap.xml"} <= set(lines)


def test_a_huge_robots_txt_is_as_long_as_asked_for() -> None:
    with Site(articles=1, robots_bytes=3_000_000, disallow=("/private/",)) as site:
        body = get(site, "/robots.txt")
    assert body.startswith(b"User-agent: *\nDisallow: /private/\n")
    assert 3_000_000 < len(body) < 3_200_000


def test_a_story_that_did_not_change_is_not_sent_again() -> None:
    with Site(articles=2) as site:
        path, etag = site.stories[1].path, site.stories[1].etag
        with pytest.raises(HTTPError, match="304"):
            get(site, path, **{"If-None-Match": etag})
        changed = site.change(1)
        assert changed.path == path
        assert b"Update 1" in get(site, path, **{"If-None-Match": etag})
        assert changed.modified.isoformat() in gzip.decompress(get(site, "/sitemaps/articles-1.xml.gz")).decode()


@pytest.mark.parametrize("wanted", ["1", "date+1"])
def test_a_flaky_page_fails_as_often_as_asked_for(site: Site, wanted: str) -> None:
    path = f"/flaky/503?times=2&retry-after={wanted.replace('+', '%2B')}"
    for _ in range(2):
        with pytest.raises(HTTPError) as failed:
            get(site, path)
        failed.value.close()
        assert failed.value.code == 503
        assert failed.value.headers["Retry-After"].endswith("1" if wanted == "1" else "GMT")
    assert b"<h1>" in get(site, path)


def test_bodies_break_off_and_lengths_are_wrong(site: Site) -> None:
    whole = get(site, site.stories[0].path)
    with pytest.raises(http.client.IncompleteRead):
        get(site, "/wrong-length/too-long")
    with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
        get(site, "/cut")
    assert get(site, "/wrong-length/too-short") == whole[: len(whole) // 2]
    assert get(site, "/drip?seconds=0.1") == whole


def test_an_endless_body_stops_with_its_site() -> None:
    with Site(articles=1) as site:
        reply = urlopen(site.url + "/endless", timeout=120)
        assert len(reply.read(1_000_000)) == 1_000_000
    with reply, pytest.raises((http.client.IncompleteRead, ConnectionError)):
        reply.read()


def test_bombs_are_small() -> None:
    assert len(gzip_bomb()) < BOMB_BYTES // 900
    assert len(brotli_bomb()) < 10_000


def test_the_log_can_be_read_from_outside(site: Site) -> None:
    get(site, "/contact")
    assert "/contact" in {seen["path"] for seen in json.loads(get(site, "/log.json"))}
