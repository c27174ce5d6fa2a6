"""Comments of readers, which stand under a heading that says so, below the story: `Comments (12)`, in forty languages.

The headings are data, `comment_heads.toml`. A heading alone proves little, since buttons say the same: some line right
below it has to be that of a comment, with the day or the time at which it was written.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from cleaners.data import KEPT, Label
from cleaners.label.passage import Passage
from cleaners.words.dates import find_dates
from cleaners.words.shapes import comparable, composed

LONGEST_HEADING = 40
"""Characters of such a heading at most."""

FEWEST_PARAGRAPHS = 2
"""Paragraphs of the story above it at least."""

SIGNED_WITHIN = 4
"""Lines below the heading in which the first comment has its day."""

LONGEST_SIGNATURE = 60
"""Characters of the line that has it."""

_AROUND = "0123456789 \t()[]{}<>:.,;!|/·•–—-+#*\"'…▼▾»«（）：@$%^&_=~"
_COUNTERS = "개件条條"
"""What stands around the word, and behind the number of comments."""

_CLOCK = re.compile(
    r"(?<!\d)\d{1,2}[:.h]\d\d(?!\d)|(?<!\d)\d{1,3}\s?(?:min|hour|day|std|tag|jour|heure|hora|день|дн|час)"
)


@cache
def _headings() -> frozenset[str]:
    tables = tomllib.loads((files("cleaners.label") / "comment_heads.toml").read_text("utf-8"))
    return frozenset(composed(heading) for group in tables.values() for heading in group)


def is_comment_heading(text: str) -> bool:
    """Whether a line heads the comments of readers.

    >>> is_comment_heading("Kommentare (3)"), is_comment_heading("Kommentare sind gesperrt.")
    (True, False)
    """
    return len(text) <= LONGEST_HEADING and _is_head(comparable(text))


def _is_head(key: str) -> bool:
    """The same of a folded line."""
    return key.rstrip(_COUNTERS).strip(_AROUND) in _headings()


def comments(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """Everything that is kept below the heading of comments, if the story stands above and a dated line right below."""
    paragraphs = 0
    for index, shape in enumerate(passage.shapes):
        if shape.paragraph and passage.label(index) is Label.BODY:
            paragraphs += 1
        elif paragraphs >= FEWEST_PARAGRAPHS and _heads_comments(passage, index):
            rest = range(index, _next_story(passage, index))
            yield from ((below, Label.COMMENT, 0.8) for below in rest if passage.label(below) in KEPT)
            return


def _next_story(passage: Passage, index: int) -> int:
    """The index of the next `h1` below a line, where another story begins, or the end of the page."""
    return next((below for below in range(index, len(passage)) if passage.blocks[below].tag == "h1"), len(passage))


def _heads_comments(passage: Passage, index: int) -> bool:
    if len(passage.blocks[index].text) > LONGEST_HEADING or not _is_head(passage.shapes[index].key):
        return False
    below = (block.text for block in passage.blocks[index + 1 : index + 1 + SIGNED_WITHIN])
    return any(len(text) <= LONGEST_SIGNATURE and _has_time(text) for text in below)


def _has_time(text: str) -> bool:
    return _CLOCK.search(text) is not None or bool(find_dates(text, day_first=True))
