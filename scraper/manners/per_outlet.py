"""How each outlet is asked: in its language, and with cookies or without."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK

from scraper.outlets import Outlet


class PerOutlet:
    """Downloader middleware: makes a request as its outlet wants it. It stands before the cookies.

    Scrapy asks every site in English by default, and sites in several languages then answer in English. Here a
    request names the outlet's language, or none: then the site answers in its own.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PerOutlet:
        """Make the middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Add the language, and keep cookies away if the outlet does without."""
        outlet_of = getattr(self.crawler.spider, "outlet_of", None)
        if outlet_of is None or request.callback is NO_CALLBACK:  # robots.txt has no language
            return
        outlet: Outlet = outlet_of(request)
        if outlet.language:
            request.headers.setdefault("Accept-Language", accept_language(outlet.language))
        if not outlet.cookies:
            request.meta["dont_merge_cookies"] = True


def accept_language(language: str) -> str:
    """The Accept-Language header of a language: this one first, then whatever the site has (RFC 9110, section 12.5.4).

    >>> accept_language("de")
    'de, *;q=0.5'
    """
    return f"{language}, *;q=0.5"
