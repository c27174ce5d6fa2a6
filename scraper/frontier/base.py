"""What a frontier does, whatever it is kept in, and the values that go in and out."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cleaners.errors import CopydeskError

LONGEST_BELIEVED = 7 * 86_400.0
"""Seconds for which a sitemap is not read again while its index states the same time of change: a week."""


class FrontierAway(CopydeskError):
    """The frontier cannot be reached at the moment. Nothing was changed; the same call can be made again later."""


@dataclass(frozen=True, slots=True)
class QueuedRequest:
    """A request that is to be fetched, as it is kept.

    `key` is the request's fingerprint, `request` its JSON. A hub is an entry point or a listing, which every run
    fetches anew, unless its `lastmod` is still that of the last time and its `reader` the same; anything else is
    fetched again only when its `lastmod`, an ISO 8601 time, is newer than the one before, or when the last fetch is
    more than `max_age` seconds ago. `urgent` ones come first.
    """

    key: str
    host: str
    request: str
    urgent: bool = False
    hub: bool = False
    lastmod: str | None = None
    max_age: float | None = None
    reader: str | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """What is remembered of the last fetch of a request.

    `at` is its time (seconds since 1970). `etag` and `last_modified` are the headers by which the server can be asked
    whether the page has changed. Of a hub, `reader` names what read it: another reader has to read it whole. Its
    `lastmod` is kept where nothing but a change of the hub makes it worth reading.

    `failures` counts the runs in a row in which the request failed, `code` is the code of the last rejection. A request
    that failed is kept and tried again from `retry_at` on (seconds since 1970), whether or not anything leads to it
    again. Where that is None, it is not kept: it is `given_up` after many failures, or the failure is final for now,
    as "no such page" is, and the request is made again when something leads to it in a later run.
    """

    at: float
    run: int
    etag: str | None = None
    last_modified: str | None = None
    lastmod: str | None = None
    failed: bool = False
    failures: int = 0
    code: str | None = None
    retry_at: float | None = None
    given_up: bool = False
    reader: str | None = None


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
class FailedRequest:
    """A request that failed and is tried again from `retry_at` on (seconds since 1970).

    `failures` counts the runs in which it failed, `code` is the code of the last rejection.
    """

    url: str
    code: str | None
    failures: int
    retry_at: float


@dataclass(frozen=True, slots=True)
class Counts:
    """How a crawl stands.

    `open_by_host` counts the requests of the queue that wait or are being fetched, `tried_again` holds those that
    failed and rest until a later run. The other numbers are totals of the frontier.
    """

    queue: str
    open_by_host: Mapping[str, int]
    tried_again: Sequence[FailedRequest]
    fetched: int
    failed: int
    pages: int
    records: int


def is_due(request: QueuedRequest, last: Fetch | None, run: int, now: float) -> bool:
    """Whether a request is to be fetched, given the last time that it was.

    >>> page = QueuedRequest("1", "a.example", "{}")
    >>> is_due(page, None, run=1, now=0.0), is_due(page, Fetch(at=0.0, run=1), run=2, now=9.0)
    (True, False)
    """
    if last is None:
        return True
    if last.run == run:
        return False
    if last.run < run and (_may_be_tried_again(last, now) or (request.hub and not _is_as_read(request, last, now))):
        return True
    if request.max_age is not None and now - last.at > request.max_age:
        return True
    return request.lastmod is not None and _is_newer(request.lastmod, last)


def _is_as_read(hub: QueuedRequest, last: Fetch, now: float) -> bool:
    """Whether a hub says that it is as the same reader has read it. Some say so although it is not, for which it is
    believed for a time only."""
    if last.failed or hub.lastmod is None or hub.reader is None or now - last.at > LONGEST_BELIEVED:
        return False
    return (hub.lastmod, hub.reader) == (last.lastmod, last.reader)


def next_try(failures: int, rests: Sequence[float], now: float) -> float | None:
    """When a request that has failed in so many runs is tried again; None when it is given up.

    `rests` are the seconds to wait after the first failure, the second and so on.

    >>> next_try(1, [0, 3600], now=100.0), next_try(2, [0, 3600], now=100.0), next_try(3, [0, 3600], now=100.0)
    (100.0, 3700.0, None)
    """
    return now + rests[failures - 1] if failures <= len(rests) else None


def _may_be_tried_again(last: Fetch, now: float) -> bool:
    return last.failed and not last.given_up and (last.retry_at is None or now >= last.retry_at)


def fetch_of(stored: str | None) -> Fetch | None:
    """A fetch from its JSON; None for what is none, as if nothing were remembered.

    >>> fetch_of('{"at": 1.0, "run": 2}') == Fetch(1.0, 2), fetch_of('{"at": "soon"}')
    (True, None)
    """
    try:
        fetch = Fetch(**json.loads(stored or "null"))
    except (TypeError, ValueError, RecursionError):
        return None
    return fetch if _is_sound(fetch) else None


def failed_request(request: str, retry_at: float, last: Fetch | None) -> FailedRequest:
    """What is told of a request that is tried again, from its JSON and its last fetch."""
    try:
        url = str(json.loads(request)["url"])
    except (TypeError, ValueError, KeyError, RecursionError):
        url = ""
    return FailedRequest(url, last.code if last else None, last.failures if last else 1, retry_at)


def page_state_of(stored: str | None) -> PageState | None:
    """The state of a page from its JSON; None for what is none."""
    try:
        fields = json.loads(stored or "null")
        return PageState(**{**fields, "records": tuple((str(id), str(digest)) for id, digest in fields["records"])})
    except (TypeError, ValueError, KeyError, RecursionError):
        return None


def _is_sound(fetch: Fetch) -> bool:
    """Whether the values have the types that they should have."""
    numbers = (fetch.at, fetch.run, fetch.failures, fetch.retry_at or 0)
    texts = (fetch.etag, fetch.last_modified, fetch.lastmod, fetch.code, fetch.reader)
    return all(isinstance(number, int | float) for number in numbers) and all(
        text is None or isinstance(text, str) for text in texts
    )


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

    queue: str
    """The name of the crawl whose requests are meant."""

    run: int
    """The number of this run. A new one begins when nothing of the run before is open. It begins with the requests that
    failed in earlier runs and have rested."""

    @abstractmethod
    def add(self, requests: Sequence[QueuedRequest]) -> int:
        """Keep the requests that are due and not yet open; the number of them."""

    @abstractmethod
    def lease(self, per_host: int, hosts: int, without: Collection[str] = ()) -> list[Lease]:
        """Requests that nobody else fetches: at most `per_host` of each of at most `hosts` hosts, none of `without`."""

    @abstractmethod
    def fetched(self, key: str) -> Fetch | None:
        """What is remembered of the last fetch of a request."""

    @abstractmethod
    def commit(self, commit: Commit) -> None:
        """Acknowledge everything in one step that happens wholly or not at all. A request whose fetch has a `retry_at`
        rests until a later run; all others leave the frontier. One that is not leased, as the target of a redirect, may
        wait on; when it is leased, its last fetch is of this run, and it can be acknowledged with that."""

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
