"""The frontier on Redis: several workers, a server that goes away, and what others have put into it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cleaners.errors import CopydeskError
from scraper.frontier import FrontierAway, open_frontier
from tests.support.frontiers import Open, done, entry, leased
from tests.support.redis_server import RedisServer, needs_redis

GROUP = "crawl"
"""The consumer group of `scraper.frontier.redis`, which cannot be imported without the extra `redis`."""


def grow_old(frontier: Any) -> None:
    """Make Redis count the worker's leases as last renewed ten minutes ago."""
    for held in frontier._held.values():
        frontier._redis.xclaim(held.stream, GROUP, frontier.worker, 0, [held.number], idle=600_000, justid=True)


def leased_when_looking_for_lost(frontier: Any) -> list[str]:
    """What is leased at one of the times when a worker looks for leases that others have lost."""
    frontier._looked_for_lost = 0.0
    return leased(frontier)


@needs_redis
@pytest.mark.parametrize("opened", ["redis"], indirect=True)
def test_what_others_have_put_into_the_server_ends_no_crawl(opened: Open) -> None:
    frontier: Any = opened()
    frontier.add([entry("1")])
    server, name = frontier._redis, frontier._name
    server.sadd(name("streams"), "nonsense", "1:gone.example", "0:text.example", "\x1b[2J")
    server.set(name("requests:0:text.example"), "no stream")
    server.xadd(frontier._key("0:a.example"), {"some": "thing"})
    server.execute_command("XADD", frontier._key("0:a.example"), "*", "key", b"\xff\xfe", "request", b"\xff")
    server.hset("copydesk:fetches", mapping={"1": '{"at": "soon", "run": []}', "2": "{", "3": '{"other": 1}'})
    server.hset("copydesk:pages", mapping={"p": "[]"})
    server.hset(f"copydesk:offsets:{frontier.worker}", mapping={"articles.jsonl": "-7", "audit.jsonl": "x"})
    server.zadd(name("resting"), {"r": 0})
    server.hset(name("resting_requests"), "r", "[1, 2]")
    assert frontier.page("p") is None
    assert frontier.offsets() == {}
    assert [frontier.fetched(key) for key in "123"] == [None, None, None]
    assert isinstance(frontier.counts().queue, str)
    found = leased(frontier) + leased(frontier)
    assert "1" in found
    assert len(found) == 3
    done(frontier, *found)
    assert leased(opened()) == []


@needs_redis
@pytest.mark.parametrize("opened", ["redis"], indirect=True)
def test_two_workers_share_the_requests_and_one_takes_what_the_other_lost(opened: Open) -> None:
    a, b = opened("a"), opened("b")
    assert a.run == b.run
    a.add([entry(str(number)) for number in range(4)])
    assert leased(a, per_host=2) == ["0", "1"]
    assert leased(b) == ["2", "3"]
    assert leased(b) == []
    grow_old(a)
    a.close()
    assert leased_when_looking_for_lost(b) == ["0", "1"]
    done(b, "0", "1", "2", "3")
    assert not b.open_count()


@needs_redis
@pytest.mark.parametrize("opened", ["redis"], indirect=True)
def test_a_lease_that_is_renewed_is_kept(opened: Open) -> None:
    a, b = opened("a"), opened("b")
    a.add([entry("1")])
    assert leased(a) == ["1"]
    for _ in range(3):
        grow_old(a)
        a.keep()
        assert leased_when_looking_for_lost(b) == []
    grow_old(a)
    assert leased_when_looking_for_lost(b) == ["1"]


@needs_redis
@pytest.mark.parametrize("opened", ["redis"], indirect=True)
def test_what_is_given_back_goes_to_others(opened: Open) -> None:
    a, b = opened("a"), opened("b")
    a.add([entry("1"), entry("2")])
    assert leased(a) == ["1", "2"]
    a.give_back(["1"])
    assert leased(b) == ["1"]


@needs_redis
def test_a_server_that_goes_away_is_said_and_comes_back(tmp_path: Path) -> None:
    server = RedisServer(tmp_path / "redis")
    server.start()
    try:
        frontier = open_frontier(tmp_path, server.url, "q", "a", 60)
        frontier.add([entry("1")])
        server.stop()
        with pytest.raises(FrontierAway, match="the frontier does not answer"):
            frontier.lease(1, 1)
        server.start()
        assert leased(frontier) == ["1"]
        frontier.close()
    finally:
        server.stop()


def test_a_server_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    pytest.importorskip("redis")
    with pytest.raises(CopydeskError, match="cannot be used"):
        open_frontier(tmp_path, "redis://127.0.0.1:1/0", "q", "a", 60)
    with pytest.raises(CopydeskError, match="not understood"):
        open_frontier(tmp_path, "http://127.0.0.1", "q", "a", 60)
