"""`scrapy crawl` that says in one line what is wrong, and with its exit code how it went.

The exit codes: 0 the output was written; 1 it was not, the crawl could not start, or no entry point could be read; 2 a
wrong argument, or a data folder that cannot be used; 130 it was stopped with Ctrl-C.
"""

from __future__ import annotations

import argparse
from typing import cast

from scrapy.commands import crawl
from scrapy.exceptions import UsageError

from scraper.commands.crawl_run import Process, run_crawl


class Command(crawl.Command):
    """Scrapy's command, with checks before and after."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check what the crawl needs, run it, and set the exit code."""
        if len(args) != 1:
            raise UsageError("name one spider")
        assert self.crawler_process is not None  # Scrapy sets it before it runs a command
        self.exitcode = run_crawl(cast(Process, self.crawler_process), args[0], opts.spargs, program="scrapy crawl")
