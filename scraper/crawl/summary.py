"""What a run came to: a table on standard error, and the same numbers in Scrapy's stats."""

from __future__ import annotations

import sys

from scrapy import signals
from scrapy.crawler import Crawler

from cleaners.running.batch import CleanedLines, Tally


class Summary:
    """Counts pages, stories and words; prints them when everything is written."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.tally = Tally()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Summary:
        """Make the extension and connect it to the crawl."""
        summary = cls(crawler)
        crawler.signals.connect(summary.count, signal=signals.item_scraped)
        crawler.signals.connect(summary.record, signal=signals.spider_closed)
        crawler.signals.connect(summary.show, signal=signals.engine_stopped)
        return summary

    def count(self, item: CleanedLines) -> None:
        """Add a cleaned page."""
        self.tally.merge(item.tally)

    def record(self) -> None:
        """Put the numbers into the stats as `copydesk/…`."""
        for name, number in self.tally.facts():
            self.crawler.stats.set_value("copydesk/" + name.replace(" ", "_"), number)

    def show(self) -> None:
        """Print the table and where the output is."""
        print(f"\n{self.tally.table()}\n", file=sys.stderr)
        if unchanged := self.crawler.stats.get_value("copydesk/pages_unchanged"):
            print(f"{unchanged:,} pages have not changed since they were last cleaned", file=sys.stderr)
        print(f"output in {self.crawler.settings['DATA_DIR']}/", file=sys.stderr)
