"""How near in meaning passages are: a table worked by hand, laws for any passages, and the table that ships."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.models import shipped_models
from cleaners.stories import topic
from cleaners.stories.semantics import StemVectors, nearness
from cleaners.stories.topic import stems

SPORT, VOTE = np.array([1, 0]), np.array([0, 1])
KNOWN = StemVectors(
    {"goal": 0, "coach": 1, "bill": 2, "both": 3},
    np.array([4 * SPORT, 4 * SPORT, VOTE, SPORT + VOTE, 0 * SPORT], np.float32),
)

MATCH = "The striker scored twice before half-time and the visitors lost their captain to injury."
LEAGUE = "His club leads the league after nine games, and its fans filled the stadium again."
VOTES = "Lawmakers in the senate rejected the budget, and ministers blamed the opposition for it."

GOAL, COACH, BILL, BOTH, STRANGE, EMPTY = map(
    frozenset, (["goal"], ["coach"], ["bill"], ["both"], ["penguin"], list[str]())
)


def near(*paragraphs: frozenset[str], window: int = 1, known: StemVectors = KNOWN) -> list[float]:
    """All paragraphs have one word, so that a window is as many of them."""
    (figures,) = nearness(paragraphs, [1] * len(paragraphs), [window], known)
    return figures


def test_passages_are_near_by_the_company_their_words_keep() -> None:
    assert near(GOAL, COACH, BILL) == pytest.approx([1, 0])
    assert near(BOTH, BILL) == pytest.approx([0.5**0.5])


def test_a_paragraph_counts_by_the_root_of_its_length() -> None:
    assert KNOWN.of([GOAL, GOAL | COACH, EMPTY]) == pytest.approx(np.array([[2, 0], [8**0.5, 0], [0, 0]]))
    assert near(GOAL, BILL, GOAL, window=2) == pytest.approx([2 / 5**0.5, 2 / 5**0.5])


def test_what_nobody_knows_is_near_to_nothing() -> None:
    assert near(GOAL, STRANGE, EMPTY, GOAL) == [0, 0, 0]


def test_a_few_words_that_are_known_say_nothing() -> None:
    foreign = frozenset(["penguin", "zebra"])
    assert near(GOAL, GOAL, foreign) == [pytest.approx(1), 0]
    assert near(GOAL, GOAL, foreign, STRANGE) == [0, 0, 0]


def test_a_page_of_one_paragraph_has_no_places() -> None:
    assert nearness([GOAL], [1], [60, 200], KNOWN) == [[], []]
    assert nearness([], [], [60], KNOWN) == [[]]


@given(
    st.lists(st.frozensets(st.sampled_from([*KNOWN.rows, "penguin"])), min_size=1, max_size=12),
    st.lists(st.integers(1, 9), max_size=3),
    st.integers(1, 5),
)
def test_any_passages_have_a_cosine(paragraphs: list[frozenset[str]], windows: list[int], stretch: int) -> None:
    sizes = [len(paragraph) + 1 for paragraph in paragraphs]
    figures = nearness(paragraphs, sizes, windows, KNOWN)
    assert [len(of_window) for of_window in figures] == [len(paragraphs) - 1] * len(windows)
    assert all(-1.0001 <= figure <= 1.0001 for of_window in figures for figure in of_window)
    with patch.object(topic, "STRETCH", stretch):
        piece_by_piece = nearness(paragraphs, sizes, windows, KNOWN)
    for whole, pieces in zip(figures, piece_by_piece, strict=True):
        assert whole == pytest.approx(pieces, abs=1e-5)


def test_the_table_that_ships_tells_a_match_from_a_vote() -> None:
    shipped = shipped_models().stories
    match, league, vote = (stems(text, shipped.common_stems) for text in (MATCH, LEAGUE, VOTES))
    alike, unlike = near(match, league, vote, known=shipped.vectors)
    assert not match & league
    assert alike > unlike + 0.2
