"""The two crawls that `crawl` compares with: bare Scrapy, and trafilatura in the callback. `crawl` runs them."""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import trafilatura
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

from bench.measure.crawl import FULL_SPEED


class BareSpider(Spider):
    """Yields the address of each page."""

    name = "bare"

    def __init__(self, file: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.file = file

    async def start(self) -> AsyncIterator[Request]:
        """A request for each line."""
        for line in Path(self.file).read_text().splitlines():
            yield Request(line)

    def parse(self, response: Response) -> Iterator[dict[str, Any]]:
        """The address."""
        yield {"url": response.url}


class TrafilaturaSpider(BareSpider):
    """Yields trafilatura's extraction of each page, made in the callback, as tutorials show it."""

    name = "trafilatura"

    def parse(self, response: Response) -> Iterator[dict[str, Any]]:
        """The text with metadata."""
        text = trafilatura.extract(response.body, url=response.url, with_metadata=True, output_format="json")
        yield {"url": response.url, "text": text}


SPIDERS = {spider.name: spider for spider in (BareSpider, TrafilaturaSpider)}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("spider", choices=SPIDERS)
    parser.add_argument("file", help="addresses, one a line; the results are written beside it")


def run(options: argparse.Namespace) -> Iterator[str]:
    """Crawl the addresses of a file, and write the results as JSON Lines."""
    output = {f"{options.file}.{options.spider}.jsonl": {"format": "jsonl", "overwrite": True}}
    process = CrawlerProcess({**FULL_SPEED, "LOG_LEVEL": "WARNING", "FEEDS": output})
    process.crawl(SPIDERS[options.spider], file=options.file)
    process.start()
    yield from ()
