"""Where to cut a line of a plain dump: some dumps glue blocks together, and some are one single line.

`<p>It opened.</p><p>Traffic was light.</p>` becomes `It opened.Traffic was light.` in a dump that joins text nodes
with nothing between them. The words do not change; a seam is an offset at which a block may begin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from cleaners.words.patterns import lazy_pattern

LONG = 1000
"""Characters from which on a line is cut into sentences too, since it may be a whole page."""

GLUED_WORDS = 3
"""Words with a capital inside (`HomeSport`) that make a line a glued one; fewer may be names (`LinkedIn`)."""

GLUED_WORD_DISTANCE = 60
"""Characters of a line per such word at most; on a longer line so few words are names."""

NAME_HEADS = frozenset({"Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "You", "i", "e"})
"""Beginnings of names that go on with a capital."""

NAMES = frozenset(
    (
        "AstraZeneca",
        "BioNTech",
        "ChatGPT",
        "GitHub",
        "GmbH",
        "LinkedIn",
        "OpenAI",
        "PayPal",
        "SpaceX",
        "TikTok",
        "WhatsApp",
    )
)
"""Frequent names with a capital inside. Other names are recognised where they stand twice on a line."""

_LETTERS = [chr(code) for code in range(0x2000) if chr(code).isalpha()]
_UPPER = "".join(letter for letter in _LETTERS if letter.isupper())
_LOWER = "".join(letter for letter in _LETTERS if letter.islower())
_SPACED = "\u0900-\u0dff\u1100-\u11ff\uac00-\ud7a3"  # Indic scripts and Hangul: no capitals, spaces between sentences
_OPEN = '„“"«‚¿¡('
_CLOSE = '”“"»’)'
_END = ".!?…।"

_BEFORE = rf"[{_LOWER}0-9%{_CLOSE}{_END}]"
_SEAM = lazy_pattern(rf"[{_UPPER}{_SPACED}](?:(?<={_BEFORE}.)|(?<={_BEFORE}[{_OPEN}].)(?<![{_SPACED}]))", re.DOTALL)
"""What every seam of a short line contains, so that one search finds most lines without a seam. It looks for the last
letter of the pattern first, because capitals are rare."""

_GLUED_SENTENCES = lazy_pattern(rf"[{_END}][{_CLOSE}]?(?=[{_OPEN}]?[{_UPPER}]|[{_SPACED}])")
_SENTENCE_ENDING = lazy_pattern(rf"[^\W\d_]{{2}}[{_LOWER}{_SPACED}]\Z|[0-9]{{4}}\Z|[{_END}{_CLOSE}]\Z")
_GLUED_WORDS = lazy_pattern(rf"(?:[{_LOWER}0-9%]|(?<=\S)[{_CLOSE}])(?=[{_OPEN}]?[{_UPPER}])")
_SENTENCES = lazy_pattern(rf"[{_END}][{_CLOSE}]? +(?=[{_OPEN}]?[{_UPPER}0-9{_SPACED}])|[。！？]|[ \t\xa0]{{3,}}")
_WORD_START = lazy_pattern(r"\w*\Z")
_WORD_END = lazy_pattern(r"\w*")
_LONGEST_WORD = 30


def find_seams(line: str) -> list[int]:
    """The offsets at which a new piece of `line` begins, ascending, without 0. Takes time linear in its length.

    >>> find_seams("It opened.Traffic was light.")
    [10]
    """
    if len(line) <= LONG and not _SEAM.search(line):
        return []
    offsets = set(_between_sentences(line))
    words = _inside_words(line)
    if offsets or (len(words) >= GLUED_WORDS and len(line) <= GLUED_WORD_DISTANCE * len(words)):
        offsets.update(words)
    if len(line) > LONG:
        offsets.update(match.end() for match in _SENTENCES.finditer(line))
    return sorted(offsets - {0, len(line)})


def cut_at_seams(line: str) -> list[str]:
    """`line` cut at its seams; joined, the pieces are the line again.

    >>> cut_at_seams("It opened.Traffic was light.")
    ['It opened.', 'Traffic was light.']
    """
    if not (offsets := find_seams(line)):
        return [line]
    edges = [0, *offsets, len(line)]
    return [line[start:stop] for start, stop in pairwise(edges)]


def _between_sentences(line: str) -> Iterator[int]:
    """Where a sentence follows another without a space. An abbreviation (`e.V.`, `24.Mai`) ends no sentence."""
    for match in _GLUED_SENTENCES.finditer(line):
        if len(match[0]) > 1 or _SENTENCE_ENDING.search(line[max(0, match.start() - 4) : match.start()]):
            yield match.end()


def _inside_words(line: str) -> list[int]:
    """Where a capital follows a small letter without a space, but not in a name: one that the line has again."""
    offsets = [match.end() for match in _GLUED_WORDS.finditer(line)]
    around = [_around(line, offset) for offset in offsets]
    counts = Counter(around)
    return [
        offset
        for offset, halves in zip(offsets, around, strict=True)
        if counts[halves] == 1 and halves[0] not in NAME_HEADS and "".join(halves) not in NAMES
    ]


def _around(line: str, offset: int) -> tuple[str, str]:
    """The parts of a word before and after an offset inside it, as far as they matter."""
    before = _WORD_START.search(line[max(0, offset - _LONGEST_WORD) : offset])
    after = _WORD_END.match(line, offset, offset + _LONGEST_WORD)
    return before[0] if before else "", after[0] if after else ""
