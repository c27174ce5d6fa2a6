"""Hosts that rest, and a crawl that says who it is."""

from __future__ import annotations

import asyncio
import itertools
import subprocess
import sys
import time
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.utils.test import get_crawler

from scraper import settings
from scraper.manners.politeness import LONGEST_REST, BadContact, HostRests, backoff, retry_after, user_agent
from tests.support.fetching import ROOT, SITE, Handler, Server, answer, busy_once, fetch, serve

NOW = 1_700_000_000.0
RESTING = "scraper.crawl.scheduler.FrontierScheduler"
SCRAPYS = "scrapy.core.scheduler.Scheduler"
TWO = {"names": {"other.example": [["127.0.0.1"]]}, "named": (SITE, "other.example")}


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Tue, 14 Nov 2023 22:14:20 GMT", 60),  # the three forms of RFC 9110, section 5.6.7
        ("Tuesday, 14-Nov-23 22:14:20 GMT", 60),
        ("Tue Nov 14 22:14:20 2023", 60),
        ("Tue, 14 Nov 2023 20:00:00 GMT", 0),
        ("Tue, 14 Nov 2999 20:00:00 GMT", LONGEST_REST),
        ("999999", LONGEST_REST),
        ("9" * 10_000, LONGEST_REST),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("Tue, 99 Nov 2023 99:99:99 GMT", None),
        ("Tue, 14 Nov 99999999999 20:00:00 GMT", None),
    ],
)
def test_retry_after_holds_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@given(st.text())
def test_no_header_makes_it_stumble(value: str) -> None:
    assert 0 <= (retry_after(value, NOW) or 0) <= LONGEST_REST


@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2200, 1, 1)), st.floats(0, 5e9))
def test_a_date_is_never_further_than_a_day(when: datetime, now: float) -> None:
    when = when.replace(microsecond=0, tzinfo=UTC)
    wait = retry_after(format_datetime(when, usegmt=True), now)
    assert wait == min(max(when.timestamp() - now, 0), LONGEST_REST)


@given(st.integers(1, 10_000), st.floats(0.01, 100), st.floats(100, 1000))
def test_waits_grow_up_to_a_bound(failures: int, first: float, longest: float) -> None:
    wait, next_wait = backoff(failures, first, longest), backoff(failures + 1, first, longest)
    assert first <= wait <= longest
    assert next_wait == min(2 * wait, longest)


def test_the_user_agent_names_the_crawl_and_whom_to_ask() -> None:
    assert user_agent("").startswith("Copydesk/")
    assert user_agent("mailto:a@b.example").endswith(" (+mailto:a@b.example)")
    assert user_agent("https://b.example/crawl?x=1").endswith(" (+https://b.example/crawl?x=1)")


@pytest.mark.parametrize(
    "contact", ["a@b.example", "mailto:", "mailto:a\r\nX: y", "mailto:a) b", "mailto:" + "a" * 10**6, "javascript:x"]
)
def test_a_contact_that_cannot_stand_in_a_header_is_refused(contact: str) -> None:
    with pytest.raises(BadContact) as error:
        user_agent(contact)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300


@pytest.mark.parametrize("scheduler", [SCRAPYS, RESTING])
@pytest.mark.parametrize("status", [429, 503])
def test_a_host_rests_as_long_as_it_asks_and_the_others_go_on(scheduler: str, status: int) -> None:
    pages, asked = busy_once(status, "600")
    with serve(pages) as site:  # type: ignore[arg-type]
        others = [site.url(f"/{number}", "other.example") for number in range(6)]
        mine = [site.url(path) for path in ("/busy", "/1", "/2", "/3")]
        settings = {"CONCURRENT_REQUESTS_PER_DOMAIN": 1, "SCHEDULER": scheduler}
        found = fetch(mine[0], *others, *mine[1:], **TWO, **settings)  # type: ignore[arg-type]
    assert [found[url]["status"] for url in mine + others] == [200] * 10
    times = site.times(host=SITE)
    after = [when for when in times if when > asked[0] + 0.001]
    assert len(after) >= 1
    assert min(after) - asked[0] > 599.8
    assert site.times(host="other.example")[-1] < min(after)
    assert site.paths(SITE).count("/busy") == 2


def test_a_host_rests_until_the_date_that_it_names() -> None:
    until = format_datetime(datetime.fromtimestamp(int(time.time()) + 3600, UTC), usegmt=True)
    pages, _ = busy_once(503, until)
    with serve(pages) as site:  # type: ignore[arg-type]
        assert fetch(site.url("/busy"))[site.url("/busy")]["status"] == 200
        again = time.time() - (time.monotonic() - site.times("/busy")[-1])
    assert again > datetime.strptime(until, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC).timestamp() - 0.2


def hang_up(handler: Handler) -> None:
    handler.close_connection = True


def failing(site: Server, count: int, **settings: object) -> dict[str, dict[str, object]]:
    return fetch(*[site.url(f"/bad{number}") for number in range(count)], **settings)  # type: ignore[arg-type]


def test_a_page_that_fails_is_asked_for_a_few_times_further_and_further_apart() -> None:
    with serve({"/bad0": lambda handler: answer(handler, 500)}) as site:
        found = failing(site, 1, BACKOFF_FIRST=0.2, RETRY_TIMES=3)
    times = site.times("/bad")
    gaps = [later - sooner for sooner, later in itertools.pairwise(times)]
    assert len(times) == 4
    assert [gap > wait - 0.05 for gap, wait in zip(gaps, (0.2, 0.4, 0.8), strict=True)] == [True] * 3
    assert found[site.url("/bad0")]["error"] == "HttpError"


@pytest.mark.parametrize("scheduler", [SCRAPYS, RESTING])
@pytest.mark.parametrize("trouble", [hang_up, lambda handler: answer(handler, 503)], ids=["hang up", "503"])
def test_a_host_that_only_fails_is_left_alone_and_the_others_are_not(trouble: object, scheduler: str) -> None:
    with serve({f"/bad{number}": trouble for number in range(40)}) as site:  # type: ignore[misc]
        others = [site.url(f"/{number}", "other.example") for number in range(5)]
        bad = [site.url(f"/bad{number}") for number in range(40)]
        found = fetch(*bad, *others, **TWO, HOST_FAILURES=5, SCHEDULER=scheduler)  # type: ignore[arg-type]
    assert {found[url]["status"] for url in others} == {200}
    assert all("error" in found[url] for url in bad)
    assert sum(found[url]["code"] == "unreachable" for url in bad) >= 30
    assert len(site.times("/bad")) <= 20, "some at once, some that follow before it is known, and four trials"


def slowly(handler: Handler) -> None:
    time.sleep(0.15)
    answer(handler, 503)


@pytest.mark.parametrize("scheduler", [SCRAPYS, RESTING])
def test_one_request_finds_out_whether_a_host_is_back(scheduler: str) -> None:
    with serve({f"/bad{number}": slowly for number in range(12)}) as site:
        failing(site, 12, HOST_FAILURES=4, BACKOFF_FIRST=60, SCHEDULER=scheduler)
    times = site.times("/bad")
    begins = [later for sooner, later in itertools.pairwise(times) if later - sooner > 50]
    assert [times.index(begin) - len(times) for begin in begins] == [-3, -2, -1]


def test_pages_that_fail_do_not_give_up_a_host_that_answers() -> None:
    with serve({f"/bad{number}": lambda handler: answer(handler, 500) for number in range(8)}) as site:
        found = fetch(
            *[site.url(f"/bad{number}") for number in range(8)],
            site.url("/good"),
            HOST_FAILURES=3,
            RETRY_TIMES=1,
            BACKOFF_FIRST=0.01,
        )
    assert found[site.url("/good")]["status"] == 200
    assert len(site.times("/bad")) == 16


@pytest.mark.parametrize("scheduler", [SCRAPYS, RESTING])
def test_a_crawl_can_be_stopped_while_a_host_rests(scheduler: str) -> None:
    pages, _ = busy_once(429, "86400")
    with serve(pages) as site:  # type: ignore[arg-type]
        urls = [site.url("/busy"), site.url("/1")]
        found = fetch(*urls, CLOSESPIDER_TIMEOUT=2, CONCURRENT_REQUESTS_PER_DOMAIN=1, SCHEDULER=scheduler)
    assert site.url("/busy") not in found, "it is neither fetched nor rejected, but left for the next run"
    assert "rests for 86400 seconds" in found["log"]["text"]


def test_a_wrong_contact_is_said_in_one_line_before_anything_starts(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "seeds",
        "-s",
        "CONTACT=me",
        "-s",
        f"DATA_DIR={tmp_path / 'data'}",
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (2, "scrapy crawl: CONTACT is no mailto: or https: address: 'me'\n")
    assert not (tmp_path / "data").exists()


def test_requests_to_a_host_keep_their_distance_when_nothing_else_is_said() -> None:
    theirs = {name: getattr(settings, name) for name in ("DOWNLOAD_DELAY", "AUTOTHROTTLE_ENABLED")}
    with serve({}) as site:
        fetch(*[site.url(f"/{number}") for number in range(3)], **theirs)
    times = [when for when, _, _ in site.log]
    assert all(
        later - sooner > settings.AUTOTHROTTLE_START_DELAY / 4 for sooner, later in itertools.pairwise(times[:3])
    )


def test_the_crawl_says_who_it_is_and_once_that_nobody_can_reach_it() -> None:
    with serve({}) as site:
        named = fetch(site.url("/1"), site.url("/2"))
        assert {agent.partition("/")[0] for agent in site.agents} == {"Copydesk"}
        assert all(agent.endswith("(+mailto:a@b.example)") for agent in site.agents)
        nameless = fetch(site.url("/1"), site.url("/2"), CONTACT="")
    assert "CONTACT" not in named["log"]["text"]
    assert nameless["log"]["text"].count("CONTACT=mailto:") == 1


def test_a_host_is_its_name_and_port_and_a_redirect_leaves_the_line_of_where_it_came_from() -> None:
    crawler = get_crawler(settings_dict={"BACKOFF_FIRST": 1, "BACKOFF_LONGEST": 2, "HOST_FAILURES": 1})
    request = Request("http://a.example:8081/", meta={"download_slot": "tracker.example"})
    assert asyncio.run(HostRests(crawler).process_request(request)) is None
    assert request.meta["download_slot"] == "a.example:8081"
