"""How near in meaning passages are: a table worked by hand, laws for any passages, and the table that ships."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.stories import semantics
from cleaners.stories.semantics import StemVectors, nearness
from cleaners.stories.semantics import stem_vectors as shipped
from cleaners.stories.topic import spans, stems

SPORT, VOTE = np.array([1, 0]), np.array([0, 1])
KNOWN = StemVectors(
    {"goal": 0, "coach": 1, "bill": 2, "both": 3},
    np.array([4 * SPORT, 4 * SPORT, VOTE, SPORT + VOTE, 0 * SPORT], np.float32),
)

GOAL, COACH, BILL, BOTH, STRANGE, EMPTY = map(
    frozenset, (["goal"], ["coach"], ["bill"], ["both"], ["penguin"], list[str]())
)


@pytest.fixture(autouse=True, scope="module")
def known() -> Iterator[None]:
    """The table that ships is set aside for that one."""
    with patch.object(semantics, "stem_vectors", lambda: KNOWN):
        yield


def test_passages_are_near_by_the_company_their_words_keep() -> None:
    assert nearness([GOAL, COACH, BILL], [(0, 2), (1, 3)]) == pytest.approx([1, 0])
    assert nearness([BOTH, BILL], [(0, 2)]) == pytest.approx([0.5**0.5])


def test_a_paragraph_counts_by_the_root_of_its_length() -> None:
    one, passage = KNOWN.of([GOAL]), KNOWN.of([GOAL | COACH])
    assert one.tolist() == [[2, 0]]
    assert passage[0] == pytest.approx([8**0.5, 0])
    assert nearness([GOAL, BILL, GOAL], [(0, 2), (0, 3)]) == pytest.approx([0, 2 / 5**0.5])


def test_what_nobody_knows_is_near_to_nothing() -> None:
    assert nearness([GOAL, STRANGE, EMPTY, GOAL], [(0, 2), (1, 3), (2, 4)]) == [0, 0, 0]


def test_a_page_of_one_paragraph_has_no_places() -> None:
    assert nearness([GOAL], []) == []
    assert nearness([], []) == []


@given(st.lists(st.frozensets(st.sampled_from([*KNOWN.rows, "penguin"])), min_size=1, max_size=12), st.integers(1, 9))
def test_any_passages_have_a_cosine(paragraphs: list[frozenset[str]], window: int) -> None:
    figures = nearness(paragraphs, spans([len(paragraph) + 1 for paragraph in paragraphs], window))
    assert len(figures) == len(paragraphs) - 1
    assert all(-1.0001 <= figure <= 1.0001 for figure in figures)
    assert figures == nearness(paragraphs, spans([len(paragraph) + 1 for paragraph in paragraphs], window))


def test_the_table_that_ships_tells_a_match_from_a_vote() -> None:
    match = stems("The striker scored twice before half-time and the visitors lost their captain to injury.")
    league = stems("His club leads the league after nine games, and its fans filled the stadium again.")
    vote = stems("Lawmakers in the senate rejected the budget, and ministers blamed the opposition for it.")
    with patch.object(semantics, "stem_vectors", shipped):
        alike, unlike = nearness([match, league, vote], [(0, 2), (1, 3)])
    assert not match & league
    assert alike > unlike + 0.2
