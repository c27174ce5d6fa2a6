"""Scrapy's scheduler over a frontier: requests are leased, followed to their end, and acknowledged.

Scrapy's own queues forget what was handed out when the process is killed, and its filter of seen requests remembers
it: those pages are lost. Here a request leaves the frontier only when its callback has ended, every request that came
of it is kept, and every page that came of it is written (`scraper.storage.store`).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from cleaners.data import RejectedInput, Rejection
from cleaners.running.batch import CleanedLines
from cleaners.words.display import one_line, shortened
from scraper.crawl.callbacks import outputs_or_fault, paced
from scraper.crawl.failed_tries import failed_fetch, failure_of, with_what_follows
from scraper.crawl.redirect_targets import RedirectTargets
from scraper.crawl.revalidation import (
    NOT_MODIFIED,
    FoundByHub,
    ask_whether_changed,
    limits_of,
    reader_of,
    validators,
)
from scraper.crawl.stopping import ABANDONED
from scraper.crawl.stored_requests import BadRequest, from_json, to_json
from scraper.crawl.summary import note_open
from scraper.crawl.tickets import TICKET, Ticket
from scraper.crawl.turns import Turns
from scraper.failures import TEMPORARY
from scraper.finding.links import web_address
from scraper.frontier import Fetch, FrontierAway, Lease, QueuedRequest
from scraper.refusals import Refused
from scraper.requests import OWN_ADDRESS, host_key, is_hub, source_of
from scraper.storage.store import Store, store_of

SECONDS_BETWEEN_COMMITS = 0.1
HOSTS_AT_ONCE = 64
"""Of how many hosts requests are leased in one go."""

AS_IT_IS = "-as-it-is"
"""Ends the key of a request for a page that is taken as it is, if its own address gives nothing."""


class FrontierScheduler(BaseScheduler):
    """Hands out requests of the frontier, hosts in turn, none of a host that rests.

    `rest(host, until)` lets a host rest.
    """

    def __init__(self, crawler: Crawler, store: Store) -> None:
        self.crawler = crawler
        self.store = store
        settings = crawler.settings
        self._per_host = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._most_pages = settings.getint("CONCURRENT_ITEMS")
        self._rests = [float(seconds) for seconds in settings.getlist("FAILED_RESTS")]
        self._fingerprint = crawler.request_fingerprinter.fingerprint
        self._limits: Mapping[str, str] = {}
        self._new: list[QueuedRequest] = []
        self._turns = Turns(self._per_host)
        self._tickets: dict[str, Ticket] = {}
        self._targets = RedirectTargets(store, self._is_on_its_way)
        self._pages = 0  # that are not yet written
        self._away_since: float | None = None
        self._ticking: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FrontierScheduler:
        """Make the scheduler over the store of the crawl."""
        scheduler = cls(crawler, store_of(crawler))
        for signal in (signals.item_scraped, signals.item_dropped):
            crawler.signals.connect(scheduler._page_is_written, signal=signal)
        crawler.signals.connect(scheduler._page_is_lost, signal=signals.item_error)
        crawler.signals.connect(scheduler._abandon, signal=ABANDONED)
        return scheduler

    def open(self, spider: Spider) -> None:
        """Begin to commit what is done, several times a second."""
        self._limits = limits_of(getattr(spider, "outlets", ()))
        self._ticking = asyncio.ensure_future(self._tick())

    def close(self, reason: str) -> None:
        """Acknowledge what is done, and leave the rest to the next crawl or to other workers."""
        if self._ticking:
            self._ticking.cancel()
        self._commit()
        if counts := self._try(self.store.frontier.counts):
            note_open(self.crawler.stats, counts)
        self._try(lambda: self.store.frontier.give_back(list(self._tickets)))
        self._try(self.store.close)

    def _abandon(self) -> None:
        self.close("shutdown")

    # --- what Scrapy asks ----------------------------------------------------------------------------------------

    def has_pending_requests(self) -> bool:
        """Whether anything is open, here or at another worker, or the frontier cannot say. Asked when all is idle."""
        self._commit()
        if self.store.broken:
            return False
        return bool(self._new or self._turns) or self.open_requests() != 0

    def open_requests(self) -> int | None:
        """How many requests are open, here or at other workers; None while the frontier is away."""
        count: int | None = self._try(self.store.frontier.open_count)
        return count

    def enqueue_request(self, request: Request) -> bool:
        """Keep a new request, or resume one that was redirected or is tried again."""
        if ticket := self._tickets.get(request.meta.get(TICKET, "")):
            return self._resume(request, ticket)
        try:
            self._new.append(self._queued(request))
        except ValueError as error:
            self.store.say(str(error))
            return False
        return True

    def next_request(self) -> Request | None:
        """A request of the host that has waited longest and may be asked; none while many pages wait to be cleaned,
        which a kill would have fetched again."""
        if self._pages >= self._most_pages:
            return None
        while (request := self._turns.take()) is None and self._lease():
            pass  # all that was leased had been fetched meanwhile
        return request

    def rest(self, host: str, until: float) -> None:
        """Ask nothing more of a host until a time (seconds since 1970)."""
        self._turns.rest(host, until)

    # --- handing out ---------------------------------------------------------------------------------------------

    def _lease(self) -> bool:
        """Keep what is new, then lease more; whether there is anything to hand out."""
        if self.store.broken:
            return False
        leases = self._try(self._add_and_lease, otherwise=[])
        for lease in leases:
            if request := self._leased_request(lease):
                self._turns.add(lease.host, request)
        return bool(leases)

    def _add_and_lease(self) -> list[Lease]:
        self._keep_new()
        return self.store.frontier.lease(self._per_host * 2, HOSTS_AT_ONCE, self._turns.supplied())

    def _keep_new(self) -> None:
        if self._new:
            self.store.frontier.add(self._new)
            self._new.clear()

    def _leased_request(self, lease: Lease) -> Request | None:
        spider = self.crawler.spider
        assert spider is not None
        last = self.store.about_to_be_acknowledged(lease.key) or lease.last
        if last and last.run == self.store.frontier.run:  # a redirect led to it meanwhile
            self.store.acknowledge(lease.key, last)
            return None
        try:
            request = from_json(lease.request, spider)
        except BadRequest as error:
            self._refuse(lease, error)
            return None
        reader = self._reader_of(request)
        ask_whether_changed(request, lease.last, reader)
        ticket = Ticket(lease, request.url, source_of(request), request.meta.get("lastmod"), reader)
        self._tickets[lease.key] = ticket
        callback = request.callback or spider._parse
        request = request.replace(
            callback=partial(self._follow, ticket, callback),
            errback=partial(self._follow, ticket, request.errback or failure_of),
            dont_filter=True,
        )
        request.meta[TICKET] = lease.key
        return request

    def _refuse(self, lease: Lease, error: BadRequest) -> None:
        """Drop a stored request that is none of this spider's, and say so."""
        reason = f"A stored request cannot be made: {error}."
        self._try(
            lambda: self.store.reject(shortened(one_line(error.url), 500) or None, Rejection("bad-request", reason))
        )
        self.store.acknowledge(lease.key, self.store.new_fetch(failed=True, failures=1, code="bad-request"))

    def _queued(self, request: Request) -> QueuedRequest:
        spider = self.crawler.spider
        assert spider is not None
        meta = request.meta
        return QueuedRequest(
            key=self._key(request),
            host=host_key(request),
            request=to_json(request, spider),
            urgent=request.priority > 0,
            hub=is_hub(request) or request.dont_filter,
            lastmod=meta.get("lastmod"),
            max_age=meta.get("max_age"),
            reader=self._reader_of(request),
        )

    def _reader_of(self, request: Request) -> str | None:
        return reader_of(request, self.store.frontier.queue, self._limits.get(source_of(request) or "", ""))

    # --- following -----------------------------------------------------------------------------------------------

    def _resume(self, request: Request, ticket: Ticket) -> bool:
        """Take a redirect or another try of a leased request. What was fetched in this run is not fetched again."""
        self._turns.answered(ticket.lease.host)
        if self.why_not_led_to(request):
            ticket.fetch = self.store.new_fetch()
            return False
        self._turns.add_first(ticket.lease.host, request)
        return True

    def why_not_led_to(self, redirected: Request) -> Refused | None:
        """Why what a redirect leads to is not asked for, if there is a reason (see RedirectTargets)."""
        if not (ticket := self._tickets.get(redirected.meta.get(TICKET, ""))):
            return None
        key = self._key(redirected)
        refusal: Refused | None = self._try(lambda: self._targets.why_not(redirected, key, ticket))
        return refusal

    def is_under_way(self, request: Request) -> bool:
        """Whether a request is being fetched, or what came of it is being cleaned."""
        return self._is_on_its_way(self._key(request))

    def _is_on_its_way(self, key: str) -> bool:
        return key in self._tickets or any(ticket.also == key for ticket in self._tickets.values())

    def _key(self, request: Request) -> str:
        """The name of a request in the frontier. A page that is asked for again as it is has one of its own."""
        return self._fingerprint(request).hex() + (AS_IT_IS if request.meta.get(OWN_ADDRESS) else "")

    async def _follow(
        self, ticket: Ticket, callback: Callable[..., Any], result: Response | Failure, **arguments: Any
    ) -> AsyncIterator[Any]:
        """What the spider makes of an answer or a failure, counted."""
        self._turns.answered(ticket.lease.host)
        fetch, found = self._fetch_of(ticket, result), FoundByHub()
        rejections, others = list[Rejection](), 0
        if isinstance(result, Response) and result.status == NOT_MODIFIED and ticket.lease.last:
            self._count_unchanged(ticket)
            ticket.fetch = fetch
            return
        async for output in paced(outputs_or_fault(callback, result, arguments)):
            if isinstance(output, Request):
                output.meta.pop(TICKET, None)
                found.add(output)
                others += 1
            else:
                if isinstance(output, RejectedInput) and not ticket.url.startswith("data:"):  # read from files
                    fetch = self._judged(ticket, fetch, output)
                    rejections.append(output.rejection)
                    output = with_what_follows(output, fetch, is_hub=ticket.reader is not None)
                others += not isinstance(output, RejectedInput)
                self._count(ticket, 1)
            yield output
        if rejections and not others:
            self._targets.end_dead(ticket, rejections[0], fetch)
        if ticket.reader and not found.only_a_change_matters():
            fetch = replace(fetch, etag=None, last_modified=None, lastmod=None)
        ticket.fetch = fetch

    def _fetch_of(self, ticket: Ticket, result: Response | Failure) -> Fetch:
        fetch = self.store.new_fetch(lastmod=ticket.lastmod, reader=ticket.reader)
        if not isinstance(result, Response):
            if getattr(result.value, "is_settled", False):
                return fetch
            return failed_fetch(fetch, failure_of(result).rejection.code, ticket.lease.last, self._rests)
        last = ticket.lease.last
        if result.status == NOT_MODIFIED and last:
            return replace(fetch, etag=last.etag, last_modified=last.last_modified)
        etag, last_modified = validators(result)
        return replace(fetch, etag=etag, last_modified=last_modified)

    def _judged(self, ticket: Ticket, fetch: Fetch, rejected: RejectedInput) -> Fetch:
        """The fetch of a page that the spider rejects: a fault and what may be over tomorrow have failed."""
        code = rejected.rejection.code
        if fetch.failed or code not in TEMPORARY | {"fault"}:
            return fetch
        return failed_fetch(fetch, code, ticket.lease.last, self._rests)

    def _count_unchanged(self, ticket: Ticket) -> None:
        what = "hubs" if ticket.reader else "pages"
        self.crawler.stats.inc_value(f"copydesk/{what}_not_modified")

    def _page_is_written(self, response: Response | Failure | None, item: object) -> None:
        if ticket := self._ticket_of(response):
            if isinstance(item, CleanedLines) and isinstance(response, Response):
                self._tell_fate(ticket, response.url, item)
            self._count(ticket, -1)

    def _tell_fate(self, ticket: Ticket, url: str, item: CleanedLines) -> None:
        """Tell what became of an address that leads to a page at `url` of which nothing was written."""
        if item.page.url == (web_address(url) or url) and (fate := self._targets.fate(ticket, item)):
            self._try(lambda: self.store.reject(ticket.url, fate, ticket.source))

    def _page_is_lost(self, response: Response | Failure | None) -> None:
        """A page could not be written, for which its request is tried again in the next run."""
        if ticket := self._ticket_of(response):
            self._count(ticket, -1)
            ticket.lost += 1

    def _count(self, ticket: Ticket, pages: int) -> None:
        ticket.pages += pages
        self._pages += pages

    def _ticket_of(self, result: Response | Failure | None) -> Ticket | None:
        request = getattr(result, "request", None)
        return self._tickets.get(request.meta.get(TICKET, "")) if request is not None else None

    # --- acknowledging -------------------------------------------------------------------------------------------

    async def _tick(self) -> None:
        """Commit, again and again, and keep the leases."""
        kept = time.monotonic()
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_COMMITS)
            self._commit()
            if time.monotonic() - kept > self.crawler.settings.getfloat("FRONTIER_LEASE") / 4:
                self._try(self.store.frontier.keep)
                kept = time.monotonic()

    def _commit(self) -> None:
        self._try(self._keep_new)
        if self.store.broken or self._new:  # what came of a request is kept before the request is acknowledged
            return
        for key, ticket in list(self._tickets.items()):
            if ticket.fetch and not ticket.pages:
                self._acknowledge(ticket)
                del self._tickets[key]
        self._try(self.store.commit)

    def _acknowledge(self, ticket: Ticket) -> None:
        fetch = ticket.fetch
        assert fetch is not None
        if ticket.lost:
            rejection = Rejection("fault", "The page could not be written, which is a bug: the log says more.")
            self._try(lambda: self.store.reject(ticket.url, rejection, ticket.source))
            fetch = failed_fetch(fetch, "fault", ticket.lease.last, self._rests)
        for done in {ticket.lease.key, ticket.also or ticket.lease.key}:
            self.store.acknowledge(done, fetch)

    def _try(self, call: Callable[[], Any], otherwise: Any = None) -> Any:
        """The answer of the frontier, or `otherwise` while it is away, which is said once."""
        try:
            answer = call()
        except FrontierAway as error:
            if self._away_since is None:
                self._away_since = time.monotonic()
                self.store.say(f"{error}; waiting for it")
            return otherwise
        except OSError as error:
            self.store.give_up(error)
            return otherwise
        if self._away_since is not None:
            self.store.say(f"the frontier is back after {time.monotonic() - self._away_since:.0f} s")
            self._away_since = None
        return answer
