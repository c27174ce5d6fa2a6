"""A page without markup as blocks: its lines, and the parts of lines that were glued together."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from cleaners.blocks.seams import cut_at_seams
from cleaners.data import Block
from cleaners.words.folding import fold_space
from cleaners.words.patterns import lazy_pattern


def text_blocks(text: str) -> tuple[list[Block], str]:
    """The non-blank lines of `text` as blocks, and the white space after the last one.

    Nothing is lost: `before` and `raw` of all blocks, joined, and the white space after them, are `text` again.

    Entities that whoever made the dump has left in it are decoded in `text`.

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
        blocks.append(Block(text=fold_space(_decoded(raw)), line=number, before=space + head, raw=raw))
        space = tail
    return blocks, space


def _decoded(raw: str) -> str:
    """The text with its entities decoded: `&rsquo;` stands in a dump whose tags alone were taken off.

    >>> _decoded("Fish &amp; chips &#8211; on the town&rsquo;s bill, AT&T and a&b; too")
    'Fish & chips – on the town’s bill, AT&T and a&b; too'
    """
    return _ENTITY.sub(lambda found: unescape(found[0]), raw) if "&" in raw else raw


_ENTITY = lazy_pattern(r"&(?:[a-zA-Z]{2,31}\d{0,2}|#\d{2,7}|#[xX][0-9a-fA-F]{2,6});")


def _numbered_pieces(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        if line.isspace():
            yield number, line
        else:
            yield from ((number, piece) for piece in cut_at_seams(line))
