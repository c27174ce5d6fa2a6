"""Articles of a site, found by following its links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import HtmlResponse, Response
from w3lib.url import canonicalize_url

from cleaners.data import Input
from cleaners.reading.rejects import rejected
from scraper.finding.hubs import PageHub, read_page_hub
from scraper.finding.landing import is_front
from scraper.finding.links import Link, Target, same_page, target_of
from scraper.hosts import host_and_port, is_on_any, is_on_host, is_sister
from scraper.outlets import COUNT, DEPTH, Outlet, read_bound, read_entry_points, read_hosts, read_max_age
from scraper.requests import article_request, callback
from scraper.spiders.base import CopydeskSpider, asked_for

MOST_BARREN = 2
"""Pages in a row without a link to an article that is new: what they lead to is not followed. Calendars and traps are
such pages; a section is not, nor is the page between two sections."""


@dataclass(frozen=True, slots=True)
class SitePosition:
    """Where on a site a page was found: the arguments of its callback.

    `depth` counts the links from the start page to it, `barren` the pages right before it that led to nothing new, and
    `is_article` is what its address and the link to it looked like.
    """

    host: str
    depth: int = 0
    barren: int = 0
    is_article: bool = False

    def below(self, *, is_barren: bool) -> SitePosition:
        """The position of what the page links to."""
        return SitePosition(self.host, self.depth + 1, self.barren + 1 if is_barren else 0)


class SiteSpider(CopydeskSpider):
    """Articles of a site, found by following its links from a start page, on its host and on those that are named.

    url: start pages.
    file: files with an address a line.
    hosts: further hosts to follow, such as sport.gazette.example, or any.
    depth: how many links away from the start page an article may be (3).
    count: how many addresses are taken from the site in one run, those nearest to the start page first (1000).
    max_age: fetch an article again when the last fetch is older, such as 12h or 7d; otherwise once is enough.
    """

    name = "site"
    custom_settings = {  # noqa: RUF012  (Scrapy declares it as an attribute of the spider)
        "DEPTH_PRIORITY": 1  # near pages first, so that what `count` leaves out is what is far away
    }

    def __init__(
        self,
        url: str = "",
        file: str = "",
        hosts: str = "",
        depth: str = str(DEPTH),
        count: str = str(COUNT),
        max_age: str = "",
        **kwargs: Any,
    ) -> None:
        sites = read_entry_points(url, file)
        outlet = Outlet(
            self.name,
            sites=sites,
            hosts=read_hosts(hosts),
            depth=read_bound("depth", depth),
            count=read_bound("count", count),
            max_age=read_max_age(max_age),
        )
        super().__init__([outlet], **kwargs)

    @cached_property
    def taken(self) -> defaultdict[str, set[str]]:
        """The addresses that were taken in this run, by outlet. A crawl that resumes after a stop begins anew with
        them, so it may take more addresses, never fewer."""
        return defaultdict(set)

    @cached_property
    def _told(self) -> set[str]:
        return set()

    def entry_requests(self, outlet: Outlet) -> Iterator[Request]:
        """The start pages of the outlet."""
        return (self.hub(url, self.parse_site, outlet, host=host_and_port(url)) for url in outlet.sites)

    @callback
    async def parse_site(self, response: Response, **position: Any) -> AsyncIterator[Request | Input]:
        """A page of the site: the page itself if it is an article, and requests for what it links to."""
        here = SitePosition(**position)
        if here.depth == 0:  # the start page may lead to the site's new host
            here = replace(here, host=host_and_port(response.url))
            self._take(response.url, self.outlet_of(response))
        if not self._is_here(response.url, here, self.outlet_of(response)):
            yield self.reject_asked(response, "other-host", f"The link leads away from {here.host}.")
        elif isinstance(response, HtmlResponse):
            asked = asked_for(response) if here.is_article else None
            hub = await self.in_worker(read_page_hub, response.text, response.url, asked)
            for output in self._outputs(response, hub, here):
                yield output
        elif here.is_article:
            yield self.page(response)
        else:
            yield self.reject(response, "no-html", "This is no HTML page, so there are no links to follow.")

    def _outputs(self, response: Response, hub: PageHub, here: SitePosition) -> Iterator[Request | Input]:
        """What comes of an HTML page."""
        if hub.led_elsewhere:
            yield self.reject_asked(response, "led-elsewhere", hub.led_elsewhere)
            here = replace(here, is_article=False)
        else:
            yield from self._article(response, hub, here)
        yield from self._sister_hosts(response, hub, here)
        yield from self._links(response, hub, here)

    def _article(self, response: Response, hub: PageHub, here: SitePosition) -> Iterator[Request | Input]:
        """The page if it is an article. If it goes by another address: that address, and the page as it is for later"""
        outlet = self.outlet_of(response)
        if not (here.is_article or (hub.states_article and not is_front(response.url))):
            return
        own = hub.canonical
        if own is None or not self._is_other_article(own, response, here):
            yield self.page(response)
            yield from self.further_pages(response)
        elif self._is_taken(own, outlet):
            yield self.as_it_is(response, own)
        elif self._take(own, outlet):
            yield self._site_article(own, outlet, here)
            yield self.as_it_is(response, own)
        else:
            yield self.page(response)

    def _is_here(self, url: str, here: SitePosition, outlet: Outlet) -> bool:
        """Whether an address is on the site, or on a host that the user named besides."""
        return is_on_host(url, here.host) or is_on_any(url, outlet.hosts)

    def _is_other_article(self, canonical: str, response: Response, here: SitePosition) -> bool:
        """Whether an article's canonical address is another one on the site. Some templates name the front page, and
        some an address that only leads to this one."""
        led_from = response.meta.get("redirect_urls", []) if response.request else []
        if any(same_page(canonical, url) for url in (response.url, *led_from)):
            return False
        return is_on_host(canonical, here.host) and target_of(Link(canonical), _today()) is Target.ARTICLE

    def _sister_hosts(self, response: Response, hub: PageHub, here: SitePosition) -> Iterator[Input]:
        """A rejection for each further host of the outlet that pages link to, such as that of a section."""
        outlet = self.outlet_of(response)
        for link in hub.links:
            host = host_and_port(link.url)
            if host in self._told or self._is_here(link.url, here, outlet) or not is_sister(host, here.host):
                continue
            self._told.add(host)
            reason = f"The site links to {host}, which is not followed. If its articles are wanted, name it in `hosts`."
            yield rejected("other-host", reason, outlet.name, urljoin(link.url, "/"))

    def _links(self, response: Response, hub: PageHub, here: SitePosition) -> Iterator[Request]:
        """Requests for what a page links to: articles, and, unless the page is one itself, hubs."""
        outlet = self.outlet_of(response)
        if here.depth >= outlet.depth:
            return
        links = [link for link in hub.links if self._is_here(link.url, here, outlet)]
        targets = [(link.url, target_of(link, _today())) for link in links]
        articles = [url for url, target in targets if target is Target.ARTICLE and self._take(url, outlet)]
        below = here.below(is_barren=not articles)
        for url in articles:
            yield self._site_article(url, outlet, below)
        if here.is_article or below.barren >= MOST_BARREN:
            return
        for url, target in targets:
            if target is Target.HUB and self._take(url, outlet):
                yield self.hub(url, self.parse_site, outlet, **asdict(below))

    def _site_article(self, url: str, outlet: Outlet, position: SitePosition) -> Request:
        arguments = asdict(replace(position, is_article=True))
        return article_request(
            url, self.parse_site, self.failed, source=outlet.name, max_age=outlet.max_age, **arguments
        )

    def _take(self, url: str, outlet: Outlet) -> bool:
        """Whether an address is new in this run and there is room for it. From then on it is not."""
        if self._is_taken(url, outlet):
            return False
        if len(self.taken[outlet.name]) >= outlet.count:
            self._tell_count(outlet)
            return False
        self.taken[outlet.name].add(canonicalize_url(url))
        return True

    def _tell_count(self, outlet: Outlet) -> None:
        """Say once that more could be fetched."""
        if outlet.name not in self._told:
            self._told.add(outlet.name)
            self.logger.warning(
                "%s has more than %d addresses (count); the others are left out", outlet.name, outlet.count
            )

    def _is_taken(self, url: str, outlet: Outlet) -> bool:
        return canonicalize_url(url) in self.taken[outlet.name]


def _today() -> date:
    return datetime.now(UTC).date()
