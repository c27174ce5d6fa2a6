"""Requests as JSON and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scrapy import FormRequest, Request, Spider
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from scraper.crawl.stored_requests import BadRequest, from_json, to_json
from scraper.requests import callback, is_callback


class MadeSpider(Spider):
    name = "made"

    @callback
    def parse(self, response: Any) -> None: ...

    @callback
    def parse_page(self, response: Any, **arguments: Any) -> None: ...

    @callback
    def parse_part(self, response: Any, number: int) -> None: ...

    @callback
    def failed(self, failure: Any) -> None: ...

    def helper(self, response: Any) -> None: ...


SPIDER = MadeSpider()
FIELD_NAMES = [
    "url",
    "callback",
    "errback",
    "headers",
    "body",
    "cookies",
    "meta",
    "cb_kwargs",
    "flags",
    "method",
    "source",
]
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def said(request: Request) -> dict[str, Any]:
    names = ["url", "method", "headers", "body", "cookies", "meta", "cb_kwargs", "priority", "dont_filter", "flags"]
    return {name: getattr(request, name) for name in [*names, "callback", "errback"]}


@given(
    st.dictionaries(st.text(max_size=5), PLAIN, max_size=3),
    st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), PLAIN, max_size=3),
    st.binary(max_size=20),
    st.lists(st.binary(max_size=9), max_size=2),
)
def test_a_request_comes_back_as_it_was(meta: Any, arguments: Any, body: bytes, values: list[bytes]) -> None:
    assume(not any(name.startswith("_") for name in meta))  # such names are Scrapy's own
    assume(not any(set(value) & set(b"\r\n\0") for value in values))  # no header holds them
    request = Request(
        "http://a.example/ä?b=c#d",
        SPIDER.parse_page,
        method="POST",
        headers={"X-One": values},
        body=body,
        meta=meta,
        cb_kwargs=arguments,
        priority=7,
        dont_filter=True,
        errback=SPIDER.failed,
        cookies={"k": "v"},
    )
    assert said(from_json(to_json(request, SPIDER), SPIDER)) == said(request)


def test_what_is_as_usual_is_left_out() -> None:
    assert json.loads(to_json(Request("http://a.example/"), SPIDER)) == {"url": "http://a.example/"}


def test_a_form_comes_back_as_the_request_that_it_sends() -> None:
    form = FormRequest("http://a.example/", formdata={"q": "x"})
    assert said(from_json(to_json(form, SPIDER), SPIDER)) == said(form)


@pytest.mark.parametrize(
    "request_",
    [
        Request("http://a.example/", lambda response: None),
        Request("http://a.example/", MadeSpider().parse_page),
        Request("http://a.example/", meta={"when": {1, 2}}),
    ],
)
def test_what_cannot_be_kept_is_said(request_: Request) -> None:
    with pytest.raises(ValueError, match=r"kept"):
        to_json(request_, SPIDER)


def stored(**fields: Any) -> str:
    return json.dumps({"url": "http://a.example/", **fields})


@pytest.mark.parametrize(
    "hostile",
    [
        stored(callback="parse_other"),
        stored(callback="helper"),
        stored(callback="__init__"),
        stored(callback="name"),
        stored(callback="crawler.stop"),
        stored(callback=7),
        stored(callback=["parse"]),
        stored(errback="helper"),
        stored(callback="parse_part"),
        stored(callback="parse_part", cb_kwargs={"number": 1, "more": 2}),
        stored(url="file:///etc/passwd", meta={"is_start_request": True}),
        stored(url="ftp://a.example/"),
        stored(url="FILE:///etc/passwd"),
        stored(url="a.example"),
        stored(url="http://[::1/"),
        stored(url=7),
        stored(meta={"proxy": "http://127.0.0.1:1"}),
        stored(meta={"dont_obey_robotstxt": True}),
        stored(meta={"playwright_page_init_callback": "os.system"}),
        stored(meta={"referrer_policy": "os.system"}),
        stored(meta={"download_slot": ""}),
        stored(meta={"depth": "deep"}),
        stored(meta={"source": ["a"]}),
        stored(meta=[]),
        stored(headers=[["X", ["a\r\nHost: b.example"]]]),
        stored(headers={"X": "a"}),
        stored(headers=[["X"]]),
        stored(body="\u20ac"),
        stored(method="DELETE"),
        stored(method=["GET"]),
        stored(encoding="rot_none"),
        stored(priority="first"),
        stored(priority=10**400),
        stored(cookies=["a"]),
        stored(flags=[1]),
        stored(cls="subprocess.Popen"),
        "[]",
        "7",
        "null",
        "",
        "{",
        "[" * 100_000,
        '{"callback": "parse"}',
    ],
)
def test_what_no_spider_has_stored_is_refused(hostile: str) -> None:
    with pytest.raises(BadRequest) as refused:
        from_json(hostile, SPIDER)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 300


@given(st.recursive(PLAIN, lambda inner: st.dictionaries(st.sampled_from(FIELD_NAMES), inner), max_leaves=8))
def test_anything_is_a_request_or_refused(found: Any) -> None:
    try:
        request = from_json(json.dumps(found), SPIDER)
    except BadRequest:
        return
    assert request.url.startswith(("http:", "https:", "data:"))


def test_a_request_that_would_not_be_taken_is_not_kept() -> None:
    for request in (
        Request("http://a.example/", SPIDER.helper),
        Request("file:///etc/hosts", SPIDER.parse),
        Request("http://a.example/", SPIDER.parse, meta={"proxy": "http://b.example"}),
    ):
        with pytest.raises(ValueError, match="kept"):
            to_json(request, SPIDER)


def test_every_spider_marks_its_callbacks() -> None:
    """A callback that is not marked cannot be stored: its requests would be left out."""
    loader = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["scraper.spiders"]}))
    for spider in map(loader.load, loader.list()):
        methods = [name for name in dir(spider) if name.startswith("parse_") or name in ("failed", "no_robots")]
        assert methods
        assert [name for name in methods if not is_callback(getattr(spider, name))] == []
