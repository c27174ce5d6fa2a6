"""What the spiders make of feeds and sitemaps, one named as the other, of pages that name none, and of `since`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from scraper.finding import named_feeds, sitemaps
from scraper.refusals import DisallowedByRobots, Unreachable
from scraper.spiders.feed import FeedSpider
from scraper.spiders.sitemap import SitemapSpider
from tests.support.site import listings
from tests.support.spider_outputs import outputs

BASE = "https://news.example"
RSS = listings.rss_of([(f"{BASE}/a", "A", "")]).encode()
SITEMAP = listings.sitemap_of([(f"{BASE}/a", "")]).encode()


def told(found: AsyncIterator[Any] | Iterable[Any]) -> list[str]:
    """The paths of requests, and the codes of rejections."""
    return [
        each.url.removeprefix(BASE) if isinstance(each, Request) else each.rejection.code for each in outputs(found)
    ]


def parse(spider: SitemapSpider, body: bytes | str, path: str = "/map.xml", **arguments: Any) -> list[Any]:
    content = body.encode() if isinstance(body, str) else body
    return outputs(spider.parse_sitemap(Response(BASE + path, body=content), **arguments))


@pytest.mark.parametrize("body", [RSS, SITEMAP, f"# pages\n{BASE}/a\n".encode()])
def test_a_feed_or_a_list_that_is_named_as_a_sitemap_is_read(body: bytes) -> None:
    assert told(parse(SitemapSpider(url=f"{BASE}/map.xml"), body)) == ["/a"]


@pytest.mark.parametrize("body", [RSS, SITEMAP, SITEMAP.decode().encode("utf-16")])
def test_a_sitemap_that_is_named_as_a_feed_is_read(body: bytes) -> None:
    assert told(FeedSpider(url=f"{BASE}/map.xml").parse_feed(Response(f"{BASE}/map.xml", body=body))) == ["/a"]


def test_an_index_that_is_named_as_a_feed_is_followed() -> None:
    spider = FeedSpider(url=f"{BASE}/map.xml")
    body = listings.sitemap_index([("/b.xml", "")], BASE).encode()
    (child,) = outputs(spider.parse_feed(Response(f"{BASE}/map.xml", body=body)))
    assert (child.url, child.callback, child.cb_kwargs) == (f"{BASE}/b.xml", spider.parse_sitemap, {"level": 2})


def test_what_is_missing_of_a_cut_listing_is_told() -> None:
    cut = SITEMAP.replace(b"</urlset>", b"<url><loc>https://news.example/b")
    assert told(parse(SitemapSpider(url=BASE), cut)) == ["cut-off", "/a"]
    assert told(parse(SitemapSpider(url=BASE), RSS[: RSS.index(b"</channel>")])) == ["cut-off", "/a"]


@pytest.mark.parametrize("body", ["<html><body>Not found", "", "<urlset></urlset>"])
def test_what_lists_nothing_is_told(body: str) -> None:
    assert told(parse(SitemapSpider(url=BASE), body)) == ["no-sitemap"]
    assert told(parse(SitemapSpider(url=BASE), "<rss><channel></channel></rss>")) == ["no-entries"]


# --- Dates -------------------------------------------------------------------------------------------------------


def test_since_looks_at_the_later_date() -> None:
    body = (
        "<urlset><url><loc>https://news.example/a</loc><news:publication_date>2026-01-01</news:publication_date>"
        "<lastmod>2026-03-07T10:00Z</lastmod></url></urlset>"
    )
    (article,) = parse(SitemapSpider(url=BASE, since="2026-02-01"), body)
    assert article.meta["lastmod"] == "2026-03-07T10:00:00+00:00"
    assert told(parse(SitemapSpider(url=BASE, since="2026-03-08"), body)) == ["older"]


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d %b %Y"])
def test_a_day_counts_as_a_change_once_it_is_over(form: str) -> None:
    today = datetime.now(UTC)
    yesterday = today - timedelta(days=1)
    spider = SitemapSpider(url=BASE)
    (article,) = parse(spider, listings.sitemap_of([(f"{BASE}/a", today.strftime(form))]))
    assert "lastmod" not in article.meta
    (article,) = parse(spider, listings.sitemap_of([(f"{BASE}/a", yesterday.strftime(form))]))
    assert article.meta["lastmod"] == f"{yesterday:%Y-%m-%d}T23:59:59+00:00"
    assert told(parse(SitemapSpider(url=BASE, since=f"{yesterday:%Y-%m-%d}"), SITEMAP)) == ["/a"]


def test_a_since_that_leaves_nothing_is_told() -> None:
    spider = SitemapSpider(url=BASE, since="2026-03-01")
    (older,) = parse(spider, listings.sitemap_of([(f"{BASE}/a", "2026-02-01"), (f"{BASE}/b", "2026-02-28")]))
    assert older.rejection.code == "older"
    assert older.rejection.reason.startswith("2 of 2 entries are older than since (2026-03-01)")
    assert told(parse(spider, listings.sitemap_of([(f"{BASE}/a", "2026-02-01"), (f"{BASE}/b", "2026-03-01")]))) == [
        "/b"
    ]
    feed = listings.rss_of([(f"{BASE}/a", "A", "Sun, 01 Feb 2026 10:00:00 GMT")]).encode()
    assert told(FeedSpider(url=BASE, since="2026-03-01").parse_feed(Response(BASE, body=feed))) == ["older"]


def test_an_index_says_how_many_sitemaps_it_left_out() -> None:
    index = listings.sitemap_index([("/1.xml", "2026-01"), ("/2.xml", "2026-02-28"), ("/3.xml", "2026-03-01")], BASE)
    older, child = parse(SitemapSpider(url=BASE, since="2026-03-01"), index)
    assert older.rejection.reason.startswith("2 of 3 sitemaps are older than since (2026-03-01)")
    assert child.url == f"{BASE}/3.xml"


# --- Pages that name feeds, or none ------------------------------------------------------------------------------


def page(html: str, headers: dict[str, str] | None = None, url: str = f"{BASE}/world/") -> HtmlResponse:
    return HtmlResponse(url, body=html.encode(), headers=headers)


def test_feeds_are_found_in_the_head_the_header_and_the_links() -> None:
    spider = FeedSpider(url=BASE)
    html = "<base href='/'><link rel=alternate type=text/xml href=a.xml><p><a href='rss/b.xml'>B</a>"
    header = {"Link": '</c>; rel="alternate"; type="application/atom+xml"'}
    assert told(spider.parse_feed(page(html, header))) == ["/c", "/a.xml", "/rss/b.xml"]


def test_more_feeds_than_are_taken_are_told() -> None:
    links = "".join(f"<a href='/rss/{number}.xml'>A</a>" for number in range(named_feeds.MOST_FEEDS + 1))
    found = told(FeedSpider(url=BASE).parse_feed(page(f"<p>{links}")))
    assert found[-1] == "too-many"
    assert len(found) == named_feeds.MOST_FEEDS + 1


def failure(request: Request, error: Exception) -> Failure:
    failed = Failure(error)
    failed.request = request  # type: ignore[attr-defined]
    return failed


def missing(request: Request, status: int = 404) -> Failure:
    return failure(request, HttpError(Response(request.url, status=status, request=request), "no page"))


def test_where_a_page_names_no_feed_the_usual_places_are_tried() -> None:
    spider = FeedSpider(url=BASE)
    (request,) = outputs(spider.parse_feed(page("<p>No feeds here")))
    asked = [request.url.removeprefix(BASE)]
    (request,) = request.errback(missing(request))
    (request,) = outputs(request.callback(page("<p>Soft 404"), **request.cb_kwargs))
    (request,) = request.errback(failure(request, DisallowedByRobots("no")))
    assert (*asked, request.url) == ("/feed", f"{BASE}{named_feeds.USUAL_PLACES[3]}")
    assert told(request.callback(Response(request.url, body=RSS, request=request), **request.cb_kwargs)) == ["/a"]


@pytest.mark.parametrize("error", [Unreachable("down"), TimeoutError(), "status 503"])
def test_a_site_that_fails_is_not_asked_for_more(error: Exception | str) -> None:
    spider = FeedSpider(url=BASE)
    (request,) = outputs(spider.parse_feed(page("<p>No feeds here")))
    failed = missing(request, status=503) if isinstance(error, str) else failure(request, error)
    (rejection,) = request.errback(failed)
    assert rejection.rejection.code in ("unreachable", "timeout", "server-error")


@pytest.mark.parametrize(("kind", "places"), [("feed", named_feeds.USUAL_PLACES), ("sitemap", sitemaps.USUAL_PLACES)])
def test_a_site_without_any_is_told_once(kind: str, places: tuple[str, ...]) -> None:
    if kind == "feed":
        (found,) = outputs(FeedSpider(url=BASE).parse_feed(page("<p>No feeds here")))
    else:
        spider = SitemapSpider(url=BASE)
        (found,) = outputs(spider.parse_robots(Response(f"{BASE}/robots.txt", body=b"User-agent: *\n")))
    asked = []
    while isinstance(found, Request):
        asked.append(found.url.removeprefix(BASE))
        assert found.meta["hub"]
        (found,) = found.errback(missing(found))
    assert asked == list(places)
    assert found.rejection.code == f"no-{kind}"


def test_usual_sitemaps_are_tried_without_a_robots_txt() -> None:
    spider = SitemapSpider(url=BASE)
    (robots,) = spider.entry_requests(spider.outlets[0])
    (request,) = spider.no_robots(missing(robots))
    for place in sitemaps.USUAL_PLACES[1:3]:
        (request,) = request.errback(missing(request))
        assert request.url == BASE + place
    assert told(request.callback(Response(request.url, body=SITEMAP, request=request), **request.cb_kwargs)) == ["/a"]


def test_robots_txt_with_a_byte_order_mark_names_its_sitemap() -> None:
    robots = Response(f"{BASE}/robots.txt", body=b"\xef\xbb\xbfSitemap: /a.xml\nSitemap: /a.xml\n")
    assert told(SitemapSpider(url=BASE).parse_robots(robots)) == ["/a.xml"]
