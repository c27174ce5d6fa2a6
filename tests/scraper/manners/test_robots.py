"""robots.txt: read, bounded, and kept."""

from __future__ import annotations

import gzip
import itertools
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings

from scraper import settings
from scraper.manners.politeness import LONGEST_REST
from scraper.manners.robots import MOST_BYTES, RobotsMiddleware, own_groups, read_rules
from tests.support.fetching import SITE, Handler, answer, fetch, serve

GROUPS = """\
Sitemap: https://site.example/sitemap.xml
User-agent: other
Disallow: /

# a remark
User-Agent: COPYDESK/2.0 (ours)
User-agent: third

Noindex: /n
Disallow: /private # not this
Allow: /private/open
Crawl-delay: 3
User-agent: *
Disallow /all
user agent: copydesk
disalow: /typo
"""

agents = st.sampled_from(["*", "copydesk", "Copydesk/1.0", "other", "x*"])
paths = st.text(alphabet="/ab*$", min_size=1, max_size=6).map("/{}".format)
groups = st.tuples(
    st.lists(agents, min_size=1, max_size=3),
    st.lists(st.tuples(st.sampled_from(["Allow", "Disallow"]), paths), min_size=1, max_size=4),
)


def test_only_the_groups_that_concern_us_are_kept() -> None:
    assert own_groups(GROUPS, "copydesk").splitlines() == [
        "User-agent: copydesk",
        "Disallow: /private",
        "Allow: /private/open",
        "Crawl-delay: 3",
        "User-agent: *",
        "Disallow: /all",
        "User-agent: copydesk",
        "disalow: /typo",
    ]


def test_the_rules_are_those_of_our_group() -> None:
    rules = read_rules(GROUPS.encode(), "Copydesk")
    allowed = {
        path: rules.allow(f"https://site.example{path}") for path in "/ /private /private/open /all /typo".split()
    }
    assert allowed == {"/": True, "/private": False, "/private/open": True, "/all": True, "/typo": False}
    assert rules.delay() == 3
    assert not read_rules(GROUPS.encode(), "somebody").allow("https://site.example/all")


@given(st.lists(groups, max_size=4), paths)
def test_leaving_groups_out_changes_no_answer(made: list[tuple[list[str], list[tuple[str, str]]]], path: str) -> None:
    lines = [
        line
        for names, rules in made
        for line in [*(f"User-agent: {name}" for name in names), *(f"{field}: {value}" for field, value in rules)]
    ]
    text, url = "\n".join(lines), f"https://site.example{path}"
    assert read_rules(text.encode(), "copydesk").allow(url) == Protego.parse(text.replace("/1.0", "")).can_fetch(
        url, "copydesk"
    )


@pytest.mark.parametrize("agent", ["copydesk-news", "copy", "desk", "xcopydesk", "mozilla copydesk", "copydesk2"])
def test_whom_a_group_is_for_is_told_by_the_whole_name(agent: str) -> None:
    """RFC 9309, section 2.2.1; Protego would take the first two for us."""
    assert read_rules(f"User-agent: {agent}\nDisallow: /\n".encode(), "copydesk").allow("https://site.example/")


@given(st.binary(max_size=2000) | st.text().map(str.encode))
def test_what_is_no_robots_txt_allows_everything_or_less(body: bytes) -> None:
    rules = read_rules(body, "copydesk")
    rules.allow("https://site.example/")
    assert 0 <= rules.delay() <= LONGEST_REST


@pytest.mark.parametrize("value", ["1e300", "inf", "nan", "-1", "9" * 5000, "soon"])
def test_a_delay_is_a_number_up_to_a_day(value: str) -> None:
    assert read_rules(f"User-agent: *\nCrawl-delay: {value}\n".encode(), "copydesk").delay() in (0, LONGEST_REST)


def test_many_agents_above_many_rules_are_no_product_of_both() -> None:
    many = [f"User-agent: a{number}\nX: y\nSitemap: z" for number in range(9_000)]
    many += ["User-agent: copydesk"] * 9_000 + [f"Disallow: /{number}" for number in range(9_000)]
    kept = own_groups("\n".join(many), "copydesk").splitlines()
    assert len(kept) == 9_001
    assert not read_rules("\n".join(kept).encode(), "copydesk").allow("https://site.example/8999")


@pytest.mark.parametrize("path", ["/" + "*a" * 100_000, "/" + "*" * 200_000, "/*" + "a*b" * 60_000 + "$"])
def test_wildcards_without_end_are_matched_in_one_pass(path: str) -> None:
    rules = read_rules(f"User-agent: *\nDisallow: {path}\n".encode(), "copydesk")
    assert isinstance(rules.allow("https://site.example/" + "a" * 2_000), bool)


def test_a_line_without_end_is_read_once() -> None:
    for line in (
        " " * MOST_BYTES,
        "user-agent" + " " * MOST_BYTES,
        "disallow" + "\t" * MOST_BYTES + ":",
        ":" * MOST_BYTES,
    ):
        assert len(own_groups(line, "copydesk").splitlines()) <= 1


def robots(text: str) -> dict[str, object]:
    return {"/robots.txt": lambda handler: answer(handler, body=text.encode(), Content_Type="text/plain")}


def test_what_is_disallowed_is_not_fetched_and_the_rest_is() -> None:
    rules = "User-agent: copydesk\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n"
    with serve({**robots(rules), "/to": lambda handler: answer(handler, 302, Location="/private/2")}) as site:  # type: ignore[dict-item]
        found = fetch(*map(site.url, ["/private/1", "/open", "/to"]), CONCURRENT_REQUESTS_PER_DOMAIN=8)
    assert found[site.url("/open")]["status"] == 200
    assert found[site.url("/private/1")]["code"] == found[site.url("/to")]["code"] == "robots"
    assert sorted(site.paths()) == ["/open", "/robots.txt", "/to"]


@pytest.mark.parametrize("scheduler", ["scrapy.core.scheduler.Scheduler", "scraper.crawl.scheduler.FrontierScheduler"])
def test_crawl_delay_is_the_least_distance_between_two_requests(scheduler: str) -> None:
    with serve(robots("User-agent: *\nCrawl-delay: 60\n")) as slow, serve({}) as fast:  # type: ignore[arg-type]
        others = [fast.url(f"/{number}", "fast.example") for number in range(8)]
        found = fetch(
            *[slow.url(f"/{number}") for number in range(3)],
            *others,
            names={"fast.example": [["127.0.0.1"]]},
            named=("site.example", "fast.example"),
            SCHEDULER=scheduler,
            AUTOTHROTTLE_ENABLED=True,
            AUTOTHROTTLE_START_DELAY=0.05,
            CONCURRENT_REQUESTS_PER_DOMAIN=8,
        )
    assert slow.paths()[0] == "/robots.txt"
    times = slow.times()
    assert len(times) == 3
    assert all(later - sooner > 59.8 for sooner, later in itertools.pairwise(times))
    assert len([url for url in others if found[url]["status"] == 200]) == 8
    assert fast.times()[-1] < times[-1], "a host that is slow does not hold up another"


def test_crawl_delay_holds_for_a_host_that_the_downloader_has_forgotten_meanwhile() -> None:
    """Which it does with hosts that it has not been asked for in a minute."""
    crawler: Any = SimpleNamespace(settings=Settings(vars(settings)))
    middleware = RobotsMiddleware(crawler)
    response = Response(f"http://{SITE}/robots.txt", body=b"User-agent: *\nCrawl-delay: 5")
    crawler.stats = SimpleNamespace(inc_value=lambda _: None)
    middleware._judge(f"http://{SITE}", response)
    slot = SimpleNamespace(delay=0.1, jitter=0.5)
    crawler.engine = SimpleNamespace(_slot=None, downloader=SimpleNamespace(slots={SITE: slot}))
    middleware.pace(Request(f"http://{SITE}/1", meta={"download_slot": SITE}))
    assert (slot.delay, slot.jitter) == (5, 0)


def test_of_a_robots_txt_without_end_the_beginning_is_obeyed() -> None:
    sent = 0

    def without_end(handler: Handler) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.send_header("Content-Length", "100000000")
        handler.end_headers()
        handler.wfile.write(b"User-agent: *\nDisallow: /private\n")
        for _ in range(1000):
            sent += handler.wfile.write(b"# nothing\n" * 10_000)

    with serve({"/robots.txt": without_end}) as site:
        found = fetch(site.url("/private"), site.url("/open"), DOWNLOAD_MAXSIZE=10_000_000)
    assert found[site.url("/private")]["code"] == "robots"
    assert found[site.url("/open")]["status"] == 200
    assert site.paths().count("/robots.txt") == 1
    assert sent < 20_000_000  # what the system holds between the two ends comes on top


def test_a_robots_txt_that_unpacks_without_end_is_none() -> None:
    bomb = gzip.compress(b"# nothing\n" * 500_000)
    with serve({"/robots.txt": lambda handler: answer(handler, body=bomb, Content_Encoding="gzip")}) as site:
        found = fetch(site.url("/page"), DOWNLOAD_MAXSIZE=1_000_000)
    assert found[site.url("/page")]["code"] == "too-large"
    assert site.paths() == ["/robots.txt"]


@pytest.mark.parametrize(("status", "fetched"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
def test_without_an_answer_nothing_is_fetched_and_with_none_everything(status: int, fetched: bool) -> None:
    with serve({"/robots.txt": lambda handler: answer(handler, status)}) as site:
        found = fetch(site.url("/page"), site.url("/other"))
    assert (found[site.url("/page")].get("status") == 200) is fetched
    assert (found[site.url("/page")].get("code") == "unreachable") is not fetched
    assert site.paths().count("/robots.txt") == (1 if fetched else 3)
    assert site.paths().count("/page") == fetched
