"""Requests of a made frontier, and short ways to lease, finish and fail them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeAlias

from scraper.frontier import Commit, Fetch, Frontier, QueuedRequest

Open: TypeAlias = Callable[..., Frontier]


def entry(name: str, host: str = "a.example", **facts: object) -> QueuedRequest:
    return QueuedRequest(name, host, f'{{"url":"http://{host}/{name}"}}', **facts)  # type: ignore[arg-type]


def leased(frontier: Frontier, per_host: int = 10, hosts: int = 10, **options: object) -> list[str]:
    return [lease.key for lease in frontier.lease(per_host, hosts, **options)]  # type: ignore[arg-type]


def done(frontier: Frontier, *keys: str, at: float | None = None, **facts: object) -> None:
    fetch = Fetch(time.time() if at is None else at, frontier.run, **facts)  # type: ignore[arg-type]
    frontier.commit(Commit(fetches=dict.fromkeys(keys, fetch)))


def failed(frontier: Frontier, key: str, retry_at: float | None, **facts: object) -> None:
    done(frontier, key, at=1.0, failed=True, failures=1, code="server-error", retry_at=retry_at, **facts)
