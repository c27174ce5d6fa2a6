"""A page without markup, taken apart into its lines, and a glued line into what it was glued from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaners.blocks.seams import pieces
from cleaners.data import Block

_IRREGULAR_SPACE = re.compile(r"\S(?:\s\s|[^\S ])\s*\S")


SPLITTABLE = 10_000
"""Characters up to which splitting a line into words is the quickest way to fold it; a line of many megabytes is not
split unless it has to be."""


def fold(text: str) -> str:
    """`text` with every run of white space as one space, none at its ends."""
    if len(text) > SPLITTABLE and not _IRREGULAR_SPACE.search(text):
        return text.strip()
    return " ".join(text.split())


def text_blocks(text: str) -> tuple[list[Block], str]:
    """The non-blank lines of `text` as blocks, and the white space after the last one.

    Nothing is lost: `before` and `raw` of all blocks, joined, and the white space after them, are `text` again.
    """
    blocks = []
    space = ""
    for number, piece in _numbered_pieces(text):
        raw = piece.strip()
        if not raw:
            space += piece
            continue
        head, tail = piece.split(raw, 1)
        blocks.append(Block(text=fold(raw), line=number, before=space + head, raw=raw))
        space = tail
    return blocks, space


def _numbered_pieces(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        if line.isspace():
            yield number, line
        else:
            yield from ((number, piece) for piece in pieces(line))
