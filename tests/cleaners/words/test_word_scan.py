"""Words that are sought together: what one pass finds is what a search for each of them finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.words.word_scan import WordScan

LETTERS = st.text("ab é港", max_size=12)
WORDS = st.lists(st.text("ab é港", min_size=1, max_size=4), max_size=12)


@pytest.mark.parametrize("table", [False, True])
@given(words=WORDS, text=LETTERS)
def test_it_finds_what_a_search_for_each_word_finds(words: list[str], text: str, table: bool) -> None:
    assert set(WordScan(words, table=table).found_in(text)) == {word for word in words if word in text}


def test_half_a_surrogate_pair_hides_no_word() -> None:
    assert WordScan(["photo"]).found_in("\ud83d photo") == {"photo"}


def test_no_words_are_found_nowhere() -> None:
    assert not WordScan([]).found_in("the harbour")
