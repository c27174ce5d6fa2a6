"""Cards below a story that tease other stories."""

from __future__ import annotations

import pytest

from cleaners.label.cards import CARD_LINES, CARDS, cut_teaser, teaser_card
from tests.support.scored_pages import TEXT, kept, passage_of

STORY = f"<p>{TEXT}</p>" * 3
SENTENCE = "The ferry runs twice a day."


def cards(number: int, *, linked: bool = True, more: str = "") -> str:
    headline = "MENU ferry comes back in May"
    head = f"<h3><a href='/a'>{headline}</a></h3>" if linked else f"<h3>{headline}</h3>"
    return f"<div class=card>{head}<p>{SENTENCE}</p>{more}</div>" * number


def sentences(html: str) -> int:
    return kept(teaser_card, passage_of(html, "MENU")).count(SENTENCE)


def test_sentences_in_cards_below_a_story_tease() -> None:
    assert sentences(STORY + cards(CARDS)) == 0


@pytest.mark.parametrize(
    ("html", "number"),
    [
        (STORY + cards(CARDS - 1), CARDS - 1),
        (STORY + cards(CARDS, linked=False), CARDS),
        (cards(CARDS) + STORY, CARDS),
        (f"<p>{TEXT}</p>" + cards(CARDS), CARDS),
        (STORY + cards(20), 20),
        (STORY + cards(CARDS, more="<p>A line.</p>" * CARD_LINES), CARDS),
    ],
    ids=["few", "no links", "above the story", "no story", "more than the story", "long"],
)
def test_other_boxes_are_left_alone(html: str, number: int) -> None:
    assert sentences(html) == number


def test_hostile_cards_are_bounded() -> None:
    nested = "<div class=card>" * 1_000 + cards(200) + "</div>" * 1_000
    assert sentences(STORY * 50 + nested) == 0


CUT = "The ferry runs twice a day again, and the first crew has already painted the old…"


def teasers(number: int, *, head: str = "<a href='/a'>The old ferry comes back in May</a>", text: str = CUT) -> str:
    return f"<h3>{head}</h3><p class=lead>{text}</p>" * number


def cut_texts(html: str, text: str = CUT) -> int:
    return kept(cut_teaser, passage_of(html, "MENU")).count(text)


def test_texts_that_are_cut_below_links_tease() -> None:
    assert cut_texts(STORY + teasers(CARDS)) == 0


def test_their_headlines_and_whole_texts_among_them_tease() -> None:
    lines = kept(cut_teaser, passage_of(STORY + teasers(CARDS) + teasers(1, text=SENTENCE * 3), "MENU"))
    assert lines == []


def test_a_source_and_a_day_may_stand_in_the_line_of_the_link() -> None:
    assert cut_texts(STORY + teasers(CARDS, head="<a href='/a'>MENU ferry comes back</a> Example Post - 4 May")) == 0


@pytest.mark.parametrize(
    ("html", "text", "number"),
    [
        (STORY + teasers(CARDS - 1), CUT, CARDS - 1),
        (STORY + teasers(CARDS, head="The old ferry comes back in May"), CUT, CARDS),
        (STORY + teasers(CARDS, text=SENTENCE * 3), SENTENCE * 3, CARDS),
        (teasers(CARDS) + STORY, CUT, CARDS),
        (f"<p>{TEXT}</p>" + teasers(CARDS), CUT, CARDS),
        (STORY + f"<p>{CUT}</p>" * 9, CUT, 9),
        (STORY + teasers(CARDS, text="So it was …"), "So it was …", CARDS),
    ],
    ids=["few", "no links", "whole texts", "above the story", "no story", "thoughts that trail off", "short"],
)
def test_other_texts_are_left_alone(html: str, text: str, number: int) -> None:
    assert cut_texts(html, text) == number
