"""What failed and is tried again in later runs, the same tests on SQLite and on Redis."""

from __future__ import annotations

from scraper.frontier import Frontier
from tests.support.frontiers import Open, done, entry, failed, leased


def after_a_failure(opened: Open, *, retry_at: float | None, given_up: bool = False) -> Frontier:
    """The frontier of the run after one in which the only request has failed."""
    frontier = opened()
    frontier.add([entry("1")])
    leased(frontier)
    failed(frontier, "1", retry_at=retry_at, given_up=given_up)
    frontier.close()
    return opened()


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
    again = after_a_failure(opened, retry_at=3600.0)
    clock[0] = 4000.0  # the run began before its time
    assert again.add([entry("1"), entry("2")]) == 2
    assert again.open_count() == 2
    assert leased(again) == ["1", "2"]
    assert not again.counts().tried_again


def test_a_change_that_is_stated_wakes_what_rests(opened: Open, clock: list[float]) -> None:
    again = after_a_failure(opened, retry_at=3600.0)
    assert again.add([entry("1", lastmod="1970-01-01T00:00:30")]) == 1
    assert leased(again) == ["1"]


def test_what_is_given_up_is_made_again_only_after_a_change(opened: Open, clock: list[float]) -> None:
    again = after_a_failure(opened, retry_at=None, given_up=True)
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
