"""The frontier that several machines share, in Redis.

Each host has two streams of requests, urgent ones and others, read by one consumer group: what a worker has read stays
pending under its name until it is acknowledged, and goes to another worker when it was not renewed for the length of a
lease. Redis's streams are made for this (https://redis.io/docs/latest/develop/data-types/streams/). Requests that
failed rest in a sorted set until a later run. Everything else is hashes. Each step that must happen as a whole is one
transaction or one short script.

Whoever can write to the server can put anything there. So every value that is read may be none of ours: what cannot be
understood counts as absent, and never ends a crawl.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import RedisError, ResponseError
from redis.exceptions import TimeoutError as NoAnswer
from redis.retry import Retry

from cleaners.errors import CopydeskError
from scraper.frontier.base import (
    Commit,
    Counts,
    Fetch,
    Frontier,
    FrontierAway,
    Lease,
    PageState,
    QueuedRequest,
    fetch_of,
    is_due,
    page_state_of,
)
from scraper.frontier.redis_values import (
    PREFIX,
    STREAM,
    Message,
    connected,
    counts_of,
    messages_of,
    resting_request,
)

GROUP = "crawl"
WORKER_SECONDS = 30.0
"""How long after its last sign of life a worker counts as at work when the next one decides whether a run has ended."""

_NO_RETRY = Retry(NoBackoff(), 0)
"""The client would sleep between tries, and nothing is fetched in that time: the scheduler asks again by itself."""

# KEYS open, streams, stream; ARGV key, name, request, group. Adds a request once and makes its stream known.
_ADD = """
if redis.call('SADD', KEYS[1], ARGV[1]) == 0 then return 0 end
if redis.call('EXISTS', KEYS[3]) == 0 then redis.call('XGROUP', 'CREATE', KEYS[3], ARGV[4], '0', 'MKSTREAM') end
redis.call('SADD', KEYS[2], ARGV[2])
redis.call('XADD', KEYS[3], '*', 'key', ARGV[1], 'request', ARGV[3])
return 1
"""

# KEYS run, open, workers, last_run; ARGV worker, now, oldest. A new run begins when nothing is open and nobody else is
# at work. Runs are numbered over all crawls of the server, as what was fetched is remembered for all of them.
_BEGIN = """
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', ARGV[3])
redis.call('ZREM', KEYS[3], ARGV[1])
local run = tonumber(redis.call('GET', KEYS[1]) or 0) or 0
if run == 0 or (redis.call('SCARD', KEYS[2]) == 0 and redis.call('ZCARD', KEYS[3]) == 0) then
  run = math.max(run, tonumber(redis.call('GET', KEYS[4]) or 0) or 0) + 1
  redis.call('SET', KEYS[1], run)
  redis.call('SET', KEYS[4], run)
end
redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
return run
"""

# KEYS resting, rested, open, streams, stream; ARGV key, name, request, group. Lets a request wait that rested, once.
_WAKE = (
    """
redis.call('HDEL', KEYS[2], ARGV[1])
if redis.call('ZREM', KEYS[1], ARGV[1]) == 0 then return 0 end
table.remove(KEYS, 1)
table.remove(KEYS, 1)
"""
    + _ADD
)

_P = ParamSpec("_P")
_R = TypeVar("_R")


def _answered(call: Callable[_P, _R]) -> Callable[_P, _R]:
    """The method, which says FrontierAway where the server does not answer."""

    @wraps(call)
    def answered(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return call(*args, **kwargs)
        except (NotConnected, NoAnswer) as error:
            raise FrontierAway(f"the frontier does not answer: {error}") from error
        except ResponseError as error:
            if str(error).startswith(("LOADING", "READONLY", "MISCONF", "OOM")):
                raise FrontierAway(f"the frontier takes nothing at the moment: {error}") from error
            raise

    return answered


class RedisFrontier(Frontier):
    """The frontier at a `redis://` address. Raises CopydeskError if it cannot be reached at the start."""

    def __init__(self, url: str, queue: str, worker: str, lease_seconds: float) -> None:
        self.queue, self.worker = queue, worker
        self._lease_ms = int(lease_seconds * 1000)
        try:
            self._redis: Any = connected(url, retry=_NO_RETRY)
            self._add = self._redis.register_script(_ADD)
            self._awaken = self._redis.register_script(_WAKE)
            self.run = self._begin()
            self._wake(time.time())
        except (RedisError, TypeError, ValueError) as error:
            raise CopydeskError(f"the frontier at {url} cannot be used: {error}") from None
        self._held: dict[str, Message] = {}
        self._own_were_read = False
        self._looked_for_lost = 0.0
        self._turn = 0

    def _begin(self) -> int:
        now = time.time()
        self._redis.sadd(f"{PREFIX}:queues", self.queue)
        keys = [self._name("run"), self._name("open"), self._name("workers"), f"{PREFIX}:last_run"]
        return int(self._redis.eval(_BEGIN, len(keys), *keys, self.worker, now, now - WORKER_SECONDS))

    def _wake(self, now: float) -> None:
        """Let the requests wait that failed in an earlier run and have rested."""
        keys = self._redis.zrangebyscore(self._name("resting"), "-inf", now)
        if not keys:
            return
        lasts = self._redis.hmget(f"{PREFIX}:fetches", keys)
        resting = self._redis.hmget(self._name("resting_requests"), keys)
        for key, last, stored in zip(keys, map(fetch_of, lasts), map(resting_request, resting), strict=True):
            if stored is None or (last and not last.failed):  # another crawl has fetched it meanwhile
                self._redis.zrem(self._name("resting"), key)
                self._redis.hdel(self._name("resting_requests"), key)
            elif last is None or last.run != self.run:
                stream, request = stored
                names = [self._name("resting"), self._name("resting_requests"), *self._names_of(stream)]
                self._awaken(names, [key, stream, request, GROUP])

    def _names_of(self, stream: str) -> list[str]:
        """The keys that adding a request to a stream changes."""
        return [self._name("open"), self._name("streams"), self._key(stream)]

    def _name(self, what: str) -> str:
        """The key of something that belongs to the queue."""
        return f"{PREFIX}:{self.queue}:{what}"

    def _key(self, stream: str) -> str:
        """Where the requests of a stream are kept. A stream is named by its urgency, 1 or 0, and its host."""
        return self._name(f"requests:{stream}")

    @_answered
    def add(self, requests: Sequence[QueuedRequest]) -> int:
        """See Frontier."""
        if not requests:
            return 0
        now, due = time.time(), []
        known = self._redis.hmget(f"{PREFIX}:fetches", [request.key for request in requests])
        for request, last in zip(requests, known, strict=True):
            if is_due(request, fetch_of(last), self.run, now):
                due.append(request)
        self._forget_resting([request.key for request in due])
        with self._redis.pipeline(transaction=False) as pipeline:
            for request in due:
                stream = f"{int(request.urgent)}:{request.host}"
                self._add(self._names_of(stream), [request.key, stream, request.request, GROUP], client=pipeline)
            return sum(pipeline.execute())

    def _forget_resting(self, keys: Sequence[str]) -> None:
        """Let no request rest that is about to be added anew."""
        if keys:
            self._redis.zrem(self._name("resting"), *keys)
            self._redis.hdel(self._name("resting_requests"), *keys)

    @_answered
    def lease(self, per_host: int, hosts: int, without: Collection[str] = ()) -> list[Lease]:
        """See Frontier. First what this worker held when it was last ended, then what others have lost, then new."""
        streams = filter(STREAM.fullmatch, self._redis.smembers(self._name("streams")))
        known = sorted(streams, reverse=True)  # urgent ones first
        try:
            found = self._own(known) or self._lost(known, per_host) or self._new(known, per_host, hosts, without)
        except ResponseError as error:
            if not str(error).startswith(("NOGROUP", "WRONGTYPE")):
                raise
            self._mend_streams(known)
            return []
        lasts = self._redis.hmget(f"{PREFIX}:fetches", [message.key for message in found]) if found else []
        leases = []
        for message, last in zip(found, lasts, strict=True):
            self._held[message.key] = message
            host = message.stream.removeprefix(self._key(""))[2:]
            leases.append(Lease(message.key, host, message.request, fetch_of(last)))
        return leases

    def _mend_streams(self, streams: Sequence[str]) -> None:
        """Make the group of each stream that has none, and forget the names of what is no stream."""
        for stream in streams:
            try:
                self._redis.xgroup_create(self._key(stream), GROUP, "0", mkstream=True)
            except ResponseError as error:
                if not str(error).startswith("BUSYGROUP"):
                    self._redis.srem(self._name("streams"), stream)

    def _new(self, streams: list[str], count: int, hosts: int, without: Collection[str]) -> list[Message]:
        """What nobody has read yet, from some hosts after the others."""
        wanted = [stream for stream in streams if stream[2:] not in without]
        names = sorted({stream[2:] for stream in wanted})
        self._turn = (self._turn + hosts) % len(names) if len(names) > hosts else 0
        turn = set((names[self._turn :] + names[: self._turn])[:hosts])
        keys = {self._key(stream): ">" for stream in wanted if stream[2:] in turn}
        return messages_of(self._redis.xreadgroup(GROUP, self.worker, keys, count=count)) if keys else []

    def _own(self, streams: list[str]) -> list[Message]:
        """Once: what was pending under this worker's name."""
        if self._own_were_read:
            return []
        self._own_were_read = True
        keys = {self._key(stream): "0" for stream in streams}
        return messages_of(self._redis.xreadgroup(GROUP, self.worker, keys)) if keys else []

    def _lost(self, streams: list[str], count: int) -> list[Message]:
        """Now and then: what no worker has renewed for the length of a lease."""
        if time.monotonic() - self._looked_for_lost < self._lease_ms / 2000:
            return []
        self._looked_for_lost = time.monotonic()
        found = []
        for key in map(self._key, streams):
            _, messages, *_ = self._redis.xautoclaim(key, GROUP, self.worker, self._lease_ms, count=count)
            found += messages_of([(key, messages)])
        return [message for message in found if message.key not in self._held]

    @_answered
    def fetched(self, key: str) -> Fetch | None:
        """See Frontier."""
        return fetch_of(self._redis.hget(f"{PREFIX}:fetches", key))

    @_answered
    def commit(self, commit: Commit) -> None:
        """See Frontier."""
        with self._redis.pipeline(transaction=True) as pipeline:
            for key, fetch in commit.fetches.items():
                self._acknowledge(pipeline, key, fetch)
            for key, state in commit.pages.items():
                pipeline.hset(f"{PREFIX}:pages", key, json.dumps(asdict(state)))
                for record, _ in state.records:
                    pipeline.sadd(f"{PREFIX}:records", record)
            if commit.offsets:
                pipeline.hset(f"{PREFIX}:offsets:{self.worker}", mapping=commit.offsets)
            pipeline.execute()
        for key in commit.fetches:
            self._held.pop(key, None)

    def _acknowledge(self, pipeline: Any, key: str, fetch: Fetch) -> None:
        """Take a request out of its stream; one that is tried again rests.

        One that waits in a stream, or that another worker holds, stays open until it is leased and acknowledged there.
        """
        pipeline.hset(f"{PREFIX}:fetches", key, json.dumps(asdict(fetch)))
        if fetch.failed:
            pipeline.sadd(f"{PREFIX}:failed", key)
        else:
            pipeline.srem(f"{PREFIX}:failed", key)
            pipeline.zrem(self._name("resting"), key)
            pipeline.hdel(self._name("resting_requests"), key)
        if held := self._held.get(key):
            pipeline.srem(self._name("open"), key)
            if fetch.retry_at is not None:
                stored = json.dumps([held.stream.removeprefix(self._key("")), held.request])
                pipeline.hset(self._name("resting_requests"), key, stored)
                pipeline.zadd(self._name("resting"), {key: fetch.retry_at})
            pipeline.xack(held.stream, GROUP, held.number)
            pipeline.xdel(held.stream, held.number)

    @_answered
    def give_back(self, keys: Collection[str]) -> None:
        """See Frontier."""
        with self._redis.pipeline(transaction=True) as pipeline:
            for key in keys:
                if held := self._held.get(key):
                    pipeline.xack(held.stream, GROUP, held.number)
                    pipeline.xdel(held.stream, held.number)
                    pipeline.xadd(held.stream, {"key": held.key, "request": held.request})
            pipeline.execute()
        for key in keys:
            self._held.pop(key, None)

    @_answered
    def keep(self) -> None:
        """See Frontier. Claiming a message that one holds makes it young again."""
        by_stream: dict[str, list[str]] = {}
        for held in self._held.values():
            by_stream.setdefault(held.stream, []).append(held.number)
        with self._redis.pipeline(transaction=False) as pipeline:
            pipeline.zadd(self._name("workers"), {self.worker: time.time()})
            for stream, numbers in by_stream.items():
                pipeline.xclaim(stream, GROUP, self.worker, 0, numbers, justid=True)
            pipeline.execute()

    @_answered
    def open_count(self) -> int:
        """See Frontier."""
        return int(self._redis.scard(self._name("open")))

    @_answered
    def page(self, key: str) -> PageState | None:
        """See Frontier."""
        return page_state_of(self._redis.hget(f"{PREFIX}:pages", key))

    @_answered
    def claim(self, identity: str, page: str) -> str:
        """See Frontier."""
        with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.hsetnx(f"{PREFIX}:claims", identity, page)
            pipeline.hget(f"{PREFIX}:claims", identity)
            return str(pipeline.execute()[1])

    @_answered
    def offsets(self) -> dict[str, int]:
        """See Frontier."""
        offsets = self._redis.hgetall(f"{PREFIX}:offsets:{self.worker}")
        return {file: int(length) for file, length in offsets.items() if length.isascii() and length.isdecimal()}

    @_answered
    def counts(self) -> Counts:
        """See Frontier."""
        return counts_of(self._redis, self.queue)

    @_answered
    def forget(self) -> None:
        """See Frontier. What other machines have written is not this one's to forget: only the files' lengths go."""
        self._redis.delete(f"{PREFIX}:offsets:{self.worker}")

    def close(self) -> None:
        """See Frontier."""
        with suppress(RedisError):  # it would be forgotten by its age
            self._redis.zrem(self._name("workers"), self.worker)
        self._redis.close()
