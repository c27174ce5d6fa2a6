"""Pages whose story stands in their data only, in the ways in which sites send it."""

from __future__ import annotations

import json

import pytest

from cleaners import Cleaned, Page, clean_page

PARAGRAPHS = [
    "The bridge over the Example opened on Friday after four years of work, and pupils crossed it first.",
    "The work cost a fifth more than the council had planned, mostly because the piers had to be replaced.",
    "Shopkeepers on both banks hope that customers who went to the next town for four years will now come back.",
    "A ferry that ran in the meantime will stop at the end of the month, the council said in a letter to residents.",
]
HTML = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
TEASERS = [{"title": "Ferry", "text": "The ferry stops at the end of the month, after four years. " * 9}] * 9


def script(value: object, start: str = "<script type='application/json'>") -> str:
    return f"{start}{json.dumps(value)}</script>"


def streamed(*rows: str) -> str:
    return "".join(f"<script>self.__next_f.push({json.dumps([1, row])})</script>" for row in rows)


SOURCES = {
    "json-ld": script(
        {"@graph": [{"@type": "NewsArticle", "articleBody": "\n\n".join(PARAGRAPHS)}]},
        "<script type='application/ld+json'>",
    ),
    "html in a state": script({"props": {"article": {"body": HTML, "related": TEASERS, "comments": [HTML, HTML]}}}),
    "runs of text": script(
        {"story": [{"type": "p", "content": [{"value": text[:9]}, {"value": text[9:]}]} for text in PARAGRAPHS]}
    ),
    "a variable": script(
        {"blocks": [{"children": [{"text": text}]} for text in PARAGRAPHS]}, "<script>window.__DATA__ = "
    ),
    "streamed elements": streamed(
        "1:" + json.dumps(["$", "div", None, {"children": [["$", "p", 1, {"children": text}] for text in PARAGRAPHS]}]),
    ),
    "streamed text": streamed(f"1a:T{len(HTML.encode()):x},{HTML[:50]}", f"{HTML[50:]}2:[1]\n"),
    "template": f"<template>{HTML}</template>",
    "noscript": f"<noscript>{HTML}</noscript>" + "<li><a href='/a'>An entry of a long menu</a></li>" * 30,
}


def page(data: str, shown: str = "") -> Cleaned:
    head = "<title>Bridge opens</title><nav><a href='/a'>News</a></nav><h1>Bridge opens</h1>"
    return clean_page(Page(f"{head}{shown}{data}<footer>© Example</footer>"))


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("shown", ["", f"<p>{PARAGRAPHS[0]}</p>", f"<p>{PARAGRAPHS[0][:50]}…</p>"])
def test_a_story_that_is_only_in_data(source: str, shown: str) -> None:
    cleaned = page(SOURCES[source], shown)
    (article,) = cleaned.articles
    assert article.text.split("\n") == PARAGRAPHS
    assert sum(block.verdict.rule == "embedded-story" for block in cleaned.blocks) == len(PARAGRAPHS)


def test_a_page_that_shows_its_story_is_left_alone() -> None:
    cleaned = page(script({"body": "<p>Other words than those of the story, and more of them.</p>" * 20}), HTML)
    (article,) = cleaned.articles
    assert article.text.split("\n") == PARAGRAPHS


def test_a_front_page_has_no_story_in_its_data() -> None:
    html = f"<title>Example</title><nav><a href='/a'>News</a></nav><h1>Example</h1>{SOURCES['html in a state']}"
    assert not clean_page(Page(html, url="https://paper.example/")).articles
    assert clean_page(Page(html, url="https://paper.example/bridge-opens")).articles


def test_code_in_data_is_no_story() -> None:
    code = "const bridge = { open: true }; // the bridge over the Example is open\n" * 90
    assert not page(script({"config": {"custom": code, "body": f"<p>{code}</p>"}})).articles


def test_teasers_in_data_are_no_story() -> None:
    assert not page(script({"items": TEASERS})).articles


HOSTILE = {
    "20 MB": script({"body": HTML, "x": ["y" * 1000] * 20_000}),
    "nested": "<script type='application/json'>" + "[" * 1000 + "]" * 1000 + "</script>",
    "not closed": "<script type='application/json'>" + '{"a":' * 100_000,
    "a broken variable": "<script>window.__DATA__=" + "{" * 100_000,
    "backslashes": '<script>self.__next_f.push([1,"' + "\\\\" * 500_000,
    "a row longer than the stream": streamed("1:Tfffffff,<p>x", "zz:[", "1:["),
    "nested runs": script([[[{"children": [["a b c d e f g h i j k l m n"] * 30] * 30}] * 30]]),
    "templates": "<template>" * 1000,
    "lone surrogates": '<script type=\'application/json\'>{"body": "' + "\\ud800 word word " * 100 + '"}</script>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_data(name: str) -> None:
    page(HOSTILE[name])
