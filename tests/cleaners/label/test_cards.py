"""Cards below a story that tease other stories."""

from __future__ import annotations

import pytest

from cleaners.label.cards import CARD_LINES, CARDS, teaser_card
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
