"""What a shared frontier keeps in Redis, read: how its crawls stand, and values of which each may be none of ours."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any, NamedTuple

import redis
from redis.exceptions import RedisError, ResponseError

from cleaners.errors import CopydeskError
from scraper.frontier.base import Counts, FailedRequest, failed_request, fetch_of

PREFIX = "copydesk"
"""How the keys of all crawls begin."""

SECONDS_TO_ANSWER = 10.0
"""A server that takes longer counts as away. It answers in milliseconds, or it is loading its data."""

STREAM = re.compile(r"[01]:[^\x00-\x20\x7f]{1,300}")
"""A stream's name: its urgency, 1 or 0, and its host."""


def shared_counts(url: str) -> list[Counts]:
    """How each crawl of a shared frontier stands. Raises CopydeskError if it does not answer."""
    try:
        with connected(url) as server:
            return [counts_of(server, queue) for queue in sorted(server.smembers(f"{PREFIX}:queues"))]
    except (RedisError, ValueError) as error:
        raise CopydeskError(f"the frontier at {url} cannot be read: {error}") from None


def counts_of(server: Any, queue: str) -> Counts:
    """How a crawl of the server stands."""
    streams = sorted(filter(STREAM.fullmatch, server.smembers(f"{PREFIX}:{queue}:streams")))
    with server.pipeline(transaction=False) as pipeline:
        for stream in streams:
            pipeline.xlen(f"{PREFIX}:{queue}:requests:{stream}")
        pipeline.hlen(f"{PREFIX}:fetches").scard(f"{PREFIX}:failed")
        pipeline.hlen(f"{PREFIX}:pages").scard(f"{PREFIX}:records")
        numbers = pipeline.execute(raise_on_error=False)
    *lengths, fetched, failed, pages, records = (number if isinstance(number, int) else 0 for number in numbers)
    open_by_host: Counter[str] = Counter()
    for stream, length in zip(streams, lengths, strict=True):
        open_by_host[stream[2:]] += length
    tried_again = _tried_again(server, queue)
    return Counts(queue, dict((+open_by_host).most_common()), tried_again, fetched, failed, pages, records)


def _tried_again(server: Any, queue: str) -> tuple[FailedRequest, ...]:
    try:
        resting = server.zrange(f"{PREFIX}:{queue}:resting", 0, -1, withscores=True)
        keys = [key for key, _ in resting]
        stored = map(resting_request, server.hmget(f"{PREFIX}:{queue}:resting_requests", keys) if keys else ())
        lasts = map(fetch_of, server.hmget(f"{PREFIX}:fetches", keys) if keys else ())
    except ResponseError:  # one of the keys holds something else
        return ()
    found = zip(resting, stored, lasts, strict=True)
    return tuple(failed_request(request[1] if request else "", at, last) for (_, at), request, last in found)


def connected(url: str, **options: Any) -> Any:
    """The client of a server. Bytes that are no UTF-8 are replaced: no text of ours holds any."""
    return redis.Redis.from_url(
        url,
        decode_responses=True,
        encoding_errors="replace",
        protocol=2,
        socket_timeout=SECONDS_TO_ANSWER,
        **options,
    )


def resting_request(stored: str | None) -> tuple[str, str] | None:
    """The stream and the request of one that rests; None for what is neither."""
    try:
        stream, request = json.loads(stored or "null")
    except (TypeError, ValueError, RecursionError):
        return None
    if not (isinstance(stream, str) and isinstance(request, str) and STREAM.fullmatch(stream)):
        return None
    return stream, request


class Message(NamedTuple):
    """A request in a stream, with its number there."""

    stream: str
    number: str
    key: str
    request: str


def messages_of(answer: Any) -> list[Message]:
    """The messages of an answer. One that was deleted meanwhile has no fields. One without a key or a request was not
    put there by a crawl; it gets a key of its own, and is refused and acknowledged like any request that is none."""
    return [
        Message(stream, number, fields.get("key") or f"no key {number}", fields.get("request", ""))
        for stream, messages in answer or []
        for number, fields in messages
        if fields
    ]
