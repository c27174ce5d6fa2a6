"""What the first and last places of words say of joins: values counted by hand, and laws that hold for any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.stories.spread import (
    FEW,
    LEAD_WORDS,
    NEAR,
    NOTHING_TO_COMPARE,
    carried_over,
    chains,
    ends_carried_over,
    repeated_carried_over,
    spread_of,
    titles_found,
)
from cleaners.stories.topic import STRETCH

A, B, C = frozenset("ab"), frozenset("bc"), frozenset("xy")
NOTHING = frozenset[str]()
PARAGRAPHS = st.lists(st.frozensets(st.sampled_from("abcdef"), max_size=4), min_size=1, max_size=12)


def test_the_first_and_last_paragraph_of_each_word() -> None:
    spread = spread_of([A, B, C])
    assert spread.first == {"a": 0, "b": 0, "c": 1, "x": 2, "y": 2}
    assert spread.last == {"a": 0, "b": 1, "c": 1, "x": 2, "y": 2}
    assert spread.begun == [0, 2, 3, 5]
    assert spread.ended == [0, 1, 3, 5]


@pytest.mark.parametrize(
    ("paragraphs", "down", "up"),
    [([A, B, C], [0.25, 0.0], [0.5, 0.0]), ([A, NOTHING], [NOTHING_TO_COMPARE], [0.0]), ([A], [], [])],
)
def test_what_is_carried_over(paragraphs: list[frozenset[str]], down: list[float], up: list[float]) -> None:
    assert carried_over(paragraphs, spread_of(paragraphs)) == (down, up)


def test_chains_cross_the_middle_of_a_story_and_not_its_end() -> None:
    assert chains(spread_of([A, A, C, C])) == pytest.approx([0.5**0.5, 0.0, 0.5**0.5])
    assert chains(spread_of([A, C])) == [NOTHING_TO_COMPARE]
    assert chains(spread_of([A, C, A])) == [1.0, 1.0]


def test_words_that_several_paragraphs_repeat_do_not_cross_to_another_story() -> None:
    page = [A, A, C, C]
    assert repeated_carried_over(page, spread_of(page)) == (
        [0.0, 0.0, NOTHING_TO_COMPARE],
        [NOTHING_TO_COMPARE, 0.0, 0.0],
    )
    far = [A, *[NOTHING] * NEAR, A, A]
    assert repeated_carried_over(far, spread_of(far))[0][:3] == [NOTHING_TO_COMPARE, NOTHING_TO_COMPARE, 1.0]


@given(PARAGRAPHS)
def test_shares_of_repeated_words_are_mirrored_by_a_page_upside_down(paragraphs: list[frozenset[str]]) -> None:
    down, up = repeated_carried_over(paragraphs, spread_of(paragraphs))
    assert len(down) == len(up) == len(paragraphs) - 1
    assert repeated_carried_over(paragraphs[::-1], spread_of(paragraphs[::-1])) == (up[::-1], down[::-1])


def test_long_pages_are_counted_piece_by_piece() -> None:
    page = [A, C] * (2 * STRETCH)
    down, up = repeated_carried_over(page, spread_of(page))
    assert set(down[2:-4]) == set(up[4:-2]) == {1.0}


def test_what_opens_a_page_is_not_taken_up_by_another_story() -> None:
    long = [LEAD_WORDS] * 4
    assert ends_carried_over([A, B, C, C], long, NOTHING, spread_of([A, B, C, C])) == ([0.5, 0.0, 0.0], [0.0, 0.0, 1.0])
    kept, _ = ends_carried_over([A, B, C, C], long, frozenset("y"), spread_of([A, B, C, C]))
    assert kept == [2 / 3, 1 / 3, 1 / 3]


def test_a_short_page_is_its_own_beginning_and_end() -> None:
    assert ends_carried_over([A, C], [5, 5], NOTHING, spread_of([A, C])) == ([0.5], [0.5])


def test_the_headline_of_another_story_is_found_below_and_not_above() -> None:
    paragraphs = [A, A, C, B, B]
    above, below, opening = titles_found([NOTHING, C, A, NOTHING], paragraphs, spread_of(paragraphs))
    assert above == [NOTHING_TO_COMPARE, 0.0, 1.0, NOTHING_TO_COMPARE]
    assert below == [NOTHING_TO_COMPARE, 1.0, 0.5, NOTHING_TO_COMPARE]
    assert opening == [NOTHING_TO_COMPARE, 1.0, 0.5, NOTHING_TO_COMPARE]


@given(PARAGRAPHS)
def test_what_is_carried_over_is_found_by_looking_at_all_that_stands_above(paragraphs: list[frozenset[str]]) -> None:
    def known(order: list[frozenset[str]]) -> list[float]:
        found = []
        for place in range(1, len(order)):
            few = NOTHING.union(*order[place : place + FEW])
            found.append(len(few & NOTHING.union(*order[:place])) / len(few) if few else NOTHING_TO_COMPARE)
        return found

    assert carried_over(paragraphs, spread_of(paragraphs)) == (known(paragraphs), known(paragraphs[::-1])[::-1])


@given(PARAGRAPHS, st.frozensets(st.sampled_from("abcdefgh")))
def test_all_figures_are_shares_and_one_for_each_join(
    paragraphs: list[frozenset[str]], headline: frozenset[str]
) -> None:
    spread = spread_of(paragraphs)
    titles = [headline for _ in pairwise(paragraphs)]
    columns = (
        chains(spread),
        *carried_over(paragraphs, spread),
        *ends_carried_over(paragraphs, [30] * len(paragraphs), headline, spread),
        *titles_found(titles, paragraphs, spread),
    )
    for column in columns:
        assert len(column) == len(titles)
        assert all(0 <= figure <= 1 for figure in column)
