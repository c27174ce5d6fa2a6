"""The two kinds of requests that spiders make, and the one place that knows what they carry in `meta`.

A *hub* leads to articles and is none: a feed, a sitemap, a section page. It is asked for in every run. An article is
fetched once, and again only when what leads to it says that it has changed, or when the last fetch is too old.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from scrapy import Request
from scrapy.utils.httpobj import urlparse_cached

from scraper.hosts import host_and_port

OWN_ADDRESS = "own_address"
"""The key in a request's `meta` for the address that its page goes by: the page is taken only if that gives none."""

HOST_SIGNALS = "_host_signals"
"""The name in `meta` of what the host of a response says about the use of the page. No stored request has it."""

HOME = "home"
"""The key in a request's `meta` for the host of the site that the feed belongs to which named the article."""

Callback = Callable[..., Any]
"""A method of a spider that `callback` marks. Only its name is stored with a request."""

_Method = TypeVar("_Method", bound=Callable[..., Any])
_MARK = "copydesk_callback"

_CHANGES_LATER = "changes_later"
"""The key in `meta` of a stated time of change that is still to come."""

ARTICLE_FIRST = 10
"""Priority of an article over a hub of the same depth: what has been found is fetched before more is looked for."""


def callback(method: _Method) -> _Method:
    """Mark a method of a spider as one that stored requests may name as their callback or errback.

    Requests are stored where others may be able to write, and must not call whatever a spider has.
    """
    setattr(method, _MARK, True)
    return method


def is_callback(method: object) -> bool:
    """Whether a method was marked by `callback`.

    >>> is_callback(callback(lambda spider, response: None)), is_callback(print)
    (True, False)
    """
    return callable(method) and getattr(method, _MARK, False) is True


def hub_request(
    url: str, callback: Callback, errback: Callback, *, source: str, lastmod: datetime | None = None, **arguments: Any
) -> Request:
    """A request for a page that leads to articles. `arguments` go to the callback; they must be plain JSON values.

    `lastmod` is when another hub says that it was last changed.
    """
    meta = {"hub": True, "source": source, **_stated(lastmod)}
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
    when the last fetch is older than that; without, only when `lastmod` is newer than the last fetch. A `lastmod` that
    is still to come does not count yet: the article would be fetched in every run until then.
    """
    meta: dict[str, Any] = {"source": source, **_stated(lastmod)}
    if max_age is not None:
        meta["max_age"] = max_age
    return Request(url, callback, errback=errback, meta=meta, cb_kwargs=arguments, priority=ARTICLE_FIRST)


def _stated(lastmod: datetime | None) -> dict[str, str]:
    """What `meta` says of a time of change."""
    if lastmod is None:
        return {}
    return {"lastmod" if lastmod <= datetime.now(UTC) else _CHANGES_LATER: lastmod.isoformat()}


def is_due_by_time(request: Request) -> bool:
    """Whether an article can become due without any change of the hub that leads to it: by its age, or because a stated
    time of change is still to come. Such a hub has to be read in every run."""
    return "max_age" in request.meta or _CHANGES_LATER in request.meta


def is_hub(request: Request) -> bool:
    """Whether a request is for a page that leads to articles."""
    return bool(request.meta.get("hub"))


def source_of(request: Request) -> str | None:
    """The source that a request was made for: an outlet's name, or the spider's."""
    source: str | None = request.meta.get("source")
    return source


def host_key(request: Request) -> str:
    """The host and port whose turn a request waits for; the scheme if its address has no host."""
    return host_and_port(request.url) or urlparse_cached(request).scheme
