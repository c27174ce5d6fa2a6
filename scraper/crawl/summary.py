"""What a run came to: a table on standard error, and the same numbers in Scrapy's stats."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.statscollectors import StatsCollector
from twisted.python.failure import Failure

from cleaners.running.batch import CleanedLines, Tally
from scraper.crawl.learning import summary_of
from scraper.frontier import Counts

UNREAD = "copydesk/unread"
"""The stat that holds what the first entry point failed with, if none of them could be read."""


STILL_TO_COME = "copydesk/still_to_come"
"""The stat that counts the addresses that failed and are tried again by later runs."""

TO_BE_FETCHED = "copydesk/to_be_fetched"
"""The stat that counts the addresses that were not fetched, since the crawl was stopped."""


def note_open(stats: StatsCollector, counts: Counts) -> None:
    """Put into the stats what a crawl leaves to later runs."""
    stats.set_value(STILL_TO_COME, len(counts.tried_again))
    stats.set_value(TO_BE_FETCHED, sum(counts.open_by_host.values()))


class Summary:
    """Counts pages, stories and words; prints them when everything is written."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.tally = Tally()
        self._unread: list[str] = []
        self._is_any_read = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Summary:
        """Make the extension and connect it to the crawl."""
        summary = cls(crawler)
        crawler.signals.connect(summary.count, signal=signals.item_scraped)
        crawler.signals.connect(summary.count_request, signal=signals.request_scheduled)
        crawler.signals.connect(summary.record, signal=signals.spider_closed)
        if not crawler.settings.getbool("QUIET"):
            crawler.signals.connect(summary.show, signal=signals.engine_stopped)
        return summary

    def count(self, item: CleanedLines, response: Response | Failure | None) -> None:
        """Add a cleaned page, or what came of an answer or a failure instead of one."""
        self.tally.merge(item.tally)
        if item.rejected and _is_unread_entry_point(response):
            self._unread.append(f"{item.page.url}: {item.rejected['reason']}")
        else:
            self._is_any_read = True

    def count_request(self, request: Request) -> None:
        """Note that something was found on an entry point."""
        if _depth(request):
            self._is_any_read = True

    def record(self) -> None:
        """Put the numbers into the stats as `copydesk/…`, and what failed if no entry point could be read."""
        if self._unread and not self._is_any_read:
            self.crawler.stats.set_value(UNREAD, self._unread[0])
        for name, number in self.tally.facts():
            self.crawler.stats.set_value("copydesk/" + name.replace(" ", "_"), number)

    def show(self) -> None:
        """Print the table and where the output is."""
        print(f"\n{self.tally.table()}\n", file=sys.stderr)
        if unchanged := self.crawler.stats.get_value("copydesk/pages_unchanged"):
            print(f"{unchanged:,} pages have not changed since they were last cleaned", file=sys.stderr)
        if not (self.tally.stories or self.tally.rejected):
            print("nothing new was found", file=sys.stderr)
        for line in (*summary_of(self.crawler.stats), *self._left()):
            print(line, file=sys.stderr)
        print(f"output in {self.crawler.settings['DATA_DIR']}/", file=sys.stderr)

    def _left(self) -> Iterator[str]:
        """What later runs have to do."""
        if left := self.crawler.stats.get_value(TO_BE_FETCHED):
            yield f"still to be fetched: {left:,}"
        if failed := self.crawler.stats.get_value(STILL_TO_COME):
            yield f"still to come: {failed:,} that failed and are tried again by the next runs (`copydesk status`)"


def _depth(request: Request) -> int:
    """How many pages led to a request; 0 for an entry point."""
    depth: int = request.meta.get("depth", 0)
    return depth


def _is_unread_entry_point(response: Response | Failure | None) -> bool:
    """Whether a rejection is that of an entry point that failed, or is not the hub that it was taken for."""
    request: Request | None = getattr(response, "request", None)
    if request is None or _depth(request) or not request.url.startswith(("http://", "https://")):
        return False
    return isinstance(response, Failure) or bool(request.meta.get("hub"))
