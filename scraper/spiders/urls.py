"""Articles whose addresses are known."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import quote

from scrapy import Request
from scrapy.http import Response

from cleaners.data import Input
from cleaners.decoding.utf16 import marked_encoding
from cleaners.words.addresses import host_of
from scraper.finding.links import web_address
from scraper.outlets import BadArgument, Outlet, address_lines, read_addresses, read_max_age, read_paths
from scraper.requests import callback
from scraper.spiders.base import CopydeskSpider

STDIN = "-"


class UrlsSpider(CopydeskSpider):
    """Articles whose addresses are known, from the command line, from files or from standard input.

    url: their addresses.
    file: files with an address a line; - is standard input. Empty lines and those with # are left out.
    max_age: fetch an article again when the last fetch is older, such as 12h or 7d; otherwise once is enough.
    """

    name = "urls"

    def __init__(self, url: str = "", file: str = "", max_age: str = "", **kwargs: Any) -> None:
        self.files = read_paths(file)
        urls = read_addresses(url)
        if not (urls or self.files):
            raise BadArgument("no address to begin with: give -a url=… or -a file=…")
        super().__init__([Outlet(self.name, urls=urls, max_age=read_max_age(max_age))], **kwargs)

    def entry_requests(self, outlet: Outlet) -> Iterator[Request]:
        """The articles that the outlet names."""
        return (self.named_article(url, outlet) for url in outlet.urls)

    async def start(self) -> AsyncIterator[Request]:
        """The addresses that were named, then those in the files, line by line."""
        async for request in super().start():
            yield request
        for file in self.files:
            async for line in _lines(file):
                yield self.line_request(line, self.outlets[0])

    def line_request(self, line: str, outlet: Outlet) -> Request:
        """The article that a line names. What is no address is a request too, which touches no network: an item that
        start() yields itself can be lost (see SeedsSpider)."""
        if (address := web_address(line)) is None:
            return self.hub("data:," + quote(line[:200]), self.parse_no_address, outlet, line=line[:200])
        if (host := host_of(address)) not in self.named_hosts:
            self.named_hosts |= {host}
        return self.named_article(address, outlet)

    @callback
    def parse_no_address(self, response: Response, line: str) -> Iterator[Input]:
        """The rejection of a line that is no address."""
        yield self.reject(response, "no-address", f"The line is no web address: {line!r}.")


async def _lines(path: str) -> AsyncIterator[str]:
    """The addresses of a file, or of standard input, which is waited for in a thread."""
    if path != STDIN:
        with open(path, encoding=_encoding_of(path), errors="replace") as file:
            for line in address_lines(file):
                yield line
        return
    while line := await asyncio.to_thread(sys.stdin.readline):
        for address in address_lines([line]):
            yield address


def _encoding_of(path: str) -> str:
    """The encoding that the first bytes of a file name; UTF-8 where they name none."""
    with open(path, "rb") as file:
        return (marked_encoding(file.read(4)) or ("utf-8", 0))[0]
