"""What all spiders that fetch have in common: outlets, requests, pages, and a reason for each failure."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar, cast

from lxml import etree
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response
from twisted.python.failure import Failure
from w3lib.encoding import http_content_type_encoding

from cleaners.data import Input, Page, RejectedInput, Signal
from cleaners.errors import NotText
from cleaners.reading.files import now
from cleaners.reading.rejects import rejected
from cleaners.rights.headers import header_signals
from scraper.crawl.hub_workers import hub_workers_of
from scraper.failures import rejection_of
from scraper.finding.landing import led_elsewhere
from scraper.finding.links import web_address
from scraper.finding.page_notes import may_have_next, next_page, says_noindex
from scraper.finding.pages import canonical_address, tree_of
from scraper.finding.selectors import without_parts
from scraper.finding.variants import is_other_version, names_same_article
from scraper.hosts import ANY_HOST, host_and_port, is_on_any, is_sister
from scraper.outlets import BadArgument, Outlet
from scraper.requests import (
    ARTICLE_FIRST,
    HOME,
    HOST_SIGNALS,
    OWN_ADDRESS,
    Callback,
    article_request,
    callback,
    hub_request,
    source_of,
)

_T = TypeVar("_T")


class CopydeskSpider(Spider):
    """Fetches what its outlets name, and yields a Page for every article and a RejectedInput for every failure.

    A subclass turns its arguments into outlets and says with which requests an outlet begins. Nothing
    that a stopped crawl needs is kept in the spider: callbacks are methods, and all else they need is in the request.
    """

    def __init__(self, outlets: Iterable[Outlet] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.outlets = tuple(outlets)
        self.named_hosts = frozenset[str]().union(*(outlet.named_hosts for outlet in self.outlets))
        """The hosts that the user named, which may be private ones."""
        self.noindex_pages = 0
        """Pages of this run that ask search engines to leave them out."""

    def closed(self, reason: str) -> None:
        """Say how many pages ask search engines to leave them out. Scrapy calls it at the end of the crawl."""
        if self.noindex_pages:
            self.logger.warning(
                "%d pages ask search engines to leave them out (noindex); they are taken", self.noindex_pages
            )

    @classmethod
    def check_arguments(cls, **arguments: str) -> None:
        """Raise a CopydeskError, or OSError for a file that cannot be read, if the arguments mean nothing."""
        known = argument_names(cls)
        if unknown := [name for name in arguments if name not in known and not name.startswith("_")]:
            raise BadArgument(f"the spider {cls.name} takes {', '.join(known)}; not {', '.join(unknown)}")
        cls(**cast(dict[str, Any], arguments))

    async def start(self) -> AsyncIterator[Request]:
        """The requests with which each outlet begins."""
        for outlet in self.outlets:
            for request in self.entry_requests(outlet):
                yield request

    def entry_requests(self, outlet: Outlet) -> Iterator[Request]:
        """The requests with which an outlet begins; none, unless a spider says so."""
        return iter(())

    # --- Requests ------------------------------------------------------------------------------------------------

    def hub(
        self, url: str, parse: Callback, outlet: Outlet, lastmod: datetime | None = None, **arguments: Any
    ) -> Request:
        """A request for a page that leads to articles, which was last changed at `lastmod`; `arguments` go to the
        method that parses it."""
        return hub_request(url, parse, self.failed, source=outlet.name, lastmod=lastmod, **arguments)

    def article(self, url: str, outlet: Outlet, lastmod: datetime | None = None, home: str | None = None) -> Request:
        """A request for an article that the feed of the site `home`, or a sitemap, names; `lastmod` is when it was last
        changed."""
        request = article_request(
            url, self.parse_article, self.failed, source=outlet.name, lastmod=lastmod, max_age=outlet.max_age
        )
        if home and ANY_HOST not in outlet.hosts:
            request.meta[HOME] = host_and_port(home)
        return request

    def named_article(self, url: str, outlet: Outlet) -> Request:
        """A request for an article that the user names."""
        return article_request(url, self.parse_named, self.failed, source=outlet.name, max_age=outlet.max_age)

    @callback
    def parse_article(self, response: Response) -> Iterator[Request | Input]:
        """The page of an article that a feed or a sitemap names, if it is on a host of its outlet."""
        if reason := self.why_foreign(response):
            yield self.reject_asked(response, "other-host", reason)
        else:
            yield from self.parse_named(response)

    @callback
    def parse_named(self, response: Response) -> Iterator[Request | Input]:
        """The page of an article that the user names, on whichever host."""
        is_odd = asked_for(response) != response.url or is_other_version(response.url)
        tree = tree_of(response) if is_odd and isinstance(response, HtmlResponse) else None
        if reason := led_elsewhere(asked_for(response), response.url, tree):
            yield self.reject_asked(response, "led-elsewhere", reason)
        elif own := self._own_version(response, tree):
            yield self._like(response, own, self.parse_article)
            yield self.as_it_is(response, own)
        else:
            yield self.page(response)
            yield from self.further_pages(response)

    def further_pages(self, response: Response) -> Iterator[Input]:
        """The rejection of an article's next page: pages of one article are not joined, and this says so."""
        if not (isinstance(response, HtmlResponse) and may_have_next(response.body)):
            return
        if address := next_page(tree_of(response), response.url):
            reason = f"A further page of {response.url}. Pages of one article are not joined; this one is not fetched."
            yield rejected("further-page", reason, self.outlet_of(response).name, address)

    def _own_version(self, response: Response, tree: etree._Element | None) -> str | None:
        """The address of the article itself that its AMP or print version names."""
        own = canonical_address(tree, response.url) if tree is not None else None
        if own is None or not is_other_version(response.url) or is_other_version(own):
            return None
        is_near = is_sister(host_and_port(own), host_and_port(response.url))
        return own if is_near and names_same_article(own, response.url) else None

    def as_it_is(self, response: Response, own: str) -> Request:
        """A request for a page again, for later: it is taken as it is if its own address gives no article.

        What came of the own address is known only when that was fetched. If it gave the article, nothing is fetched
        here (`scraper.crawl.own_addresses`).
        """
        return self._like(response, response.url, self.parse_as_it_is, **{OWN_ADDRESS: own})

    @callback
    def parse_as_it_is(self, response: Response) -> Iterator[Input]:
        """A page whose own address gave no article, or another one."""
        own = response.meta[OWN_ADDRESS]
        if reason := led_elsewhere(asked_for(response), response.url):
            yield self.reject_asked(response, "led-elsewhere", reason)
            return
        if own not in self._told_addresses:
            self._told_addresses.add(own)
            self.logger.warning("%s is taken as it is: it names %s, which gave no such article", response.url, own)
        yield self.page(response)

    def _like(self, response: Response, url: str, parse: Callback, **meta: str) -> Request:
        """A request like the one of a response. One for a page as it is comes after all articles."""
        before = response.meta if response.request else {}
        meta |= {name: before[name] for name in ("source", "lastmod", "max_age", HOME) if name in before}
        priority = 0 if OWN_ADDRESS in meta else ARTICLE_FIRST
        return Request(web_address(url) or url, parse, errback=self.failed, meta=meta, priority=priority)

    @callback
    def failed(self, failure: Failure) -> Iterator[Input]:
        """The rejection of a request that gave no page."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it before it calls an errback
        error = failure.value or Exception("no reason was given")
        rejection = rejection_of(error)
        yield rejected(rejection.code, rejection.reason, source_of(request) or self.name, first_address(request))

    async def in_worker(self, function: Callable[..., _T], *arguments: object) -> _T:
        """What a pure function gives that takes a document apart, from a worker process with limits.

        Raises a Refused, which becomes the rejection of the document. A spider without a crawl calls the function.
        """
        crawler: Crawler | None = getattr(self, "crawler", None)
        return await hub_workers_of(crawler).call(function, *arguments) if crawler else function(*arguments)

    # --- Pages ---------------------------------------------------------------------------------------------------

    def outlet_of(self, exchange: Request | Response) -> Outlet:
        """The outlet of a request, or of a response. One that the outlets file no longer names has the usual limits."""
        request = exchange.request if isinstance(exchange, Response) else exchange
        source = (source_of(request) if request else None) or self.name
        return self._by_name.get(source) or Outlet(source)

    def page(self, response: Response) -> Page:
        """A response as a page, without the parts that its outlet drops."""
        outlet, charset = self.outlet_of(response), charset_of(response)
        self.noindex_pages += says_noindex(response.body, _header(response, "X-Robots-Tag"))
        return Page(
            content_for(response.body, charset, outlet),
            url=web_address(response.url) or response.url,
            source=outlet.name,
            retrieved_at=_retrieved_at(response) or now(),
            charset=charset,
            language=outlet.language,
            signals=signals_of(response),
        )

    def reject(self, response: Response, code: str, reason: str) -> RejectedInput:
        """A response that is not what was looked for, with a reason that a person can act on."""
        return rejected(code, reason, self.outlet_of(response).name, response.url)

    def reject_asked(self, response: Response, code: str, reason: str) -> RejectedInput:
        """The same for the address that was asked for, of which the response is what it led to."""
        return rejected(code, reason, self.outlet_of(response).name, asked_for(response))

    def why_foreign(self, response: Response) -> str | None:
        """Why a response is on a host that its outlet has nothing to do with; None if it is on one of its own.

        An address counts by where it leads: those of trackers lead to the outlet. The hosts of its entry points are
        its own, that of the site that its feed belongs to, those of the same registered domains, and those that the
        user names for it.
        """
        outlet, host = self.outlet_of(response), host_and_port(response.url)
        own = [host_and_port(url) for url in outlet.entry_points]
        if response.request and (home := response.meta.get(HOME)):
            own.append(home)
        if (
            not outlet.entry_points
            or is_on_any(response.url, outlet.hosts)
            or any(is_sister(host, each) for each in own)
        ):
            return None
        return f"The address leads to {host}, another host. If its articles are wanted, name it in `hosts`, or `any`."

    def reject_addresses(self, response: Response, links: Sequence[str], count: int) -> RejectedInput:
        """One rejection for those of the `count` links of a feed or a sitemap that are no web addresses."""
        shown = " ".join(links[0].split())[:100]
        reason = f"{len(links)} of {count} entries have no web address that can be fetched, such as {shown!r}."
        return self.reject(response, "no-address", reason)

    @cached_property
    def _told_addresses(self) -> set[str]:
        return set()

    @cached_property
    def _by_name(self) -> dict[str, Outlet]:
        return {outlet.name: outlet for outlet in self.outlets}


def argument_names(spider: type[Spider]) -> list[str]:
    """The names of the arguments that a spider takes with `-a`."""
    parameters = inspect.signature(spider.__init__).parameters.values()
    return [each.name for each in parameters if each.name != "self" and each.kind is not each.VAR_KEYWORD]


def first_address(request: Request) -> str:
    """The address that was asked for, before all redirects."""
    address: str = request.meta.get("redirect_urls", [request.url])[0]
    return address


def asked_for(response: Response) -> str:
    """The address that a response was asked for by."""
    return first_address(response.request) if response.request else response.url


def charset_of(response: Response) -> str | None:
    """The charset that the response's header names."""
    return http_content_type_encoding(_header(response, "Content-Type"))


def signals_of(response: Response) -> tuple[Signal, ...]:
    """What a response and its host say about the use of the page."""
    fields = ((name.decode("latin-1"), value) for name, values in response.headers.items() for value in values)
    stated = header_signals((name, value.decode("latin-1")) for name, value in fields)
    return (*stated, *(response.meta.get(HOST_SIGNALS, ()) if response.request else ()))


def _header(response: Response, name: str) -> str:
    value: bytes = response.headers.get(name) or b""
    return value.decode("latin-1")


def _retrieved_at(response: Response) -> str | None:
    """When the archive says that the response was fetched."""
    moment: str | None = response.request.meta.get("retrieved_at") if response.request else None
    return moment


def content_for(body: bytes, charset: str | None, outlet: Outlet) -> str | bytes:
    """A page's content without the parts that its outlet drops."""
    if not (outlet.keep or outlet.drop):
        return body
    try:
        return without_parts(body, charset, outlet.keep, outlet.drop)
    except NotText:  # which the cleaners will say
        return body
