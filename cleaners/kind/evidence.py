"""The evidence for the kind of a page: counts and texts from its blocks, its markup and its address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from cleaners.blocks.elements import HEADINGS
from cleaners.blocks.html import PATH_DEPTH
from cleaners.data import Block, Box
from cleaners.kind.signs import Signs, read_signs
from cleaners.metadata.markup import Markup
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import CLOSING, SENTENCE_ENDS, count_words, count_words_of_each

MAX_DROPPED = 20_000
"""Characters of dropped text that are read: notices of walls are short and stand near the text."""

FIRST_BLOCKS = 20
"""Kept blocks whose text is read: a wall has no more."""

NOTICE_BLOCKS = 10
"""Blocks below the text that may hold a notice why the text ends there."""

LINE = 45
"""Characters of a button, a filter or a label at most."""

SHORT = 80
"""Characters of a block up to which a price or a date is not part of a sentence."""

LONG_WORDS = 20
"""Words from which on a kept block is a paragraph."""

TEASER_WORDS = 5
"""Words from which on a block that is a link is the headline of another page."""

TEASER_LINKED = 0.8
"""Share of a block's characters in links from which on the block is a link."""

CURRENCIES = ("$", "€", "£", "¥", "₹", "USD", "EUR", "zł", " kr", " Kč", " Ft", " TL", "руб")
"""Currency signs and names beside a price."""

_DATE = lazy_pattern(r"\d\d?(?:[./]\d\d?[./]\d\d|:\d\d|(?<=20)\d\d(?!\d))")
_SENTENCE_ENDS = (*SENTENCE_ENDS, ":", "：")
_CLOSING = "\"'”»’)]"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a page is laid out, kept or not: numbers of blocks in headings, of other pages' headlines that are links, of
    `article` elements, of buttons and fields, of prices and dates that stand by themselves; `lines` are the shortest
    blocks, casefolded.
    """

    headings: int = 0
    teasers: int = 0
    articles: int = 0
    controls: int = 0
    prices: int = 0
    dates: int = 0
    lines: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The facts from which a page's kind is decided.

    The first five come from its blocks: words and number of those kept for the text, words of the longest run of kept
    blocks with none dropped between, all words, the last kept block. `kept` is the text of the first kept blocks,
    `dropped` the text of the other blocks or a part of it, `notices` the part of it, a block a line, that stands
    between the kept blocks and right below the last one, `headline` the first heading, `signs` what the page's types
    and its address say, `is_free` what the publisher says about access.

    Of the kept words, `kept_link_words` stand in links, `sentence_words` in blocks that end as sentences do,
    `widest_box` in the one box that holds most; `kept_boxes` counts the boxes that hold them, `long_blocks` those of
    paragraph size.
    """

    kept_words: int = 0
    kept_blocks: int = 0
    longest_run: int = 0
    total_words: int = 0
    ending: str = ""
    kept: str = ""
    dropped: str = ""
    notices: str = ""
    headline: str = ""
    has_date: bool = False
    has_author: bool = False
    signs: Signs = field(default_factory=Signs)
    is_free: bool | None = None
    kept_link_words: int = 0
    sentence_words: int = 0
    widest_box: int = 0
    kept_boxes: int = 0
    long_blocks: int = 0
    title_words: int = 0
    has_modified: bool = False
    has_section: bool = False
    layout: Layout = field(default_factory=Layout)


def evidence_of(
    blocks: Sequence[Block],
    kept: Sequence[bool],
    markup: Markup,
    url: str | None = None,
    words: Sequence[int] | None = None,
) -> Evidence:
    """The evidence that a page's blocks, the verdict on each (kept or not) and its markup give; `words` are the words
    of each block, where they are known."""
    words = count_words_of_each([block.text for block in blocks]) if words is None else words
    runs = groupby(zip(kept, words, strict=True), key=lambda pair: pair[0])
    kept_blocks = [(block, count) for block, count, keep in zip(blocks, words, kept, strict=True) if keep]
    dropped = " ".join(block.text for block, keep in zip(blocks, kept, strict=True) if not keep)
    boxes = _words_by_box(kept_blocks)
    facts = markup.metadata
    return Evidence(
        kept_words=sum(count for _, count in kept_blocks),
        kept_blocks=len(kept_blocks),
        longest_run=max((sum(count for _, count in run) for keep, run in runs if keep), default=0),
        total_words=sum(words),
        ending=kept_blocks[-1][0].text if kept_blocks else "",
        kept="\n".join([block.text for block, _ in kept_blocks[:FIRST_BLOCKS]])[:MAX_DROPPED],
        dropped=dropped[:MAX_DROPPED],
        notices=_notices(blocks, kept)[:MAX_DROPPED],
        headline=" ".join(markup.headings[:1]),
        has_date=bool(facts.date_published or facts.date_modified),
        has_author=bool(facts.authors),
        signs=read_signs(markup.types, url),
        is_free=markup.is_free,
        kept_link_words=_linked(kept_blocks),
        sentence_words=sum(count for block, count in kept_blocks if ends_sentence(block.text)),
        widest_box=max(boxes.values(), default=0),
        kept_boxes=len(boxes),
        long_blocks=sum(count >= LONG_WORDS for _, count in kept_blocks),
        title_words=count_words(facts.title or ""),
        has_modified=bool(facts.date_modified),
        has_section=bool(facts.section),
        layout=_layout(blocks, words),
    )


def _notices(blocks: Sequence[Block], kept: Sequence[bool]) -> str:
    if True not in kept:
        return ""
    first, stop = kept.index(True), len(kept) - 1 - kept[::-1].index(True) + NOTICE_BLOCKS
    return "\n".join([block.text for block, keep in zip(blocks[first:stop], kept[first:stop], strict=True) if not keep])


def _linked(counted: Iterable[tuple[Block, int]]) -> int:
    return round(sum(count * block.link_density for block, count in counted if block.link_density))


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does; a colon may stand for the full stop.

    >>> ends_sentence("“It reopened.”"), ends_sentence("It reopened when the")
    (True, False)
    """
    return text[-4:].rstrip(CLOSING).endswith(_SENTENCE_ENDS)


def _words_by_box(counted: Iterable[tuple[Block, int]]) -> Counter[int]:
    """The words in each box around the blocks' own, by the box's number."""
    boxes: Counter[int] = Counter()
    for block, count in counted:
        around = block.surroundings
        outer = around.box.parent if around else None
        boxes[outer.number if outer else 0] += count
    return boxes


def _layout(blocks: Sequence[Block], words: Sequence[int]) -> Layout:
    short = "\n".join([block.text for block in blocks if len(block.text) <= SHORT])
    return Layout(
        headings=sum(block.tag in HEADINGS for block in blocks),
        teasers=sum(
            block.link_density > TEASER_LINKED and count >= TEASER_WORDS
            for block, count in zip(blocks, words, strict=True)
        ),
        articles=_count_articles(blocks),
        controls=_outermost(blocks[0]).controls if blocks and blocks[0].surroundings else 0,
        prices=sum(map(short.count, CURRENCIES)),
        dates=len(_DATE.findall(short)),
        lines=frozenset([block.text.casefold() for block in blocks if len(block.text) <= LINE]),
    )


def _count_articles(blocks: Sequence[Block]) -> int:
    """The `article` elements that hold any of the blocks; only the innermost around each block is looked for."""
    found = set()
    for block in blocks:
        if "/article" in block.path and block.surroundings:
            box: Box | None = block.surroundings.box
            for _ in range(PATH_DEPTH):
                if box is None or box.tag == "article":
                    break
                box = box.parent
            found.add(box.number if box else 0)
    return len(found)


def _outermost(block: Block) -> Box:
    assert block.surroundings is not None
    box = block.surroundings.box
    while box.parent is not None:
        box = box.parent
    return box
