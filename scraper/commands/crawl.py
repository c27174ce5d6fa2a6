"""`scrapy crawl` that says in one line what is wrong, and with its exit code how it went.

Scrapy's own command exits with 0 whatever happened to the output, and shows a traceback for an argument that the
spider refuses. The exit codes of this one: 0 the output was written; 1 it was not, or the crawl could not start; 2 a
wrong argument.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scrapy.commands import crawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from cleaners.errors import CopydeskError, describe
from scraper.politeness import user_agent


class Command(crawl.Command):
    """Scrapy's command, with checks before and after."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check what the crawl needs, run it, and set the exit code."""
        if len(args) != 1:
            raise UsageError("name one spider")
        process = self.crawler_process
        assert process is not None  # Scrapy sets it before it runs a command
        try:
            crawler = process.create_crawler(args[0])
            _check(crawler, opts.spargs)
        except (CopydeskError, KeyError, OSError) as error:
            print(f"scrapy crawl: {describe(error)}", file=sys.stderr)
            self.exitcode = 2
            return
        process.crawl(crawler, **opts.spargs)
        process.start()
        if process.bootstrap_failed or _output_is_missing(crawler):
            self.exitcode = 1


def _check(crawler: Crawler, arguments: dict[str, str]) -> None:
    """Raise what is wrong with the arguments or the contact, or OSError if the output has no place to go to."""
    if check := getattr(crawler.spidercls, "check_arguments", None):
        check(**arguments)
    user_agent(crawler.settings["CONTACT"])
    Path(crawler.settings["DATA_DIR"]).mkdir(parents=True, exist_ok=True)


def _output_is_missing(crawler: Crawler) -> bool:
    """Whether a feed was not stored. One that could not be opened shows in no stat, so the stored ones are counted."""
    counts = crawler.stats.get_stats()
    stored = sum(count for name, count in counts.items() if name.startswith("feedexport/success_count/"))
    failed = any(name.startswith("feedexport/failed_count/") for name in counts)
    return failed or (crawler.settings.getbool("FEED_STORE_EMPTY") and stored < len(crawler.settings.getdict("FEEDS")))
