"""What speaks for and against a page being an article, as plain numbers and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from cleaners.data import Block
from cleaners.metadata.markup import Markup

MAX_DROPPED = 20_000
"""Characters of dropped text that are looked at: notices of walls are short and stand near the text."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The facts that tell a page's kind.

    The first six come from its blocks: words and number of those kept for the text, words of the longest run of kept
    blocks with none dropped between, words inside links, all words, the last kept block. `dropped` is the text of the
    other blocks or a part of it, `headline` the first heading, `types` are the schema.org and Open Graph types
    (`NewsArticle`, `og:article`), `is_free` is what the publisher says about access.
    """

    kept_words: int = 0
    kept_blocks: int = 0
    longest_run: int = 0
    link_words: int = 0
    total_words: int = 0
    ending: str = ""
    dropped: str = ""
    headline: str = ""
    has_h1: bool = False
    has_date: bool = False
    has_author: bool = False
    types: frozenset[str] = field(default_factory=frozenset)
    url: str | None = None
    is_free: bool | None = None


def evidence_of(blocks: Sequence[Block], kept: Sequence[bool], markup: Markup, url: str | None = None) -> Evidence:
    """The evidence that a page's blocks, the verdict on each (kept or not) and its markup give."""
    words = [block.text.count(" ") + 1 for block in blocks]  # white space is folded, and no block is empty
    runs = groupby(zip(kept, words, strict=True), key=lambda pair: pair[0])
    kept_texts = [block.text for block, keep in zip(blocks, kept, strict=True) if keep]
    dropped = " ".join(block.text for block, keep in zip(blocks, kept, strict=True) if not keep)
    return Evidence(
        kept_words=sum(count for count, keep in zip(words, kept, strict=True) if keep),
        kept_blocks=len(kept_texts),
        longest_run=max((sum(count for _, count in run) for keep, run in runs if keep), default=0),
        link_words=round(sum(count * block.link_density for count, block in zip(words, blocks, strict=True))),
        total_words=sum(words),
        ending=kept_texts[-1] if kept_texts else "",
        dropped=dropped[:MAX_DROPPED],
        headline=" ".join(markup.headings[:1]),
        has_h1=bool(markup.headings),
        has_date=bool(markup.metadata.date_published or markup.metadata.date_modified),
        has_author=bool(markup.metadata.authors),
        types=markup.types,
        url=url,
        is_free=markup.is_free,
    )
