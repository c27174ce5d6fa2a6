"""Requests as JSON and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import FormRequest, Request, Spider

from scraper.crawl.stored_requests import from_json, to_json


class MadeSpider(Spider):
    name = "made"

    def parse_page(self, response: Any) -> None: ...

    def failed(self, failure: Any) -> None: ...


SPIDER = MadeSpider()
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


def test_a_method_that_is_gone_is_said() -> None:
    with pytest.raises(ValueError, match="no method parse_other"):
        from_json('{"url": "http://a.example/", "callback": "parse_other"}', SPIDER)
