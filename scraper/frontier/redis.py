"""The frontier that several machines share, in Redis.

Each host has two streams of requests, urgent ones and others, read by one consumer group: what a worker has read stays
pending under its name until it is acknowledged, and goes to another worker when it was not renewed for the length of a
lease. That is what Redis's streams are made for (https://redis.io/docs/latest/develop/data-types/streams/). Everything
else is hashes; what must not be torn apart is one transaction or one short script.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

import redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import RedisError, ResponseError
from redis.exceptions import TimeoutError as NoAnswer
from redis.retry import Retry

from cleaners.errors import CopydeskError
from scraper.frontier.base import Commit, Counts, Entry, Fetch, Frontier, FrontierAway, Lease, PageState, is_due
from scraper.frontier.sqlite import page_state

GROUP = "crawl"
PREFIX = "copydesk"
SECONDS_TO_ANSWER = 10.0
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

# KEYS run, open, workers; ARGV worker, now, oldest. A new run begins when nothing is open and nobody else is at work.
_BEGIN = """
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', ARGV[3])
redis.call('ZREM', KEYS[3], ARGV[1])
if redis.call('SCARD', KEYS[2]) == 0 and redis.call('ZCARD', KEYS[3]) == 0 then redis.call('INCR', KEYS[1]) end
redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
return tonumber(redis.call('GET', KEYS[1]) or redis.call('INCR', KEYS[1]))
"""

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
            self._redis: Any = redis.Redis.from_url(
                url, decode_responses=True, protocol=2, socket_timeout=SECONDS_TO_ANSWER, retry=_NO_RETRY
            )
            self._add = self._redis.register_script(_ADD)
            self.run = self._begin()
        except (RedisError, ValueError) as error:
            raise CopydeskError(f"the frontier at {url} cannot be used: {error}") from None
        self._held: dict[str, tuple[str, str]] = {}  # key to stream and number
        self._own_were_read = False
        self._looked_for_lost = 0.0
        self._turn = 0

    def _begin(self) -> int:
        now = time.time()
        self._redis.sadd(f"{PREFIX}:queues", self.queue)
        keys = [self._name("run"), self._name("open"), self._name("workers")]
        return int(self._redis.eval(_BEGIN, len(keys), *keys, self.worker, now, now - WORKER_SECONDS))

    def _name(self, what: str) -> str:
        """The key of something that belongs to the queue."""
        return f"{PREFIX}:{self.queue}:{what}"

    def _key(self, stream: str) -> str:
        """Where the requests of a stream are kept. A stream is named by its urgency, 1 or 0, and its host."""
        return self._name(f"requests:{stream}")

    @_answered
    def add(self, entries: Sequence[Entry]) -> int:
        """See Frontier."""
        if not entries:
            return 0
        now = time.time()
        known = self._redis.hmget(f"{PREFIX}:fetches", [entry.key for entry in entries])
        with self._redis.pipeline(transaction=False) as pipeline:
            for entry, last in zip(entries, known, strict=True):
                if is_due(entry, _fetch(last), self.run, now):
                    stream = f"{int(entry.urgent)}:{entry.host}"
                    keys = [self._name("open"), self._name("streams"), self._key(stream)]
                    self._add(keys, [entry.key, stream, entry.request, GROUP], client=pipeline)
            return sum(pipeline.execute())

    @_answered
    def lease(self, per_host: int, hosts: int, without: Collection[str] = ()) -> list[Lease]:
        """See Frontier. First what this worker held when it was last ended, then what others have lost, then new."""
        known = sorted(self._redis.smembers(self._name("streams")), reverse=True)  # urgent ones first
        found = self._own(known) or self._lost(known, per_host) or self._new(known, per_host, hosts, without)
        lasts = self._redis.hmget(f"{PREFIX}:fetches", [message.key for message in found]) if found else []
        leases = []
        for message, last in zip(found, lasts, strict=True):
            self._held[message.key] = (message.stream, message.number)
            host = message.stream.removeprefix(self._key(""))[2:]
            leases.append(Lease(message.key, host, message.request, _fetch(last)))
        return leases

    def _new(self, streams: list[str], count: int, hosts: int, without: Collection[str]) -> list[_Message]:
        """What nobody has read yet, from some hosts after the others."""
        wanted = [stream for stream in streams if stream[2:] not in without]
        names = sorted({stream[2:] for stream in wanted})
        self._turn = (self._turn + hosts) % len(names) if len(names) > hosts else 0
        turn = set((names[self._turn :] + names[: self._turn])[:hosts])
        keys = {self._key(stream): ">" for stream in wanted if stream[2:] in turn}
        return _messages(self._redis.xreadgroup(GROUP, self.worker, keys, count=count)) if keys else []

    def _own(self, streams: list[str]) -> list[_Message]:
        """Once: what was pending under this worker's name."""
        if self._own_were_read:
            return []
        self._own_were_read = True
        keys = {self._key(stream): "0" for stream in streams}
        return _messages(self._redis.xreadgroup(GROUP, self.worker, keys)) if keys else []

    def _lost(self, streams: list[str], count: int) -> list[_Message]:
        """Now and then: what no worker has renewed for the length of a lease."""
        if time.monotonic() - self._looked_for_lost < self._lease_ms / 2000:
            return []
        self._looked_for_lost = time.monotonic()
        found = []
        for key in map(self._key, streams):
            _, messages, *_ = self._redis.xautoclaim(key, GROUP, self.worker, self._lease_ms, count=count)
            found += _messages([(key, messages)])
        return [message for message in found if message.key not in self._held]

    @_answered
    def fetched(self, key: str) -> Fetch | None:
        """See Frontier."""
        return _fetch(self._redis.hget(f"{PREFIX}:fetches", key))

    @_answered
    def commit(self, commit: Commit) -> None:
        """See Frontier."""
        with self._redis.pipeline(transaction=True) as pipeline:
            for key, fetch in commit.fetches.items():
                pipeline.hset(f"{PREFIX}:fetches", key, json.dumps(asdict(fetch)))
                pipeline.srem(self._name("open"), key)
                if fetch.failed:
                    pipeline.sadd(f"{PREFIX}:failed", key)
                else:
                    pipeline.srem(f"{PREFIX}:failed", key)
                if held := self._held.get(key):
                    stream, number = held
                    pipeline.xack(stream, GROUP, number)
                    pipeline.xdel(stream, number)
            for key, state in commit.pages.items():
                pipeline.hset(f"{PREFIX}:pages", key, json.dumps(asdict(state)))
                for record, _ in state.records:
                    pipeline.sadd(f"{PREFIX}:records", record)
            if commit.offsets:
                pipeline.hset(f"{PREFIX}:offsets:{self.worker}", mapping=commit.offsets)
            pipeline.execute()
        for key in commit.fetches:
            self._held.pop(key, None)

    @_answered
    def give_back(self, keys: Collection[str]) -> None:
        """See Frontier."""
        with self._redis.pipeline(transaction=True) as pipeline:
            for key in keys:
                if held := self._held.get(key):
                    stream, number = held
                    (message,) = self._redis.xrange(stream, number, number) or [None]
                    if message:
                        pipeline.xack(stream, GROUP, number)
                        pipeline.xdel(stream, number)
                        pipeline.xadd(stream, message[1])
            pipeline.execute()
        for key in keys:
            self._held.pop(key, None)

    @_answered
    def keep(self) -> None:
        """See Frontier. Claiming a message that one holds makes it young again."""
        by_stream: dict[str, list[str]] = {}
        for stream, number in self._held.values():
            by_stream.setdefault(stream, []).append(number)
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
        state = self._redis.hget(f"{PREFIX}:pages", key)
        return page_state(state) if state else None

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
        return {file: int(length) for file, length in offsets.items()}

    @_answered
    def counts(self) -> Counts:
        """See Frontier."""
        return _counts(self._redis, self.queue)

    @_answered
    def forget(self) -> None:
        """See Frontier. What other machines have written is not this one's to forget: only the files' lengths go."""
        self._redis.delete(f"{PREFIX}:offsets:{self.worker}")

    def close(self) -> None:
        """See Frontier."""
        with suppress(RedisError):  # it would be forgotten by its age
            self._redis.zrem(self._name("workers"), self.worker)
        self._redis.close()


def shared_counts(url: str) -> list[Counts]:
    """How each crawl of a shared frontier stands. Raises CopydeskError if it does not answer."""
    try:
        server: Any = redis.Redis.from_url(url, decode_responses=True, protocol=2, socket_timeout=SECONDS_TO_ANSWER)
        with server:
            return [_counts(server, queue) for queue in sorted(server.smembers(f"{PREFIX}:queues"))]
    except (RedisError, ValueError) as error:
        raise CopydeskError(f"the frontier at {url} cannot be read: {error}") from None


def _counts(server: Any, queue: str) -> Counts:
    streams = sorted(server.smembers(f"{PREFIX}:{queue}:streams"))
    with server.pipeline(transaction=False) as pipeline:
        for stream in streams:
            pipeline.xlen(f"{PREFIX}:{queue}:requests:{stream}")
        pipeline.hlen(f"{PREFIX}:fetches").scard(f"{PREFIX}:failed")
        pipeline.hlen(f"{PREFIX}:pages").scard(f"{PREFIX}:records")
        *lengths, fetched, failed, pages, records = pipeline.execute()
    open_by_host: Counter[str] = Counter()
    for stream, length in zip(streams, lengths, strict=True):
        open_by_host[stream[2:]] += length
    return Counts(queue, dict((+open_by_host).most_common()), fetched, failed, pages, records)


def _fetch(kept: str | None) -> Fetch | None:
    return Fetch(**json.loads(kept)) if kept else None


class _Message(NamedTuple):
    stream: str
    number: str
    key: str
    request: str


def _messages(answer: Any) -> list[_Message]:
    """The messages of an answer. One that was deleted meanwhile has no fields."""
    return [
        _Message(stream, number, fields["key"], fields["request"])
        for stream, messages in answer or []
        for number, fields in messages
        if fields
    ]
