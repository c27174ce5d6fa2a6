"""How each outlet is asked: in its language, and with cookies or without."""

from __future__ import annotations

from pathlib import Path

from scrapy import Request
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.test import get_crawler

from scraper import settings
from scraper.manners.per_outlet import PerOutlet
from scraper.requests import article_request
from scraper.spiders.sources import SourcesSpider

OUTLETS = """
[[outlet]]
name = "A"
urls = "https://a.example/1"
language = "de"
cookies = false

[[outlet]]
name = "B"
urls = "https://b.example/1"
"""


def asked(tmp_path: Path, source: str) -> Request:
    """A request of an outlet, as it goes out."""
    (tmp_path / "outlets.toml").write_text(OUTLETS, "utf-8")
    crawler = get_crawler()
    spider = crawler.spider = SourcesSpider(file=str(tmp_path / "outlets.toml"))
    request = article_request("https://x.example/", spider.parse_article, spider.failed, source=source)
    PerOutlet(crawler).process_request(request)
    return request


def test_an_outlet_is_asked_in_its_language(tmp_path: Path) -> None:
    assert asked(tmp_path, "A").headers["Accept-Language"] == b"de, *;q=0.5"
    assert "Accept-Language" not in asked(tmp_path, "B").headers
    assert settings.DEFAULT_REQUEST_HEADERS.keys() == {"Accept"}


def test_an_outlet_can_do_without_cookies(tmp_path: Path) -> None:
    assert asked(tmp_path, "A").meta["dont_merge_cookies"] is True
    assert "dont_merge_cookies" not in asked(tmp_path, "B").meta


def test_what_no_outlet_asks_for_stays_as_it_is() -> None:
    crawler = get_crawler()
    request = Request("https://a.example/robots.txt", callback=NO_CALLBACK)
    PerOutlet(crawler).process_request(request)
    assert (request.headers, request.meta) == ({}, {})
