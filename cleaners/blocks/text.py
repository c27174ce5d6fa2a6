"""A page without markup as blocks: its lines, and the parts of lines that were glued together."""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.blocks.seams import cut_at_seams
from cleaners.data import Block
from cleaners.words.folding import fold_space


def text_blocks(text: str) -> tuple[list[Block], str]:
    """The non-blank lines of `text` as blocks, and the white space after the last one.

    Nothing is lost: `before` and `raw` of all blocks, joined, and the white space after them, are `text` again.

    >>> blocks, after = text_blocks("Harbour reopens\\n\\nIt  opened.Traffic was light.\\n")
    >>> [(block.line, block.text) for block in blocks], after
    ([(1, 'Harbour reopens'), (3, 'It opened.'), (3, 'Traffic was light.')], '\\n')
    """
    blocks = []
    space = ""
    for number, piece in _numbered_pieces(text):
        raw = piece.strip()
        if not raw:
            space += piece
            continue
        head, tail = piece.split(raw, 1)
        blocks.append(Block(text=fold_space(raw), line=number, before=space + head, raw=raw))
        space = tail
    return blocks, space


def _numbered_pieces(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        if line.isspace():
            yield number, line
        else:
            yield from ((number, piece) for piece in cut_at_seams(line))
