"""HTML that is broken, huge or made to hurt: no crash, no hang, and the sound story in it comes out."""

from __future__ import annotations

import json
import random

import pytest

from cleaners import Page, clean_page
from tests.support.made_pages import STORY
from tests.support.sound_page import BODY, SOUND, gives_articles_or_a_reason, mutated, story_in


def test_the_sound_page() -> None:
    assert story_in(SOUND)


HUGE = {
    "nested": "<div>" * 100_000 + BODY,
    "nested inline": "<b>" * 100_000 + BODY,
    "siblings": SOUND + "<i></i>" * 100_000,
    "blocks": SOUND + "<p>a b</p>" * 50_000,
    "one table": SOUND + "<table>" + "<tr><td>1</td><td>22</td></tr>" * 50_000 + "</table>",
    "unclosed": SOUND + "<p><a><b><i><li><td>" * 20_000,
    "entities": SOUND + "<p>" + "&amp" * 500_000,
    "unknown entities": SOUND + "<p>" + "&x" * 500_000,
    "attributes": SOUND + f"<p {' '.join(f'a{number}=1' for number in range(50_000))}>x",
    "one attribute": SOUND + f'<p class="{"c " * 1_000_000}">x',
    "comment": SOUND + "<!--" + "-" * 1_000_000,
    "open tag": SOUND + "<" * 200_000,
    "script": SOUND + "<script>" + "if (a < b) document.write('<p>x</p>');" * 20_000,
    "scripts in attributes": SOUND + "<p onclick='alert(1)' onload=\"<script>x</script>\">x</p>" * 1_000,
    "style": SOUND + "<style>" + "p{}" * 300_000,
    "right to left": SOUND + "<p dir=rtl>\u202eשלום \u2066world\u2069 مرحبا\u202c</p>" * 1_000,
    "no-break": SOUND + "<p>" + "\N{NO-BREAK SPACE}" * 500_000,
    "one word": SOUND + "<p>" + "a" * 1_000_000,
}


@pytest.mark.parametrize("html", HUGE.values(), ids=HUGE)
def test_huge_and_broken_markup(html: str) -> None:
    blocks = {block.text for block in clean_page(Page(html, kind="html")).blocks}
    assert set(STORY.body) <= blocks, "no paragraph of the story is lost on the way to the blocks"


JSON_LD = {
    "broken": '{"@type": "NewsArticle", "headline": "x", "articleBody": ',
    "nested": "[" * 1_000_000,
    "nested objects": '{"a":' * 100_000,
    "long": json.dumps({"@type": "NewsArticle", "articleBody": "word " * 1_000_000}),
    "wrong types": '{"@type": {"a": 1}, "author": 5, "headline": [[]], "datePublished": {}, "articleBody": [null]}',
    "many": "[" + ",".join(['{"@type":"NewsArticle","headline":"x"}'] * 20_000) + "]",
    "numbers": '{"@type": "NewsArticle", "datePublished": ' + "9" * 10_000 + "}",
    "surrogate": '{"@type": "NewsArticle", "headline": "\\ud800"}',
    "raw newlines": '{"@type": "NewsArticle", "headline": "a\nb"}',
}


@pytest.mark.parametrize("markup", JSON_LD.values(), ids=JSON_LD)
def test_structured_data_that_is_none(markup: str) -> None:
    assert story_in(SOUND.replace("<article>", f'<script type="application/ld+json">{markup}</script><article>'))


@pytest.mark.parametrize(
    "declared", ["utf-16", "iso-8859-1", "shift_jis", "x-user-defined", "no-such-charset", "utf-7"]
)
def test_a_lying_charset(declared: str) -> None:
    assert story_in(SOUND.replace("<title>", f'<meta charset="{declared}"><title>').encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_unlabelled_encodings(encoding: str) -> None:
    assert story_in(SOUND.encode(encoding))


def test_a_page_whose_markup_holds_no_text() -> None:
    for html, code in (("<div id=app></div><script>run()</script>", "no-text"), ("", "empty"), (" \n", "empty")):
        rejection = clean_page(Page(html, kind="html")).rejection
        assert rejection is not None
        assert rejection.code == code


def test_nul_and_control_characters() -> None:
    assert story_in(SOUND.replace("<p>", "<p>\0\1\2</p><p>", 1))


@pytest.mark.parametrize("seed", range(20))
def test_mutated_pages(seed: int) -> None:
    """Fifty mutations of the sound page each."""
    chance = random.Random(seed)
    for _ in range(50):
        gives_articles_or_a_reason(mutated(SOUND.encode(), chance))
