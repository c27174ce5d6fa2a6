"""A frontier on SQLite and one on Redis for the tests of what both do, and its clock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.frontier import Frontier, open_frontier
from scraper.frontier import sqlite as sqlite_module
from tests.support.frontiers import Open
from tests.support.redis_server import RedisServer, needs_redis


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server.url


@pytest.fixture(params=["sqlite", pytest.param("redis", marks=needs_redis)])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the frontier of this test, again and again; each one is closed at the end."""
    url = None
    if request.param == "redis":
        url = str(request.getfixturevalue("redis_url"))
        import redis

        redis.Redis.from_url(url).flushall()
    frontiers: list[Frontier] = []

    def open_it(worker: str = "a", queue: str = "q", lease: float = 60) -> Frontier:
        frontiers.append(open_frontier(tmp_path, url, queue, worker, lease))
        return frontiers[-1]

    yield open_it
    for frontier in frontiers:
        frontier.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of the frontier, in a list of one: day 0 of made days."""
    now = [0.0]
    monkeypatch.setattr(sqlite_module.time, "time", lambda: now[0])
    return now
