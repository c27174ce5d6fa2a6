"""What the blocks and the markup of an HTML page say about its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from cleaners.data import KEPT, Judged
from cleaners.label.shape import count_words
from cleaners.metadata.markup import Markup
from cleaners.page_kind import Evidence

DROPPED_SAMPLE = 20_000
"""Characters of dropped text in which phrases about walls and errors are looked for."""


def gather(judged: Sequence[Judged], markup: Markup, url: str | None) -> Evidence:
    """The evidence of a page whose blocks are judged; `url` is where it came from."""
    kept = [block for block in judged if block.label in KEPT]
    dropped = [block for block in judged if block.label not in KEPT]
    facts = markup.metadata
    return Evidence(
        kept_words=_words(kept),
        kept_blocks=len(kept),
        longest_run=max((_words(run) for run in _kept_runs(judged)), default=0),
        link_words=int(sum(count_words(block.text) * block.block.link_density for block in dropped)),
        total_words=_words(judged),
        ending=kept[-1].text if kept else "",
        dropped=" ".join(block.text for block in dropped)[:DROPPED_SAMPLE],
        has_h1=any(block.block.tag == "h1" for block in judged),
        has_date=facts.date_published is not None,
        has_author=bool(facts.authors),
        types=markup.types,
        url=url or facts.canonical_url,
        is_free=markup.is_free,
    )


def _words(blocks: Sequence[Judged]) -> int:
    return sum(count_words(block.text) for block in blocks)


def _kept_runs(judged: Sequence[Judged]) -> Iterator[list[Judged]]:
    for kept, run in groupby(judged, key=lambda block: block.label in KEPT):
        if kept:
            yield list(run)
