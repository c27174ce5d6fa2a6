"""Pages that fail, and hubs that have not changed, over several runs of a crawl of a local server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.local_server import Answer
from tests.support.made_days import Days, article, feed
from tests.support.redis_server import RedisServer, needs_redis


def test_a_page_that_failed_is_fetched_after_its_feed_has_moved_on(days: Days) -> None:
    days.answers = {"/feed": feed("/1", "/2"), "/1": article("one"), "/2": Answer(b"", 502)}
    run = days.crawl()
    assert "\nstill to come: 1 that failed" in run.stderr
    assert "server-error" not in run.stderr  # which is no reject yet
    assert days.rows("articles").keys() == {"/1"}
    assert days.rows("rejected").keys() == set()
    assert days.still_to_come()["/2"]["code"] == "server-error"
    days.answers |= {"/feed": feed("/3"), "/2": article("two"), "/3": article("three")}
    run = days.crawl()
    assert "still to come" not in run.stderr
    assert sorted(days.asked) == ["/2", "/3", "/feed"]
    assert days.rows("articles").keys() == {"/1", "/2", "/3"}
    assert days.rows("rejected").keys() == set()
    assert days.still_to_come() == {}


def test_a_page_that_keeps_failing_is_given_up_and_told_once(days: Days) -> None:
    days.answers = {"/feed": feed("/1", "/2"), "/1": Answer(b"", 502), "/2": Answer(b"", 404)}
    asked = []
    for _ in range(4):
        days.crawl("FAILED_RESTS=0,0")
        asked.append(days.asked.count("/1"))
    assert asked == [1, 1, 1, 0]
    rejected = days.rows("rejected")
    assert {path: row["code"] for path, row in rejected.items()} == {"/1": "server-error", "/2": "not-found"}
    assert rejected["/1"]["reason"].endswith("It has failed in 3 runs. It is given up.")
    assert days.still_to_come() == {}


def test_a_page_that_rests_is_still_to_come(days: Days) -> None:
    days.answers = {"/feed": feed("/1"), "/1": Answer(None)}
    days.crawl("FAILED_RESTS=3600")
    days.crawl("FAILED_RESTS=3600")
    assert days.asked == ["/feed"]
    assert days.rows("rejected").keys() == set()
    assert days.still_to_come()["/1"]["failures"] == 1


def test_an_address_that_leads_to_another_one_is_told(days: Days) -> None:
    moved = Answer(b"", 301, {"Location": "/1"})
    days.answers = {"/feed": feed("/1", "/2", "/3"), "/1": article("one"), "/2": moved, "/3": moved}
    days.crawl()
    assert days.rows("articles").keys() == {"/1"}
    rejected = days.rows("rejected")  # which of the three addresses gives the article depends on their order
    assert rejected.keys() in ({"/2"}, {"/3"}, {"/2", "/3"})
    assert {row["code"] for row in rejected.values()} == {"duplicate"}


def test_a_hub_is_asked_whether_it_has_changed(tmp_path: Path) -> None:
    days = Days(tmp_path, None)
    days.answers = {"/feed": feed("/1", "/2", etag='"a"'), "/1": article("one"), "/2": Answer(b"", 502)}
    days.crawl()
    days.answers |= {"/feed": Answer(b"", 304, {}), "/2": article("two")}
    run = days.crawl()
    assert days.headers["/feed"]["If-None-Match"] == '"a"'
    assert run.returncode == 0
    assert sorted(days.asked) == ["/2", "/feed"]
    assert days.rows("articles").keys() == {"/1", "/2"}
    assert days.rows("rejected").keys() == set()
    days.answers |= {"/feed": feed("/3"), "/3": article("three")}
    days.crawl()
    assert days.headers["/feed"]["If-None-Match"] == '"a"'  # which the answer 304 did not repeat
    assert days.rows("articles").keys() == {"/1", "/2", "/3"}


@pytest.mark.parametrize(
    ("first", "spider", "path"),
    [
        (feed("/1", etag='"a"', dates="<pubDate>Fri, 01 Jan 2500 00:00:00 GMT</pubDate>"), "feed", "/feed"),
        (
            Answer(b"Sitemap: /map.xml", 200, {"Content-Type": "text/plain", "ETag": '"a"'}),
            "sitemap",
            "/robots.txt",
        ),
        (feed(etag='"a"'), "feed", "/feed"),
    ],
    ids=["a change is still to come", "it leads to hubs", "it leads to nothing"],
)
def test_a_hub_that_must_be_read_again_is_not_asked(tmp_path: Path, first: Any, spider: str, path: str) -> None:
    days = Days(tmp_path, None)
    days.answers = {path: first, "/1": article("one")}
    for _ in range(2):
        days.crawl(spider=spider, path=path)
    assert "If-None-Match" not in days.headers[path]


def sitemap(**entries: str) -> Any:
    """A sitemap, or the index of some, whose entries have a time of change; the names of sitemaps begin with `map`."""

    def made(base: str) -> Answer:
        tag = "sitemap" if all(name.startswith("map") for name in entries) else "url"
        listed = (f"<{tag}><loc>{base}/{name}</loc><lastmod>{at}</lastmod></{tag}>" for name, at in entries.items())
        root = {"sitemap": "sitemapindex", "url": "urlset"}[tag]
        return Answer(f"<{root}>{''.join(listed)}</{root}>".encode(), headers={"Content-Type": "application/xml"})

    return made


def test_a_sitemap_whose_index_states_no_change_is_not_read_again(days: Days) -> None:
    one, two = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"
    days.answers = {f"/{name}": article(name) for name in ("a", "b", "c", "d")} | {
        "/index": sitemap(map1=one, map2=one, map3="2500-01-01", map4=one),
        "/map1": sitemap(a=one),
        "/map2": sitemap(b=one),
        "/map3": sitemap(c=one),
        "/map4": Answer(b"", 503),
    }
    days.crawl(spider="sitemap", path="/index")
    assert sorted(days.asked) == ["/a", "/b", "/c", "/index", "/map1", "/map2", "/map3", "/map4"]
    days.answers |= {"/index": sitemap(map1=one, map2=two, map3="2500-01-01", map4=one), "/map4": sitemap(d=one)}
    days.answers |= {"/a": article("a, corrected"), "/map1": sitemap(a=two), "/map2": sitemap(b=two)}
    days.crawl(spider="sitemap", path="/index")
    assert sorted(days.asked) == ["/b", "/d", "/index", "/map2", "/map3", "/map4"]
    assert days.rows("articles").keys() == {"/a", "/b", "/c", "/d"}


@needs_redis
def test_hostile_requests_in_a_shared_frontier_are_told_and_the_crawl_ends_well(tmp_path: Path) -> None:
    import redis

    with RedisServer(tmp_path / "redis") as server:
        days = Days(tmp_path / "data", server.url)
        days.answers = {"/feed": feed("/1"), "/1": article("one")}
        days.crawl()
        client: Any = redis.Redis.from_url(server.url, decode_responses=True)
        (queue,) = client.smembers("copydesk:queues")
        hostile = [
            {"url": "file:///etc/passwd", "callback": "parse_article", "meta": {"is_start_request": True}},
            {"url": "http://127.0.0.1:1/", "callback": 7},
            {"url": "http://127.0.0.1:1/", "callback": "close"},
            {"url": "http://127.0.0.1:1/", "callback": "parse_article", "meta": {"proxy": "http://127.0.0.1:1"}},
            ["\x1b[2J"],
        ]
        stream = f"copydesk:{queue}:requests:0:a.example"
        client.sadd(f"copydesk:{queue}:streams", "0:a.example")
        client.xgroup_create(stream, "crawl", "0", mkstream=True)
        for number, request in enumerate(hostile):
            client.sadd(f"copydesk:{queue}:open", str(number))
            client.xadd(stream, {"key": str(number), "request": json.dumps(request)})
        days.answers |= {"/feed": feed("/2"), "/2": article("two")}
        for _ in range(2):  # the first one resumes the run in which the requests are open
            assert days.crawl().returncode == 0
        assert days.rows("articles").keys() == {"/1", "/2"}
        rejected = [json.loads(line) for line in (days.folder / "rejected.jsonl").read_bytes().splitlines()]
        assert [row["code"] for row in rejected] == ["bad-request"] * len(hostile)
        assert "root:" not in (days.folder / "articles.jsonl").read_text()
