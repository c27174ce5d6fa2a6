"""One crawl, from the check of its arguments to its exit code: for `scrapy crawl`, `copydesk crawl` and `copydesk get`.

Scrapy's own command exits with 0 whatever happened to the output, and shows a traceback for an argument that the
spider refuses.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler, CrawlerProcess
from scrapy.settings import Settings

from cleaners.errors import CopydeskError, describe
from cleaners.profiles import profiles_named
from cleaners.rights.respect import check_respected
from scraper.browser.addon import check_browser
from scraper.commands.setting_changes import check_changes
from scraper.crawl.learning import check_learning
from scraper.crawl.summary import UNREAD
from scraper.manners.politeness import user_agent
from scraper.storage.store import open_store

WRITTEN, NOT_WRITTEN, REFUSED, INTERRUPTED = 0, 1, 2, 130
"""The exit codes: the output was written; it was not, or no entry point could be read; a wrong argument, or a data
folder that cannot be used; Ctrl-C."""

Process = CrawlerProcess | AsyncCrawlerProcess


def installed_process(changes: Mapping[str, Any]) -> Process:
    """A process with the settings of this project, wherever it was installed, and changes for one run."""
    settings = Settings()
    settings.setmodule("scraper.settings", priority="project")
    settings.setdict(changes, priority="cmdline")
    return AsyncCrawlerProcess(settings)


def run_crawl(
    process: Process,
    spider: str,
    arguments: dict[str, str],
    *,
    program: str,
    can_resume: bool = True,
    connect: Callable[[Crawler], None] = lambda crawler: None,
) -> int:
    """Check what the crawl needs, run it, and return the exit code.

    `program` begins what is said on standard error. `can_resume` says whether the data folder is kept.
    `connect` is called with the crawler before the crawl begins.
    """
    try:
        crawler = process.create_crawler(spider)
        _check(crawler, arguments)
        store = open_store(crawler, arguments, program)
    except (CopydeskError, KeyError, OSError) as error:
        print(f"{program}: {describe(error)}", file=sys.stderr)
        return REFUSED
    connect(crawler)
    process.crawl(crawler, **arguments)
    process.start()
    if crawler.stats.get_value("finish_reason", "shutdown") == "shutdown" and not process.bootstrap_failed:
        if can_resume and not store.broken:
            print("The crawl was stopped. The same command resumes it.", file=sys.stderr)
        return NOT_WRITTEN if store.broken else INTERRUPTED
    if unread := crawler.stats.get_value(UNREAD):
        print(f"{program}: no entry point could be read: {unread}", file=sys.stderr)
        return NOT_WRITTEN
    failed = process.bootstrap_failed or store.broken or _feed_failed(crawler)
    return NOT_WRITTEN if failed else WRITTEN


def _check(crawler: Crawler, arguments: dict[str, str]) -> None:
    """Raise what is wrong with the settings, the arguments, the contact or what is to be respected, or with the browser
    if there is to be one."""
    check_changes(crawler.settings)
    user_agent(crawler.settings["CONTACT"])
    check_respected(crawler.settings.getlist("CLEANING_RESPECT"))
    profiles_named(crawler.settings.get("CLEANING_OUTLETS"))
    check_learning(crawler.settings)
    if check := getattr(crawler.spidercls, "check_arguments", None):
        check(**arguments)
    check_browser(crawler.settings)


def _feed_failed(crawler: Crawler) -> bool:
    return any(name.startswith("feedexport/failed_count/") for name in crawler.stats.get_stats())
