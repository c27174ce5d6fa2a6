"""Whose turn it is: requests that can be handed out, host by host."""

from __future__ import annotations

import time
from collections import Counter, deque

from scrapy import Request


class Turns:
    """Requests that are ready, handed out with the hosts in turn: none of a host that rests, or of which as many as
    `per_host` are on their way. A host is named as `host_key` does it; times are seconds since 1970.
    """

    def __init__(self, per_host: int) -> None:
        self._per_host = per_host
        self._ready: dict[str, deque[Request]] = {}
        self._on_the_way: Counter[str] = Counter()  # handed out and not yet answered
        self._resting: dict[str, float] = {}

    def __bool__(self) -> bool:
        """Whether any request is ready, be it of a host that rests."""
        return bool(self._ready)

    def add(self, host: str, request: Request) -> None:
        """Let a request wait behind the others of its host."""
        self._ready.setdefault(host, deque()).append(request)

    def add_first(self, host: str, request: Request) -> None:
        """Let a request, one that is redirected or tried again, wait before the others of its host."""
        self._ready.setdefault(host, deque()).appendleft(request)

    def take(self) -> Request | None:
        """A request of the host that has waited longest among those that may be asked; None where there is none."""
        for host in list(self._ready):
            if self._is_busy(host):
                continue
            waiting = self._ready.pop(host)
            request = waiting.popleft()
            if waiting:
                self._ready[host] = waiting  # to the end of the line
            self._on_the_way[host] += 1
            return request
        return None

    def answered(self, host: str) -> None:
        """One request of a host is no longer on its way."""
        self._on_the_way[host] -= 1
        if self._on_the_way[host] <= 0:
            del self._on_the_way[host]

    def rest(self, host: str, until: float) -> None:
        """Hand out nothing more of a host until a time."""
        self._resting[host] = max(until, self._resting.get(host, 0.0))

    def supplied(self) -> set[str]:
        """The hosts that need no more requests now: some are ready, or none could be handed out."""
        return {*self._ready, *filter(self._is_busy, {*self._on_the_way, *self._resting})}

    def _is_busy(self, host: str) -> bool:
        return self._is_resting(host) or self._on_the_way[host] >= self._per_host

    def _is_resting(self, host: str) -> bool:
        if (until := self._resting.get(host)) is None:
            return False
        if until <= time.time():
            del self._resting[host]
            return False
        return True
