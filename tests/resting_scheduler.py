"""A scheduler that knows of rests, as small as it can be."""

from __future__ import annotations

import time
from collections import defaultdict

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.utils.httpobj import urlparse_cached


class RestingScheduler(BaseScheduler):
    """Hands out requests in order, none of a host that rests."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._waiting: list[Request] = []
        self._until: defaultdict[str, float] = defaultdict(float)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RestingScheduler:
        return cls(crawler)

    def has_pending_requests(self) -> bool:
        return bool(self._waiting)

    def enqueue_request(self, request: Request) -> bool:
        self._waiting.append(request)
        return True

    def next_request(self) -> Request | None:
        for place, request in enumerate(self._waiting):
            if self._until[urlparse_cached(request).netloc] <= time.time():
                return self._waiting.pop(place)
        return None

    def rest(self, host: str, until: float) -> None:
        self._until[host] = max(self._until[host], until)
