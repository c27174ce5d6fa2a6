"""What a crawl keeps: its data folder, its output and its frontier, in step with each other.

Written first, synced next, acknowledged last. Whatever happens between two of these, the next crawl finds the output as
it was acknowledged, and does the rest again.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler

from cleaners.data import Cleaned, Page, Rejection
from cleaners.errors import describe
from cleaners.reading.files import now
from cleaners.records.rows import Row, json_line, rejected_rows
from cleaners.running.batch import CleanedLines
from scraper.finding.variants import article_address, spellings
from scraper.frontier import Commit, Fetch, Frontier, FrontierAway, PageState, open_frontier
from scraper.storage.cleaners_stamp import cleaners_stamp
from scraper.storage.output import ARTICLES, AUDIT, REJECTED, DataFolder, Output, is_missing, records

_OF_THE_RUN = frozenset({"id", "retrieved_at", "source", "copydesk", "replaces", "story", "dropped"})
"""Fields that may differ between two records of an article that has not changed."""

LEASE_SECONDS = 120.0

PROGRAM = "scrapy crawl"
"""The command that crawls, unless another one says its name."""

LONGEST_NAME = 120
"""Characters of the arguments by which a crawl is named; longer ones end in a digest."""

SECONDS_TO_WAIT = 1.0
"""Between two tries while the frontier is away."""

Digests = tuple[tuple[str, str], ...]
"""The id and the digest of each record of a page, as its state keeps them."""

_T = TypeVar("_T")


class Store:
    """The data folder, the output and the frontier of one crawl.

    `program` is the command that crawls; it begins what is said. Raises CopydeskError or OSError with a clear line if
    one of them cannot be had.
    """

    def __init__(
        self,
        folder: Path,
        queue: str,
        frontier_url: str | None = None,
        lease_seconds: float = LEASE_SECONDS,
        program: str = PROGRAM,
    ) -> None:
        self._program = program
        self.stamp = cleaners_stamp()
        """The stamp of what cleans the pages: the cleaners, and the profiles of outlets that are put on pages."""
        self.folder = DataFolder(folder)
        try:
            self.frontier: Frontier = open_frontier(folder, frontier_url, queue, self.folder.worker, lease_seconds)
            offsets = self._known_offsets()
            self.output = Output(folder, offsets)
        except BaseException:
            self.folder.close()
            raise
        self._pending = Commit()
        self.broken: OSError | None = None
        if not offsets:
            self._adopt()

    def _known_offsets(self) -> dict[str, int]:
        offsets = self.frontier.offsets()
        if is_missing(self.folder.path, offsets):
            print(f"the output in {self.folder.path} was removed or cut: it is made anew", file=sys.stderr)
            self.frontier.forget()
            return {}
        return offsets

    def _adopt(self) -> None:
        """Take over the records of an output whose ledger is not there, so that none is written again."""
        by_page: dict[str, list[Row]] = {}
        for record in records(self.folder.path):
            by_page.setdefault(page_key(record.get("url"), record.get("source")), []).append(record)
        for key, found in by_page.items():
            for record in found:
                self._belongs_to(record, key)
            self._pending.pages[key] = PageState("", "", _ids_and_digests(found))

    # --- pages ---------------------------------------------------------------------------------------------------

    def is_written(self, page: Page) -> bool:
        """Whether this very content was cleaned before, by the same cleaners."""
        state = self._state(page_key(page.url, page.source))
        return state is not None and (state.content, state.cleaners) == (content_digest(page), self.stamp)

    def has_article(self, url: str) -> bool:
        """Whether the page at an address gave a record, whether it is written with http or https, `www.` or a slash."""
        states = (self._state(page_key(each, None)) for each in spellings(url))
        return any(state is not None and state.records and state.rejected is None for state in states)

    def write(self, cleaned: CleanedLines, content: str) -> CleanedLines:
        """Write what is new of a cleaned page, each article once, and remember it for the next commit.

        `content` is the digest of what was cleaned. Returns the page as it was written: without the articles that were
        there before, and with the rejection where another page has brought them all. Raises OSError.
        """
        try:
            return self._write(cleaned, content)
        except OSError as error:
            self.give_up(error)
            raise

    def reject(self, url: str | None, rejection: Rejection, source: str | None = None) -> None:
        """Write the rejection of an address of which there is no page. Raises OSError."""
        page = Page(b"", url=url, source=source, retrieved_at=now())
        self.output.write(REJECTED, json_line(next(rejected_rows(Cleaned(page, rejection=rejection)))))

    def _write(self, cleaned: CleanedLines, content: str) -> CleanedLines:
        key = page_key(cleaned.page.url, cleaned.page.source)
        before = self._state(key)
        digests = _ids_and_digests(cleaned.articles)
        written = self._without_duplicates(_with_predecessors(cleaned, digests, before), key)
        state = _state_after(digests, written, before, content, self.stamp)
        if written.articles or before is None or before.records != state.records:
            self.output.write(AUDIT, cleaned.audit)
        if written.rejected and (before is None or before.rejected != state.rejected or before.content != content):
            self.output.write(REJECTED, json_line(written.rejected))
        self.output.write(ARTICLES, b"".join(map(json_line, written.articles)))
        self._pending.pages[key] = state
        return written

    def _without_duplicates(self, cleaned: CleanedLines, page: str) -> CleanedLines:
        """Without articles that another page has brought: the same words at the same canonical address."""
        own = [record for record in cleaned.articles if self._belongs_to(record, page)]
        if cleaned.articles and not own:
            return replace(cleaned, articles=(), rejected=_duplicate_row(cleaned))
        return replace(cleaned, articles=tuple(own))

    def _belongs_to(self, record: Row, page: str) -> bool:
        """Whether an article is this page's, by the address that it states and by the one that it was fetched from."""
        return all(self.frontier.claim(identity, page) == page for identity in article_identities(record))

    def _state(self, key: str) -> PageState | None:
        return self._pending.pages.get(key) or self.frontier.page(key)

    # --- requests ------------------------------------------------------------------------------------------------

    def fetched(self, key: str) -> Fetch | None:
        """The last fetch of a request, acknowledged or about to be."""
        return self.about_to_be_acknowledged(key) or self.frontier.fetched(key)

    def about_to_be_acknowledged(self, key: str) -> Fetch | None:
        """The fetch of a request that goes with the next commit."""
        return self._pending.fetches.get(key)

    def acknowledge(self, key: str, fetch: Fetch) -> None:
        """A request is done and all that came of it is written: it goes with the next commit."""
        self._pending.fetches[key] = fetch

    def new_fetch(self, **facts: Any) -> Fetch:
        """A fetch that has just been made in this run."""
        return Fetch(time.time(), self.frontier.run, **facts)

    def commit(self) -> None:
        """Sync what was written, then acknowledge it. Raises FrontierAway, and can then be tried again."""
        if self.broken or not self._pending:
            return
        try:
            self._pending.offsets = self.output.sync()
            self.frontier.commit(self._pending)
        except OSError as error:
            self.give_up(error)
        else:
            self._pending = Commit()

    def give_up(self, error: OSError) -> None:
        """Say once that the output cannot be written; from now on nothing is acknowledged."""
        if self.broken is None:
            self.say(f"the output cannot be written: {describe(error)}; the crawl ends")
        self.broken = error

    def say(self, message: str) -> None:
        """Say something on standard error, in the name of the command that crawls."""
        print(f"{self._program}: {message}", file=sys.stderr)

    def close(self) -> None:
        """Acknowledge what is written, and let another crawl have the folder."""
        try:
            self.commit()
        finally:
            self.output.close()
            self.frontier.close()
            self.folder.close()


def page_key(url: str | None, source: str | None) -> str:
    """The name of a page in the ledger: of its address, or of its file where it has none."""
    return _digest(url or f"file {source}")


def article_identities(record: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of an article whatever address it is found under: each address that it states or has, and its words.

    An address alone would not do: sites exist on which every page calls the front page canonical. Nor do the words
    alone. What only names a version (`/amp/`, `/print`, `?ref=`) does not make another article of the same words.
    """
    stated = [record[name] for name in ("canonical_url", "url") if record.get(name)]
    addresses = dict.fromkeys(map(article_address, stated)) or [f"file {record.get('source')}"]
    return tuple(_digest(f"{address}\n{record.get('title')}\n{record.get('text')}") for address in addresses)


def digest_of(record: Mapping[str, Any]) -> str:
    """A digest of what a record says, without what differs from run to run."""
    said = {name: value for name, value in record.items() if name not in _OF_THE_RUN}
    return _digest(json.dumps(said, sort_keys=True))


def content_digest(page: Page) -> str:
    """A digest of a page's content."""
    return _digest(page.content)


def _digest(content: str | bytes) -> str:
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return blake2b(data, digest_size=16).hexdigest()


def _ids_and_digests(found: Sequence[Row]) -> Digests:
    return tuple((record["id"], digest_of(record)) for record in found)


def _with_predecessors(cleaned: CleanedLines, digests: Digests, before: PageState | None) -> CleanedLines:
    """Without records that say what the last ones said; a changed one names the one before it."""
    if before is None:
        return cleaned
    known = {digest for _, digest in before.records}
    changed = []
    for record, (_, digest) in zip(cleaned.articles, digests, strict=True):
        if digest not in known:
            index = record["story"]["index"]
            last = before.records[index][0] if index < len(before.records) else None
            changed.append({**record, "replaces": last})
    return replace(cleaned, articles=tuple(changed))


def _state_after(
    digests: Digests, written: CleanedLines, before: PageState | None, content: str, stamp: str
) -> PageState:
    """What is remembered of the page. A page that has failed now does not lose the records that it had."""
    rejected = str(written.rejected["code"]) if written.rejected else None
    return PageState(content, stamp, digests or (before.records if before else ()), rejected)


def _duplicate_row(cleaned: CleanedLines) -> Row:
    where = cleaned.articles[0]["canonical_url"] or "at another form of this address"
    rejection = Rejection("duplicate", f"Another page has brought the same article ({where}).")
    return next(rejected_rows(Cleaned(cleaned.page, rejection=rejection)))


async def patiently(call: Callable[[], _T]) -> _T:
    """What a call to the store gives, as soon as the frontier answers."""
    while True:
        try:
            return call()
        except FrontierAway:
            await asyncio.sleep(SECONDS_TO_WAIT)


_STORES: WeakKeyDictionary[Crawler, Store] = WeakKeyDictionary()


def open_store(crawler: Crawler, arguments: Mapping[str, str], program: str = PROGRAM) -> Store:
    """Open what the crawl keeps. The queue belongs to this spider with these arguments: the same command resumes it."""
    settings = crawler.settings
    named = " ".join(f"{name}={arguments[name]}" for name in sorted(arguments))
    named = named if len(named) < LONGEST_NAME else f"{named[:LONGEST_NAME]}… {_digest(named)[:8]}"
    queue = f"{crawler.spidercls.name} {named}".strip()
    _STORES[crawler] = store = Store(
        Path(settings["DATA_DIR"]), queue, settings.get("FRONTIER_URL"), settings.getfloat("FRONTIER_LEASE"), program
    )
    return store


def store_of(crawler: Crawler) -> Store:
    """What the crawl keeps, opened if nobody has opened it yet."""
    return _STORES.get(crawler) or open_store(crawler, {})
