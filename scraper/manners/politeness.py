"""Manners that Scrapy lacks: hosts that rest, and a crawl that says who it is.

A host rests when it says so (`Retry-After` on 429 and 503) and when it fails: one second after the first failure, twice
as long after each further one. Its requests wait; those of other hosts do not. Scrapy's own retry middleware tries a
request again, a bounded number of times. A host that keeps failing is given up for this run.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import load_object

from cleaners.errors import CopydeskError
from cleaners.version import VERSION
from scraper.refusals import Stopping, Unreachable
from scraper.requests import host_key

logger = logging.getLogger(__name__)

LONGEST_REST = 24 * 3600.0
"""Seconds that a host can make us wait at once: a day."""

ASKED_EVERY = 5.0
"""Seconds after which an idle Scrapy asks its scheduler again. After a shorter rest it is woken up."""

_PAGE_FAILURES = frozenset({408, 500})  # of one page more often than of the host: no reason to give the host up
_CONTACT = re.compile(r"(?:mailto:|https?://)[!-'*-:<-~]{1,200}")  # no spaces, nor what ends a comment in a header


class BadContact(CopydeskError):
    """The CONTACT setting is no address that can stand in a header."""


def retry_after(value: str, now: float) -> float | None:
    """The seconds that a Retry-After header asks for (RFC 9110, section 10.2.3), between none and a day.

    It holds seconds or a date; None if it is neither. `now` is the time in seconds since 1970.

    >>> retry_after("120", 0.0), retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 0.0), retry_after("soon", 0.0)
    (120.0, 60.0, None)
    """
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return min(float(value[:400]), LONGEST_REST)
    try:
        until = parsedate_to_datetime(value[:100]).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(until - now, 0.0), LONGEST_REST)


def backoff(failures: int, first: float, longest: float) -> float:
    """Seconds to wait after so many failures in a row: `first`, then twice as many each time, up to `longest`.

    >>> [backoff(failures, 1.0, 5.0) for failures in (1, 2, 3, 4)]
    [1.0, 2.0, 4.0, 5.0]
    """
    return min(first * 2.0 ** min(failures - 1, 60), longest)


def user_agent(contact: str | None) -> str:
    """What the crawl calls itself. Raises BadContact unless `contact` is a mailto: or http(s) address."""
    name = f"Copydesk/{VERSION}"
    if not contact:
        return name
    if not _CONTACT.fullmatch(contact):
        raise BadContact(f"CONTACT is no mailto: or https: address: {contact[:80]!r}")
    return f"{name} (+{contact})"


class Identity:
    """Scrapy add-on: makes the user agent of the contact setting, unless the user gives a whole one (USER_AGENT)."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Set USER_AGENT, at a priority that any other place can override."""
        settings.set("USER_AGENT", user_agent(settings.get("CONTACT")), priority="addon")


class _HeldBack(Exception):
    """A request was taken out of the downloader's queue, because its host rests."""


@dataclass
class _Host:
    """How a host has been doing: when it may be asked again, and how often in a row it has failed."""

    rests_until: float = 0.0
    failures: int = 0
    tried_until: float = 0.0  # while one request finds out whether the host is back, the others wait


TRIED_FOR = 1.0
"""Seconds after which a request that waits looks again whether the host is back."""


class HostRests:
    """Downloader middleware: lets hosts rest that ask for it or fail, and warns once if the crawl names no contact.

    While a host rests, its requests go back to the scheduler if that supports rests. With Scrapy's own scheduler they
    wait here, and each counts as one of CONCURRENT_REQUESTS.
    """

    def __init__(self, crawler: Crawler, clock: Callable[[], float] = time.time) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self._clock = clock
        self._first = settings.getfloat("BACKOFF_FIRST")
        self._longest = settings.getfloat("BACKOFF_LONGEST")
        self._most_failures = settings.getint("HOST_FAILURES")
        self._patience = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._statuses = {int(status) for status in settings.getlist("RETRY_HTTP_CODES")}
        self._errors = tuple(load_object(error) for error in settings.getlist("RETRY_EXCEPTIONS"))
        self._hosts: dict[str, _Host] = {}
        self._is_anonymous = not settings.get("CONTACT") and "http" not in str(settings.get("USER_AGENT"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HostRests:
        """Make the middleware and connect it to the crawl."""
        rests = cls(crawler)
        crawler.signals.connect(rests.look_at, signal=signals.response_downloaded)
        return rests

    async def process_request(self, request: Request) -> Request | None:
        """Let a request pass when its host does not rest. Raises Unreachable when the host has been given up."""
        url = urlparse_cached(request)
        if not url.hostname or url.scheme not in ("http", "https"):
            return None
        # Scrapy's slots go by the name alone, and a redirected request would stay in the slot of where it came from.
        host = request.meta["download_slot"] = host_key(request)
        self._introduce()
        while wait := self._wait(host):
            if is_closing(self.crawler):
                if request.callback is NO_CALLBACK:
                    raise Stopping("The crawl was stopped while the host rested.")
                return put_back(request)
            knows = rest_in_scheduler(self.crawler, request, wait)
            await asyncio.sleep(min(wait, 0.5))  # short, to see that the crawl is being stopped
            if knows and request.callback is not NO_CALLBACK:  # no sooner: it may come back at once
                return put_back(request)
        return None

    def look_at(self, response: Response, request: Request) -> None:
        """Let the host rest where the response says that it has to, before the downloader sends it the next request."""
        if not urlparse_cached(request).hostname:
            return
        host = host_key(request)
        if response.status not in self._statuses:
            if known := self._hosts.get(host):
                known.failures = 0
            return
        asked = None
        if response.status in (429, 503):
            header = response.headers.get("Retry-After") or b""
            asked = retry_after(header.decode("latin-1"), self._clock())
        self._rest(request, host, f"status {response.status}", asked or 0.0, response.status not in _PAGE_FAILURES)

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Let a host rest that does not answer, or not to the end, and its requests wait that were about to be sent."""
        if isinstance(exception, _HeldBack):
            return put_back(request)
        if isinstance(exception, self._errors) and urlparse_cached(request).hostname:
            self._rest(request, host_key(request), type(exception).__name__, 0.0, True)
        return None

    def _wait(self, host: str) -> float:
        """Seconds that the host still rests. Raises Unreachable when it has been given up."""
        known = self._hosts.get(host)
        if known is None:
            return 0.0
        if known.failures >= self._most_failures:
            self.crawler.stats.inc_value("politeness/given_up")
            raise Unreachable(f"{host} has failed {known.failures} times in a row and is left alone in this run.")
        now = self._clock()
        if known.rests_until > now:
            return known.rests_until - now
        if not known.failures:
            del self._hosts[host]
        elif known.tried_until > now:
            return TRIED_FOR
        else:
            known.tried_until = now + self._patience
        return 0.0

    def _rest(self, request: Request, host: str, what: str, asked: float, of_the_host: bool) -> None:
        """Let a host rest for as long as it asked, and no less than its failures and the request's call for.

        What was on its way when the rest began says nothing new, unless it asks for a longer one.
        """
        known = self._hosts.setdefault(host, _Host())
        now = self._clock()
        if known.rests_until > now and now + asked <= known.rests_until:
            return
        known.tried_until = 0.0
        if of_the_host and known.rests_until <= now:
            known.failures += 1
        failures = max(known.failures, request.meta.get("retry_times", 0) + 1)
        rest = max(asked, backoff(failures, self._first, self._longest))
        known.rests_until = now + rest
        self.crawler.stats.inc_value("politeness/rests")
        rest_in_scheduler(self.crawler, request, rest)
        self._hold_back(request)
        level = logging.WARNING if known.failures >= self._most_failures or asked > 600 else logging.INFO
        logger.log(level, "%s rests for %.0f seconds (%s)", host, rest, what)

    def _hold_back(self, request: Request) -> None:
        """Take back the host's requests that stand in the downloader's queue: they passed before the rest began."""
        downloader: Any = self.crawler.engine.downloader
        slot = downloader.slots.get(request.meta.get("download_slot"))
        while slot and slot.queue:
            slot.queue.popleft()[1].errback(_HeldBack())

    def _introduce(self) -> None:
        """Report once that servers cannot know whose crawl this is."""
        if self._is_anonymous:
            self._is_anonymous = False
            logger.warning("No contact is given to the sites that are fetched: add -s CONTACT=mailto:you@your.domain")


def rest_in_scheduler(crawler: Crawler, request: Request, seconds: float) -> bool:
    """Tell a scheduler that knows of rests (`rest(host, until)`) to hand out none of the host's requests for a while.

    `host` is what `host_key` gives, and `until` in seconds since 1970, so that it holds for other machines and later
    runs. False where the scheduler knows nothing of rests.
    """
    engine: Any = crawler.engine
    rest = getattr(engine._slot and engine._slot.scheduler, "rest", None)
    if rest is None:
        return False
    rest(host_key(request), time.time() + seconds)
    if seconds < ASKED_EVERY:
        asyncio.get_running_loop().call_later(seconds + 0.01, engine._slot.nextcall.schedule)
    return True


def put_back(request: Request) -> Request:
    """The request for the scheduler to take again, although it has seen it."""
    return request.replace(dont_filter=True)


def is_closing(crawler: Crawler) -> bool:
    """Whether the crawl is being stopped and waits for the requests that are under way."""
    engine: Any = crawler.engine
    return not engine.running or bool(engine._slot and engine._slot.closing)
