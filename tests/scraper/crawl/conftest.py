"""A crawl of a local server over several made days, on each kind of frontier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.made_days import Days
from tests.support.redis_server import RedisServer, needs_redis


@pytest.fixture(params=["sqlite", pytest.param("redis", marks=needs_redis)])
def days(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Days]:
    if request.param == "sqlite":
        yield Days(tmp_path / "data", None)
        return
    with RedisServer(tmp_path / "redis") as server:
        yield Days(tmp_path / "data", server.url)
