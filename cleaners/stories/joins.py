"""The places at which a story may end and another begin, and the features of each.

Sites print whole stories below the one that was requested. The end of a story is marked by what closes it (the line
that names its contributors, a run of captions), the start of the next one by what opens it (a headline, a byline and a
date, a dateline, a box that starts over), and both by a new topic. None of these is enough alone: a round-up has many
datelines, a feature many subheadings, and a long story more than one topic. So this module computes features of each
join, and `cleaners.stories.split` decides by a small network.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import log1p
from typing import NamedTuple

from cleaners.blocks.elements import HEADINGS
from cleaners.data import DROPPED, Block, Box, ContentType, Label, Verdict
from cleaners.label.passage import Passage
from cleaners.label.signed_lines import starts_with_date
from cleaners.metadata.datelines import find_dateline
from cleaners.stories.boxes import FAR, box_features, twin_boxes
from cleaners.stories.model import StoryModels
from cleaners.stories.topic_features import Wording, topic_features
from cleaners.words.bylines import is_dated_byline
from cleaners.words.clocks import clock_place
from cleaners.words.shapes import PARAGRAPH_WORDS, RUNNING_WORDS, Shape

SENTENCE_WORDS = 4
"""Words at or above which a line that ends like a sentence is text; a shorter one may be a button."""

TITLE_WORDS = range(4, 31)

DATE_WORDS = 6
"""Words of a line that is a date and a time of day at most."""


@dataclass(frozen=True, slots=True)
class Join:
    """A place between two paragraphs.

    `gap` are the blocks between them, `start` is where the head of a story that begins here begins, and `titles` are
    the indices of its headline: none, one, or one for each printing. `words` and `end` count the words of text above
    and on the whole page, and `features` are those that the network weighs, by name. `opens_page` states that the first
    `h1` of an HTML page is here, so that the text above is a banner and no story, and `opens_entry` that the headline
    begins with a time of day, as those of a live column's entries do.
    """

    gap: range
    start: int
    titles: tuple[int, ...]
    words: int
    end: int
    features: dict[str, float]
    opens_page: bool = False
    opens_entry: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """The paragraphs of a page: their indices, their words, and the words of text above each block of the page."""

    indices: list[int]
    sizes: list[int]
    above: list[int]

    def between(self, start: int, stop: int) -> int:
        return self.above[stop] - self.above[start]


def content_type_of(blocks: Sequence[Block]) -> ContentType:
    """Whether blocks are those of an HTML page or of a dump, which has no boxes."""
    return "html" if any(block.surroundings for block in blocks[:1]) else "text"


def find_joins(passage: Passage, models: StoryModels) -> list[Join]:
    """Every place between two paragraphs of a page, in reading order."""
    page = _page(passage)
    gaps = [range(last + 1, first) for last, first in pairwise(page.text.indices)]
    unmarked = _features(page, _Gap(range(0), None), (), 0)
    heads = [_head(page, gap, unmarked) for gap in gaps]
    words, end = [page.text.above[gap.stop] for gap in gaps], page.text.above[-1]
    wording = Wording(
        texts=[passage.blocks[index].text for index in page.text.indices],
        sizes=page.text.sizes,
        titles=[_title_line(passage, gap, head) for gap, head in zip(gaps, heads, strict=True)],
        headline=page.title,
    )
    topics = topic_features(wording, content_type_of(passage.blocks), models)
    far = _distances(words, [bool(head.titles) for head in heads], end)
    return [
        Join(
            gap,
            head.start,
            head.titles,
            above,
            end,
            {**about, **head.features, **distances, **_sizes(above, end), **_dateline(passage.blocks[gap.stop])},
            page.first_h1 in gap,
            any(clock_place(passage.blocks[index].text, leads=True) for index in head.titles),
        )
        for gap, head, about, above, distances in zip(gaps, heads, topics, words, far, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Page:
    """What is the same at every join of a page.

    `title` is the headline of the page's own story, `headline` what kind of heading it is, `headings` counts the
    headings of each kind, and `first_h1` is the index of the first `h1`, -1 where there is none.
    """

    passage: Passage
    text: _Text
    title: str
    headline: HeadingKind | None
    headings: Counter[HeadingKind]
    first_h1: int


HeadingKind = tuple[str, str]
"""The tag of a heading, and the names of the box around it."""


def _page(passage: Passage) -> _Page:
    text = _text(passage)
    headline = _headline(passage, text)
    return _Page(
        passage,
        text,
        headline.text if headline else "",
        _heading_kind(headline) if headline and headline.tag in HEADINGS else None,
        Counter(_heading_kind(block) for block in passage.blocks if block.tag in HEADINGS),
        next((index for index, block in enumerate(passage.blocks) if block.tag == "h1"), -1),
    )


class _Gap(NamedTuple):
    """The blocks between two paragraphs, and the boxes side by side that hold the paragraphs, if there are any."""

    blocks: range
    twins: tuple[Box, Box] | None


class _Head(NamedTuple):
    """The head above a paragraph that may be a story's first: its titles, its first block, and its features."""

    titles: tuple[int, ...]
    start: int
    features: dict[str, float]


def _head(page: _Page, blocks: range, unmarked: dict[str, float]) -> _Head:
    """The head below a gap; `unmarked` are the features where nothing stands between two paragraphs."""
    passage = page.passage
    gap = _Gap(blocks, twin_boxes(passage.blocks[blocks.start - 1], passage.blocks[blocks.stop], page.text.between))
    if not gap.blocks and gap.twins is None:
        return _Head((), blocks.stop, unmarked)
    titles = _titles(page, blocks) or _boxed_title(passage, gap)
    start = titles[0] if titles else _head_start(passage, gap)
    return _Head(titles, start, _features(page, gap, titles, start))


# Paragraphs


def _text(passage: Passage) -> _Text:
    blocks = zip(passage.blocks, passage.verdicts, passage.shapes, strict=True)
    indices = [index for index, block in enumerate(blocks) if _is_text(*block)]
    sizes = [passage.shapes[index].words for index in indices]
    words = [0] * len(passage)
    for index, size in zip(indices, sizes, strict=True):
        words[index] = size
    return _Text(indices, sizes, [0, *accumulate(words)])


def _is_text(block: Block, verdict: Verdict, form: Shape) -> bool:
    if verdict.label is not Label.BODY or block.tag in HEADINGS or _is_bold_line(block, form):
        return False
    if form.ends_sentence:
        question = block.text[-1] in "?!" and form.words < PARAGRAPH_WORDS and not block.tag
        return form.words >= SENTENCE_WORDS and not question
    return form.words >= (PARAGRAPH_WORDS if block.tag == "p" else RUNNING_WORDS)


def _is_bold_line(block: Block, form: Shape) -> bool:
    """Whether a block is a headline in bold that is no heading."""
    around = block.surroundings
    if around is None or form.ends_sentence or form.words not in TITLE_WORDS:
        return False
    return around.strong >= MOSTLY * len(block.text)


MOSTLY = 0.9
"""Share of the characters of a line in bold: a mark or a label may stand beside them."""


def _sizes(above: int, end: int) -> dict[str, float]:
    return {"above": log1p(min(FAR, above)), "below": log1p(min(FAR, end - above))}


# What stands between


def _features(page: _Page, gap: _Gap, titles: Sequence[int], start: int) -> dict[str, float]:
    """The features of the blocks and the boxes between two paragraphs; `start` is where the head of a story would
    begin."""
    head = range(start, gap.blocks.stop)
    return {
        **_opening(page.passage, head, titles),
        **_headings(page, head),
        **_between(page.passage.verdicts, gap.blocks),
        **box_features(gap.twins, page.text.between),
    }


def _titles(page: _Page, gap: range) -> tuple[int, ...]:
    """The headline right above a paragraph, with at most a byline, a date, captions and the like between; each printing
    of it. A line labelled as chrome is one where it is signed, or is a heading of the kind of the page's own."""
    blocks, verdicts, shapes = page.passage.blocks, page.passage.verdicts, page.passage.shapes
    signed = False
    for index in reversed(gap):
        block, label = blocks[index], verdicts[index].label
        if label in _SIGNING or _is_date(block, shapes[index]):
            signed = True
        elif label not in _BELOW_TITLE:
            dropped = label in DROPPED and not (signed and not block.tag) and _heading_kind(block) != page.headline
            if dropped or label in _NO_TITLE or not _titled(block, shapes[index]):
                return ()
            above = index
            while above > gap.start and shapes[above - 1].key == shapes[index].key:
                above -= 1
            return tuple(range(above, index + 1))
    return ()


def _is_date(block: Block, form: Shape) -> bool:
    """Whether an HTML block that the scorer took for text is a date alone, as in a `<time>` without a class."""
    return bool(block.tag) and form.words <= DATE_WORDS and not form.ends_sentence and starts_with_date(block.text)


def _title_line(passage: Passage, gap: range, head: _Head) -> str:
    """The line that says what the text below is about: the headline, else the paragraph above if it is a line."""
    if head.titles:
        return passage.blocks[head.titles[0]].text
    above = gap.start - 1
    return passage.blocks[above].text if passage.shapes[above].words in TITLE_WORDS else ""


def _boxed_title(passage: Passage, gap: _Gap) -> tuple[int, ...]:
    """The first heading in the box that starts over, whatever its label."""
    if gap.twins is None or gap.twins[1].start not in gap.blocks:
        return ()
    inside = range(gap.twins[1].start, gap.blocks.stop)
    title = next((index for index in inside if passage.blocks[index].tag in HEADINGS), None)
    return (title,) if title is not None and passage.shapes[title].words in TITLE_WORDS else ()


_SIGNING = frozenset({Label.BYLINE, Label.DATE})
_BELOW_TITLE = frozenset({Label.CAPTION, Label.SUMMARY, Label.COUNTER})
_NO_TITLE = frozenset({Label.CREDIT, Label.PROMO, Label.LEGAL, Label.COMMENT, Label.COUNTER})


def _titled(block: Block, form: Shape) -> bool:
    return form.words in TITLE_WORDS and (not form.ends_sentence or block.text[-1] in "?!" or block.tag in HEADINGS)


def _opening(passage: Passage, head: range, titles: Sequence[int]) -> dict[str, float]:
    """The features of what may open a story: its title, byline and date."""
    lines = [index for index in head if _is_title_like(passage, index)]
    byline = any(passage.label(index) is Label.BYLINE for index in head)
    date = any(_gives_day(passage, index) for index in head)
    return {
        "title": float(bool(titles)),
        "title_twice": float(len(titles) > 1),
        "title_long": log1p(max((passage.shapes[index].words for index in titles), default=0)),
        "title_question": float(any(passage.blocks[index].text[-1] == "?" for index in titles)),
        "title_lines": log1p(len(lines)),
        "byline": float(byline),
        "date": float(date),
        "title_signed": float(bool(titles) and (byline or date)),
        "title_signed_twice": float(bool(titles) and byline and date),
    }


def _gives_day(passage: Passage, index: int) -> bool:
    block, label = passage.blocks[index], passage.label(index)
    if label is Label.BYLINE:
        return is_dated_byline(block.text)
    return label is Label.DATE or _is_date(block, passage.shapes[index])


def _dateline(first: Block) -> dict[str, float]:
    dateline = find_dateline(first.text)
    return {
        "dateline": float(dateline is not None and dateline.certain),
        "place": float(dateline is not None and not dateline.certain),
    }


def _is_title_like(passage: Passage, index: int) -> bool:
    block, label, form = passage.blocks[index], passage.label(index), passage.shapes[index]
    if label in (Label.TITLE, Label.HEADING) or block.tag in HEADINGS:
        return form.words in TITLE_WORDS
    return label in (Label.BODY, Label.SUMMARY) and not form.ends_sentence and form.words in TITLE_WORDS


def _headline(passage: Passage, text: _Text) -> Block | None:
    """The headline of the page's own story: the last heading of the highest rank above the text; the last title on a
    page without headings."""
    above = range(text.indices[0] if text.indices else 0)
    headings = [passage.blocks[index] for index in above if passage.blocks[index].tag in HEADINGS]
    titles = [passage.blocks[index] for index in above if passage.label(index) is Label.TITLE]
    return min(reversed(headings), key=lambda block: block.tag) if headings else titles[-1] if titles else None


def _heading_kind(block: Block) -> HeadingKind:
    return block.tag, block.surroundings.box.names if block.surroundings else ""


def _headings(page: _Page, head: range) -> dict[str, float]:
    blocks, headline, counts = page.passage.blocks, page.headline, page.headings
    kinds = [_heading_kind(blocks[index]) for index in head if blocks[index].tag in HEADINGS]
    same = headline is not None and any(_same_kind(kind, headline) for kind in kinds)
    dropped = any(blocks[index].tag in HEADINGS and page.passage.label(index) in DROPPED for index in head)
    return {
        "heading": float(bool(kinds)),
        "heading_dropped": float(dropped),
        "h1": float(any(tag == "h1" for tag, _ in kinds)),
        "headline_again": float(same),
        "heading_rank": min((int(tag[1]) for tag, _ in kinds if tag[1:].isdigit()), default=7) / 7,
        "headings_like_it": log1p(max((counts[kind] for kind in kinds), default=0)),
        "headings_above_it": log1p(sum(count for kind, count in counts.items() if kinds and kind[0] < min(kinds)[0])),
    }


def _same_kind(kind: HeadingKind, headline: HeadingKind) -> bool:
    """Whether a heading is of the headline's kind: by its tag and class, or by a class that both share."""
    return kind == headline or bool(set(kind[1].split()) & set(headline[1].split()))


def _between(verdicts: Sequence[Verdict], gap: range) -> dict[str, float]:
    labels = Counter(verdicts[index].label for index in gap)
    named = any(verdicts[index].rule.endswith(CONTRIBUTORS) for index in gap)
    return {
        "contributors": float(named),
        "credit": float(labels[Label.CREDIT] > 0),
        "captions": log1p(labels[Label.CAPTION]),
        "promo": float(labels[Label.PROMO] > 0),
        "related": log1p(labels[Label.RELATED]),
        "chrome": log1p(sum(labels[label] for label in DROPPED)),
        "nothing": float(len(gap) == 0),
        "lines": log1p(len(gap)),
    }


CONTRIBUTORS = ("/contributors", "/reporting-by")


# Where a head begins


def _head_start(passage: Passage, gap: _Gap) -> int:
    """The index in a gap where the next story begins: with its box, else with the first line that may be a title,
    byline or date, below all that closes the story above. Captions without any of them belong to the story above."""
    blocks = gap.blocks
    if gap.twins and gap.twins[1].start in range(blocks.start, blocks.stop + 1):
        blocks = range(gap.twins[1].start, blocks.stop)
    elif closing := [index for index in blocks if passage.label(index) in _CLOSING]:
        blocks = range(closing[-1] + 1, blocks.stop)
    tests: tuple[Callable[[int], bool], ...] = (
        lambda index: _is_title_like(passage, index),
        lambda index: passage.label(index) in (Label.BYLINE, Label.DATE, Label.SUMMARY),
    )
    for test in tests:
        if (index := next(filter(test, blocks), None)) is not None:
            return index
    return blocks.stop


_CLOSING = frozenset({Label.CREDIT, Label.PROMO, Label.RELATED, Label.LEGAL, Label.COMMENT})


# Distances


def _distances(words: Sequence[int], titled: Sequence[bool], end: int) -> list[dict[str, float]]:
    """For each join the words to the nearest headlines above and below, and how many headlines the page has: a round-up
    has them close together. `words` count the text above each join, `titled` marks the joins with a headline."""
    edges = [0, *(above for above, title in zip(words, titled, strict=True) if title), end]
    many = log1p(len(edges) - 2)
    found = []
    passed = 0
    for above, title in zip(words, titled, strict=True):
        since = log1p(min(FAR, above - edges[passed]))
        passed += title
        until = log1p(min(FAR, edges[passed + 1] - above)) if title else 0.0
        found.append({"titles": many, "since_title": since, "until_title": until})
    return found
