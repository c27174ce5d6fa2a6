"""The frontier, the same tests on SQLite and on Redis."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.errors import CopydeskError
from scraper.frontier import Commit, Fetch, Frontier, FrontierAway, PageState, QueuedRequest, is_due, open_frontier
from scraper.frontier import sqlite as sqlite_module
from scraper.frontier.base import fetch_of, page_state_of
from scraper.frontier.sqlite import SqliteFrontier, ledger_counts
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


def entry(name: str, host: str = "a.example", **facts: object) -> QueuedRequest:
    return QueuedRequest(name, host, f'{{"url":"http://{host}/{name}"}}', **facts)  # type: ignore[arg-type]


def leased(frontier: Frontier, per_host: int = 10, hosts: int = 10, **options: object) -> list[str]:
    return [lease.key for lease in frontier.lease(per_host, hosts, **options)]  # type: ignore[arg-type]


def done(frontier: Frontier, *keys: str, at: float | None = None, **facts: object) -> None:
    fetch = Fetch(time.time() if at is None else at, frontier.run, **facts)  # type: ignore[arg-type]
    frontier.commit(Commit(fetches=dict.fromkeys(keys, fetch)))


def grow_old(frontier: Any) -> None:
    """Make Redis count the worker's leases as last renewed ten minutes ago."""
    for held in frontier._held.values():
        frontier._redis.xclaim(held.stream, GROUP, frontier.worker, 0, [held.number], idle=600_000, justid=True)


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


# --- What failed and is tried again ------------------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of the frontier, in a list of one: day 0 of made days."""
    now = [0.0]
    monkeypatch.setattr(sqlite_module.time, "time", lambda: now[0])
    return now


def failed(frontier: Frontier, key: str, retry_at: float | None, **facts: object) -> None:
    done(frontier, key, at=1.0, failed=True, failures=1, code="server-error", retry_at=retry_at, **facts)


def test_what_failed_is_leased_again_in_the_next_run_though_nothing_names_it(opened: Open, clock: list[float]) -> None:
    frontier = opened()
    frontier.add([entry("1"), entry("2")])
    assert leased(frontier) == ["1", "2"]
    failed(frontier, "1", retry_at=0.0)
    assert leased(frontier) == []  # not in the same run
    done(frontier, "2")
    assert frontier.open_count() == 0
    frontier.close()
    again = opened()
    assert again.run == frontier.run + 1
    assert again.open_count() == 1
    (lease,) = again.lease(5, 5)
    assert (lease.key, lease.request, lease.last and lease.last.failures) == ("1", entry("1").request, 1)
    done(again, "1")
    again.close()
    third = opened()
    assert leased(third) == []
    assert not third.counts().tried_again


def test_what_failed_rests_until_its_time(opened: Open, clock: list[float]) -> None:
    frontier = opened()
    frontier.add([entry("1")])
    leased(frontier)
    failed(frontier, "1", retry_at=3600.0)
    for clock[0] in (100.0, 3599.0):
        frontier.close()
        frontier = opened()
        assert frontier.add([entry("1")]) == 0  # a feed that still names it changes nothing
        assert leased(frontier) == []
        assert [(each.url, each.code, each.failures, each.retry_at) for each in frontier.counts().tried_again] == [
            ("http://a.example/1", "server-error", 1, 3600.0)
        ]
    clock[0] = 3600.0
    frontier.close()
    frontier = opened()
    assert leased(frontier) == ["1"]
    assert not frontier.counts().tried_again


def test_what_failed_and_is_named_again_waits_once(opened: Open, clock: list[float]) -> None:
    frontier = opened()
    frontier.add([entry("1")])
    leased(frontier)
    failed(frontier, "1", retry_at=3600.0)
    frontier.close()
    again = opened()
    clock[0] = 4000.0  # the run began before its time
    assert again.add([entry("1"), entry("2")]) == 2
    assert again.open_count() == 2
    assert leased(again) == ["1", "2"]
    assert not again.counts().tried_again


def test_a_change_that_is_stated_wakes_what_rests(opened: Open, clock: list[float]) -> None:
    frontier = opened()
    frontier.add([entry("1")])
    leased(frontier)
    failed(frontier, "1", retry_at=3600.0)
    frontier.close()
    again = opened()
    assert again.add([entry("1", lastmod="1970-01-01T00:00:30")]) == 1
    assert leased(again) == ["1"]


def test_what_is_given_up_is_made_again_only_after_a_change(opened: Open, clock: list[float]) -> None:
    frontier = opened()
    frontier.add([entry("1")])
    leased(frontier)
    failed(frontier, "1", retry_at=None, given_up=True)
    frontier.close()
    again = opened()
    clock[0] = 1e6
    assert again.add([entry("1")]) == 0
    assert again.add([entry("1", lastmod="1970-01-02")]) == 1


def test_what_another_crawl_has_fetched_is_not_tried_again(opened: Open, clock: list[float]) -> None:
    one = opened(queue="one")
    one.add([entry("1")])
    leased(one)
    failed(one, "1", retry_at=0.0)
    one.close()
    other = opened(queue="other")
    other.add([entry("1")])
    done(other, *leased(other))
    other.close()
    again = opened(queue="one")
    assert leased(again) == []
    assert not again.counts().tried_again


def test_a_run_that_is_resumed_does_not_try_again_what_failed_in_it(opened: Open, clock: list[float]) -> None:
    frontier = opened()
    frontier.add([entry("1"), entry("2")])
    leased(frontier)
    failed(frontier, "1", retry_at=0.0)
    frontier.close()  # as a kill leaves it: 2 is open
    again = opened()
    assert again.run == frontier.run
    assert leased(again) == ["2"]


OLD_LEDGER = """
CREATE TABLE queues (queue TEXT PRIMARY KEY, run INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE requests (
  number INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, key TEXT NOT NULL, host TEXT NOT NULL,
  urgent INTEGER NOT NULL, request TEXT NOT NULL, UNIQUE (queue, key)
);
CREATE TABLE fetches (key TEXT PRIMARY KEY, failed INTEGER NOT NULL, fetch TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pages (key TEXT PRIMARY KEY, records INTEGER NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE claims (identity TEXT PRIMARY KEY, page TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE offsets (file TEXT PRIMARY KEY, bytes INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO queues VALUES ('q', 3);
INSERT INTO requests (queue, key, host, urgent, request) VALUES ('q', '1', 'a.example', 0, '{"url":"http://a.example/"}');
INSERT INTO fetches VALUES ('0', 1, '{"at": 1.0, "run": 3, "etag": null, "last_modified": null, "lastmod": null,
  "failed": true}');
INSERT INTO offsets VALUES ('articles.jsonl', 7);
PRAGMA user_version = 1;
"""


def test_a_ledger_of_the_first_format_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(OLD_LEDGER)
    (counts,) = ledger_counts(path)  # which changes nothing
    assert (dict(counts.open_by_host), counts.failed, counts.tried_again) == ({"a.example": 1}, 1, ())
    frontier = open_frontier(tmp_path, None, "q", "a", 60)
    assert (frontier.run, frontier.offsets()) == (3, {"articles.jsonl": 7})
    assert leased(frontier) == ["1"]
    failed(frontier, "1", retry_at=0.0)
    frontier.close()
    again = open_frontier(tmp_path, None, "q", "a", 60)
    assert leased(again) == ["1"]
    assert again.add([entry("0")]) == 1  # what had failed, when it is named again
    again.close()


def test_a_ledger_that_is_damaged_while_it_is_read_is_an_error_of_the_disk(tmp_path: Path) -> None:
    frontier = SqliteFrontier(tmp_path / "ledger.sqlite", "q")
    frontier._db.execute("DROP TABLE fetches")
    with pytest.raises(OSError, match="the ledger"):
        frontier.fetched("1")
    frontier.close()


@given(st.text(max_size=30) | st.recursive(st.none() | st.integers() | st.text(max_size=3), st.lists).map(json.dumps))
def test_what_is_no_fetch_and_no_state_counts_as_absent(stored: str) -> None:
    assert fetch_of(stored) is None
    assert page_state_of(stored) is None


# --- Several workers ---------------------------------------------------------------------------------------------


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
