"""Which annotated lines the bench of phrases counts."""

from __future__ import annotations

import pytest

from bench.measure.phrases import ABOVE, BELOW, NAMES, lines_of, taken_lines
from bench.pages.corpora import Sample

PARAGRAPH = "The harbour of the old town is open again after two winters, and the first ferry left at six."


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["3 February 2026", PARAGRAPH], [ABOVE]),
        ([PARAGRAPH, "3 February 2026"], []),
        ([PARAGRAPH, "Acest articol este disponibil doar abonaților."], [BELOW]),
        (["Acest articol este disponibil doar abonaților.", *[PARAGRAPH] * 3], []),
        (["Sign up for our newsletter"], ["pitches", "rules on one block"]),
        (["Comments (12)"], ["headings of comments"]),
        ([PARAGRAPH], []),
    ],
)
def test_what_takes_a_line(lines: list[str], names: list[str]) -> None:
    assert [name for name, _ in taken_lines(lines)] == names
    assert set(names) <= set(NAMES)


def test_pages_with_snippets_alone_have_no_lines() -> None:
    assert lines_of(Sample("1", "https://harbour.example/", "<p>x", must_have=(PARAGRAPH,))) == []
    assert lines_of(Sample("1", "https://harbour.example/", "<p>x", paragraphs=("one\n\ntwo",))) == ["one", "two"]
