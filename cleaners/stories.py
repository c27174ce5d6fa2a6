"""Where a story ends and the next one begins.

Sites print whole stories below the one that was asked for. A story's end shows in what closes it (the line that names
its contributors, a run of captions) and the next one's start in what opens it (a dateline, a headline). A closing
alone is not enough, nor is an opening: a round-up has many datelines and a feature many subheadings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from cleaners.data import DROPPED, Block, Judged, Label, Story, Verdict
from cleaners.label.shape import count_words
from cleaners.metadata.datelines import find_dateline

STORY_WORDS = 40
"""Words of body text that a story has at least, for a split before or after it to be believed."""

STORY_PARAGRAPHS = 2
"""Paragraphs that a story without a dateline of its own has at least."""

NEARBY = 12
"""Blocks below its start in which a story has these paragraphs; on both sides of a gap their topics are compared."""

_CLOSING = frozenset({Label.CREDIT, Label.CAPTION, Label.PROMO, Label.RELATED, Label.LEGAL, Label.COMMENT})


def split(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> list[int]:
    """The places at which a story starts: always 0, and where an appended one begins, in reading order."""
    words = _words_before(blocks, verdicts)
    starts = [0]
    for gap in _gaps(verdicts):
        enough = words[gap.start] - words[starts[-1]] >= STORY_WORDS and words[-1] - words[gap.stop] >= STORY_WORDS
        if enough and _ends_story(verdicts, gap) and _opens_story(blocks, verdicts, gap):
            starts.append(_head_start(verdicts, gap))
    return starts


def _words_before(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> list[int]:
    """For each place, and the end, the words of body text above it."""
    body = (
        count_words(block.text) if verdict.label is Label.BODY else 0
        for block, verdict in zip(blocks, verdicts, strict=True)
    )
    return [0, *accumulate(body)]


def _gaps(verdicts: Sequence[Verdict]) -> Iterator[range]:
    """The runs of blocks that are not text, between two that are."""
    last_text = None
    for place, verdict in enumerate(verdicts):
        if verdict.label is not Label.BODY:
            continue
        if last_text is not None and place > last_text + 1:
            yield range(last_text + 1, place)
        last_text = place


def _ends_story(verdicts: Sequence[Verdict], gap: range) -> bool:
    return any(verdicts[place].label in _CLOSING for place in gap)


def _opens_story(blocks: Sequence[Block], verdicts: Sequence[Verdict], gap: range) -> bool:
    """A dateline opens a story; so do several paragraphs about something else, below a line that named the
    contributors of the story above."""
    dateline = find_dateline(blocks[gap.stop].text)
    if dateline and dateline.certain:
        return True
    named = any(verdicts[place].rule.endswith(_CONTRIBUTORS) for place in gap)
    above, below = (_body_near(blocks, verdicts, places) for places in (_before(gap), _after(gap, len(blocks))))
    return named and len(below) >= STORY_PARAGRAPHS and _shared_words(above, below) < SAME_TOPIC


_CONTRIBUTORS = ("/contributors", "/reporting-by")


def _before(gap: range) -> range:
    return range(max(0, gap.start - NEARBY), gap.start)


def _after(gap: range, end: int) -> range:
    return range(gap.stop, min(end, gap.stop + NEARBY))


def _body_near(blocks: Sequence[Block], verdicts: Sequence[Verdict], places: range) -> list[str]:
    return [blocks[place].text for place in places if verdicts[place].label is Label.BODY]


SAME_TOPIC = 0.25
"""Share of the longer words of a passage that another one has too, from which on they are about the same thing."""

_LONGER_WORD = re.compile(r"\w{6,30}")


def _shared_words(above: Sequence[str], below: Sequence[str]) -> float:
    known, new = (set(_LONGER_WORD.findall(" ".join(texts).casefold())) for texts in (above, below))
    return len(known & new) / max(1, len(new))


def _head_start(verdicts: Sequence[Verdict], gap: range) -> int:
    """Where the head of the next story begins in a gap: below the last line that closes the story above."""
    closing = [place for place in gap if verdicts[place].label in _CLOSING | DROPPED]
    return closing[-1] + 1


def assign(blocks: Sequence[Block], verdicts: Sequence[Verdict], starts: Sequence[int]) -> list[Judged]:
    """Every block with its verdict and its story. What a page puts below its last story belongs to the page's own."""
    judged = []
    for index, (start, stop) in enumerate(zip(starts, [*starts[1:], len(blocks)], strict=True)):
        own = [place for place in range(start, stop) if verdicts[place].label not in DROPPED]
        end = own[-1] if own else start - 1
        judged += [Judged(blocks[place], verdicts[place], index if place <= end else 0) for place in range(start, stop)]
    return judged


def stories(judged: Sequence[Judged]) -> list[Story]:
    """The stories of a page, the page's own first."""
    count = 1 + max((block.story for block in judged), default=0)
    return [Story(index, tuple(block for block in judged if block.story == index)) for index in range(count)]
