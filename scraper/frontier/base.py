"""What a frontier does, whatever it is kept in, and the values that go in and out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cleaners.errors import CopydeskError


class FrontierAway(CopydeskError):
    """The frontier cannot be reached at the moment. Nothing was changed; the same call can be made again later."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A request that is to be fetched, as it is kept.

    `key` is the request's fingerprint, `request` its JSON. A hub is an entry point or a listing, which every run
    fetches anew; anything else is fetched again only when its `lastmod`, an ISO 8601 time, is newer than the one
    before, or when the last fetch is more than `max_age` seconds ago. `urgent` ones come first.
    """

    key: str
    host: str
    request: str
    urgent: bool = False
    hub: bool = False
    lastmod: str | None = None
    max_age: float | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """What is remembered of a request that was fetched: when (seconds since 1970) and in which run, what the server
    said by which to ask whether the page has changed, and whether it failed."""

    at: float
    run: int
    etag: str | None = None
    last_modified: str | None = None
    lastmod: str | None = None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Lease:
    """A request to be fetched now, and what is remembered of the last time."""

    key: str
    host: str
    request: str
    last: Fetch | None = None


@dataclass(frozen=True, slots=True)
class PageState:
    """What has been written of a page: the digest of its content, the cleaners that cleaned it, the id and digest of
    each record in the order of the stories, and the code of its rejection."""

    content: str
    cleaners: str
    records: tuple[tuple[str, str], ...] = ()
    rejected: str | None = None


@dataclass(slots=True)
class Commit:
    """What is acknowledged in one step: requests, pages, and how long the output files were when they were synced."""

    fetches: dict[str, Fetch] = field(default_factory=dict)
    pages: dict[str, PageState] = field(default_factory=dict)
    offsets: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.fetches or self.pages)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many requests of a queue are open (waiting or being fetched), by host, and the totals of the frontier."""

    queue: str
    open_by_host: Mapping[str, int]
    fetched: int
    failed: int
    pages: int
    records: int


def is_due(entry: Entry, last: Fetch | None, run: int, now: float) -> bool:
    """Whether a request is to be fetched, given the last time that it was."""
    if last is None or (last.run < run and (entry.hub or last.failed)):
        return True
    if last.run == run:
        return False
    if entry.max_age is not None and now - last.at > entry.max_age:
        return True
    return entry.lastmod is not None and _is_newer(entry.lastmod, last)


def _is_newer(lastmod: str, last: Fetch) -> bool:
    """Whether a stated time of change is later than the stated one before, or where none was, than the last fetch."""
    changed = _seconds(lastmod)
    before = _seconds(last.lastmod) if last.lastmod else last.at
    return changed is not None and before is not None and changed > before


def _seconds(time: str) -> float | None:
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


class Frontier(ABC):
    """Requests by lease and acknowledgement, and the ledger of what was written.

    Every method raises FrontierAway where the store cannot be reached, and then has changed nothing; OSError where it
    can take no more.
    """

    run: int
    """The number of this run. A new one begins when nothing of the run before is open."""

    @abstractmethod
    def add(self, entries: Sequence[Entry]) -> int:
        """Keep the requests that are due and not yet open; the number of them."""

    @abstractmethod
    def lease(self, per_host: int, hosts: int, without: Collection[str] = ()) -> list[Lease]:
        """Requests that nobody else fetches: at most `per_host` of each of at most `hosts` hosts, none of `without`."""

    @abstractmethod
    def fetched(self, key: str) -> Fetch | None:
        """What is remembered of the last fetch of a request."""

    @abstractmethod
    def commit(self, commit: Commit) -> None:
        """Acknowledge everything in one step that happens wholly or not at all."""

    @abstractmethod
    def give_back(self, keys: Collection[str]) -> None:
        """Let others fetch what was leased and will not be fetched here."""

    @abstractmethod
    def keep(self) -> None:
        """Renew all leases. Called more often than they last."""

    @abstractmethod
    def open_count(self) -> int:
        """How many requests wait or are being fetched, here or elsewhere."""

    @abstractmethod
    def page(self, key: str) -> PageState | None:
        """What has been written of a page."""

    @abstractmethod
    def claim(self, identity: str, page: str) -> str:
        """The page that an article belongs to: this one, if no other came first."""

    @abstractmethod
    def offsets(self) -> dict[str, int]:
        """How long the output files of this worker were at its last commit; empty before the first."""

    @abstractmethod
    def counts(self) -> Counts:
        """How things stand."""

    @abstractmethod
    def forget(self) -> None:
        """Forget all that was fetched and written, but not what is open."""

    @abstractmethod
    def close(self) -> None:
        """Give up the connection. What is leased and not acknowledged will be fetched again."""
