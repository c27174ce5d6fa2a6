"""The two kinds of requests that spiders make, and the one place that knows what they carry in `meta`.

A *hub* leads to articles and is none: a feed, a sitemap, a section page. It is fetched in every run. An article is
fetched once, and again only when what leads to it says that it has changed, or when the last fetch is too old.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from scrapy import Request
from scrapy.utils.httpobj import urlparse_cached

from scraper.hosts import host_and_port

OWN_ADDRESS = "own_address"
"""The key in a request's `meta` for the address that its page goes by: the page is taken only if that gives none."""

HOME = "home"
"""The key in a request's `meta` for the host of the site that the feed belongs to which named the article."""

Callback = Callable[..., Any]
"""A method of a spider. Only its name is stored with a request, so that a stopped crawl can go on."""

ARTICLE_FIRST = 10
"""Priority of an article over a hub of the same depth: what has been found is fetched before more is looked for."""


def hub_request(url: str, callback: Callback, errback: Callback, *, source: str, **arguments: Any) -> Request:
    """A request for a page that leads to articles. `arguments` go to the callback; they must be plain JSON values."""
    meta = {"hub": True, "source": source}
    return Request(url, callback, errback=errback, meta=meta, cb_kwargs=arguments)


def article_request(
    url: str,
    callback: Callback,
    errback: Callback,
    *,
    source: str,
    lastmod: datetime | None = None,
    max_age: int | None = None,
    **arguments: Any,
) -> Request:
    """A request for an article.

    `lastmod` is when a feed or a sitemap says that it was last changed. With `max_age` (seconds) it is fetched again
    when the last fetch is older than that; without, only when `lastmod` is newer than the last fetch.
    """
    meta: dict[str, Any] = {"source": source}
    if lastmod is not None:
        meta["lastmod"] = lastmod.isoformat()
    if max_age is not None:
        meta["max_age"] = max_age
    return Request(url, callback, errback=errback, meta=meta, cb_kwargs=arguments, priority=ARTICLE_FIRST)


def source_of(request: Request) -> str | None:
    """The source that a request was made for: an outlet's name, or the spider's."""
    source: str | None = request.meta.get("source")
    return source


def host_key(request: Request) -> str:
    """The host and port whose turn a request waits for; the scheme if its address has no host."""
    return host_and_port(request.url) or urlparse_cached(request).scheme
