"""Rules on neighbours, each on a few blocks written by hand."""

from __future__ import annotations

import pytest

from cleaners import Page, clean_page
from cleaners.data import Block, Label, Verdict
from cleaners.label import neighbours, signed_lines, story_lines
from cleaners.label.neighbours import PAGE_RULES, STORY_RULES, NeighbourRule, revise
from cleaners.label.passage import Passage, read_passage

PARAGRAPH = "The council met on Monday evening and decided, after a long debate, to repair the old bridge."
OTHER = "Work on the site will begin in spring, and the road is to stay open for most of the summer."


def passage(*lines: str) -> Passage:
    return read_passage([Block(line, number) for number, line in enumerate(lines, start=1)])


def labels(rule: NeighbourRule, *lines: str) -> list[str]:
    revised = revise(passage(*lines), [rule])
    return [verdict.label.value for verdict in revised.verdicts]


def test_a_line_printed_twice_is_a_caption() -> None:
    line = "A crane lifts the last beam of the bridge"
    found = labels(neighbours.printed_twice, "Council repairs the old bridge", PARAGRAPH, line, line + ".", OTHER)
    assert found == ["heading", "body", "caption", "caption", "body"]


def test_paragraphs_that_are_all_printed_twice_are_no_captions() -> None:
    doubled = [PARAGRAPH, PARAGRAPH, OTHER, OTHER]
    assert labels(neighbours.printed_twice, *doubled) == ["body"] * 4
    assert labels(neighbours.said_twice, *doubled) == ["body", "related"] * 2
    one_more = f"{OTHER} {PARAGRAPH} Nobody asked who is to pay for all of it, and no member of the council said so."
    assert labels(neighbours.printed_twice, PARAGRAPH, PARAGRAPH, one_more, one_more[::-1] + ".")[:2] == ["caption"] * 2


def test_a_caption_is_printed_once_with_its_credit_and_once_without() -> None:
    line = "A crane lifts the last beam of the bridge on Tuesday."
    found = labels(neighbours.printed_twice, "Council repairs the old bridge", PARAGRAPH, f"{line} Ida Sample", line)
    assert found == ["heading", "body", "caption", "caption"]
    opening = "Work on the site"
    assert "caption" not in labels(neighbours.printed_twice, "Council repairs the old bridge", opening, OTHER)


def test_a_caption_and_its_credit_are_printed_twice() -> None:
    line = "A crane lifts the last beam of the bridge"
    page = passage("Council repairs the old bridge", line, "Reuters", line, "Reuters", OTHER)
    verdicts = revise(page, [signed_lines.agency_line, neighbours.printed_twice]).verdicts
    assert [verdict.label.value for verdict in verdicts] == ["heading", *["caption", "byline"] * 2, "body"]


def test_a_source_below_a_caption_credits_the_picture() -> None:
    line = "A crane lifts the last beam of the bridge"
    lines = (
        "Council repairs the old bridge",
        PARAGRAPH,
        line,
        line,
        "Quelle: dpa",
        "Quelle: dpa",
        OTHER,
        "Quelle: dpa",
    )
    verdicts = revise(passage(*lines), [neighbours.printed_twice, neighbours.signed_picture]).verdicts
    assert [verdict.label.value for verdict in verdicts[2:]] == [*["caption"] * 4, "body", "credit"]


def test_a_headline_printed_twice_is_no_caption() -> None:
    headline = "Council votes to repair the old bridge"
    assert Label.CAPTION not in labels(neighbours.printed_twice, headline, headline, PARAGRAPH)


def test_a_headline_printed_again_before_its_first_sentence_is_no_caption() -> None:
    headline = "Growers of the valley lose a third of their apples"
    again = f"{headline} {PARAGRAPH}"
    lines = ("Council repairs the old bridge", PARAGRAPH, headline, again, OTHER)
    assert labels(neighbours.printed_twice, *lines) == ["heading", "body", "heading", "body", "body"]


def test_a_short_line_that_comes_again_is_chrome() -> None:
    assert labels(neighbours.repeated_line, "Bridge", PARAGRAPH, "Bridge", OTHER) == [
        "navigation",
        "body",
        "navigation",
        "body",
    ]


def test_an_agency_signs() -> None:
    assert labels(signed_lines.agency_line, "Kyiv • UNN", "Reuters", "Bridge • Works") == [
        "byline",
        "byline",
        "heading",
    ]


def test_a_sentence_that_names_an_agency_is_no_signature() -> None:
    assert signed_lines.signed_by_agency("she told Reuters") is False


def test_an_attribution_makes_the_line_above_a_quotation() -> None:
    quotation = "We have looked at every bolt of this bridge and none will fail"
    found = labels(neighbours.quote_and_attribution, "Details", quotation, "- a member of the council said.", PARAGRAPH)
    assert found == ["heading", "body", "body", "body"]


def test_a_heading_above_a_dash_list_is_no_quotation() -> None:
    assert labels(neighbours.quote_and_attribution, "What is new", "- three lanes for cars") == ["heading", "body"]


def test_headlines_one_under_the_other_are_teasers() -> None:
    teasers = ["Town buys a second ferry", "Schools close for the heat", "Museum shows lost maps"]
    assert labels(neighbours.teaser_list, PARAGRAPH, *teasers) == ["body", "related", "related", "related"]
    assert labels(neighbours.teaser_list, PARAGRAPH, teasers[0], OTHER) == ["body", "heading", "body"]


def test_a_column_of_short_lines_is_a_menu() -> None:
    assert labels(neighbours.menu, "Bridges", "Roads", "Rivers", "Towns", PARAGRAPH) == ["navigation"] * 4 + ["body"]
    assert labels(neighbours.menu, PARAGRAPH, "Roads", OTHER) == ["body", "heading", "body"]


def test_the_line_above_the_story_is_its_headline() -> None:
    found = labels(story_lines.headline, "Council votes to repair the old bridge", PARAGRAPH, OTHER)
    assert found == ["title", "body", "body"]


def test_a_paragraph_between_two_printings_of_the_headline_is_the_standfirst() -> None:
    headline = "Council votes to repair the old bridge"
    assert labels(story_lines.headline, headline, PARAGRAPH, headline, OTHER) == ["title", "summary", "title", "body"]


def test_a_page_without_a_headline_has_none() -> None:
    assert labels(story_lines.headline, PARAGRAPH, OTHER) == ["body", "body"]


def settled(*lines: str) -> list[str]:
    revised = revise(revise(passage(*lines), PAGE_RULES), STORY_RULES)
    return [verdict.label.value for verdict in revised.verdicts]


def test_a_second_headline_about_the_same_thing() -> None:
    found = settled("Council Votes to Repair the Old Bridge", "Old Bridge to Get Repair Next Spring", PARAGRAPH, OTHER)
    assert found == ["title", "title", "body", "body"]


def test_a_sentence_without_its_full_stop_is_the_standfirst() -> None:
    line = "The mayor had promised that nobody would have to leave the town to cross the river"
    assert settled("Council votes to repair the old bridge", line, PARAGRAPH) == ["title", "summary", "body"]


def test_a_name_below_the_headline_or_the_end_signs_the_story() -> None:
    headline = "Council votes to repair the old bridge"
    assert settled(headline, "Ana Example", PARAGRAPH, OTHER) == ["title", "byline", "body", "body"]
    assert settled(headline, PARAGRAPH, OTHER, "Ana Example") == ["title", "body", "body", "byline"]


def test_a_heading_needs_text_below_it() -> None:
    headline = "Council votes to repair the old bridge"
    assert settled(headline, PARAGRAPH, "What comes next", OTHER) == ["title", "body", "heading", "body"]
    assert settled(headline, PARAGRAPH, OTHER, "Explore bridges")[-1] == "navigation"


def test_what_stands_above_the_headline_is_the_page_s() -> None:
    found = settled("Example Times", "Council votes to repair the old bridge", PARAGRAPH)
    assert found == ["navigation", "title", "body"]


def test_the_first_verdict_stays_readable() -> None:
    revised = revise(passage("Bridge", PARAGRAPH, "Bridge"), [neighbours.repeated_line])
    first = revised.verdicts[0].first
    assert first is not None
    assert (first.label, first.rule) == (Label.HEADING, "short-line")
    assert revised.verdicts[0].rule == "repeated-line"
    assert revised.verdicts[1].first is None


def test_a_byline_stands_above_the_first_paragraph() -> None:
    line = "di Carla Esempio"
    found = labels(signed_lines.byline_line, "Council repairs the old bridge", line, PARAGRAPH, line)
    assert found[1] == "byline"
    assert found[3] != "byline"


def test_below_a_second_headline_a_byline_gives_its_day_too() -> None:
    for line, is_byline in (("di Carla Esempio, 3 marzo 2026", True), ("di Carla Esempio", False)):
        lines = ("Council repairs the old bridge", PARAGRAPH, "Market returns to the square", line, OTHER)
        assert (labels(signed_lines.byline_line, *lines)[3] == "byline") is is_byline


def test_a_standfirst_that_the_story_begins_with_again_is_said_once() -> None:
    found = labels(story_lines.lead_again, "Council repairs the old bridge", PARAGRAPH, PARAGRAPH, OTHER)
    assert found[1:] == ["summary", "body", "body"]
    refrain = "And the river runs on."
    assert "summary" not in labels(story_lines.lead_again, refrain, refrain, PARAGRAPH, OTHER)


def test_a_date_that_the_scorer_took_for_text_is_a_date() -> None:
    page = passage("Council repairs the old bridge", "7 January 2026, 08:30", PARAGRAPH)
    page.verdicts[1] = Verdict(Label.BODY, "scorer", 0.72)
    assert revise(page, [signed_lines.date_line]).verdicts[1].label is Label.DATE


@pytest.mark.parametrize("refrain", ["Nobody came.", "And the light burned on."])
def test_a_short_line_that_a_story_says_three_times_stays(refrain: str) -> None:
    lines = (
        "The keeper lit the lamp at dusk on the first day, as he had done for thirty years, and sat down to wait.",
        "On the second day he rowed to the harbour, bought oil and bread, and told everybody that the light was on.",
        "On the third day he wrote to the council, the school and the paper, and invited them all for the evening.",
    )
    body = "".join(f"<p>{line}</p><p>{refrain}</p>" for line in lines)
    (article,) = clean_page(Page(f"<article><h1>The light of Example</h1>{body}</article>")).articles
    assert article.text.count(refrain) == 3


@pytest.mark.parametrize(
    ("site", "line"),
    [
        ("Example Times", "Council repairs the old bridge | Example Times"),
        ("Gazeta Munților", "Un sat și-a reparat drumul - Gazeta Munților"),
        ("例日报", "老桥修好了 今天下午通车 | 例日报"),
    ],
)
def test_a_line_with_the_sites_name_behind_it_is_the_headline(site: str, line: str) -> None:
    assert labels(story_lines.site_behind_headline, site, line, PARAGRAPH)[1] == "title"
    assert labels(story_lines.site_behind_headline, "Other Times", line, PARAGRAPH)[1] != "title"
    (article,) = clean_page(Page("\n".join([site, line, PARAGRAPH, OTHER]), kind="text")).articles
    assert article.title == line.rpartition(" ")[0].removesuffix(f" {site.partition(' ')[0]}").rstrip(" |-")


def test_links_of_markdown_are_a_menu() -> None:
    for line in ("- [Home](/)", "* [ข่าว](/sec/1)", "[Example Times](https://example.org)", "1. [News](/n)"):
        assert labels(neighbours.bar_menu, line, PARAGRAPH)[0] == "navigation"
    assert labels(neighbours.bar_menu, "[He](/he) said so", PARAGRAPH)[0] != "navigation"


def test_a_headline_in_markdown_loses_its_mark() -> None:
    page = "\n".join(["- [Home](/)", "# Council repairs the old bridge", "7 January 2026", PARAGRAPH, OTHER])
    (article,) = clean_page(Page(page, kind="text")).articles
    assert article.title == "Council repairs the old bridge"


@pytest.mark.parametrize("day", ["03.02.2026", "3.2.2026", "2026.02.03", "نشر في 3 فبراير 2026 09:00"])
def test_a_day_in_figures_on_a_dump_is_that_of_the_story(day: str) -> None:
    page = "\n".join(["Council repairs the old bridge", day, PARAGRAPH, OTHER])
    (article,) = clean_page(Page(page, kind="text")).articles
    assert (article.date_published or "")[:10] == "2026-02-03"


def test_bracketed_links_are_a_menu() -> None:
    for line in ("[Home] [World news] [Sport]", "[Ana səhifə][İdman][Əlaqə]"):
        assert labels(neighbours.bar_menu, line, PARAGRAPH) == ["navigation", "body"]
    assert labels(neighbours.bar_menu, "[Editor's note] The bridge", PARAGRAPH)[0] == "heading"


@pytest.mark.parametrize("piece", ["ab | ", "a - b ", "[a]", "[", "x" * 30 + " - "])
def test_hostile_heads(piece: str) -> None:
    found = passage(*[(piece * 200)[:4_000]] * 500, PARAGRAPH)
    revise(found, [story_lines.site_behind_headline, neighbours.bar_menu])


def test_a_standfirst_that_is_cut_off_is_said_once() -> None:
    page = f"<h1>Council repairs the old bridge</h1><p>{PARAGRAPH[:70]}…</p><p>{PARAGRAPH}</p><p>{OTHER}</p>"
    (article,) = clean_page(Page(page)).articles
    assert article.text.split("\n") == [PARAGRAPH, OTHER]


@pytest.mark.parametrize(
    ("above", "wanted"),
    [
        (["Ana Example", "3 February 2026"], ["byline", "date"]),
        (["3 февраля 2026, 07:15", "Глеб Примеров"], ["date", "byline"]),
        (["Місцеві Новини", "3 лютого 2026"], ["navigation", "date"]),
        (["宮田 例", "2026年2月3日"], ["navigation", "date"]),
        (["ตัวอย่าง ทดสอบ", "3 กุมภาพันธ์ 2569"], ["navigation", "date"]),
        (["Слухати Новину", "Місцеві Новини", "3 лютого 2026"], ["navigation", "navigation", "date"]),
        (["Ana Example", "A village that waited", "3 February 2026"], ["body", "body", "date"]),
        (["ฟังข่าว", "3 กุมภาพันธ์ 2569"], ["navigation", "date"]),
        (["A village that waited", "3 February 2026"], ["body", "date"]),
        (["渔民重返大海", "2026年2月3日"], ["body", "date"]),
        (["어민들 환영", "2026년 2월 3일"], ["body", "date"]),
        (["职务：样例", "2026年2月3日"], ["body", "date"]),
        (["Fondato il 10 giugno 1921", "3 February 2026"], ["body", "date"]),
        (["Ana Example", "The council met"], ["body", "body"]),
    ],
)
def test_lines_that_sign_a_story_between_its_headline_and_its_text(above: list[str], wanted: list[str]) -> None:
    page = passage("Council repairs the old bridge", *above, PARAGRAPH, OTHER)
    page.verdicts[:] = [Verdict(Label.TITLE, "scorer", 0.9), *[Verdict(Label.BODY, "scorer", 0.7)] * (len(page) - 1)]
    found = revise(page, [signed_lines.signing_lines])
    assert [verdict.label.value for verdict in found.verdicts] == ["title", *wanted, "body", "body"]


def test_dates_in_the_text_and_on_a_page_without_a_headline_stay() -> None:
    for lines in (["3 February 2026", PARAGRAPH], ["Council repairs the old bridge", PARAGRAPH, "3 February 2026"]):
        page = passage(*lines)
        first = Label.TITLE if len(lines) > 2 else Label.BODY
        page.verdicts[:] = [Verdict(first, "scorer", 0.9), *[Verdict(Label.BODY, "scorer", 0.7)] * (len(page) - 1)]
        assert revise(page, [signed_lines.signing_lines]).verdicts == page.verdicts


def test_a_sentence_that_ends_with_a_date_is_none() -> None:
    assert not signed_lines.is_date_alone("It was November 7, 1938.")


@pytest.mark.parametrize("line", ["2026. február 3.", "3. 2. 2026.", "3. veljače 2026."])
def test_a_date_that_ends_in_a_full_stop_is_one(line: str) -> None:
    assert labels(signed_lines.date_line, "Újra jár a kisvonat", line, PARAGRAPH)[1] == "date"


@pytest.mark.parametrize("piece", ["3 May 2026 | ", "Ana ", "Photo | ", "1 ", "A. ", "年", "ก ", "— "])
def test_hostile_lines_that_sign(piece: str) -> None:
    """Long lines, and as many short ones as a page can have, each between a headline and a text that never comes."""
    for lines in ([(piece * 2_000)[:8_000]] * 400, [piece.strip()] * 20_000):
        found = passage("Council repairs the old bridge", *lines)
        found.verdicts[:] = [Verdict(Label.TITLE, "scorer", 0.9), *[Verdict(Label.BODY, "scorer", 0.7)] * len(lines)]
        revise(found, [signed_lines.signing_lines])


def test_a_row_of_parts_with_a_date_is_no_text() -> None:
    row = "Foto: arsip | Selasa, 3 Februari 2026 09:15 WIB"
    page = passage("Council repairs the old bridge", row, PARAGRAPH)
    page.verdicts[:] = [Verdict(Label.TITLE, "scorer", 0.9), *[Verdict(Label.BODY, "scorer", 0.7)] * 2]
    assert revise(page, [signed_lines.signing_lines]).verdicts[1].label is Label.DATE
