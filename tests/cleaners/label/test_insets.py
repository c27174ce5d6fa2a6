"""Tables, lists, code, quotes and footnotes stand or fall with the story around them."""

from __future__ import annotations

import pytest

from cleaners.data import Block, Label, Verdict
from cleaners.label.footnotes import footnotes
from cleaners.label.insets import LONGEST_CELL, SHORT_CODE, inset
from cleaners.label.neighbours import PAGE_RULES, revise
from cleaners.label.passage import Passage, read_passage
from cleaners.label.short_stories import beside_paragraph
from cleaners.label.text_insets import bar_menu, introduced_lines, table_rows
from tests.support.scored_pages import TEXT, kept, passage_of

SURE = Verdict(Label.NAVIGATION, "scorer", 0.8)


def rows(*lines: str) -> str:
    return "<table>" + "".join(f"<tr><td>{line.replace('|', '<td>')}</tr>" for line in lines) + "</table>"


STANDINGS = rows("Club|Points", "Rovers|56", "Albion|52", "United|48")


@pytest.mark.parametrize("drops", ["Albion", "Club Rovers Albion United"], ids=["a row", "all rows"])
def test_a_doubtful_table_inside_of_a_story_is_kept_as_a_whole(drops: str) -> None:
    page = passage_of(f"<p>{TEXT}</p>{STANDINGS}<p>{TEXT}</p>", drops)
    assert kept(inset, page) == ["Club Points", "Rovers 56", "Albion 52", "United 48"]


def test_a_table_below_its_heading_ends_a_story() -> None:
    html = f"<div><p>{TEXT}</p><p>{TEXT}</p><h3>Standings</h3>{STANDINGS}</div>menu"
    page = passage_of(html, "menu Club Rovers Albion United", SURE)
    page.verdicts[2] = Verdict(Label.HEADING, "scorer", 0.7)
    assert kept(inset, page) == ["Club Points", "Rovers 56", "Albion 52", "United 48"]


def test_a_table_that_the_scorer_surely_drops_is_dropped() -> None:
    assert kept(inset, passage_of(f"<p>{TEXT}</p>{STANDINGS}<p>{TEXT}</p>", "Club Rovers Albion United", SURE)) == []


def test_a_table_beside_the_story_is_judged_by_most_of_it() -> None:
    page = f"<div>menu</div>{STANDINGS}<div>menu</div><p>{TEXT}</p>"
    assert kept(inset, passage_of(page, "menu Club Rovers United")) == []
    assert kept(inset, passage_of(page, "menu Albion")) == ["Club Points", "Rovers 56", "Albion 52", "United 48"]


def test_a_table_that_lays_out_the_page_is_no_table_of_data() -> None:
    menu = "<td>menu<br>menu<br>menu</td>"
    page = f"<table><tr><td colspan=2>menu</td></tr><tr>{menu}<td><p>{TEXT}</p><p>{TEXT}</p></td></tr></table>"
    assert kept(inset, passage_of(page, "menu")) == []


@pytest.mark.parametrize(
    "table",
    [STANDINGS, "<dl><dt>Club</dt><dd>Rovers</dd><dt>Points</dt><dd>56</dd></dl>", rows("Club|Rovers")],
    ids=["table", "list", "one row"],
)
@pytest.mark.parametrize("page", ["<div>{t}{t}{table}</div>menu", "<div>{table}{t}{t}</div>menu"])
def test_a_table_beside_the_paragraphs_of_the_story_is_text(table: str, page: str) -> None:
    passage = passage_of(
        page.format(t=f"<p>{TEXT}</p>", table=table), "menu Club Rovers", Verdict(Label.NAVIGATION, "scorer", 0.5)
    )
    assert "menu" not in kept(inset, passage)
    assert any("Club" in line for line in kept(inset, passage))


def test_a_short_list_that_ends_the_story_is_text() -> None:
    items = "<ul><li>Shirts: 1,200</li><li>Trousers: 300</li><li>Coats: 12</li></ul>"
    page = f"<div><p>{TEXT}</p><p>{TEXT}</p>{items}</div><p>menu</p>"
    assert kept(inset, passage_of(page, "menu Trousers Coats")) == ["Shirts: 1,200", "Trousers: 300", "Coats: 12"]
    assert "Coats: 12" not in kept(inset, passage_of(page, "menu Shirts Trousers Coats"))
    surely = Verdict(Label.NAVIGATION, "scorer", 0.9)
    assert "Coats: 12" not in kept(inset, passage_of(page, "menu Trousers Coats", surely))


def test_a_table_that_ends_the_story_is_kept() -> None:
    page = f"<div><p>{TEXT}</p>{STANDINGS}</div><p>menu</p>"
    assert len(kept(inset, passage_of(page, "menu Club Rovers Albion United"))) == 4


def test_a_table_that_lays_out_a_page_is_left_alone() -> None:
    frame = rows("menu", f"{'a long paragraph ' * 30}", "menu")
    assert len("a long paragraph " * 30) > LONGEST_CELL
    assert len(kept(inset, passage_of(f"<p>{TEXT}</p>{frame}<p>{TEXT}</p>", "menu"))) == 1


def test_a_table_of_links_is_left_alone() -> None:
    links = rows("<a href=/a>Rovers win again</a>", "<a href=/b>Albion lose</a>")
    assert kept(inset, passage_of(f"<p>{TEXT}</p>{links}<p>{TEXT}</p>", "Rovers Albion")) == []


@pytest.mark.parametrize(
    "markup", ["<pre>{}</pre>", "<figure><pre><code>{}</code></pre></figure>", "<blockquote>{}</blockquote>"]
)
def test_code_and_quotes_between_paragraphs_are_text(markup: str) -> None:
    line = "select count(*) from trucks"
    page = f"<p>{TEXT}</p>{markup.format(line)}<p>{TEXT}</p>"
    assert kept(inset, passage_of(page, "select")) == [line]
    assert kept(inset, passage_of(f"<p>menu</p>{markup.format(line)}<p>{TEXT}</p>", "menu select")) == []


def test_whole_programs_and_posts_of_a_network_are_left_to_the_scorer() -> None:
    program = f"<pre>{'run; ' * SHORT_CODE}</pre>"
    post = "<blockquote class=twitter-tweet>run to the pier</blockquote>"
    for markup in (program, post):
        assert (
            kept(inset, passage_of(f"<p>{TEXT}</p>{markup}<p>{TEXT}</p>", "run;" if "run;" in markup else "pier")) == []
        )


def test_a_line_of_a_list_between_others_is_text() -> None:
    page = "<ul><li>Read the meter<li>Pay less<li>Wait for June<li>Gain</ul>"
    assert kept(inset, passage_of(page, "Pay")) == ["Read the meter", "Pay less", "Wait for June", "Gain"]
    assert kept(inset, passage_of(page, "Read Pay")) == ["Wait for June", "Gain"]


NOTES = {
    "class": "<p>It was lost.</p><ol class=footnotes><li>The cook gave three accounts.</ol>",
    "brackets": "<p>It was lost.[1]</p><div><p>[1] The cook gave three accounts.</div>",
    "raised": "<p>It was lost.¹</p><div><p>¹ The cook gave three accounts.</div>",
    "star": "<p>Anna* waits.</p><div><p>* The cook gave three accounts.</div>",
}


@pytest.mark.parametrize("markup", NOTES)
def test_footnotes_are_text(markup: str) -> None:
    assert any("cook" in line for line in kept(footnotes, passage_of(NOTES[markup], "cook")))


@pytest.mark.parametrize(
    "html",
    [
        "<p>It was lost.</p><p>[1] The cook gave three accounts.</p>",
        "<p>It was lost.[1]</p><footer><p>[1] The cook gave three accounts.</p></footer>",
        "<p>[1] The cook gave three accounts.</p><p>It was lost.[1]</p>",
        "<p>It was lost.</p><ol class=footnotes>" + "<li>The cook gave three accounts." * 40 + "</ol>",
    ],
    ids=["no mark", "in a footer", "above the text", "a list of references"],
)
def test_other_lines_are_no_footnotes(html: str) -> None:
    assert not any("cook" in line for line in kept(footnotes, passage_of(html, "cook")))


def test_a_doubted_sentence_of_a_short_story_is_text_as_its_neighbour_is() -> None:
    pair = "<p class=t>시의회는 밤 통행을 금지하기로 의결했다.</p><p class={}>시장은 가을에 보고하겠다고 밝혔다.</p>"
    assert len(kept(beside_paragraph, passage_of(pair.format("t"), "시장은"))) == 2
    assert len(kept(beside_paragraph, passage_of(pair.format("x"), "시장은"))) == 1
    assert len(kept(beside_paragraph, passage_of(f"<p>{TEXT}</p>" * 20 + pair.format("t"), "시장은"))) == 1


def dump(*lines: str) -> Passage:
    return read_passage([Block(line.replace("\t", " "), number, raw=line) for number, line in enumerate(lines, 1)])


TABLES = {
    "bars": ("Jahr | Gäste | Euro", "2023 | 39.870 | 85.200", "2024 | 22.150 | 47.900"),
    "tabs": ("Jahr\tGäste\tEuro", "2023\t39.870\t85.200", "2024\t22.150\t47.900"),
    "pairs": ("2022 | 41.300", "2023 | 39.870", "2024 | 22.150"),
    "ja": ("通り | 台数 | 月", "港通り | 四百十二 | 五月", "漁師町 | 百八十七 | 五月"),
}


@pytest.mark.parametrize("table", TABLES)
def test_rows_of_a_dump_are_text_and_no_teasers(table: str) -> None:
    lines = TABLES[table]
    verdicts = revise(dump("A headline of the story", TEXT, *lines, TEXT), PAGE_RULES).verdicts
    assert [verdict.label for verdict in verdicts[2:5]] == [Label.BODY] * 3


def test_a_markdown_table_keeps_its_rows() -> None:
    lines = ("| Jahr | Gäste |", "|---|---:|", "| 2023 | 39.870 |", "| 2024 | 22.150 |")
    assert kept(table_rows, dump(TEXT, *lines, TEXT)) == [lines[0], *lines[2:]]


@pytest.mark.parametrize(
    "lines",
    [
        ("Rovers win the cup | more", "Albion lose again | more", "United wait | more"),
        ("Home | News | Sport", "Weather | Jobs | Contact"),
    ],
    ids=["teasers", "a menu"],
)
def test_other_bars_are_no_table(lines: tuple[str, ...]) -> None:
    assert not any(verdict.rule == "table-rows" for verdict in revise(dump("Title", *lines, TEXT), PAGE_RULES).verdicts)
    teasers = revise(dump(TEXT, *lines[:2]), PAGE_RULES).verdicts
    assert not any(verdict.label is Label.BODY for verdict in teasers[1:])


def test_a_menu_of_bars() -> None:
    verdicts = revise(dump("Home | News | Sport", "Prague | Vienna | 3 : 1", TEXT), [bar_menu]).verdicts
    assert [verdict.rule == "bar-menu" for verdict in verdicts] == [True, False, False]


def test_lines_that_a_paragraph_introduces_are_text() -> None:
    poem = ("Low water", "A boat on its side", "Someone has left a ladder")
    head = "The poem that won the prize of the harbour reads:"
    assert kept(introduced_lines, dump(head, *poem, TEXT)) == [head, *poem]
    assert kept(introduced_lines, dump(head, "proofread", "checked", "a source", TEXT)) == []


@pytest.mark.parametrize("count", [1, 3000])
def test_hostile_insets(count: int) -> None:
    for html in (
        "<table><tr><td>x" * count,
        "<pre>" * count + "x",
        "<ul><li>a" * count,
        "<table>" + "<tr><td>x" * count,
    ):
        page = passage_of(f"<p>{TEXT}</p>{html}", "x a")
        for rule in (inset, footnotes, beside_paragraph):
            revise(page, [rule])
    for line in ("|" * count, "a|" * count, "[1] a " * count, "a:" * count, "\t" * count + "x"):
        for rule in (table_rows, introduced_lines, bar_menu, footnotes):
            revise(dump(*[line] * 50), [rule])


BOARD = "<table><tr><td>Rovers</td><td>48</td></tr><tr><td>Albion</td><td>41</td></tr></table>"


@pytest.mark.parametrize(
    ("page", "sure", "rows"),
    [
        (f"<div><h4>Table</h4>{BOARD}</div>", 0.8, 0),
        (f"<div><h4>Table</h4>{BOARD}</div>", 0.95, 2),
        (f"<h4>Table</h4>{BOARD}", 0.8, 2),
        (f"<div><p>Table</p>{BOARD}</div>", 0.8, 2),
        (f"<div><h4>How they stand</h4>{BOARD}</div>", 0.8, 2),
    ],
    ids=["a box of its own", "surely text", "in the story", "no heading", "a heading that is kept"],
)
def test_a_table_goes_with_the_heading_of_its_box(page: str, sure: float, rows: int) -> None:
    passage = passage_of(f"<p>{TEXT}</p>{page}<p>{TEXT}</p>", "Table", Verdict(Label.NAVIGATION, "scorer", 0.85))
    for index, block in enumerate(passage.blocks):
        if block.text[-1].isdigit():
            passage.verdicts[index] = Verdict(Label.BODY, "scorer", sure)
    assert sum(line[-1].isdigit() for line in kept(inset, passage)) == rows


@pytest.mark.parametrize(("confidence", "found"), [(0.3, 3), (0.6, 2)])
def test_the_last_line_of_a_list_goes_with_the_others_where_the_scorer_can_hardly_decide(
    confidence: float, found: int
) -> None:
    items = "".join(f"<li><a href=/{n}>Song {n}</a> on day {n}</li>" for n in (1, 2, 3))
    page = f"<p>{TEXT}</p><ul>{items}</ul><p>{TEXT}</p>"
    assert len(kept(inset, passage_of(page, "3", Verdict(Label.NAVIGATION, "scorer", confidence)))) == found
    only = passage_of(page, "2 3", Verdict(Label.NAVIGATION, "scorer", 0.3))
    assert len(kept(inset, only)) == 1
