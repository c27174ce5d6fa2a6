"""What every frontier does, the same tests on SQLite and on Redis."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.frontier import Commit, Fetch, PageState, is_due
from scraper.frontier.base import fetch_of, page_state_of
from tests.support.frontiers import Open, done, entry, leased


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


def test_what_is_acknowledged_while_it_waits_is_fetched_no_more_and_the_crawl_can_end(opened: Open) -> None:
    frontier = opened()
    frontier.add([entry("1"), entry("2"), entry("3"), entry("4", "b.example"), entry("5", "b.example")])
    assert leased(frontier, per_host=1, without={"b.example"}) == ["1"]
    done(frontier, "1", "2", "4")  # as redirects led to them
    found = {lease.key: lease.last for lease in frontier.lease(10, 10)}
    assert {"3", "5"} <= found.keys() <= {"2", "3", "4", "5"}
    assert all(last and last.run == frontier.run for key, last in found.items() if key in "24")
    done(frontier, *found)
    assert not frontier.open_count()
    assert not frontier.counts().open_by_host
    frontier.close()
    again = opened()
    assert again.run == frontier.run + 1
    assert leased(again) == []


def test_what_fails_while_it_waits_is_tried_again_by_the_next_run_and_the_crawl_can_end(opened: Open) -> None:
    frontier = opened()
    frontier.add([entry("1"), entry("2")])
    assert leased(frontier, per_host=1) == ["1"]
    failing = {"failed": True, "failures": 1, "code": "server-error", "retry_at": 0.0}
    done(frontier, "1", "2", **failing)
    for lease in frontier.lease(10, 10):
        assert lease.last is not None
        frontier.commit(Commit(fetches={lease.key: lease.last}))  # as the scheduler does
    assert not frontier.open_count()
    assert sorted(each.url[-1] for each in frontier.counts().tried_again) == ["1", "2"]
    frontier.close()
    assert sorted(leased(opened())) == ["1", "2"]


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


@pytest.mark.parametrize(
    ("stated", "reader", "days", "is_read"),
    [
        ("2026-01-02", "r", 1, False),
        ("2026-01-02", "r", 8, True),  # many an index states the same time for ever
        ("2026-01-03", "r", 1, True),
        ("2026-01-01", "r", 1, True),
        (None, "r", 1, True),
        ("2026-01-02", "another", 1, True),
        ("2026-01-02", None, 1, True),
    ],
)
def test_a_hub_is_read_again_unless_it_says_that_it_is_as_before(
    stated: str | None, reader: str | None, days: int, is_read: bool
) -> None:
    last = Fetch(at=0.0, run=1, lastmod="2026-01-02", reader="r")
    hub = entry("1", hub=True, lastmod=stated, reader=reader)
    assert is_due(hub, last, run=2, now=days * 86_400.0) is is_read
    assert is_due(hub, replace(last, failed=True), run=2, now=days * 86_400.0)
    assert not is_due(hub, last, run=1, now=days * 86_400.0)


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


@given(st.text(max_size=30) | st.recursive(st.none() | st.integers() | st.text(max_size=3), st.lists).map(json.dumps))
def test_what_is_no_fetch_and_no_state_counts_as_absent(stored: str) -> None:
    assert fetch_of(stored) is None
    assert page_state_of(stored) is None


@given(st.text(max_size=20), st.floats(0, 1e10), st.integers(0, 5), st.integers(0, 5))
@settings(max_examples=50)
def test_any_stated_time_of_change_is_survived(lastmod: str, at: float, last_run: int, run: int) -> None:
    assert is_due(entry("1", lastmod=lastmod), Fetch(at, last_run), run, 1e9) in (True, False)
    assert is_due(entry("1", lastmod=lastmod), None, run, 1e9)
