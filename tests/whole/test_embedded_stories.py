"""Pages whose story stands in their data only, in the ways in which sites send it."""

from __future__ import annotations

import json
from html import escape
from urllib.parse import quote

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


STATE = json.dumps(json.dumps({"story": {"body": HTML}}))
BOUND = "{layout:a,data:[{post:{title:'Bridge',body:b}}]}"
PROPS = escape(json.dumps({"story": {"title": "Bridge opens", "body": HTML}}))

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
    "a string to parse": f"<script>window.__STATE__ = JSON.parse({STATE})</script>",
    "a string in single quotes": "<script>var a=1;window.__STATE__='" + json.dumps({"body": HTML}) + "';go()</script>",
    "an escaped string": "<script>window.__S__=JSON.parse(decodeURIComponent('"
    + quote(json.dumps({"b": HTML}))
    + "'))</script>",
    "an object literal": "<script>window.__NUXT__={error:null,data:[{post:{slug:'a',content:'"
    + HTML
    + "'}}],at:1}</script>",
    "a function": f"<script>window.__NUXT__=(function(a,b,c){{c.id=1;return {BOUND}}}"
    f"('default',{json.dumps(HTML)},{{}}));</script>",
    "an arrow function": f"<script>window.__NUXT__=((a,b)=>({BOUND}))(null,{json.dumps(HTML)})</script>",
    "a property": "<script>window.Fusion=window.Fusion||{};Fusion.arcSite='x';Fusion.globalContent="
    + json.dumps({"content_elements": [{"type": "text", "content": text} for text in PARAGRAPHS]})
    + ";Fusion.spa=false;</script>",
    "a comment": script({"story": {"paragraphs": PARAGRAPHS}}, "<script type='application/json'><!--").replace(
        "</script>", "--></script>"
    ),
    "numbered rows": script(
        [["Reactive", 1], {"data": 2}, {"post": 3}, {"title": 4, "body": 5, "me": 3}, "Bridge", HTML]
    ),
    "numbered paragraphs": script(
        [{"story": 1}, {"nodes": 2}, [3, 4, 5, 6], *({"text": 7 + at} for at in range(4)), *PARAGRAPHS]
    ),
    "a reply inside data": script({"status": 200, "body": json.dumps({"story": {"html": HTML}})}),
    "the start of an app": "<script>{__sveltekit_1={base:''};\nPromise.all([]).then(([kit, app]) => {"
    + "kit.start(app, element, {node_ids: [0, 2], data: [null,{type:'data',data:{story:{html:"
    + json.dumps(HTML)
    + "}},uses:{}}]});});}</script>",
    "a list among paragraphs": script(
        {
            "content_elements": [
                {"type": "text", "content": PARAGRAPHS[0]},
                {"type": "list", "items": [{"type": "text", "content": text} for text in PARAGRAPHS[1:]]},
            ]
        }
    ),
    "properties": f"<div data-react-class='Story' data-react-props='{PROPS}'></div>",
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


SHORT = "The bridge over the Example opened on Friday after four years of work. " * 2


@pytest.mark.parametrize(
    "data",
    [
        script({"story": {"body": SHORT}}),
        script({"article": {"bodyHtml": f"<p>{SHORT}</p>"}}, "<script>window.__APOLLO_STATE__ = "),
        f"<template><h1>Bridge opens</h1><p>{SHORT}</p></template>",
    ],
    ids=["script", "state", "template"],
)
def test_a_short_story_in_data_is_taken_where_the_page_shows_nothing(data: str) -> None:
    (article,) = clean_page(Page(f"<!DOCTYPE html><title>Bridge opens</title><body><div id=app></div>{data}")).articles
    assert article.text == SHORT.strip()
    shown = f"<h1>Ferry</h1><p>{PARAGRAPHS[3]}</p>"
    (article,) = clean_page(Page(f"<!DOCTYPE html><title>Ferry</title><body>{shown}{data}")).articles
    assert article.text == PARAGRAPHS[3]


def test_an_article_body_that_goes_on_with_the_shown_teaser_is_taken() -> None:
    def cleaned(body: list[str]) -> list[str]:
        stated = script(
            {"@type": "NewsArticle", "articleBody": "\n\n".join(body)}, "<script type='application/ld+json'>"
        )
        (article,) = clean_page(Page(f"<!DOCTYPE html>{stated}<h1>Bridge opens</h1><p>{PARAGRAPHS[0]}</p>")).articles
        return article.text.split("\n")

    assert cleaned(PARAGRAPHS[:2]) == PARAGRAPHS[:2]
    assert cleaned(PARAGRAPHS[1:3]) == PARAGRAPHS[:1]


def test_what_a_page_shows_while_it_loads_is_no_text() -> None:
    stated = script(
        {"@type": "NewsArticle", "articleBody": "\n\n".join(PARAGRAPHS)}, "<script type='application/ld+json'>"
    )
    page = f"<!DOCTYPE html>{stated}<h1>Bridge opens</h1><article><p>Memuat artikel…</p></article>"
    (article,) = clean_page(Page(page)).articles
    assert article.text.split("\n") == PARAGRAPHS


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


def test_properties_that_do_not_name_the_headline_are_another_story() -> None:
    assert not page(SOURCES["properties"].replace("Bridge opens", "Ferry stops")).articles


def test_the_words_of_other_scripts_are_no_story() -> None:
    """Code, and settings of a kind that is none, whatever form their text has."""
    notice = "We and our partners store cookies on your device so that the bridge can be shown. " * 20
    code = "if(a){b('The bridge opened on Friday after four years of work, said c');d.push(e)}" * 60
    for text in (f"window.__cmp={{consent:{{text:'{notice}'}}}};", f"window.run=function(){{{code}}};", code):
        assert not page(f"<script>{text}</script>").articles


HOSTILE = {
    "quotes that do not end": "<script>window.__A__={" + "`\\`" * 300_000,
    "lines that do not end": "<script>window.__A__={" + '"\\"\n\'' * 200_000,
    "many assignments": "<script>" + "window.__A__={a:" * 100_000,
    "names that assign nothing": "<script>" + "window.__a" * 200_000,
    "functions in functions": "<script>window.__A__=" + "(function(a){return " * 50_000 + "{b:a}" + "}(1))" * 50_000,
    "one long argument": "<script>window.__A__=(function(a){return ["
    + "{body:a}," * 50_000
    + f"]}}('{'word ' * 20_000}'))</script>",
    "rows in rows": script([{"a": 1}, *([[at + 1] * 30 for at in range(1, 60)]), "word " * 10_000]),
    "rows in circles": script([{"a": 1, "b": 1}, {"a": 1, "b": 1, "c": 2}, "word " * 1000]),
    "many that are no JSON": "<script>" + "window.__A__={a:1};" * 60_000 + "</script>",
    "starts": "<script>" + "start(" * 200_000 + "</script>",
    "comments": "<script>window.__A__={" + "/*" * 300_000 + "</script>",
    "data in data": f"<div data-page='{escape(json.dumps({'a': json.dumps({'b': '[' * 5000})}))}'></div>" * 50,
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
