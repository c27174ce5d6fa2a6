"""What a profile of an outlet does to a page of it."""

from __future__ import annotations

import pytest

from cleaners.blocks.html import html_blocks, parse_safe
from cleaners.data import Block, Label, Page, Profile, Verdict
from cleaners.label.passage import Passage, read_passage
from cleaners.label.profile import FEWEST_PAGES, find_profile, with_profile
from cleaners.pipeline import clean_page
from cleaners.words.shapes import shape
from tests.support.made_outlet import PITCH, STORIES, dump, page

OPENING, NEXT, LAST = STORIES["Harbour bridge opens after four years of work"]
HEADLINE = "Harbour bridge opens after four years of work"


def profile(*lines: str, kind: str = "text", places: dict[str, int] | None = None, pages: int = 10) -> Profile:
    assert kind in ("html", "text")
    return Profile("html" if kind == "html" else "text", pages, {shape(line).key: 9 for line in lines}, places or {})


def dumped(*lines: str) -> Passage:
    return read_passage([Block(line, number) for number, line in enumerate(lines, start=1)])


def kept(passage: Passage | None) -> list[str]:
    assert passage
    return [passage.blocks[index].text for index in passage.kept()]


def marked_up(score: float, *lines: str) -> Passage:
    """Lines of a page, the last of them beside the story, all kept by the scorer with this probability."""
    paragraphs = "".join(f"<p>{line}</p>" for line in lines[:-1])
    blocks = html_blocks(parse_safe(f"<div class=story>{paragraphs}</div><ul class=more><li>{lines[-1]}</ul>".encode()))
    verdicts = [Verdict(Label.BODY, "scorer", score) for _ in blocks]
    return Passage(blocks, [shape(block.text) for block in blocks], verdicts)


STORY_PLACE = "p. < div.story < body."


def test_a_long_line_that_recurs_is_dropped_with_the_count_for_a_rule() -> None:
    revised = with_profile(dumped(OPENING, PITCH, LAST), profile(PITCH), 12)
    assert kept(revised) == [OPENING, LAST]
    assert revised
    assert revised.verdicts[1][:2] == (Label.NAVIGATION, "profile/on-9-of-10-pages")
    assert revised.verdicts[1].first == dumped(PITCH).verdicts[0]


def test_a_subheading_that_recurs_stays_in_the_story() -> None:
    line = "How to get there"
    assert kept(with_profile(dumped(OPENING, line, LAST), profile(line), 12)) == [OPENING, line, LAST]
    assert kept(with_profile(dumped(OPENING, LAST, line), profile(line), 12)) == [OPENING, LAST]


def test_the_line_that_signs_a_story_stays() -> None:
    line = "Associated Press writers Ana Example in Mirador and Tom Muster in Lowland City contributed to this report."
    given = dumped(OPENING, NEXT, line)
    assert given.verdicts[2].label is Label.CREDIT
    assert kept(with_profile(given, profile(line), 12)) == [OPENING, NEXT, line]


@pytest.mark.parametrize(
    ("score", "places", "stays"),
    [(0.8, {STORY_PLACE: 10}, [True, False]), (0.8, {}, [False, False]), (0.95, {}, [True, True])],
)
def test_a_short_line_of_html_is_dropped_where_it_is_doubted_and_no_story_stood(
    score: float, places: dict[str, int], stays: list[bool]
) -> None:
    inside, beside = "How to get there", "What else is new"
    given = marked_up(score, OPENING, inside, LAST, beside)
    found = kept(with_profile(given, profile(inside, beside, kind="html", places=places), 12))
    assert [inside in found, beside in found] == stays
    assert {OPENING, LAST} <= set(found)


def test_a_doubted_paragraph_is_kept_where_the_stories_stood() -> None:
    given = dumped("Share", OPENING, NEXT, LAST, "About us", NEXT)
    for index in (2, 5):
        given.verdicts[index] = given.verdicts[index].revised(Label.NAVIGATION, "scorer", 0.6)
    learned = profile("Share", "About us", places={"share": 8})
    revised = with_profile(given, learned, 12)
    assert revised
    assert [str(verdict.label) for verdict in revised.verdicts[1:4]] == ["body"] * 3
    assert revised.verdicts[2].rule == "profile/story-here-on-8-of-10-pages"
    assert revised.verdicts[5].rule == "scorer"


def test_what_stands_below_the_story_is_not_kept_for_its_place() -> None:
    given = dumped("Share", OPENING, NEXT)
    given.verdicts[2] = given.verdicts[2].revised(Label.NAVIGATION, "scorer", 0.6)
    revised = with_profile(given, profile("Share", places={"share": 8}), 12)
    assert revised
    assert revised.verdicts[2].rule == "scorer"


def test_a_profile_that_would_drop_all_text_is_set_aside() -> None:
    assert with_profile(dumped(OPENING, PITCH), profile(OPENING, PITCH), 12) is None
    profiles = (profile(PITCH, *STORIES[HEADLINE], pages=5),)
    cleaned = clean_page(Page(dump(HEADLINE), kind="text", profiles=profiles))
    assert cleaned.profile_set_aside
    assert cleaned.articles == clean_page(Page(dump(HEADLINE), kind="text")).articles


@pytest.mark.parametrize("kind", ["html", "text"])
def test_a_page_loses_the_pitch_and_nothing_else(kind: str) -> None:
    content = page(HEADLINE) if kind == "html" else dump(HEADLINE)
    (plain,) = clean_page(Page(content)).articles
    cleaned = clean_page(Page(content, profiles=(profile(PITCH, kind=kind),)))
    (article,) = cleaned.articles
    assert plain.text.splitlines() == [OPENING, NEXT, PITCH, LAST]
    assert article.text.splitlines() == [OPENING, NEXT, LAST]
    assert not cleaned.profile_set_aside


def test_a_profile_is_for_pages_of_its_kind_and_needs_enough_of_them() -> None:
    few, html = profile(PITCH, pages=FEWEST_PAGES - 1), profile(PITCH, kind="html")
    assert find_profile((few, html), "text") is None
    assert find_profile((few, html), "html") is html
    (article,) = clean_page(Page(dump(HEADLINE), profiles=(few, html))).articles
    assert PITCH in article.text
