"""Tables, verse and lists in a dump, which has no markup: rows of cells, and lines that a paragraph introduces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaners.data import KEPT, Block, Label
from cleaners.label.leads import find_lead
from cleaners.label.passage import Passage
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import Shape, count_words, has_digit

FEWEST_ROWS = 2
"""Rows of a table."""

PAIRS = 2
"""Cells of a row of which a table needs more rows, and figures: headlines have a bar in them too."""

ROWS_OF_PAIRS = 3
"""Rows of such a table."""

LONGEST_CELL = 60
"""Characters of a cell on average, at most."""

LONGEST_ROW = 300
"""Characters of a row at most."""

DATA_ROWS = 0.5
"""Share of its rows that hold a digit, for a table that has no text below it. A menu has no digits."""

NEAR = 3
"""Lines above and below a table in which the text of the story begins or ends."""

CAPTION_WORDS = 8
"""Words of the line above a table that names it, at most."""

MENU_CELLS = 3
MENU_WORDS = 3
"""Cells of a menu at least, and words of each at most."""

INTRODUCTION_WORDS = 5
"""Words of a line that introduces the lines below it, at least."""

OPEN_INTRODUCTION, SHORT_INTRODUCTION = 8, 3
"""The same of a line that may be a heading, and of one right below the text, if it leads to no other story."""

FEWEST_LINES = 2
MOST_LINES = 40
"""Lines that are introduced."""

LINE_WORDS = 3
"""Words that half of these lines have at least; buttons and tags have fewer."""

_CELLS = lazy_pattern(r"[^\S\n]*[|│¦][^\S\n]*|\t+")
_RULE = lazy_pattern(r"[\s|│+:=_-]{3,}")
_COLONS = (":", "：")


def table_rows(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """Lines one under the other that are cut into as many cells are a table, and no list of teasers; where it stands in
    the story, it is text."""
    for start, stop in _tables(passage):
        rows = range(start, stop)
        if not _text_above(passage, start) or any(passage.label(index) in _NO_ROWS for index in rows):
            continue
        figures = sum(has_digit(passage.blocks[index].text) for index in rows) >= DATA_ROWS * len(rows)
        pairs = min(_cells(passage.blocks[index]) or PAIRS + 1 for index in rows) <= PAIRS
        if figures if pairs else (figures or _text_below(passage, stop)):
            yield from ((index, Label.BODY, 0.75) for index in rows if not _is_rule(passage.blocks[index]))
            if _names_table(passage, start - 1):
                yield start - 1, Label.HEADING, 0.7


def _tables(passage: Passage) -> Iterator[tuple[int, int]]:
    start, width = 0, 0
    for index in range(len(passage) + 1):
        cells = _cells(passage.blocks[index]) if index < len(passage) else 0
        if cells and (cells == width or _is_rule(passage.blocks[index])):
            continue
        if width and index - start >= (ROWS_OF_PAIRS if width <= PAIRS else FEWEST_ROWS):
            yield start, index
        start, width = index, cells


_NO_ROWS = frozenset({Label.CAPTION, Label.CREDIT})


def _cells(block: Block) -> int:
    """How many cells a line is cut into; 0 where it is no row."""
    if len(block.raw) > LONGEST_ROW or ("|" not in block.raw and "\t" not in block.raw and "│" not in block.raw):
        return 0
    cells = [cell for cell in _CELLS.split(block.raw.strip("|│ \t")) if cell]
    return len(cells) if len(cells) >= PAIRS and len(block.raw) <= LONGEST_CELL * len(cells) else 0


def _is_rule(block: Block) -> bool:
    return _RULE.fullmatch(block.text[:LONGEST_ROW]) is not None


def _text_above(passage: Passage, index: int) -> bool:
    """Whether a paragraph stands above, with at most two short lines between: a heading and a unit of measure."""
    return any(_is_text(passage, above) for above in range(max(0, index - NEAR), index))


def _text_below(passage: Passage, index: int) -> bool:
    return any(_is_text(passage, below) for below in range(index, min(len(passage), index + NEAR)))


def _is_text(passage: Passage, index: int) -> bool:
    return passage.label(index) is Label.BODY and not passage.open(index)


def _names_table(passage: Passage, index: int) -> bool:
    return passage.open_line(index) and passage.shapes[index].words <= CAPTION_WORDS and _is_text(passage, index - 1)


def bar_menu(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """`Home | News | Sport`: a word or two in each cell, and no figure; `[Home] [News] [Sport]`, `- [Home](/)`."""
    for index, block in enumerate(passage.blocks):
        if not passage.open_line(index) or len(block.text) > LONGEST_ROW:
            continue
        if "[" in block.text[:5] and (_BUTTONS.fullmatch(block.text) or _LINK.fullmatch(block.text)):
            yield index, Label.NAVIGATION, 0.7
        elif "|" in block.text:
            cells = [cell.strip() for cell in block.text.strip("| ").split("|")]
            words = max(map(count_words, cells))
            if len(cells) >= MENU_CELLS and words <= MENU_WORDS and not has_digit(block.text):
                yield index, Label.NAVIGATION, 0.7


def score_rows(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """Results and standings below the report of a game: `Rovers - Albion 3-2`, with a word or two that names each."""
    index = 0
    while index < len(passage):
        stop = _end_of_scores(passage, index)
        if stop - index >= FEWEST_SCORES and _text_above(passage, index):
            lines = [*range(index, stop), *_standings(passage, stop)]
            if _names_table(passage, index - 1):
                lines.insert(0, index - 1)
            yield from ((line, Label.BODY, 0.7) for line in lines if passage.label(line) not in _NO_ROWS)
            index = lines[-1]
        index = max(index + 1, stop)


def _end_of_scores(passage: Passage, index: int) -> int:
    while index < len(passage) and _is_row_of(passage, index, _SCORE):
        index += 1
    return index


def _is_row_of(passage: Passage, index: int, form: re.Pattern[str]) -> bool:
    text = passage.blocks[index].text
    return len(text) <= LONGEST_CELL and text[-1].isdigit() and form.fullmatch(text) is not None


def _standings(passage: Passage, index: int) -> Iterator[int]:
    """The lines of standings right below results, and the one that names them."""
    start = index + (index < len(passage) and _may_name_rows(passage.shapes[index]))
    stop = start
    while stop < len(passage) and _is_row_of(passage, stop, _POINTS):
        stop += 1
    yield from range(index, stop) if stop - start >= FEWEST_SCORES else ()


def _may_name_rows(form: Shape) -> bool:
    return form.words <= MENU_WORDS and not form.ends_sentence


FEWEST_SCORES = 2
"""Results of a list."""

_SCORE = lazy_pattern(r"[^\W\d][^\d:]{2,50} \d{1,3} ?[-–] ?\d{1,3}")
_POINTS = lazy_pattern(r"(?:\d{1,2}\.? )?[^\W\d][^\d:]{2,40} \d{1,3}")

_BUTTONS = lazy_pattern(r"\[[^\[\]]{1,30}\](?:\s?\[[^\[\]]{1,30}\]){2,40}")
_LINK = lazy_pattern(r"(?:[-*+•] |\d{1,2}\. )?!?\[[^\[\]]{0,200}\]\([^()\s]{0,300}\)")
"""Links as text browsers print them, and a line that is a link in Markdown."""


def introduced_lines(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """What stands between a paragraph that ends with a colon and the next paragraph: a poem, a list, a quote."""
    for index, block in enumerate(passage.blocks):
        if not block.text.endswith(_COLONS) or not _introduces(passage, index):
            continue
        lines = range(index + 1, next(_paragraphs(passage, index + 1), index + 1))
        if len(lines) >= FEWEST_LINES and all(passage.open(line) for line in lines) and _says_something(passage, lines):
            yield from ((line, Label.BODY, 0.65) for line in ([index] if passage.open(index) else []) + list(lines))


def _introduces(passage: Passage, index: int) -> bool:
    words = passage.shapes[index].words
    if passage.label(index) not in KEPT:
        return False
    if passage.open(index) and SHORT_INTRODUCTION <= words < OPEN_INTRODUCTION:
        return index > 0 and _is_text(passage, index - 1) and find_lead(passage.blocks[index].text) is None
    return words >= (OPEN_INTRODUCTION if passage.open(index) else INTRODUCTION_WORDS)


def _says_something(passage: Passage, lines: range) -> bool:
    return 2 * sum(passage.shapes[line].words >= LINE_WORDS for line in lines) >= len(lines)


def _paragraphs(passage: Passage, index: int) -> Iterator[int]:
    """The indices of the paragraphs from `index` on, as far as a list may reach."""
    last = min(len(passage), index + MOST_LINES + 1)
    lines = (below for below in range(index, last) if _is_text(passage, below))
    return (below for below in lines if passage.shapes[below].ends_sentence or passage.shapes[below].paragraph)
