"""Tracing: fingerprints, whom they bring together, and how they are kept."""

from __future__ import annotations

import sqlite3
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.tracing import posting_runs
from cleaners.tracing.fingerprints import (
    CONTEXT_BITS,
    PASSAGE_WORDS,
    grams,
    keys,
    may_be_passage,
    text_fingerprints,
    winnow,
)
from cleaners.tracing.folded_words import fold_words, sentences
from cleaners.tracing.postings import MAX_FOLLOWED, find_candidates, sorted_postings
from tests.support.traced_articles import prose

FINGERPRINTS = st.builds(
    lambda key, around: key << CONTEXT_BITS | around,
    st.integers(0, 3) | st.integers(0, 2**40 - 1),
    st.integers(0, 2**CONTEXT_BITS - 1),
)


def met(texts: list[str]) -> list[tuple[int, int]]:
    """Which texts are found worth comparing, by their numbers from 1."""
    found = [text_fingerprints(fold_words(text).hashes, sentences(text, fold_words(text))) for text in texts]
    return find_candidates(sorted_postings([], []), sorted_postings(found, range(1, len(found) + 1))).pairs


@given(st.integers(0, 40), st.integers(0, 40), st.integers(PASSAGE_WORDS, 30), st.randoms(use_true_random=False))
def test_texts_with_any_twelve_words_in_common_meet(before: int, after: int, words: int, random: Random) -> None:
    common = prose(random.random(), words).replace(".", "")
    assert met([f"{prose(random.random(), before)} {common} {prose(random.random(), after)}" for _ in range(2)])


@pytest.mark.parametrize(
    ("around", "may_be"),
    [
        ((1, 2, 3, 4), True),
        ((1, 2, 0, 0), True),
        ((0, 2, 3, 0), True),
        ((0, 0, 3, 4), True),
        ((1, 0, 3, 0), False),
        ((0, 2, 0, 4), False),
        ((1, 0, 0, 4), False),
        ((0, 0, 0, 0), False),
    ],
)
def test_two_words_that_stand_with_a_run_in_a_row_make_a_passage_of_it(
    around: tuple[int, int, int, int], may_be: bool
) -> None:
    own, other = (
        np.array([7 << CONTEXT_BITS | two_before << 18 | before << 12 | after << 6 | two_after], dtype=np.uint64)
        for two_before, before, after, two_after in ((1, 2, 3, 4), around)
    )
    assert may_be_passage(own, other).tolist() == [may_be]


def test_a_text_does_not_meet_itself() -> None:
    turn = prose("turn", 12)
    assert met([" ".join(f"{turn} {prose(number, 3)}" for number in range(5))]) == []


def test_texts_with_a_turn_of_ten_words_in_common_do_not_meet() -> None:
    turn = prose("turn", 10).replace(".", "")
    texts = [f"{prose(number, 9)} own{number} {turn} other{number} {prose(-number, 9)}" for number in range(1, 50)]
    assert len(met(texts)) < 10  # where the bits that tell of the words around are the same by chance
    assert met([f"{text} {turn} again and again" for text in texts[:2]]) == [(2, 1)]


@given(st.lists(st.integers(0, 2**64 - 1), max_size=60))
def test_winnowing_keeps_the_smallest_hash_of_every_window(numbers: list[int]) -> None:
    hashes = np.array(numbers, dtype=np.uint64)
    windows = [numbers[start : start + 4] for start in range(len(numbers) - 3)]
    if 0 < len(numbers) < 4:
        windows = [numbers]
    smallest = {start + window.index(min(window)) for start, window in enumerate(windows)}
    assert winnow(hashes, 4).tolist() == sorted(smallest)


def test_grams_of_a_text_shorter_than_one_are_none() -> None:
    assert len(grams(fold_words("two words").hashes)) == 0


def test_a_fingerprint_is_followed_to_the_first_articles_that_have_it() -> None:
    hashes = np.array([7], dtype=np.uint64)
    met = find_candidates(sorted_postings([], []), sorted_postings([hashes] * 20, range(1, 21)))
    assert len(met.kept) == MAX_FOLLOWED
    assert [earlier for later, earlier in met.pairs if later == 20] == list(range(1, MAX_FOLLOWED + 1))
    again = find_candidates(met.kept, sorted_postings([hashes], [21]))
    assert (len(again.kept), [earlier for _, earlier in again.pairs]) == (0, list(range(1, MAX_FOLLOWED + 1)))


@given(st.lists(st.lists(FINGERPRINTS, max_size=30), max_size=12))
def test_fingerprints_are_found_whatever_runs_they_stand_in(batches: list[list[int]]) -> None:
    base = sqlite3.connect(":memory:")
    base.executescript(posting_runs.TABLES)
    added = []
    for number, batch in enumerate(batches):
        rows = sorted_postings([np.unique(np.array(batch, dtype=np.uint64))], [number])
        posting_runs.append(base, rows)
        added += rows.tolist()
    lengths = [length for (length,) in base.execute("SELECT postings FROM run ORDER BY number")]
    assert all(longer >= 4 * shorter for longer, shorter in pairwise(lengths))
    wanted = sorted({each >> CONTEXT_BITS for batch in batches for each in batch[::2]})
    expected = [(each >> CONTEXT_BITS, article, each) for each, article in added if each >> CONTEXT_BITS in wanted]
    found = posting_runs.find(base, np.array(wanted, dtype=np.uint64)).tolist()
    assert found == [(each, article) for _, article, each in sorted(expected)]


def test_long_runs_have_many_blocks_and_are_merged_by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting_runs, "_BLOCK", 4)
    monkeypatch.setattr(posting_runs, "_AT_ONCE", 8)
    base = sqlite3.connect(":memory:")
    base.executescript(posting_runs.TABLES)
    hashes = np.random.default_rng(1).integers(0, 2**64, size=3000, dtype=np.uint64)
    for number, some in enumerate(np.split(hashes, 10)):
        posting_runs.append(base, sorted_postings([np.unique(some)], [number]))
    assert base.execute("SELECT count(*) > 300 FROM block").fetchone() == (1,)
    found = posting_runs.find(base, np.unique(keys(hashes[::7])))
    assert dict(found.tolist()) == {each: place * 7 // 300 for place, each in enumerate(hashes[::7].tolist())}
