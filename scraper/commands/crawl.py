"""`scrapy crawl` that says in one line what is wrong, and with its exit code how it went.

Scrapy's own command exits with 0 whatever happened to the output, and shows a traceback for an argument that the
spider refuses. The exit codes of this one: 0 the output was written; 1 it was not, or the crawl could not start; 2 a
wrong argument, or a data folder that cannot be used.
"""

from __future__ import annotations

import argparse
import sys

from scrapy.commands import crawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from cleaners.errors import CopydeskError, describe
from scraper.browser.addon import check_browser
from scraper.manners.politeness import user_agent
from scraper.storage.store import open_store


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
            store = open_store(crawler, opts.spargs)
        except (CopydeskError, KeyError, OSError) as error:
            print(f"scrapy crawl: {describe(error)}", file=sys.stderr)
            self.exitcode = 2
            return
        process.crawl(crawler, **opts.spargs)
        process.start()
        if process.bootstrap_failed or store.broken or _a_feed_failed(crawler):
            self.exitcode = 1


def _check(crawler: Crawler, arguments: dict[str, str]) -> None:
    """Raise what is wrong with the arguments or the contact, or with the browser if there is to be one."""
    user_agent(crawler.settings["CONTACT"])
    if check := getattr(crawler.spidercls, "check_arguments", None):
        check(**arguments)
    check_browser(crawler.settings)


def _a_feed_failed(crawler: Crawler) -> bool:
    return any(name.startswith("feedexport/failed_count/") for name in crawler.stats.get_stats())
