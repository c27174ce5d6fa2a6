"""Redirects: how often one page may lead to another, and which address a redirect leads to."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from scraper.finding.landing import led_elsewhere
from scraper.finding.links import web_address
from scraper.refusals import EndlessRedirect, LedElsewhere, Refused
from scraper.requests import is_hub


class _BoundedRedirect:
    """Follows a redirect to the address without what only tracks the reader, and says why redirects end.

    Sites send a browser to the same address again when they have set a cookie. Scrapy takes that for a page that was
    seen, and the page would be lost without a word. How often it may happen is REDIRECT_MAX_TIMES.
    """

    crawler: Any

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """The response, or the request that it leads to. Raises EndlessRedirect, or why the target is not fetched."""
        try:
            result: Request | Response = super().process_response(request, response)  # type: ignore[misc]
        except IgnoreRequest as error:
            times = request.meta.get("redirect_times", 0)
            raise EndlessRedirect(f"The page was redirected {times} times, last to {response.url[:200]}.") from error
        if isinstance(result, Response) or request.callback is NO_CALLBACK:
            return result
        return self._onward(result)

    def _onward(self, redirected: Request) -> Request:
        before: list[str] = redirected.meta["redirect_urls"]
        if redirected.url in before:
            return redirected.replace(dont_filter=True)
        address = web_address(redirected.url)
        # A site may lead from an address to the same with a parameter that only tracks, and insist on it.
        if address and address not in before and web_address(before[-1]) != address:
            redirected = redirected.replace(url=address)
        if not is_hub(redirected) and (refusal := why_not_led_to(self.crawler, redirected)):
            reason = led_elsewhere(before[0], redirected.url)
            raise LedElsewhere(reason) if reason else refusal
        return redirected


class BoundedRedirect(_BoundedRedirect, RedirectMiddleware):
    """Redirects by status and Location."""


class BoundedMetaRefresh(_BoundedRedirect, MetaRefreshMiddleware):
    """Redirects by an element of the page."""


def why_not_led_to(crawler: Any, redirected: Request) -> Refused | None:
    """Why the page that a redirect leads to is not asked for, as far as the scheduler can say."""
    slot = getattr(crawler.engine, "_slot", None)
    ask = getattr(slot and slot.scheduler, "why_not_led_to", None)
    refusal: Refused | None = ask(redirected) if ask else None
    return refusal
