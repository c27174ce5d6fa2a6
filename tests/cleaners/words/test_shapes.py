"""How the words of a text are counted."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cleaners.words.shapes import SAMPLE, WIDE, count_words


@given(st.text(st.sampled_from("a é–“ дя ελ של 港が 방ก"), max_size=SAMPLE))
def test_two_wide_characters_count_as_a_word(text: str) -> None:
    folded = " ".join(text.split())
    wide = len(re.findall(f"[{WIDE}]", folded))
    assert count_words(folded) == max(len(folded.split()), wide // 2)
