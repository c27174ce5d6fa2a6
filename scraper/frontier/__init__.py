"""The frontier: what is still to be fetched, what has been fetched, and what has been written of it.

A request is leased to be fetched and stays in the frontier until it is acknowledged, which happens only after all that
came of it is safely written. Whatever is killed in between is fetched again, and written once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cleaners.errors import CopydeskError
from scraper.frontier.base import (
    Commit,
    Counts,
    FailedRequest,
    Fetch,
    Frontier,
    FrontierAway,
    Lease,
    PageState,
    QueuedRequest,
    is_due,
    next_try,
)

__all__ = [
    "LEDGER",
    "Commit",
    "Counts",
    "FailedRequest",
    "Fetch",
    "Frontier",
    "FrontierAway",
    "Lease",
    "PageState",
    "QueuedRequest",
    "import_redis",
    "is_due",
    "next_try",
    "open_frontier",
    "shared_counts",
]

LEDGER = "ledger.sqlite"


def open_frontier(folder: Path, url: str | None, queue: str, worker: str, lease_seconds: float) -> Frontier:
    """The frontier of a crawl: a file in the data folder, or at a `redis://` address what several machines share.

    `queue` names the crawl whose requests are meant, `worker` the data folder that fetches them. Raises CopydeskError
    with one line for an address that is not understood or a server that does not answer.
    """
    if not url:
        from scraper.frontier.sqlite import SqliteFrontier

        return SqliteFrontier(folder / LEDGER, queue)
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise CopydeskError(f"FRONTIER_URL is not understood: {url} (redis://HOST:PORT/NUMBER, or nothing)")
    shared: Frontier = import_redis().RedisFrontier(url, queue, worker, lease_seconds)
    return shared


def shared_counts(url: str) -> list[Counts]:
    """How each crawl of a shared frontier stands. Raises CopydeskError if the server does not answer."""
    import_redis()
    from scraper.frontier.redis_values import shared_counts

    return shared_counts(url)


def import_redis() -> Any:
    """The module of the shared frontier. Raises CopydeskError if the client that it needs is not installed."""
    try:
        from scraper.frontier import redis
    except ImportError:
        raise CopydeskError("a shared frontier needs the Redis client: pip install 'copydesk[redis]'") from None
    return redis
