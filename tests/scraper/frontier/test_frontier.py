"""The frontier, the same tests on SQLite and on Redis."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.errors import CopydeskError
from scraper.frontier import Commit, Entry, Fetch, Frontier, FrontierAway, PageState, is_due, open_frontier
from scraper.frontier.sqlite import SqliteFrontier
from tests.support.redis_server import RedisServer, needs_redis

Open: TypeAlias = Callable[..., Frontier]

GROUP = "crawl"
"""The consumer group of `scraper.frontier.redis`, which cannot be imported without the extra `redis`."""


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


def entry(name: str, host: str = "a.example", **facts: object) -> Entry:
    return Entry(name, host, f'{{"url":"http://{host}/{name}"}}', **facts)  # type: ignore[arg-type]


def leased(frontier: Frontier, per_host: int = 10, hosts: int = 10, **options: object) -> list[str]:
    return [lease.key for lease in frontier.lease(per_host, hosts, **options)]  # type: ignore[arg-type]


def done(frontier: Frontier, *keys: str, at: float | None = None, **facts: object) -> None:
    fetch = Fetch(at or time.time(), frontier.run, **facts)  # type: ignore[arg-type]
    frontier.commit(Commit(fetches=dict.fromkeys(keys, fetch)))


def grow_old(frontier: Any) -> None:
    """Make Redis count the worker's leases as last renewed ten minutes ago."""
    for stream, number in frontier._held.values():
        frontier._redis.xclaim(stream, GROUP, frontier.worker, 0, [number], idle=600_000, justid=True)


def leased_when_looking_for_lost(frontier: Any) -> list[str]:
    """What is leased at one of the times when a worker looks for leases that others have lost."""
    frontier._looked_for_lost = 0.0
    return leased(frontier)


def test_each_request_is_leased_once_in_order(opened: Open) -> None:
    frontier = opened()
    assert frontier.add([entry("1"), entry("2"), entry("1")]) == 2
    assert frontier.add([entry("2"), entry("3")]) == 1
    assert leased(frontier, per_host=2) == ["1", "2"]
    assert leased(frontier) == ["3"]
    assert leased(frontier) == []


def test_a_lease_holds_what_was_added(opened: Open) -> None:
    frontier = opened()
    frontier.add([entry("1", "b.example:8080")])
    (lease,) = frontier.lease(1, 1)
    assert (lease.key, lease.host) == ("1", "b.example:8080")
    assert (lease.request, lease.last) == ('{"url":"http://b.example:8080/1"}', None)


def test_urgent_requests_come_first(opened: Open) -> None:
    frontier = opened()
    frontier.add([entry("1"), entry("2", urgent=True)])
    assert leased(frontier) == ["2", "1"]


def test_hosts_take_turns_and_one_at_rest_is_left_out(opened: Open) -> None:
    frontier = opened()
    frontier.add([entry(f"{host}{number}", host) for number in range(3) for host in ("a", "b", "c")])
    seen = {key[0] for _ in range(3) for key in leased(frontier, per_host=1, hosts=1)}
    assert seen == {"a", "b", "c"}
    assert {key[0] for key in leased(frontier, without={"b"})} == {"a", "c"}
    assert leased(frontier) == ["b1", "b2"]


def test_what_is_not_acknowledged_is_leased_again(opened: Open) -> None:
    frontier = opened()
    frontier.add([entry("1"), entry("2"), entry("3")])
    assert leased(frontier) == ["1", "2", "3"]
    done(frontier, "2")
    frontier.close()
    again = opened()
    assert again.run == frontier.run
    assert leased(again) == ["1", "3"]
    done(again, "1", "3")
    assert not again.open_count()


def test_open_means_waiting_or_leased(opened: Open) -> None:
    frontier = opened()
    assert not frontier.open_count()
    frontier.add([entry("1")])
    assert frontier.open_count()
    assert leased(frontier) == ["1"]
    assert frontier.open_count()
    done(frontier, "1")
    assert not frontier.open_count()


def test_what_was_fetched_in_this_run_is_not_added_again(opened: Open) -> None:
    frontier = opened()
    frontier.add([entry("1", hub=True), entry("2")])
    leased(frontier)
    done(frontier, "1", "2")
    assert frontier.add([entry("1", hub=True), entry("2"), entry("2", lastmod="2999-01-01")]) == 0


def test_a_new_run_fetches_hubs_and_failures_and_what_is_due(opened: Open) -> None:
    frontier = opened()
    wanted = [entry("hub", hub=True), entry("failed"), entry("old", max_age=50), entry("young", max_age=500)]
    wanted += [entry("changed", lastmod="2999-01-01"), entry("same", lastmod="1999-01-01"), entry("plain")]
    frontier.add(wanted)
    leased(frontier)
    done(frontier, "hub", "old", "young", "changed", "same", "plain", at=time.time() - 100)
    done(frontier, "failed", failed=True)
    frontier.close()
    again = opened()
    assert again.run == frontier.run + 1
    assert again.add(wanted) == 4
    assert sorted(leased(again)) == ["changed", "failed", "hub", "old"]


def test_a_lease_tells_of_the_last_fetch(opened: Open) -> None:
    frontier = opened()
    frontier.add([entry("1", hub=True)])
    leased(frontier)
    done(frontier, "1", etag='"x"', last_modified="Tue, 24 Nov 2026 00:00:00 GMT")
    frontier.close()
    again = opened()
    again.add([entry("1", hub=True)])
    (lease,) = again.lease(1, 1)
    assert lease.last == again.fetched("1")
    assert lease.last is not None
    assert lease.last.etag == '"x"'


def test_queues_keep_apart_what_is_open(opened: Open) -> None:
    one = opened(queue="one")
    one.add([entry("1")])
    one.close()
    other = opened(queue="other")
    assert not other.open_count()
    assert leased(other) == []
    assert other.add([entry("1")]) == 1
    assert other.run != one.run or leased(other) == ["1"]


def test_pages_and_offsets_are_acknowledged_with_the_requests(opened: Open) -> None:
    frontier = opened()
    state = PageState("digest", "0.1", (("id-1", "x"), ("id-2", "y")), None)
    assert frontier.offsets() == {}
    frontier.commit(Commit(pages={"p": state}, offsets={"articles.jsonl": 7}))
    frontier.close()
    again = opened()
    assert again.page("p") == state
    assert again.page("q") is None
    assert again.offsets() == {"articles.jsonl": 7}
    counts = again.counts()
    assert (counts.pages, counts.records) == (1, 2)


def test_an_article_belongs_to_the_page_that_claims_it_first(opened: Open) -> None:
    frontier = opened()
    assert frontier.claim("article", "page-1") == "page-1"
    assert frontier.claim("article", "page-2") == "page-1"
    assert frontier.claim("article", "page-1") == "page-1"


def test_counts(opened: Open) -> None:
    frontier = opened()
    frontier.add([entry("1"), entry("2"), entry("3", "b.example", urgent=True), entry("4")])
    done(frontier, *leased(frontier, per_host=1, hosts=1), failed=True)
    counts = frontier.counts()
    assert sum(counts.open_by_host.values()) == 3
    assert (counts.fetched, counts.failed) == (1, 1)


def test_what_is_forgotten_is_fetched_and_written_anew(opened: Open) -> None:
    frontier = opened()
    frontier.commit(Commit(offsets={"articles.jsonl": 7}))
    frontier.forget()
    assert frontier.offsets() == {}


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


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0 cut off"])
def test_a_ledger_that_is_none_is_said_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(content * 100)
    with pytest.raises(CopydeskError, match=r"ledger\.sqlite cannot be used"):
        open_frontier(tmp_path, None, "q", "a", 60)


def test_a_ledger_on_a_full_disk(tmp_path: Path) -> None:
    frontier = SqliteFrontier(tmp_path / "ledger.sqlite", "q")
    frontier._db.execute("PRAGMA max_page_count = 20")
    with pytest.raises(OSError, match="the ledger: database or disk is full"):
        frontier.add([entry(f"{number:0999}") for number in range(200)])
    frontier.close()


def test_a_ledger_of_another_version_is_said_in_one_line(tmp_path: Path) -> None:
    import sqlite3

    db = sqlite3.connect(tmp_path / "ledger.sqlite")
    db.execute("PRAGMA user_version = 99")
    db.commit()
    db.close()
    with pytest.raises(CopydeskError, match="another version"):
        open_frontier(tmp_path, None, "q", "a", 60)


@given(st.text(max_size=20), st.floats(0, 1e10), st.integers(0, 5), st.integers(0, 5))
@settings(max_examples=50)
def test_any_stated_time_of_change_is_survived(lastmod: str, at: float, last_run: int, run: int) -> None:
    assert is_due(entry("1", lastmod=lastmod), Fetch(at, last_run), run, 1e9) in (True, False)
    assert is_due(entry("1", lastmod=lastmod), None, run, 1e9)
