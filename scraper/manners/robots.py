"""robots.txt (RFC 9309): which pages of a host may be fetched, and how far apart.

Protego reads the rules and matches them. A crawl of weeks over unknown hosts needs more, which is added here: a bound
on what is read, rules that are read again after a day, Crawl-delay, and no requests to a host whose robots.txt fails.

What robots.txt and tdmrep.json say about the use of pages (`cleaners.rights`) goes with each response, and steers
nothing here.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from protego import Protego
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.datatypes import LocalCache
from scrapy.utils.httpobj import urlparse_cached

from cleaners.data import Rejection
from cleaners.rights.hosts import ROBOTS, TDMREP, Hosts
from cleaners.rights.robots_txt import AGENT_LINE, MOST_BYTES, RULE_LINE, TOKEN
from scraper.failures import rejection_of, rejection_of_status
from scraper.finding.markup import text_of
from scraper.manners.politeness import LONGEST_REST, is_closing, put_back, rest_in_scheduler
from scraper.refusals import DisallowedByRobots, Refused, Stopping, Unreachable
from scraper.requests import HOST_SIGNALS, host_key

KEPT_FOR = 24 * 3600.0
"""Seconds after which the rules of a host are read again (RFC 9309, section 2.4)."""

MISSED_FOR = 3600.0
"""Seconds after which a robots.txt that failed is asked for again."""

MOST_HOSTS = 10_000
"""Hosts whose rules are kept in memory; the oldest are read again when they are needed."""


def own_groups(text: str, token: str) -> str:
    """The groups of a robots.txt that speak to `token` or to everybody, in the same words and order, and nothing else.

    Protego keeps the rules of a group for each of its user agents: ten thousand agents above ten thousand rules, which
    is a small file, are a hundred million entries. `token` is a product token in lower case (RFC 9309, section 2.2.1).

    >>> own_groups("User-agent: Other\\nDisallow: /a\\n\\nUser-agent: *\\nDisallow: /b", "copydesk")
    'User-agent: *\\nDisallow: /b'
    """
    kept: list[str] = []
    agents: set[str] = set()
    among_agents = False
    for line in text.splitlines():
        if agent := AGENT_LINE.match(line):
            if not among_agents:
                agents.clear()
            among_agents = True
            name = _addressed(agent[1], token)
            if name and name not in agents:
                agents.add(name)
                kept.append(f"User-agent: {name}")
        elif rule := RULE_LINE.match(line):
            among_agents = False
            if agents:
                kept.append(f"{rule[1]}: {rule[2].strip()}")
    return "\n".join(kept)


def _addressed(agent: str, token: str) -> str | None:
    """Whom a user agent line speaks to, as far as it concerns us: the token, `*`, or None."""
    name = agent.strip().lower()
    if name == "*":
        return name
    found = TOKEN.match(name)
    return token if found and found[0] == token else None


class Rules(NamedTuple):
    """What the robots.txt of a host says to one crawler."""

    protego: Protego
    token: str

    def allow(self, url: str) -> bool:
        """Whether the page may be fetched."""
        return self.protego.can_fetch(url, self.token)

    def delay(self) -> float:
        """Seconds that Crawl-delay asks for between two requests, at most a day; 0 where nothing is asked for."""
        return min(self.protego.crawl_delay(self.token) or 0.0, LONGEST_REST)


def read_rules(body: bytes, token: str) -> Rules:
    """The rules of a robots.txt, from its first `MOST_BYTES`. Never raises: what is no rule is ignored.

    >>> read_rules(b"User-agent: *\\nDisallow: /b", "Copydesk").allow("https://news.example/b")
    False
    """
    text = text_of(body[:MOST_BYTES])
    return Rules(Protego.parse(own_groups(text, token.lower())), token.lower())


@dataclass
class _Robots:
    """What came of asking for a robots.txt: rules, or why no page of the host may be fetched."""

    rules: Rules | None = None
    trouble: Refused | None = None
    since: float = field(default_factory=time.monotonic)

    def is_stale(self) -> bool:
        """Whether it is time to ask again."""
        return time.monotonic() - self.since > (MISSED_FOR if self.trouble else KEPT_FOR)


class RobotsMiddleware:
    """Downloader middleware in place of Scrapy's, which allows everything where a robots.txt fails or is too large."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self.crawler = crawler
        self._asks_tdmrep = crawler.settings.getbool("TDMREP")
        self._hosts = Hosts()
        self._token: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._found: LocalCache[str, asyncio.Future[_Robots]] = LocalCache(MOST_HOSTS)
        self._delays: LocalCache[str, float] = LocalCache(MOST_HOSTS)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """Make the middleware and connect it to the crawl."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.bound, signal=signals.bytes_received)
        crawler.signals.connect(middleware.pace, signal=signals.request_reached_downloader)
        crawler.signals.connect(middleware.pace_again, signal=signals.response_downloaded)
        return middleware

    async def process_request(self, request: Request) -> Request | None:
        """Let a request pass that robots.txt allows. Raises DisallowedByRobots, or why there is no robots.txt."""
        url = urlparse_cached(request)
        if "robots_bytes" in request.meta:  # at first, and again when it is retried or redirected
            request.meta.update(robots_bytes=0, download_maxsize=0)
        if request.meta.get("dont_obey_robotstxt") or url.scheme not in ("http", "https"):
            return None
        robots = await self._robots(f"{url.scheme}://{url.netloc.rpartition('@')[2]}")
        if isinstance(robots.trouble, Stopping) and is_closing(self.crawler):
            return put_back(request)
        if robots.trouble:
            raise type(robots.trouble)(str(robots.trouble))
        if robots.rules and not robots.rules.allow(request.url):
            self.crawler.stats.inc_value("robotstxt/forbidden")
            raise DisallowedByRobots(f"The robots.txt of {url.netloc} does not allow this page.")
        return None

    def process_response(self, request: Request, response: Response) -> Response:
        """Note in the request what the host says about the use of the page; the response goes on as it is."""
        request.meta[HOST_SIGNALS] = self._hosts.signals(response.url)
        return response

    async def _robots(self, origin: str) -> _Robots:
        """What a host says. It is asked once, however many of its pages wait for the answer."""
        found = self._found.get(origin)
        if found is None or (found.done() and found.result().is_stale()):
            found = self._found[origin] = asyncio.ensure_future(self._ask(origin))
        return await asyncio.shield(found)

    async def _ask(self, origin: str) -> _Robots:
        """Fetch a robots.txt. Never raises."""
        request = _request(f"{origin}{ROBOTS}", tries=3)
        self.crawler.stats.inc_value("robotstxt/request_count")
        try:
            response = await self.crawler.engine.download_async(request)
        except Refused as refused:
            return _Robots(trouble=refused)
        except IgnoreRequest:  # redirected too often: as good as none (RFC 9309, section 2.3.1.2)
            return _Robots()
        except Exception as error:  # whatever a network can do
            return _Robots(trouble=_no_robots(origin, rejection_of(error)))
        robots = self._judge(origin, response)
        if robots.trouble is None and self._asks_tdmrep:
            await self._ask_tdmrep(origin)
        return robots

    async def _ask_tdmrep(self, origin: str) -> None:
        """Fetch the file in which a host may reserve text and data mining. Never raises: without it nothing is said."""
        url = f"{origin}{TDMREP}"
        with suppress(Exception):  # whatever a network can do
            response = await self.crawler.engine.download_async(_request(url, tries=1))
            self._hosts.note(url, response.status, None, response.body)

    def _judge(self, origin: str, response: Response) -> _Robots:
        """What an answer means (RFC 9309, section 2.3.1): a failing server forbids all, a missing file nothing."""
        self.crawler.stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        if response.status == 429 or response.status >= 500:
            return _Robots(trouble=_no_robots(origin, rejection_of_status(response.status)))
        if response.status >= 300:
            return _Robots()
        self._hosts.note(f"{origin}{ROBOTS}", response.status, None, response.body)
        rules = read_rules(response.body, self._token)
        self._delays[host_key(Request(origin))] = rules.delay()
        return _Robots(rules)

    def bound(self, data: bytes, request: Request) -> None:
        """Stop the download of a robots.txt of which enough has come."""
        if "robots_bytes" in request.meta:
            request.meta["robots_bytes"] += len(data)
            if request.meta["robots_bytes"] >= MOST_BYTES:
                raise StopDownload(fail=False)

    def pace(self, request: Request) -> None:
        """Keep a host's Crawl-delay, exactly: it is a least distance, so that nothing is taken off it at random."""
        delay = self._delays.get(host_key(request), 0.0)
        slot: Any = self.crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if not delay or slot is None:
            return
        slot.delay = max(slot.delay, delay)
        setattr(slot, "jitter" if hasattr(slot, "jitter") else "randomize_delay", 0)  # Scrapy renamed it in 2.19
        rest_in_scheduler(self.crawler, request, delay)

    def pace_again(self, response: Response, request: Request) -> None:
        """Raise again what AutoThrottle has just lowered."""
        delay = self._delays.get(host_key(request), 0.0)
        slot: Any = self.crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if delay and slot is not None:
            slot.delay = max(slot.delay, delay)


def _request(url: str, tries: int) -> Request:
    """A request for a file of a host, without a limit that refuses: what is too long is cut and read (see `bound`)."""
    meta = {"dont_obey_robotstxt": True, "robots_bytes": 0, "max_retry_times": tries - 1}
    return Request(url, callback=NO_CALLBACK, priority=1000, meta=meta)


def _no_robots(origin: str, why: Rejection) -> Unreachable:
    return Unreachable(f"{origin}/robots.txt cannot be had, and without it nothing is fetched there. {why.reason}")
