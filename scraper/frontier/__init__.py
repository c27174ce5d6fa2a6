"""The frontier: what is still to be fetched, what has been fetched, and what has been written of it.

A request is leased to be fetched and stays in the frontier until it is acknowledged, which happens only after all that
came of it is safely written. Whatever is killed in between is fetched again, and written once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cleaners.errors import CopydeskError
from scraper.frontier.base import Commit, Counts, Entry, Fetch, Frontier, FrontierAway, Lease, PageState, is_due

__all__ = [
    "LEDGER",
    "Commit",
    "Counts",
    "Entry",
    "Fetch",
    "Frontier",
    "FrontierAway",
    "Lease",
    "PageState",
    "import_redis",
    "is_due",
    "open_frontier",
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


def import_redis() -> Any:
    """The module of the shared frontier. Raises CopydeskError if the client that it needs is not installed."""
    try:
        from scraper.frontier import redis
    except ImportError:
        raise CopydeskError("a shared frontier needs the Redis client: pip install 'copydesk[redis]'") from None
    return redis
