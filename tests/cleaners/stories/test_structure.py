"""The structure of a story's text, and the Markdown that is made of it."""

from __future__ import annotations

import html
import pickle
import re
from copy import deepcopy
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cleaners import Article, Page, clean_page
from cleaners.blocks.html import MOST_OPEN, html_blocks, parse
from cleaners.data import Container, Judged, Label, Line, Span, SpanKind, Verdict
from cleaners.records.html_body import lines_html
from cleaners.stories.body import StoryBody
from cleaners.stories.body_markdown import lines_markdown
from cleaners.stories.structure import MOST_CONTAINERS, structured
from tests.support.bad_pages import SOUND
from tests.support.hostile import CONTROLS, MARKUP, URLS

PARSER = MarkdownIt("commonmark").enable("table")
BASE = "https://news.example/2026/"


def lines_of(markup: str) -> tuple[Line, ...]:
    """The lines of a page of which every block is body text."""
    verdict = Verdict(Label.BODY, "by-hand", 1.0)
    return structured([Judged(block, verdict) for block in html_blocks(parse(markup))], BASE)


def markdown_of(markup: str) -> str:
    return lines_markdown(lines_of(markup))


def folded(text: str) -> str:
    return "".join(text.split())


def shown(markdown: str) -> str:
    """What a reader sees of Markdown, without white space."""
    return folded(html.unescape(re.sub(r"<[^>]*>", " ", PARSER.render(markdown))))


def text_of(lines: tuple[Line, ...] | list[Line]) -> str:
    return folded("".join(line.text for line in lines))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One.<p>Two.", "One.\n\nTwo."),
        ("<h2>Head #</h2><h4>Sub</h4>", "## Head \\#\n\n#### Sub"),
        ("<h1>Top</h1>", "## Top"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c"),
        ("<ol><li>a<ol><li>b</ol></ol>", "1. a\n\n   1. b"),
        ("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n* b"),
        ("<ol><li><p>a<p>b<li>c</ol>", "1. a\n\n   b\n2. c"),
        ("<blockquote><p>a<p>b</blockquote><p>c", "> a\n>\n> b\n\nc"),
        ("<blockquote>a</blockquote><blockquote>b</blockquote>", "> a\n\n> b"),
        ("<ul><li><blockquote>a</blockquote></ul>", "- > a"),
        ("<pre>a\n  b ``` `c`\n</pre>", "````\na\n  b ``` `c`\n````"),
        ("<table><tr><th>a<th>b<tr><td>1 | 2<td>3</table>", "| a | b |\n| --- | --- |\n| 1 \\| 2 | 3 |"),
        ("<table><tr><td>a<td><td>c<tr><td><td>2</table>", "| a |  | c |\n| --- | --- | --- |\n|  | 2 |  |"),
        (
            "<table><tr><td><p>a<p>b</td><td>c</table>",
            "| a b | c |\n| --- | --- |",
        ),
        ("<table><tr><td>Only<tr><td>one column</table>", "Only\n\none column"),
        (
            "<table><tr><td><pre>1\n2</pre><td><pre>a = 1\nb = 2</pre></table>",
            "```\n1\n2\n```\n\n```\na = 1\nb = 2\n```",
        ),
        ("<table><tr><td><ul><li>ab<li>bc</ul><td><ul><li>cd</ul></table>", "- ab\n- bc\n\n* cd"),
        ("<table><tr><td>longer<td><ul><li>ab</ul></table>", "| longer | ab |\n| --- | --- |"),
        ("<table><tr><td>a<td>b<td>c<p>d<td>e</table>", "| a | b | c d | e |\n| --- | --- | --- | --- |"),
        ("<p>x <a href='/a?b&amp;c'>y <b>z</b></a>", "x [y **z**](https://news.example/a?b&c)"),
        ("<p>Wow!<a href='a_(b)'>y</a>", "Wow\\![y](<https://news.example/2026/a_(b)>)"),
        ("<p>a<b>“b”</b>c <i> d </i>", "a“b”c *d*"),
        ("<p><b>a</b><i>b</i> <b>c <i>d</i></b>", "**a**b **c d**"),
        ("<a href='/x'><p>a<p>b</a>", "[a](https://news.example/x)\n\n[b](https://news.example/x)"),
    ],
)
def test_each_kind_of_block_has_its_marks(markup: str, expected: str) -> None:
    assert markdown_of(markup) == expected


@pytest.mark.parametrize(
    "address", [*URLS[:4], "data:image/png;base64," + "A" * 3_000_000, "mailto:a@b.example", "http://"]
)
def test_an_address_that_is_not_of_the_web_is_no_link(address: str) -> None:
    markdown = markdown_of(f'<p>See <a href="{html.escape(address)}">this</a>.')
    assert markdown == "See this."


@pytest.mark.parametrize("text", MARKUP + CONTROLS[:-2])
def test_no_markup_comes_of_a_text(text: str) -> None:
    lines = lines_of(f"<ul><li>{html.escape(text)}</li></ul><p>{html.escape(text)} <b>{html.escape(text)}</b></p>")
    page = PARSER.render(lines_markdown(lines))
    assert set(re.findall(r"<(\w+)", page)) <= {"ul", "li", "p", "strong"}
    assert shown(lines_markdown(lines)) == text_of(lines)


@pytest.mark.parametrize("tag", ["ul><li", "blockquote", "table><tr><td"])
def test_what_is_nested_a_thousand_deep_is_bounded(tag: str) -> None:
    lines = lines_of(f"<{tag}>".join(["<p>outside</p>", *["deep"] * 1000]))
    assert max(len(line.containers) for line in lines) <= MOST_CONTAINERS
    markdown = lines_markdown(lines)
    assert len(markdown) < 60_000
    assert shown(markdown) == text_of(lines)


def test_a_table_of_ten_thousand_cells_has_them_all() -> None:
    lines = lines_of(f"<table>{('<tr>' + '<td>x</td>' * 10) * 1000}</table>")
    assert sum(len(line.cells) for line in lines) == 10_000
    assert lines_markdown(lines).count("\n") == 1000


def test_a_table_that_would_grow_by_padding_is_none() -> None:
    lines = lines_of(f"<table><tr>{'<td>x' * 39}{'<tr><td>y' * 5000}</table>")
    assert {line.kind for line in lines} == {"paragraph"}


@pytest.mark.parametrize(
    "table",
    [
        f"<tr><td>{'word ' * 200}<p>more</p><td>side",
        f"<tr><td>{'<p>A short paragraph of the story.</p>' * 40}<td><p>side</p>",
        f"<tr><td>menu<td>more<tr><td>{'<p>A short paragraph of the story.</p>' * 40}"
        "<table><tr><td>1</table><td>side<td>by side",
    ],
    ids=["long", "many", "parted by a table"],
)
def test_a_table_with_a_story_in_it_is_a_layout(table: str) -> None:
    assert {line.kind for line in lines_of(f"<table>{table}</table>")} == {"paragraph"}


def test_a_table_with_one_long_cell_among_many_is_data() -> None:
    rows = "".join(f"<tr><td>The bridge number {number}<td>{'was mended ' * 9}" for number in range(9))
    lines = lines_of(f"<table>{rows}<tr><td>The last bridge<td>{'was mended ' * 80}</table>")
    assert {line.kind for line in lines} == {"row"}


def test_the_text_of_a_link_stands_at_its_span() -> None:
    (line,) = lines_of("<p>  a <a href='/1'> big \n <b>red</b> </a>dog <i>sat</i><a href='/2'>, down</a>")
    assert [(line.text[span.start : span.stop], span.kind) for span in line.spans] == [
        ("big red", "link"),
        ("red", "strong"),
        ("sat", "emphasis"),
        (", down", "link"),
    ]


PIECES = [*"a|b c|*|**|!|[x](y)|1.|- |#|`|<br>| |“|é|\\|_|&amp;lt;".split("|"), "|"]
TAGS = "p|b|i|em|a href='/x'|a href='javascript:1'|ul|ol|li|blockquote|pre|h3|td|div|table|tr|span".split("|")
MARKUPS = st.recursive(
    st.sampled_from(PIECES),
    lambda inner: st.builds(
        lambda tag, pieces: f"<{tag}>{''.join(pieces)}</{tag.split()[0]}>",
        st.sampled_from(TAGS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@given(MARKUPS)
def test_markdown_without_its_marks_is_the_text(markup: str) -> None:
    blocks = html_blocks(parse(markup))
    lines = lines_of(markup)
    assert [line.text for line in lines] == [block.text for block in blocks]
    assert shown(lines_markdown(lines)) == text_of(lines)
    assert folded(html.unescape(re.sub(r"<[^>]*>", " ", lines_html(lines)))) == text_of(lines)


@st.composite
def made_lines(draw: st.DrawFn) -> Line:
    signs = draw(st.text(st.sampled_from("ab1. )#-+=*_[]<>&`~|$\\!(é“"), min_size=1))
    text = " ".join(signs.split()) or "a"
    kinds: list[SpanKind] = ["link", "strong", "emphasis"]
    spans = []
    low, high = 0, len(text)
    for kind in draw(st.permutations(kinds)):
        low, high = draw(st.integers(low, high)), draw(st.integers(low, high))
        if low < high:
            spans.append(Span(low, high, kind, "https://news.example/" if kind == "link" else None))
        low, high = min(low, high), max(low, high)
    number = draw(st.integers(1, 5))
    containers = [(), (Container("item", number, number > 3, number // 2),), (Container("quote", number),)]
    return Line(text, "paragraph", 0, draw(st.sampled_from(containers)), tuple(spans))


@given(st.lists(made_lines(), max_size=5))
def test_marks_inside_words_are_read_as_they_are_written(lines: list[Line]) -> None:
    assert shown(lines_markdown(lines)) == text_of(lines)


def test_a_dump_has_paragraphs_and_headings() -> None:
    (article,) = clean_page(Page(SOUND, source="a.txt")).articles
    assert "\n".join(line.text for line in article.lines) == article.text
    assert article.markdown is not None
    assert shown(article.markdown) == folded(article.text)


def test_a_body_is_copied_as_its_lines_and_is_no_part_of_the_record() -> None:
    (article,) = clean_page(Page(SOUND, source="a.txt")).articles
    assert "body" not in article.to_dict()
    for copy in (pickle.loads(pickle.dumps(article)), deepcopy(article)):
        assert isinstance(copy, Article)
        assert (copy, copy.markdown) == (article, article.markdown)
        assert isinstance(copy.body, StoryBody)
    assert asdict(article)["body"].lines == article.lines


def test_what_a_page_leaves_open_is_bounded() -> None:
    blocks = html_blocks(parse("<p>x</p>" + "<b><div>x" * 200))
    kept = [
        len(block.surroundings.inside.marks) for block in blocks if block.surroundings and block.surroundings.inside
    ]
    assert kept
    assert max(kept) == MOST_OPEN + 1  # those around the line, and the one that begins in it
