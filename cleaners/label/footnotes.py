"""Footnotes below the text, which belong to it: by their markup, or by a mark that the text carries too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaners.data import DROPPED, Block, Label
from cleaners.label.passage import LINKED, Passage
from cleaners.words.patterns import lazy_pattern

NOTE_DEPTH = 3
"""Boxes around a note that may be named so."""

MOST_NOTES = 12
"""Notes below a story at most; a list of references is left to the scorer."""

NOTE_WORDS = 3
"""Words of a footnote, at least."""

_NOTES = lazy_pattern(
    r"(?:^|[\s_-])(?:foot-?notes?|end-?notes?|fn-?\d+|_?ftn\d+|fu(?:ss|ß)noten?|anmerkung(?:en)?|voetno(?:o)?t(?:en)?"
    r"|fotnot(?:er)?|notes?-(?:de-)?bas|notas?-al-pie|przypis[ky]?i?)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Class names and ids of footnotes."""

_CHROME = lazy_pattern(r"/(?:form|footer|header|nav)(?:/|\Z)")
_MARK = lazy_pattern(r"\[(?:\d{1,3}|[a-z])\]|[¹²³⁰⁴-⁹]{1,3}|[①-⑳]|[*†‡]{1,3}|※\d{0,2}|注\d{1,2}")


def footnotes(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """A note below the text belongs to it, where its markup says so, or where its mark stands in the text."""
    first = next((index for index in range(len(passage)) if passage.label(index) is Label.BODY), len(passage))
    notes = [index for index in range(first + 1, len(passage)) if _may_be_note(passage, index)]
    marks = {index: mark[0] for index in notes if (mark := _MARK.match(passage.blocks[index].text))}
    cited = _cited(passage, set(marks.values())) if marks else {}
    found = [
        index
        for index in notes
        if cited.get(marks.get(index, ""), index) < index or _is_marked_note(passage.blocks[index])
    ]
    if len(found) <= MOST_NOTES:
        yield from ((index, Label.BODY, 0.65) for index in found)


def _may_be_note(passage: Passage, index: int) -> bool:
    words, block, verdict = passage.shapes[index].words, passage.blocks[index], passage.verdicts[index]
    if verdict.label not in DROPPED or words < NOTE_WORDS or block.link_density >= LINKED:
        return False
    return "/" not in verdict.rule and not _CHROME.search(block.path)


def _cited(passage: Passage, marks: set[str]) -> dict[str, int]:
    """The first kept line in which each mark stands behind a word."""
    found: dict[str, int] = {}
    for index in passage.kept():
        for mark in _MARK.finditer(passage.blocks[index].text):
            if mark.start() and mark[0] in marks:
                found.setdefault(mark[0], index)
    return found


def _is_marked_note(block: Block) -> bool:
    return any(box.names and _NOTES.search(box.names) for box in block.boxes(NOTE_DEPTH))
