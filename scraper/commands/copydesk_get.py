"""`copydesk get`: fetch and clean single addresses, to standard output.

The addresses go through the same guard, robots.txt, limits and cleaners as those of a crawl. The data folder that a
crawl needs is a temporary one, so nothing of it is left.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cleaners.commands.exit_codes import FAILED, FOUND, NOTHING_FOUND
from cleaners.commands.messages import error_line, report_error
from cleaners.records.formats import Format, story_in
from scraper.commands.copydesk_crawl import add_settings, settings_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from cleaners.running.batch import CleanedLines

SHAPES = (Format.JSONL.value, Format.TXT.value)
"""The formats that need nothing but the record."""

_EPILOG = """\
examples:
  copydesk get https://gazette.example/harbour
  copydesk get https://gazette.example/harbour --format txt
  copydesk get https://gazette.example/a https://gazette.example/b > articles.jsonl

exit codes:
  0    at least one article was written, even if other addresses were rejected
  1    no address gave an article
  2    wrong usage, or an output that cannot be written
  130  interrupted with Ctrl-C
  141  the reader of standard output has gone away
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "get",
        help="fetch and clean single addresses",
        description="Writes one JSON line per story, or its text, to standard output. It keeps to robots.txt and the "
        "limits of a crawl, and leaves no files. To fetch many addresses, use `copydesk crawl urls`.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("urls", nargs="+", metavar="URL", help="the address of an article: https://…")
    command.add_argument(
        "--any-page", action="store_true", help="extract the main content of pages that are no articles, too"
    )
    command.add_argument(
        "--format",
        choices=SHAPES,
        default=SHAPES[0],
        help="records as JSON lines (the default), or the headline and the text of each story",
    )
    add_settings(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Fetch the addresses, write their articles, and say why the others gave none."""
    from scraper.commands.crawl_run import NOT_WRITTEN, REFUSED, installed_process, run_crawl
    from scraper.finding.links import web_address

    if wrong := [url for url in options.urls if web_address(url) is None]:
        return report_error(f"not a web address: {wrong[0][:200]} (it begins with http:// or https://)")
    printer = _Printer(Format(options.format))
    with TemporaryDirectory(prefix="copydesk-") as folder:
        settings = {
            "ARCHIVE": False,
            "EXTENSIONS": {},
            **settings_of(options),
            "DATA_DIR": folder,
            "CLEANING_ANY_PAGE": options.any_page,
        }
        addresses = Path(folder, "addresses")  # in an argument a comma would part them
        addresses.write_text("\n".join(options.urls), "utf-8")
        code = run_crawl(
            installed_process(settings),
            "urls",
            {"file": str(addresses)},
            program="copydesk get",
            can_resume=False,
            connect=printer.connect,
        )
    if printer.failure:
        raise printer.failure
    if code in (NOT_WRITTEN, REFUSED):
        return FAILED
    return code or (FOUND if printer.articles else NOTHING_FOUND)


class _Printer:
    """Prints what the crawl found as soon as it is there."""

    def __init__(self, shape: Format) -> None:
        self._shape = shape
        self.articles = 0
        self.failure: OSError | None = None
        """The reason why standard output takes no more; a signal handler cannot raise it."""

    def connect(self, crawler: Crawler) -> None:
        """Take the outcome of each page of the crawl."""
        from scrapy import signals

        self._crawler = crawler
        crawler.signals.connect(self.show, signal=signals.item_scraped)

    def show(self, item: CleanedLines) -> None:
        """Print the articles of a page, or the reason why there are none."""
        from scraper.crawl.failed_tries import TRIED_AGAIN
        from scraper.crawl.hints import ANY_PAGE

        if item.rejected:
            reason = item.rejected["reason"].replace(ANY_PAGE, "--any-page").replace(TRIED_AGAIN, "Try it again later.")
            print(error_line(f"{item.page.url}: {reason}"), file=sys.stderr)
        if self.failure:
            return
        try:
            stories = (story_in(self._shape, article, "") for article in item.articles)
            sys.stdout.buffer.write(b"".join(stories))
            sys.stdout.buffer.flush()
            self.articles += len(item.articles)
        except OSError as failure:
            self.failure = failure
            self._stopping = asyncio.ensure_future(self._crawler.stop_async())
