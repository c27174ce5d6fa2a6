"""HTML pages as blocks: what a browser would show, in reading order, whatever the markup is like."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.blocks.html import html_blocks, parse
from cleaners.data import Block


def texts(html: str) -> list[str]:
    return [block.text for block in html_blocks(parse(html))]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One\n  two</p><p>three</p>", ["One two", "three"]),
        ("<p>un<b>break</b>able, <i>it</i><em>alic</em></p>", ["unbreakable, italic"]),
        ("<p>one<br>two<br><br>three</p>", ["one", "two", "three"]),
        ("<h1>One<br>headline</h1>", ["One headline"]),
        ("<div>before<p>inside</p>after</div>", ["before", "inside", "after"]),
        ("<ul><li>one<li>two<ul><li>deeper</ul></ul>", ["one", "two", "deeper"]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c<td>d</tr></table>", ["a b", "c d"]),
        ("<table><tr><td><p>one</p><p>two</p></td><td>three</td></tr></table>", ["one", "two", "three"]),
        ("<blockquote>said<footer>who</footer></blockquote>", ["said", "who"]),
        ("<pre>a\n  b</pre>", ["a b"]),
        ("<figure><img alt=x><figcaption>A view</figcaption></figure><p>Text", ["A view", "Text"]),
        ("<a href=/><div>card</div><div>teaser</div></a>", ["card", "teaser"]),
        ("<button>Share</button><p>Text", ["Share", "Text"]),
        ("<my-story>custom<my-line>element</my-line></my-story>", ["custom", "element"]),
        ("<p>non\u00a0breaking\u2003space</p>", ["non breaking space"]),
        ("bare text", ["bare text"]),
    ],
)
def test_a_block_is_what_stands_on_lines_of_its_own(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>x</script>",
        "<style>x</style>",
        "<template><p>x</p></template>",
        "<noscript><p>x</p></noscript>",
        "<svg><title>x</title><text>x</text></svg>",
        "<div hidden><p>x</p></div>",
        "<span aria-hidden=true>x</span>",
        '<div style="color: red; DISPLAY : none"><p>x</p></div>',
        "<select><option>x</select>",
        "<!-- x -->",
        "<?php x ?>",
    ],
)
def test_what_a_reader_does_not_see_is_no_block_but_what_follows_it_is(hidden: str) -> None:
    assert texts(f"<div>one {hidden}tail</div>") in (["one tail"], ["one", "tail"])


def test_a_story_that_is_sent_whole_behind_a_paywall_is_read() -> None:
    assert texts("<div class='paywall' hidden><p>The story.</p></div>") == ["The story."]


def test_a_page_that_waits_for_its_script_is_read() -> None:
    assert texts("<html hidden><body style='display:none'><p>The story.</p>") == ["The story."]


def test_streamed_parts_stand_where_the_script_would_put_them() -> None:
    page = (
        "<main><template id='B:0'></template></main><footer>Foot</footer>"
        '<div hidden id="S:0"><p>The story.</p></div><div hidden id="S:1"><p>No seat.</p></div>'
    )
    assert texts(page) == ["The story.", "Foot", "No seat."]


def test_a_block_knows_its_surroundings() -> None:
    page = "<div id=d class='a b'><p class=c>see <a class=l href=/>here</a> <b>now</b></p></div>"
    block = html_blocks(parse(page))[0]
    place = block.surroundings
    assert place is not None
    assert (block.tag, block.path) == ("p", "/html/body/div/p")
    assert (place.linked, place.links, place.strong, place.emphasised) == (4, 1, 3, 0)
    assert block.link_density == pytest.approx(4 / len("see here now"))
    assert (place.names, place.box.names) == ("l", "c")
    assert place.box.parent is not None
    assert place.box.parent.names == "a b d"


def test_a_box_spans_its_blocks() -> None:
    blocks = html_blocks(parse("<p>zero<div><p>one<img><p>two<button>three</button></div><p>four"))
    box = blocks[1].surroundings.box.parent if blocks[1].surroundings else None
    assert box is not None
    assert (box.start, box.stop, box.images, box.controls) == (1, 4, 1, 1)


def test_marks_of_an_empty_line_do_not_reach_the_next() -> None:
    block = html_blocks(parse("<div><a class=icon href=/></a><p>text</p></div>"))[0]
    assert block.surroundings is not None
    assert (block.surroundings.names, block.surroundings.links) == ("", 0)


def test_bytes_follow_their_charset_and_an_unknown_one_counts_as_none() -> None:
    page = "<meta charset=utf-8><p>Größe</p>"
    assert [b.text for b in html_blocks(parse(page.encode("cp1252"), "cp1252"))] == ["Größe"]
    assert [b.text for b in html_blocks(parse(page.encode(), "no-such-charset"))] == ["Größe"]
    assert [b.text for b in html_blocks(parse("<p>Größe</p>".encode("utf-16"), "utf-16"))] == ["Größe"]


@pytest.mark.parametrize("content", ["", " \n", "\0", b"", "<!-- -->", "<html></html>", "<?xml version='1.0'?>"])
def test_nothing_gives_no_blocks(content: str | bytes) -> None:
    assert html_blocks(parse(content)) == []


def test_lone_surrogates_and_nul_bytes_do_no_harm() -> None:
    assert texts("<p>a\0b \ud800c</p>") == ["ab ?c"]


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<div>" * 100_000 + "deep", None),
        ("<p>text " * 100_000, 100_000),
        ("<b><i><a href=x>" * 30_000 + "text", None),
        ("&" * 100_000, 1),
        ("<table>" + "<tr><td>a<td>b" * 30_000, 30_000),
        ("<p>one" + "<![CDATA[" * 1000, None),
        ("<p>one<?pi " * 1000, None),
        ("<p>one</p><svg>" * 1000, None),
        ("<math><mi>x</mi><mo>=</mo><mn>1</mn></math>", 1),
        ("<plaintext><p>all of this", 1),
        ("</p></div></body></html>late", 1),
        ("<" * 50_000, None),
        ("<div class='" + "x" * 1_000_000 + "'>text</div>", 1),
    ],
)
def test_hostile_markup_is_read_to_the_end(html: str, count: int | None) -> None:
    blocks = html_blocks(parse(html))
    assert count is None or len(blocks) == count


def _is_folded(block: Block) -> bool:
    return bool(block.text) and block.text == " ".join(block.text.split())


fragments = st.sampled_from(
    ["<p>", "</p>", "<div class=a>", "</div>", "<br>", "<b>", "</b>", "<a href=x>", "</a>", "<table>", "<tr>", "<td>",
     "</table>", "<li>", "<ul>", "<h2>", "</h2>", "<script>", "</script>", "<div hidden>", "<!--", "-->", "<svg>",
     "</svg>", "<", "&amp;", "<p", "<template id=B:0>", "</template>", '<div hidden id="S:0">']
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.one_of(fragments, st.text(max_size=12)), max_size=40))
def test_blocks_are_folded_and_hold_only_what_the_page_holds(parts: list[str]) -> None:
    page = "".join(parts)
    blocks = html_blocks(parse(page))
    assert all(_is_folded(block) for block in blocks)
    assert all(block.surroundings is not None and 0 <= block.link_density <= 1 for block in blocks)
    known = set(page) | set(" ?&<>\ufffd")
    assert {char for block in blocks for char in block.text} <= known


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>町の<ruby>議会<rp>（</rp><rt>ぎかい</rt><rp>）</rp></ruby>が決めた。", "町の議会が決めた。"),
        ("<h1><RUBY>橋<RT>はし</RT></RUBY>が開く</h1>", "橋が開く"),
        ("<p><ruby>漢<rt>ㄏㄢˋ<rb>字<rt>ㄗˋ</ruby>很老", "漢字很老"),
        ("<p><ruby>古橋<rtc><rt>こきょう</rt></rtc></ruby>と<a>港</a>", "古橋と港"),
    ],
)
def test_readings_of_ruby_are_no_text(html: str, text: str) -> None:
    assert [block.text for block in html_blocks(parse(html))] == [text]


@pytest.mark.parametrize("piece", ["<rt>", "<rb><rt>", "<ruby>a<rt>b</rt></ruby>", "<rt>x</rt>y"])
def test_a_great_many_readings(piece: str) -> None:
    blocks = html_blocks(parse("<p>" + piece * 100_000))
    assert not any(letter in block.text for block in blocks for letter in "bx")


def test_the_text_for_browsers_without_frames_is_text() -> None:
    inside = "<body><h2>Harbour</h2><p>It reopened.</p></body>"
    page = f"<frameset cols=9,*><frame src=a><noframes>{inside}</noframes></frameset>"
    assert [(block.tag, block.text) for block in html_blocks(parse(page))] == [("h2", "Harbour"), ("p", "It reopened.")]


def test_a_shadow_root_is_shown_and_another_template_is_not() -> None:
    page = "<x-story><template shadowrootmode=open><p>Harbour</p></template></x-story><template><p>Other</p></template>"
    assert [block.text for block in html_blocks(parse(page))] == ["Harbour"]


@pytest.mark.parametrize("piece", ["<noframes>", "<noframes><p>", "<template shadowrootmode=open>"])
def test_many_of_them(piece: str) -> None:
    html_blocks(parse(piece * 20_000 + "Harbour"))
