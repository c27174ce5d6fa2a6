"""Tracing: the words of a text, which of them are quoted, and what two texts have in common."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.tracing.folded_words import fold_words
from cleaners.tracing.matching import Match, common_runs, covered, passages, prepare
from cleaners.tracing.quotations import quoted
from tests.support.traced_articles import WORDS, prose


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don’t stop_it, E.U.!", ["Don", "t", "stop", "it", "E", "U"]),
        ("हिन्दी के शब्द।", ["हिन्दी", "के", "शब्द"]),
        ("旧桥 open カナ", ["旧", "桥", "open", "カ", "ナ"]),
        ("cafe\u0301 \ud800 𠀀 " + "x" * 5, ["cafe\u0301", "𠀀", "xxxxx"]),
        ("", []),
        (" … ", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    folded = fold_words(text)
    assert [text[start:stop] for start, stop in zip(folded.starts, folded.stops, strict=True)] == words


def test_a_long_text_is_folded_as_its_parts_are(monkeypatch: pytest.MonkeyPatch) -> None:
    text = prose("long", 500)
    whole = fold_words(text)
    monkeypatch.setattr("cleaners.tracing.folded_words._PIECE", 100)
    pieces = fold_words(text)
    for one, other in ((whole.hashes, pieces.hashes), (whole.starts, pieces.starts), (whole.stops, pieces.stops)):
        np.testing.assert_array_equal(one, other)


@given(st.text(max_size=60))
def test_hashes_are_of_words_without_case(text: str) -> None:
    folded = fold_words(text)
    words = [text[start:stop] for start, stop in zip(folded.starts, folded.stops, strict=True)]
    assert all(not char.isalnum() for gap in _gaps(text, folded.starts, folded.stops) for char in gap)
    apart = [fold_words(word.upper() if word.isascii() else word).hashes.tolist() for word in words]
    assert [[each] for each in folded.hashes.tolist()] == apart


def _gaps(text: str, starts: Iterable[int], stops: Iterable[int]) -> list[str]:
    return [text[start:stop] for start, stop in zip([0, *stops], [*starts, len(text)], strict=True)]


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("He said “we go now” and left.", "He said and left"),
        ('"We go," he said. "Now."', "he said"),
        ("Er sagte: „Wir gehen“, dann ging er.", "Er sagte dann ging er"),
        ("Il dit : « On y va » et part.", "Il dit et part"),
        ("„Jetzt“ und »gleich« gehen.", "und gehen"),
        ("“We go\nand he left.", "and he left"),
        ("It’s the ’90s, he said ‘don’t go’ twice.", "It s the 90s he said twice"),
        ("他说「我们走」了", "他 说 了"),
        ("", ""),
    ],
)
def test_quotations(text: str, outside: str) -> None:
    folded = fold_words(text)
    spans = zip(folded.starts, folded.stops, quoted(text, folded), strict=True)
    assert [text[start:stop] for start, stop, is_quoted in spans if not is_quoted] == outside.split()


@pytest.mark.parametrize("mark", ["“", '"', "‘", "„", "«", "»", "「", "‘’", "‘a’"])
def test_quotations_in_hostile_text(mark: str) -> None:
    text = mark * 200_000
    assert len(quoted(text, fold_words(text))) == (200_000 if "a" in mark else 0)


@given(st.lists(st.sampled_from(WORDS), max_size=80), st.lists(st.sampled_from(WORDS), max_size=80))
def test_a_common_run_stands_in_both_texts(one: list[str], other: list[str]) -> None:
    for first, second, words in common_runs(prepare(" ".join(one)), prepare(" ".join(other))):
        assert one[first : first + words] == other[second : second + words]
        assert words >= 6


def test_a_run_that_starts_in_the_end_of_another_is_told() -> None:
    words = prose("overlap", 30).replace(".", "").split()
    first = prepare(" ".join(words))
    second = prepare(" ".join([*words[:9], "between", *words[4:20], "between", *words[14:30]]))
    found = passages(common_runs(first, second), first, second)
    assert [(run.first, run.words) for run in found] == [(4, 16), (14, 16)]


def test_words_of_scripts_without_spaces_count_less() -> None:
    shared = "市长昨天在新闻发布会上宣布旧桥将在节日当天关闭以便进行紧急维修"
    first, second = prepare(f"一{shared}二"), prepare(f"三{shared}四")
    assert passages(common_runs(first, second), first, second) == [Match(1, 1, len(shared))]
    first, second = prepare(f"一{shared[:20]}二"), prepare(f"三{shared[:20]}四")
    assert passages(common_runs(first, second), first, second) == []


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10))))
def test_words_are_covered_once(spans: list[tuple[int, int]]) -> None:
    assert covered(spans) == len({place for start, words in spans for place in range(start, start + words)})
