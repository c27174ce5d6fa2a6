"""How large a response may be, packed and unpacked.

How long it may take is Scrapy's DOWNLOAD_TIMEOUT, which runs from the request to the last byte of the body: a body that
never ends is cut off by it.
"""

from __future__ import annotations

from typing import Any

import scrapy.exceptions
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.internet.defer import CancelledError as TwistedCancelledError

from cleaners.reading.http_bodies import is_whole
from scraper.refusals import CutOff, TooLarge, Undecodable

MOST_ENCODINGS = 3
"""Compressions on top of each other; servers use one, seldom two, and each more is work that a bomb asks for."""

# Scrapy cancels a download that grows too large, and only that; it has an exception of its own from 2.15 on.
_CUT_OFF = (TwistedCancelledError, getattr(scrapy.exceptions, "DownloadCancelledError", TwistedCancelledError))


class SizeLimits:
    """Downloader middleware: gives entry points a higher limit, and says in one way that a response was too large."""

    def __init__(self, crawler: Crawler) -> None:
        self._hub_maxsize = crawler.settings.getint("HUB_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SizeLimits:
        """Make the middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let feeds and sitemaps be larger than pages."""
        if request.meta.get("hub"):
            request.meta.setdefault("download_maxsize", self._hub_maxsize)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Raise TooLarge where the download was cut off."""
        if isinstance(exception, _CUT_OFF):
            raise TooLarge("The response is longer than DOWNLOAD_MAXSIZE allows.") from exception


class BoundedCompression(HttpCompressionMiddleware):
    """Scrapy's unpacking, which stops at DOWNLOAD_MAXSIZE, with reasons, and with few compressions of one response."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """The response unpacked. Raises TooLarge or Undecodable."""
        encodings = b",".join(response.headers.getlist("Content-Encoding"))
        if encodings.count(b",") >= MOST_ENCODINGS:
            raise TooLarge(f"The response is compressed more than {MOST_ENCODINGS} times.")
        if not request.meta.get("download_maxsize", self._max_size):
            del request.meta["download_maxsize"]  # what may be of any length on its way may not when it is unpacked
        try:
            result = super().process_response(request, response)
        except IgnoreRequest as error:
            raise TooLarge("The response is longer than DOWNLOAD_MAXSIZE allows once it is unpacked.") from error
        except Exception as error:  # zlib, brotli and zstandard have no common kind of error
            name = encodings.decode("latin-1")[:20]
            raise Undecodable(f"The response says that it is compressed as {name}, and it is not.") from error
        if encodings and request.method != "HEAD" and not is_whole(response.body, encodings.decode("latin-1")):
            raise CutOff("The answer broke off before its end. The same command tries it again.")
        return result
