"""The two spiders that a crawl is measured beside: `python -m bench.measure.crawl_peers bare|trafilatura FILE`."""

from __future__ import annotations

import sys
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
    """Yields what trafilatura makes of each page, in the callback, as tutorials show it."""

    name = "trafilatura"

    def parse(self, response: Response) -> Iterator[dict[str, Any]]:
        """The text with metadata."""
        text = trafilatura.extract(response.body, url=response.url, with_metadata=True, output_format="json")
        yield {"url": response.url, "text": text}


def main(spider: str, file: str) -> None:
    """Crawl the addresses of a file, and write what comes of it as JSON Lines."""
    output = {f"{file}.{spider}.jsonl": {"format": "jsonl", "overwrite": True}}
    process = CrawlerProcess({**FULL_SPEED, "LOG_LEVEL": "WARNING", "FEEDS": output})
    process.crawl({"bare": BareSpider, "trafilatura": TrafilaturaSpider}[spider], file=file)
    process.start()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
