"""Training labels: which blocks of a page make up its annotated text."""

from __future__ import annotations

from bench.metrics import words
from bench.pages.align import agreement

STORY = "The pier fell into the sea on Monday.\nNobody was hurt, said the mayor of the town.\nIt will be built again."


def shares(*blocks: str, trust: list[float] | None = None) -> list[float]:
    return [round(share, 2) for share in agreement([words(b) for b in blocks], STORY, trust or [1.0] * len(blocks))]


def test_the_blocks_of_the_story_agree_and_the_others_do_not() -> None:
    assert shares("Home", *STORY.splitlines(), "Read more about piers") == [0, 1, 1, 1, 0]


def test_a_teaser_that_repeats_a_sentence_is_not_of_the_story() -> None:
    assert shares(*STORY.splitlines(), "Nobody was hurt, said the mayor of the town.") == [1, 1, 1, 0]
    assert shares("It will be built again.", *STORY.splitlines()) == [0, 1, 1, 1]


def test_of_two_equal_blocks_the_trusted_one_is_taken() -> None:
    first = "The pier fell into the sea on Monday."
    assert shares(first, first, *STORY.splitlines()[1:], trust=[0.7, 1, 1, 1]) == [0, 1, 1, 1]


def test_a_block_that_says_more_or_less_agrees_in_part() -> None:
    assert shares("MONDAY NEWS The pier fell into the sea on Monday.") == [0.8]


def test_a_passage_out_of_order_is_found_again() -> None:
    one, two, three = STORY.splitlines()
    assert shares(two, three, one) == [1, 1, 1]


def test_a_short_block_must_be_a_whole_line() -> None:
    assert shares("the sea", "Share") == [0, 0]


def test_nothing_agrees_with_nothing() -> None:
    assert agreement([], STORY, []) == []
    assert agreement([["word"], []], "", [1.0, 1.0]) == [0.0, 0.0]
