"""What the spiders that fetch make of arguments and answers, without a network."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from cleaners import clean_page
from cleaners.data import Page, RejectedInput
from cleaners.errors import CopydeskError
from scraper.requests import OWN_ADDRESS, article_request, hub_request, source_of
from scraper.spiders.base import CopydeskSpider
from scraper.spiders.feed import FeedSpider
from scraper.spiders.site import MOST_BARREN, SiteSpider
from scraper.spiders.sitemap import SitemapSpider
from scraper.spiders.sources import SourcesSpider
from scraper.spiders.urls import UrlsSpider
from tests.support.site import listings, pages
from tests.support.site.stories import make_story
from tests.support.spider_outputs import outputs

BASE = "https://news.example"
STORIES = [make_story(number, seed=0) for number in range(30)]


def html_response(spider: CopydeskSpider, url: str, html: str, **arguments: Any) -> HtmlResponse:
    request = hub_request(url, spider.parse, spider.failed, source=spider.name, **arguments)
    return HtmlResponse(url, body=html.encode(), request=request, encoding="utf-8")


def follow(spider: SiteSpider, url: str, html: str, **place: Any) -> list[Any]:
    return outputs(spider.parse_site(html_response(spider, url, html), host="news.example", **place))


def addresses(found: list[Any]) -> list[str]:
    return [each.url.removeprefix(BASE) for each in found if isinstance(each, Request)]


LISTING = (
    '<a href="/world/2026/01/02/a-story-about-a-bridge-1.html">A story about a bridge</a><a href="/sport/">Sport</a>'
)
BARREN = '<a href="/more/">More</a>'


def test_requests_carry_what_a_scheduler_asks_for() -> None:
    spider = FeedSpider(url=f"{BASE}/feed.xml", max_age="1d")
    (hub,) = spider.entry_requests(spider.outlets[0])
    assert (hub.url, hub.meta, hub.cb_kwargs) == (f"{BASE}/feed.xml", {"hub": True, "source": "feed"}, {})
    body = listings.rss([STORIES[3]], BASE).encode()
    (article,) = outputs(spider.parse_feed(Response(f"{BASE}/feed.xml", body=body, request=hub)))
    assert article.meta == {"source": "feed", "lastmod": STORIES[3].published.isoformat(), "max_age": 86_400}
    assert article.priority > hub.priority


def test_requests_can_be_stored() -> None:
    spider = SiteSpider(url=BASE)
    start = next(spider.entry_requests(spider.outlets[0]))
    for request in (start, *follow(spider, BASE, LISTING)):
        stored = json.loads(json.dumps(request.to_dict(spider=spider)["cb_kwargs"] | request.meta))
        assert stored == {**request.cb_kwargs, **request.meta}


def test_a_date_that_is_still_to_come_counts_as_none() -> None:
    spider = FeedSpider(url=f"{BASE}/feed.xml")
    body = listings.rss_of([(f"{BASE}/a", "A", "Sat, 07 Mar 2999 10:00:00 GMT")]).encode()
    (article,) = outputs(spider.parse_feed(Response(f"{BASE}/feed.xml", body=body)))
    assert "lastmod" not in article.meta


def test_hosts_that_the_user_names_are_known(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("https://b.example/1\nhttps://c.example/2\n", "utf-8")
    assert FeedSpider(url="https://a.example/x", file=str(tmp_path / "list.txt")).named_hosts == {
        *("a.example", "b.example", "c.example")
    }
    spider = UrlsSpider(url="https://a.example/x", file=str(tmp_path / "list.txt"))
    assert spider.named_hosts == {"a.example"}

    async def start() -> list[str]:
        return [request.url async for request in spider.start()]

    assert asyncio.run(start()) == ["https://a.example/x", "https://b.example/1", "https://c.example/2"]
    assert spider.named_hosts == {"a.example", "b.example", "c.example"}
    assert CopydeskSpider(name="none").named_hosts == frozenset()


def test_a_site_is_followed_from_hubs_to_articles() -> None:
    spider = SiteSpider(url=BASE)
    article, hub = follow(spider, f"{BASE}/", LISTING)
    assert article.url.endswith("bridge-1.html")
    assert article.cb_kwargs == {"host": "news.example", "depth": 1, "barren": 0, "is_article": True}
    assert "hub" not in article.meta
    assert (hub.url, hub.meta["hub"], hub.cb_kwargs["is_article"]) == (f"{BASE}/sport/", True, False)
    assert follow(spider, f"{BASE}/sport/", LISTING, depth=1) == []


def test_pages_that_lead_to_nothing_new_are_not_followed_for_long() -> None:
    spider = SiteSpider(url=BASE)
    (more,) = follow(spider, f"{BASE}/", BARREN)
    assert more.cb_kwargs["barren"] == 1
    assert follow(spider, f"{BASE}/more/", '<a href="/still/">Still</a>', depth=1, barren=MOST_BARREN - 1) == []
    found = follow(spider, f"{BASE}/more/", LISTING, depth=1, barren=MOST_BARREN - 1)
    assert [request.cb_kwargs["barren"] for request in found] == [0, 0]


def test_an_article_leads_to_articles_only() -> None:
    spider = SiteSpider(url=BASE)
    page = pages.article(STORIES[0], BASE, STORIES[1:3])
    found = follow(spider, BASE + STORIES[0].path, page, depth=1, is_article=True)
    assert isinstance(found[0], Page)
    assert addresses(found) == [story.path for story in STORIES[1:3]]


def test_what_is_too_far_away_or_elsewhere_is_left_alone() -> None:
    spider = SiteSpider(url=BASE, depth="2")
    assert follow(spider, f"{BASE}/a/", LISTING, depth=2) == []
    assert follow(spider, f"{BASE}/a/", LISTING.replace('href="', 'href="https://other.example'), depth=1) == []
    (elsewhere,) = follow(spider, "https://other.example/a/", LISTING, depth=1)
    assert elsewhere.rejection.code == "other-host"
    moved = follow(spider, "https://www.moved.example/", LISTING)
    assert {request.cb_kwargs["host"] for request in moved} == {"www.moved.example"}


def test_an_article_is_taken_from_its_canonical_address() -> None:
    spider = SiteSpider(url=BASE)
    page = pages.article(STORIES[0], BASE)
    own, again = follow(spider, f"{BASE}/amp/0", page, depth=3, is_article=True)
    assert (own.url, own.callback) == (BASE + STORIES[0].path, spider.parse_site)
    assert (again.url, again.callback) == (f"{BASE}/amp/0", spider.parse_as_it_is)
    assert again.meta == {"source": "site", OWN_ADDRESS: BASE + STORIES[0].path}
    assert again.priority < own.priority
    (again,) = follow(spider, f"{BASE}/print/0", page, depth=3, is_article=True)
    assert again.callback == spider.parse_as_it_is
    (itself,) = follow(spider, BASE + STORIES[0].path, page, depth=3, is_article=True)
    assert isinstance(itself, Page)


@pytest.mark.parametrize("path", ["/amp/0", "/world/bridge-1.html?outputType=amp", "/print/bridge-1.html"])
def test_an_amp_or_print_version_leads_to_the_article_itself(path: str) -> None:
    spider = FeedSpider(url=f"{BASE}/feed.xml")
    page = pages.article(STORIES[0], BASE).replace(BASE + STORIES[0].path, f"{BASE}/0/bridge-1.html")
    page = page.replace("/0/bridge-1.html", "/0") if path == "/amp/0" else page
    own, again = spider.parse_article(html_response(spider, BASE + path, page))
    assert (own.url, own.callback) == (f"{BASE}/0" + "/bridge-1.html" * (path != "/amp/0"), spider.parse_article)
    assert (again.url, again.callback) == (BASE + path, spider.parse_as_it_is)


def test_a_version_of_an_article_that_names_another_one_is_taken_as_it_is() -> None:
    spider = FeedSpider(url=f"{BASE}/feed.xml")
    for canonical in ("/", "/amp/bridge", "/another-story", "https://other.example/bridge"):
        page = f'<head><link rel="canonical" href="{canonical}"></head><p>Text'
        (found,) = spider.parse_article(html_response(spider, f"{BASE}/amp/bridge", page))
        assert isinstance(found, Page)


def led(spider: CopydeskSpider, asked: str, landed: str, html: str) -> HtmlResponse:
    """The response to a request that was redirected."""
    response = html_response(spider, landed, html)
    assert response.request is not None
    response.request.meta["redirect_urls"] = [asked]
    return response


def test_an_article_that_is_gone_is_told_by_the_address_that_was_asked_for() -> None:
    front = pages.article(STORIES[0], BASE)  # whatever stands there, it is not what was asked for
    asked = f"{BASE}/world/2026/01/02/a-story-about-a-bridge-1.html"
    for spider in (FeedSpider(url=BASE), UrlsSpider(url=BASE)):
        (found,) = spider.parse_article(led(spider, asked, f"{BASE}/", front))
        assert (found.page.url, found.rejection.code) == (asked, "led-elsewhere")
    site = SiteSpider(url=BASE)
    found, *links = outputs(
        site.parse_site(led(site, asked, f"{BASE}/", front), host="news.example", depth=1, is_article=True)
    )
    assert (found.page.url, found.rejection.code) == (asked, "led-elsewhere")
    assert not any(isinstance(each, Page) for each in links)


def test_the_address_of_a_page_is_the_one_without_what_tracks() -> None:
    spider = UrlsSpider(url=BASE)
    (page,) = spider.parse_named(html_response(spider, f"{BASE}/a?utm_source=x&id=1#top", "<p>Text"))
    assert page.url == f"{BASE}/a?id=1"


def test_an_entry_counts_by_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "outlets.toml").write_text(
        f"""
        [[outlet]]
        name = "A"
        feeds = "{BASE}/feed.xml"
        hosts = ["partner.example"]
        """,
        "utf-8",
    )
    spider = SourcesSpider(file=str(tmp_path / "outlets.toml"))
    asked = "https://tracker.example/r/1"
    kinds = []
    for host in ("news.example", "www.news.example", "sport.news.example", "partner.example", "shop.example"):
        response = led(spider, asked, f"https://{host}/a-story-about-a-bridge-1.html", "<p>Text")
        assert response.request is not None
        response.request.meta["source"] = "A"
        kinds += spider.parse_article(response)
    *own, foreign = kinds
    assert all(isinstance(page, Page) for page in own)
    assert (foreign.page.url, foreign.rejection.code) == (asked, "other-host")
    assert "shop.example" in foreign.rejection.reason
    feed = FeedSpider(url=f"{BASE}/feed.xml")
    assert isinstance(next(feed.parse_article(html_response(feed, "https://any.example/a", "<p>Text"))), Page)
    sitemap = SitemapSpider(url=BASE, hosts="any")
    assert isinstance(next(sitemap.parse_article(html_response(sitemap, "https://any.example/a", "<p>Text"))), Page)
    sitemap = SitemapSpider(url=BASE)
    (foreign,) = sitemap.parse_article(html_response(sitemap, "https://any.example/a", "<p>Text"))
    assert foreign.rejection.code == "other-host"


def test_a_feed_may_be_served_by_another_host_than_its_articles(tmp_path: Path) -> None:
    (tmp_path / "outlets.toml").write_text(
        '[[outlet]]\nname = "A"\nfeeds = "https://feeds.service.example/1"\n', "utf-8"
    )
    spider = SourcesSpider(file=str(tmp_path / "outlets.toml"))
    (hub,) = spider.entry_requests(spider.outlets[0])
    body = (
        f"<rss><channel><link>{BASE}/</link><item><link>https://feeds.service.example/r/1</link></item></channel></rss>"
    )
    (request,) = outputs(spider.parse_feed(Response(hub.url, body=body.encode(), request=hub)))
    for landed, kind in ((f"{BASE}/bridge", Page), ("https://shop.example/offer", RejectedInput)):
        redirected = request.replace(meta={**request.meta, "redirect_urls": [request.url]})
        (found,) = spider.parse_article(HtmlResponse(landed, body=b"<p>Text", request=redirected))
        assert isinstance(found, kind)


def test_further_hosts_of_a_site_are_told_once() -> None:
    spider = SiteSpider(url=BASE)
    page = '<a href="https://sport.news.example/a/">Sport</a><a href="https://other.example/">Other</a>'
    (told,) = follow(spider, f"{BASE}/a/", page, depth=1)
    assert (told.page.url, told.rejection.code) == ("https://sport.news.example/", "other-host")
    assert follow(spider, f"{BASE}/b/", page, depth=1) == []


def test_a_further_page_of_an_article_is_told() -> None:
    page = '<head><link rel="next" href="/bridge/2"><meta name="robots" content="noindex"></head><p>Text'
    feed = FeedSpider(url=BASE)
    article, further = feed.parse_article(html_response(feed, f"{BASE}/bridge", page))
    assert isinstance(article, Page)
    assert isinstance(further, RejectedInput)
    assert (further.page.url, further.rejection.code) == (f"{BASE}/bridge/2", "further-page")
    assert feed.noindex_pages == 1
    site = SiteSpider(url=BASE)
    _, further = follow(site, f"{BASE}/bridge", page, depth=3, is_article=True)
    assert further.rejection.code == "further-page"


def test_a_site_is_followed_to_the_hosts_that_are_named() -> None:
    elsewhere = LISTING.replace('href="', 'href="https://sport.news.example:8080')
    assert addresses(follow(SiteSpider(url=BASE), f"{BASE}/a/", elsewhere, depth=1)) == []
    spider = SiteSpider(url=BASE, hosts="sport.news.example:8080")
    assert len(follow(spider, f"{BASE}/a/", elsewhere, depth=1)) == 2


@pytest.mark.parametrize(
    "canonical", ["/", "https://other.example/a-story-about-a-bridge-1.html", "javascript:void(0)"]
)
def test_a_canonical_address_that_is_no_article_here_is_not_believed(canonical: str) -> None:
    page = f'<head><link rel="canonical" href="{canonical}"></head><p>Text'
    (found,) = follow(SiteSpider(url=BASE), f"{BASE}/a-story-12345", page, depth=3, is_article=True)
    assert isinstance(found, Page)


def test_what_is_no_page_is_told_unless_it_looked_like_an_article() -> None:
    spider = SiteSpider(url=BASE)
    (hub,) = outputs(spider.parse_site(Response(f"{BASE}/a", body=b"\x00"), host="news.example", depth=1))
    assert isinstance(hub, RejectedInput)
    (article,) = outputs(
        spider.parse_site(Response(f"{BASE}/a", body=b"\x00"), host="news.example", depth=1, is_article=True)
    )
    assert isinstance(article, Page)


def test_without_robots_txt_the_usual_sitemap_is_looked_for() -> None:
    spider = SitemapSpider(url=BASE)
    assert [request.url for request in spider.entry_requests(spider.outlets[0])] == [f"{BASE}/robots.txt"]
    (usual,) = outputs(spider.parse_robots(Response(f"{BASE}/robots.txt", body=b"User-agent: *\n")))
    assert usual.url == f"{BASE}/sitemap.xml"


def test_a_page_is_what_was_fetched(tmp_path: Path) -> None:
    (tmp_path / "outlets.toml").write_text(
        f'[[outlet]]\nname = "A"\nurls = "{BASE}/a"\nlanguage = "fr"\ndrop = "aside"\n', "utf-8"
    )
    spider = SourcesSpider(file=str(tmp_path / "outlets.toml"))
    (request,) = spider.entry_requests(spider.outlets[0])
    body = "<p>Größe<aside>Werbung</aside>".encode("cp1252")
    header = {"Content-Type": "text/html; charset=windows-1252"}
    page = spider.page(Response(f"{BASE}/b", body=body, headers=header, request=request))
    assert (page.url, page.source, page.charset, page.language) == (f"{BASE}/b", "A", "cp1252", "fr")
    assert page.retrieved_at
    assert "Größe" in str(page.content)
    assert "Werbung" not in str(page.content)
    untouched = UrlsSpider(url=BASE).page(Response(f"{BASE}/b", body=body, headers=header))
    assert (untouched.content, untouched.source) == (body, "urls")


def test_a_language_that_is_known_counts_where_the_page_states_none() -> None:
    stated = pages.article(STORIES[0], BASE)
    silent = stated.replace('<html lang="en">', "<html>")
    languages = [
        clean_page(Page(html, url=BASE + STORIES[0].path, language="cy")).articles[0].language
        for html in (stated, silent)
    ]
    assert languages == ["en", "cy"]


def test_arguments_are_checked_before_a_crawl() -> None:
    SiteSpider.check_arguments(url=BASE, depth="2", _job="1")
    with pytest.raises(CopydeskError, match="count is a whole number, not 'many'"):
        SiteSpider.check_arguments(url=BASE, count="many")
    with pytest.raises(CopydeskError, match="takes file; not url"):
        SourcesSpider.check_arguments(url=BASE)


def test_an_article_request_is_no_hub() -> None:
    spider = UrlsSpider(url=BASE)
    request = article_request(f"{BASE}/a", spider.parse_article, spider.failed, source="A", extra=1)
    assert (request.meta, request.cb_kwargs, source_of(request)) == ({"source": "A"}, {"extra": 1}, "A")
