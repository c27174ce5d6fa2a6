"""HTML that is broken, huge or made to hurt: no crash, no hang, and the sound story in it comes out."""

from __future__ import annotations

import json
import random
import re
from itertools import islice

import pytest

from bench.pages.corpora import NEWS, read_jsonl
from cleaners import Page, clean, clean_page
from tests.support.made_pages import STORY
from tests.support.paths import SHARED

HTML5LIB = SHARED / "corpora" / "html5lib-tests"
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.body)
SOUND = f"<!doctype html><title>{STORY.headline}</title><article><h1>{STORY.headline}</h1>{BODY}</article>"


def story_in(html: str | bytes) -> bool:
    """Whether the made story comes out of a page, whole."""
    return any(set(STORY.body) <= set(article.text.split("\n")) for article in clean(html, kind="html"))


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


def test_a_table_of_twenty_megabytes() -> None:
    """More rows than any page has lines: refused with a reason, once the blocks are counted."""
    cleaned = clean_page(Page(SOUND + "<table>" + "<tr><td>1</td><td>22</td></tr>" * 700_000, kind="html"))
    assert cleaned.rejection is not None
    assert cleaned.rejection.code == "too-many-blocks"


def test_a_hundred_megabytes() -> None:
    """Scripts, comments and white space of that size, with a story at their end."""
    filler = "<script>" + "x = 1;" * 4_000_000 + "</script>" + "<!--" + "-" * 24_000_000 + "-->" + "\n " * 26_000_000
    assert story_in(filler + SOUND)


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


@pytest.mark.skipif(
    not NEWS.is_file(), reason=f"no corpus at {NEWS}: real pages to mutate are not part of the repository"
)
def test_mutated_real_pages() -> None:
    """A thousand mutations of real pages, each of a start of the page, since most of a page is alike."""
    chance = random.Random(0)
    pages = [sample.html for sample in islice(read_jsonl(NEWS), 100) if isinstance(sample.html, str)]
    for number in range(1000):
        gives_articles_or_a_reason(mutated(pages[number % len(pages)].encode()[:60_000], chance))


def mutated(page: bytes, chance: random.Random) -> bytes:
    """A page with bytes cut out, doubled, swapped and overwritten anywhere."""
    content = bytearray(page)
    for _ in range(chance.randrange(1, 12)):
        start = chance.randrange(len(content))
        stop = min(len(content), start + chance.randrange(1, 60))
        piece = bytes(content[start:stop])
        content[start:stop] = chance.choice([b"", piece * 3, piece[::-1], chance.randbytes(len(piece)), b"<"])
    return bytes(content)


def gives_articles_or_a_reason(page: bytes) -> None:
    cleaned = clean_page(Page(page))
    assert bool(cleaned.articles) != bool(cleaned.rejection)


def html5lib_cases() -> list[bytes]:
    """The `#data` sections of the tree-construction and encoding tests."""
    files = sorted(HTML5LIB.glob("*/*.dat"))
    sections = (re.findall(rb"^#data\n(.*?)\n#(?:errors|encoding)", file.read_bytes(), re.S | re.M) for file in files)
    return [case for cases in sections for case in cases]


@pytest.mark.skipif(
    not HTML5LIB.is_dir(), reason=f"no html5lib tests at {HTML5LIB}: they are not part of the repository"
)
def test_html5lib_markup() -> None:
    cases = html5lib_cases()
    assert len(cases) > 1000
    for case in cases:
        cleaned = clean_page(Page(case, kind="html"))
        assert bool(cleaned.articles) != bool(cleaned.rejection)
        beside = clean_page(Page(SOUND.encode() + b"<hr>" + case, kind="html"))
        assert beside.blocks
