"""Pages to records on disk, off the reactor's thread."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from cleaners.data import Input, RejectedInput, page_of
from cleaners.errors import describe
from cleaners.profiles import NO_PROFILES, Profiles, profiles_named
from cleaners.running.batch import DEFAULTS, CleanedLines, CleaningOptions, Tally
from cleaners.running.workers import Workers
from scraper.crawl.failed_tries import NotYet
from scraper.crawl.hints import in_crawl
from scraper.crawl.learning import Learning, pages_to_learn_from
from scraper.crawl.stopping import ABANDONED
from scraper.storage.store import Store, content_digest, patiently, store_of

_log = logging.getLogger(__name__)


def profiles_of(crawler: Crawler) -> tuple[Profiles, ...]:
    """The profiles that the spider's outlets files hold, and those of the setting CLEANING_OUTLETS. Raises BadProfile,
    and OSError for a file that cannot be read."""
    own = getattr(crawler.spider, "profiles", NO_PROFILES)
    of_setting = profiles_named(crawler.settings.get("CLEANING_OUTLETS"))
    return tuple(profiles for profiles in (own, of_setting) if len(profiles))


def _learning_of(crawler: Crawler, store: Store) -> Learning | None:
    """What learns while the crawl goes, if the setting asks for it. A page that was cleaned by a crawl that does not
    is cleaned again by one that does, and the other way round."""
    pages = pages_to_learn_from(crawler.settings)
    if not pages:
        return None
    store.stamp += f" learning from {pages}"
    return Learning(store.folder.path, pages, crawler.stats)


class CleaningPipeline:
    """Cleans pages in worker processes and writes what comes of them.

    Pages are written in the order in which they arrive, so that the same pages give the same files; one that takes
    long holds up the writing of the next, not their cleaning.
    """

    def __init__(
        self,
        store: Store,
        workers: Workers,
        options: CleaningOptions = DEFAULTS,
        *,
        may_use_browser: bool = False,
        profiles: Sequence[Profiles] = (),
        learning: Learning | None = None,
    ) -> None:
        self._store = store
        self._workers = workers
        self._options = options
        self._may_use_browser = may_use_browser
        self._profiles = profiles
        self._learning = learning
        self._turn = asyncio.Lock()  # whoever waits longest is next

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CleaningPipeline:
        """Start the workers."""
        settings = crawler.settings
        workers = Workers(
            settings.getint("CLEANING_PROCESSES") or None,
            seconds=settings.getfloat("CLEANING_TIMEOUT"),
            megabytes=settings.getint("CLEANING_MEGABYTES"),
        )
        options = CleaningOptions(
            any_page=settings.getbool("CLEANING_ANY_PAGE"),
            rejected_text=settings.getbool("CLEANING_REJECTED_TEXT"),
            respect=frozenset(settings.getlist("CLEANING_RESPECT")),
            lesson=pages_to_learn_from(settings) > 0,
        )
        crawler.signals.connect(workers.close, signal=ABANDONED)
        fetches = crawler.spidercls.name not in ("seeds", "warc")
        may_use_browser = fetches and not settings.getbool("JAVASCRIPT")
        store, profiles = store_of(crawler), profiles_of(crawler)
        store.stamp = " ".join((store.stamp, *(each.digest for each in profiles)))
        learning = _learning_of(crawler, store)
        return cls(store, workers, options, may_use_browser=may_use_browser, profiles=profiles, learning=learning)

    async def open_spider(self) -> None:
        """Have a worker ready before anything is fetched: what waits for one would be fetched again after a kill."""
        await asyncio.to_thread(self._workers.start)

    async def process_item(self, item: Input) -> CleanedLines:
        """The page as it was written. Raises DropItem if it could not be: nothing is acknowledged any more then.

        What is tried again is passed on to be shown. It is not written, nor counted among the rejects.
        """
        cleaning = self._workers.clean(self._with_profile(item), self._options)
        async with self._turn:
            cleaned = in_crawl(await asyncio.wrap_future(cleaning), item, may_use_browser=self._may_use_browser)
            page = page_of(item)
            if cleaned.profile_set_aside:
                _log.info("The profile of its outlet would leave no text of %s: set aside", page.url or page.source)
            try:
                if isinstance(item, RejectedInput) and isinstance(item.rejection, NotYet):
                    return replace(cleaned, tally=Tally(pages=1))
                written = await patiently(lambda: self._store.write(cleaned, content_digest(page)))
                await self._learn(written)
                return replace(written, lesson=None)
            except OSError as error:
                raise DropItem(describe(error), log_level="DEBUG") from error

    def _with_profile(self, item: Input) -> Input:
        """The page with the profile of its outlet: that of the outlets file, or else that of the setting, or else what
        was learned."""
        if isinstance(item, RejectedInput):
            return item
        found = (profiles.put_on(item) for profiles in self._profiles)
        page = next((page for page in found if page.profiles), item)
        return self._learning.put_on(page) if self._learning else page

    async def _learn(self, cleaned: CleanedLines) -> None:
        """Learn from a page that was written, off the reactor's thread. After an OSError nothing is acknowledged."""
        if not (self._learning and cleaned.lesson):
            return
        try:
            await asyncio.to_thread(self._learning.take, cleaned.page, cleaned.lesson)
        except OSError as error:
            self._store.give_up(error)
            raise

    async def close_spider(self) -> None:
        """End the workers."""
        await asyncio.to_thread(self._workers.close)
