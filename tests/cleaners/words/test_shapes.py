"""How the words of a text are counted, and where a sentence ends."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.words.shapes import SAMPLE, WIDE, count_words, shape


@given(st.text(st.sampled_from("a é–“ дя ελ של 港が 방ก"), max_size=SAMPLE))
def test_two_wide_characters_count_as_a_word(text: str) -> None:
    folded = " ".join(text.split())
    wide = len(re.findall(f"[{WIDE}]", folded))
    assert count_words(folded) == max(len(folded.split()), wide // 2)


@pytest.mark.parametrize(
    "text",
    [
        "The harbour of Example opened again on Monday after nine long years of work. (dpa)",
        "“The harbour of Example opened again on Monday, after nine long years of hard work.” [Example Press]",
        "港口在经过九年漫长的修复工程之后于星期一重新开放了。（编译/示例网 王某）（示例社）",
    ],
)
def test_a_sentence_with_its_source_in_brackets_ends(text: str) -> None:
    assert shape(text).ends_sentence


@pytest.mark.parametrize(
    "text",
    [
        "Opened. (dpa)",
        "How the harbour of Example was built, repaired and opened again in nine years (photos)",
        "The harbour opened. How it was built, repaired and opened again in nine long years (with all the plans)",
    ],
)
def test_a_headline_with_brackets_does_not(text: str) -> None:
    assert not shape(text).ends_sentence
