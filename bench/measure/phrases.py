"""How many lines of annotated stories the lists of phrases and the patterns on one line take for something else.

Annotators leave some such lines in their texts, so that not each of them is a fault: `--lines` prints them to be read.
Rules whose verdict the neighbours or the scorer may revise are counted, too; on HTML a rule on one block says only what
a line is that the scorer drops.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile

from bench.pages.corpora import ARTICLES, MORE_MEASURING, MORE_TRAINING, NEWS, NEWS_SITES, Sample, read_jsonl
from bench.tables import Cell, table
from cleaners.data import DROPPED
from cleaners.label.comments import is_comment_heading
from cleaners.label.pitches import LAST, LONGEST, MOST_WORDS, is_pitch, is_wall
from cleaners.label.placeholders import is_placeholder
from cleaners.label.rules import judge
from cleaners.label.signed_lines import is_date_alone
from cleaners.words.shapes import count_words, shape

FILES = (NEWS, ARTICLES, NEWS_SITES, MORE_TRAINING, MORE_MEASURING)

SHOWN = 160
"""Characters of a line that `--lines` prints."""


def _dropped_by_rule(line: str) -> bool:
    verdict = judge(line, shape(line))
    return verdict is not None and verdict.label in DROPPED


def _is_short_pitch(line: str) -> bool:
    return len(line) <= LONGEST and count_words(line) <= MOST_WORDS and is_pitch(line)


ANYWHERE: Mapping[str, Callable[[str], bool]] = {
    "placeholders": is_placeholder,
    "pitches": _is_short_pitch,
    "headings of comments": is_comment_heading,
    "rules on one block": _dropped_by_rule,
}
"""What looks at every line, by what it is about."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("--every", type=int, default=1, metavar="N", help="measure every N-th page only")
    parser.add_argument("--lines", action="store_true", help="print the lines that are taken")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The table, and the lines if they are asked for."""
    taken: list[tuple[str, str]] = []
    rows: list[Sequence[Cell]] = []
    for file in FILES:
        stories = [lines_of(sample) for sample in list(read_jsonl(file))[:: options.every]]
        found = [each for story in stories for each in taken_lines(story)]
        counts = Counter(name for name, _ in found)
        rows.append((file.name.partition(".")[0], sum(map(len, stories)), *(counts[name] for name in NAMES)))
        taken += found
    totals = [sum(int(row[column] or 0) for row in rows) for column in range(1, len(NAMES) + 2)]
    yield table(("set", "lines", *NAMES), [*rows, ("all", *totals)])
    if options.lines:
        yield from (f"{name}: {line[:SHOWN]}" for name, line in taken)


ABOVE, BELOW = "dates above the text", "who may read the rest"
NAMES = (*ANYWHERE, ABOVE, BELOW)

PARAGRAPH = 13
"""Words of a line with which a text begins, at least."""


def lines_of(sample: Sample) -> list[str]:
    """The lines of an annotated text; none of a page that is annotated with snippets."""
    return [line for paragraph in sample.paragraphs or () for line in paragraph.split("\n") if line.strip()]


def taken_lines(story: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What takes which lines of a story.

    >>> list(taken_lines(["The harbour is open.", "Nettleseren din støtter ikke denne videoen."]))
    [('placeholders', 'Nettleseren din støtter ikke denne videoen.')]
    """
    for line in story:
        yield from ((name, line) for name, takes in ANYWHERE.items() if takes(line))
    above = takewhile(lambda line: count_words(line) < PARAGRAPH, story)
    yield from ((ABOVE, line) for line in above if is_date_alone(line))
    yield from ((BELOW, line) for line in story[-LAST:] if is_wall(line))
