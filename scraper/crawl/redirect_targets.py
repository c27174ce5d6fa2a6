"""What redirects lead to: whether it is asked for, and what becomes of the address that led there.

Each address that is named ends in one place. One that leads to an article which another address has given is a
`duplicate`. One that leads to a failure has failed itself. What it led to, if something names that too, is fetched for
itself then, and so has a fate of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from scrapy import Request

from cleaners.data import Rejection
from cleaners.running.batch import CleanedLines
from scraper.crawl.tickets import Ticket
from scraper.frontier import Fetch, QueuedRequest, is_due
from scraper.refusals import DeadEnd, Duplicate, LedElsewhere, Refused
from scraper.requests import is_hub
from scraper.storage.store import Store


class RedirectTargets:
    """The targets of redirects in one run. `is_on_its_way` says of a key whether it is being fetched.

    The methods raise FrontierAway where the store cannot be reached.
    """

    def __init__(self, store: Store, is_on_its_way: Callable[[str], bool]) -> None:
        self._store = store
        self._is_on_its_way = is_on_its_way
        self._dead_ends: dict[tuple[str, str | None], DeadEnd] = {}

    def why_not(self, redirected: Request, key: str, ticket: Ticket) -> Refused | None:
        """Why a target is not asked for. If nothing speaks against it, it counts as asked for from then on."""
        if key in (ticket.lease.key, ticket.also):
            return None
        if not is_hub(redirected) and (dead_end := self._dead_ends.get((key, ticket.source))):
            return dead_end
        last = self._store.fetched(key)
        if self._is_on_its_way(key) or (last and not self._may_be_fetched(redirected, key, last)):
            return self._known(redirected.url, last)
        ticket.also, ticket.was_known = key, last is not None
        return None

    def _may_be_fetched(self, redirected: Request, key: str, last: Fetch) -> bool:
        """Whether a target is fetched although it was before: whatever has failed is, and what is due."""
        run = self._store.frontier.run
        if last.failed or (last.run != run and last.reader and not is_hub(redirected)):  # read for its links only
            return True
        lastmod, max_age = redirected.meta.get("lastmod"), redirected.meta.get("max_age")
        named = QueuedRequest(key, "", "", hub=is_hub(redirected), lastmod=lastmod, max_age=max_age)
        return is_due(named, last, run, time.time())

    def _known(self, url: str, last: Fetch | None) -> Refused:
        if last and last.reader and not self._store.has_article(url):
            return LedElsewhere(f"The address leads to {url}, which leads to articles and is none itself.")
        return Duplicate(f"The address leads to {url}, which has been asked for already.")

    def end_dead(self, ticket: Ticket, rejection: Rejection, fetch: Fetch) -> None:
        """The target gave nothing but a rejection. That holds for all that lead there, and the target itself stays to
        be fetched, in case something names it."""
        if ticket.also:
            self._dead_ends[ticket.also, ticket.source] = DeadEnd(rejection, is_settled=not fetch.failed)
            ticket.also = None

    def fate(self, ticket: Ticket, item: CleanedLines) -> Rejection | None:
        """What is to be told of an address that leads to a page which gave nothing new; None if that was told."""
        if item.articles or ticket.is_told or not (ticket.also and ticket.was_known):
            return None
        if item.rejected:
            return Rejection(item.rejected["code"], item.rejected["reason"])
        return Rejection(
            "duplicate", f"The address leads to {item.page.url}, whose article is there and has not changed."
        )
