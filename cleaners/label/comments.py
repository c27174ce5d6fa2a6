"""Comments of readers, which stand under a heading that says so, below the story: `Comments (12)`, in forty languages.

The headings are data, `comment_heads.toml`. A heading alone proves little, since buttons say the same: some line right
below it has to be that of a comment, with the day or the time at which it was written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from cleaners.data import KEPT, Label
from cleaners.label.passage import LINKED, TEASER_WORDS, Passage
from cleaners.words.dates import find_dates
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import comparable, composed, count_words

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

_CLOCK = lazy_pattern(
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
    """Everything that is kept below the heading of comments, if the story stands above and a dated line right below;
    but for what stands in the box of the story, where the heading has a box of its own inside of it."""
    paragraphs: list[int] = []
    for index in range(len(passage)):
        if passage.is_paragraph(index) and passage.blocks[index].link_density < LINKED:
            paragraphs.append(index)
        elif len(paragraphs) >= FEWEST_PARAGRAPHS and _heads_comments(passage, index):
            boxes = {_box_around(passage, above) for above in paragraphs} - {None, _box_around(passage, index)}
            rest = range(index, next_story(passage, index))
            kept = (below for below in rest if passage.label(below) in KEPT)
            yield from ((below, Label.COMMENT, 0.8) for below in kept if _box_around(passage, below) not in boxes)
            return


def _box_around(passage: Passage, index: int) -> int | None:
    """The number of the box in which a line's element stands; None on a dump, and for a line of no element."""
    around = passage.blocks[index].surroundings
    return around.box.parent.number if around and around.box.parent else None


def next_story(passage: Passage, index: int) -> int:
    """The index of the next `h1` below a line, or of what looks like the head of a story on a dump, where another story
    begins, or the end of the page."""
    lines = range(index + 1, len(passage))
    return next((at for at in lines if passage.blocks[at].tag == "h1" or _begins_story(passage, at)), len(passage))


def _begins_story(passage: Passage, index: int) -> bool:
    """Whether a line of a dump is a headline above a byline or a date and two paragraphs."""
    form = passage.shapes[index]
    if passage.blocks[index].surroundings is not None or form.ends_sentence or form.words not in TEASER_WORDS:
        return False
    if passage.label(index) in _SIGNING:
        return False
    below = index + 1
    while below < min(len(passage), index + 1 + MOST_SIGNING) and passage.label(below) in _SIGNING:
        below += 1
    paragraphs = passage.shapes[below : below + FEWEST_PARAGRAPHS]
    return below > index + 1 and len(paragraphs) == FEWEST_PARAGRAPHS and all(form.paragraph for form in paragraphs)


_SIGNING, MOST_SIGNING = frozenset({Label.BYLINE, Label.DATE}), 3
"""What stands between a headline and its story on a dump, and how many lines of it."""


def _heads_comments(passage: Passage, index: int) -> bool:
    if len(passage.blocks[index].text) > LONGEST_HEADING or not _is_head(passage.shapes[index].key):
        return False
    below = (block.text for block in passage.blocks[index + 1 : index + 1 + SIGNED_WITHIN])
    return any(len(text) <= LONGEST_SIGNATURE and _has_time(text) for text in below) or _alternate(passage, index + 1)


def _alternate(passage: Passage, index: int) -> bool:
    """Whether the lines of a dump from an index on are names of one to three words, each above what its bearer says."""
    if passage.blocks[index - 1].surroundings is not None or index + 2 * SIGNED > len(passage):
        return False
    names, sayings = (passage.shapes[start : index + 2 * SIGNED : 2] for start in (index, index + 1))
    return all(name.words <= NAME_WORDS for name in names) and all(
        saying.ends_sentence and saying.words > NAME_WORDS for saying in sayings
    )


SIGNED, NAME_WORDS = 2, 3
"""Comments that are signed so, and words of a name at most."""


def _has_time(text: str) -> bool:
    """Whether a line says when a comment was written, or by whom."""
    if _CLOCK.search(text) is not None:
        return True
    if text.endswith(FULL_STOPS) and count_words(text) >= SENTENCE_WORDS:
        return False
    return _POSTED.search(text) is not None or bool(find_dates(text, day_first=True))


SENTENCE_WORDS, FULL_STOPS = 6, tuple(".!?…:;。！？।؟")
"""Words of a line at least, and how it ends, that is a sentence of a story below the subheading `Comments`: `The
report, written by two engineers, has 41 pages.`"""


_POSTED = lazy_pattern(
    r"(?i)\b(?:posted|written|posté|publié|rédigé|escrito|publicado|enviado|scritto|pubblicato|geschrieben|verfasst|geplaatst"
    r"|geschreven|skrevet|skrivet|napisał[ao]?|dodał[ao]?) (?:by|par|por|von|da|door|av|af|przez)\b"
)
