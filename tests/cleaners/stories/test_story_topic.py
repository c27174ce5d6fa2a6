"""How alike the text on both sides of a join is: values counted by hand, and laws that hold for any text."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.models import shipped_models
from cleaners.stories import topic
from cleaners.stories.topic import depths, likeness, names, stems
from cleaners.stories.topic_features import Wording, topic_features

COMMON = shipped_models().stories.common_stems
A, B, C = frozenset("ab"), frozenset("bc"), frozenset("xy")


def test_words_are_compared_by_their_beginnings() -> None:
    assert stems("Penguins and a penguin colony", COMMON) == {"pengui", "colony"}
    assert stems("Straße, straßauf und ‘weiße’ Fenster", COMMON) == {"strass", "weisse", "fenste"}
    assert stems("東京都", COMMON) == {"東京", "京都"}


def test_names_are_capitalised_inside_a_sentence() -> None:
    assert names("Yesterday the mayor of Haverport met Tom Muster.", COMMON) == {"haverp", "tom", "muster"}


def carried(*texts: str) -> list[tuple[float, float]]:
    """For each join, how many names, and how many words, of the text below stood above."""
    page = Wording(texts, [10] * len(texts), [""] * (len(texts) - 1), "")
    return [
        (each["names_known"], each["words_known"]) for each in topic_features(page, "html", shipped_models().stories)
    ]


def test_where_no_names_are_capitalised_every_word_is_one() -> None:
    assert carried("東京都の橋が開通した", "東京都の橋は長い", "動物園のペンギン")[1] == (0.0, 0.0)
    ((names_known, words_known),) = carried("東京都の橋が開通した", "東京都の橋は長い")
    assert names_known == words_known > 0.5
    assert carried("In Haverport, Tom saw penguins.", "In Haverport, Ida saw penguins.") == [(0.5, 1.0)]


def test_likeness_is_the_cosine_of_the_sets_on_both_sides() -> None:
    near, far = likeness([A, B, C], [10, 10, 10], windows=(10, 20))
    assert near == [0.5, 0.0]
    assert far == pytest.approx([1 / (2 * 4) ** 0.5, 0.0])


def test_a_valley_is_deep_and_a_plain_is_not() -> None:
    assert depths([0.5, 0.0, 0.5]) == [0.0, 0.5, 0.0]
    assert depths([0.2, 0.2]) == [0.0, 0.0]


PARAGRAPHS = st.lists(st.frozensets(st.sampled_from("abcdef"), max_size=4), min_size=1, max_size=12)


@given(PARAGRAPHS, st.integers(1, 50), st.integers(1, 5))
def test_sliding_windows_find_what_fresh_ones_find(paragraphs: list[frozenset[str]], window: int, stretch: int) -> None:
    sizes = [3 + 2 * len(paragraph) for paragraph in paragraphs]

    def side(order: list[int]) -> set[str]:
        held, found = 0, set()
        for place in order:
            if held >= window:
                break
            found |= paragraphs[place]
            held += sizes[place]
        return found

    expected = []
    for place in range(1, len(paragraphs)):
        above, below = side(list(range(place - 1, -1, -1))), side(list(range(place, len(paragraphs))))
        expected.append(len(above & below) / (len(above) * len(below)) ** 0.5 if above and below else 0.0)
    with patch.object(topic, "STRETCH", stretch):
        assert likeness(paragraphs, sizes, [window])[0] == pytest.approx(expected)


@pytest.mark.parametrize("text", ["A" * 200_000, "a " * 100_000, "東" * 200_000, ", Ab" * 50_000, "\ud800 Ab"])
def test_hostile_paragraphs(text: str) -> None:
    assert len(stems(text, COMMON)) <= 4000
    assert len(names(text, COMMON)) <= 4000
