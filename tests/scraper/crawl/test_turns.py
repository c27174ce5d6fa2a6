"""Whose turn it is to be asked."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request

from scraper.crawl import turns
from scraper.crawl.turns import Turns


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, in a list of one."""
    now = [1000.0]
    monkeypatch.setattr(turns.time, "time", lambda: now[0])
    return now


def filled(per_host: int, *paths: str) -> Turns:
    """Requests in their order, each for the host of its first letter."""
    found = Turns(per_host)
    for path in paths:
        found.add(path[0], Request(f"http://{path[0]}.example/{path}"))
    return found


def taken(found: Turns) -> list[str]:
    """What is handed out until nothing more is."""
    return [request.url.rpartition("/")[2] for request in iter(found.take, None)]


def test_hosts_take_turns() -> None:
    assert taken(filled(9, "a1", "a2", "a3", "b1", "b2", "c1")) == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_a_host_has_so_many_on_their_way_and_no_more() -> None:
    found = filled(2, "a1", "a2", "a3", "b1")
    assert taken(found) == ["a1", "b1", "a2"]
    found.answered("a")
    assert taken(found) == ["a3"]
    assert not found


def test_what_is_redirected_comes_first() -> None:
    found = filled(1, "a1", "a2")
    found.take()
    found.answered("a")
    found.add_first("a", Request("http://a.example/moved"))
    assert taken(found) == ["moved"]


def test_a_host_rests_until_its_time(clock: list[float]) -> None:
    found = filled(9, "a1", "b1")
    found.rest("a", 1010.0)
    found.rest("a", 1005.0)  # a shorter rest does not end a longer one
    assert taken(found) == ["b1"]
    assert found
    clock[0] = 1006.0
    assert taken(found) == []
    clock[0] = 1010.0
    assert taken(found) == ["a1"]


def test_hosts_that_rest_or_are_busy_or_wait_need_no_more(clock: list[float]) -> None:
    found = filled(1, "a1", "b1")
    assert found.supplied() == {"a", "b"}
    found.take()
    found.rest("c", 1010.0)
    assert found.supplied() == {"a", "b", "c"}
    clock[0] = 1020.0
    found.answered("a")
    assert found.supplied() == {"b"}


@given(st.lists(st.text("abc", min_size=1, max_size=4)), st.integers(1, 3))
def test_every_request_is_handed_out_once_and_in_the_order_of_its_host(paths: list[str], per_host: int) -> None:
    found = filled(per_host, *paths)
    out: list[str] = []
    while found:
        some = taken(found)
        assert max(Counter(path[0] for path in some).values()) <= per_host
        for path in some:
            found.answered(path[0])
        out += some
    for host in "abc":
        assert [path for path in out if path[0] == host] == [path for path in paths if path[0] == host]
