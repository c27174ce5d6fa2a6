"""What stands between two paragraphs and may be the head of a story: its headline, its byline and its date, the heading
of the page's kind, a box that starts over, and what closes the story above."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log1p
from typing import NamedTuple

from cleaners.blocks.elements import HEADINGS
from cleaners.data import DROPPED, Box, Label, Verdict
from cleaners.label.passage import Passage
from cleaners.label.signed_lines import starts_with_date
from cleaners.stories.boxes import box_features, twin_boxes
from cleaners.stories.layout import (
    BYLINE_WORDS,
    FEWEST_IN_HEADING,
    TITLE_WORDS,
    HeadingKind,
    Layout,
    heading_kind,
    is_bold_line,
)
from cleaners.words.bylines import Byline, find_byline

FEWEST_IN_LABELLED = 3
"""Words at least of one that is labelled as a heading or a title."""

DATE_WORDS = 6
"""Words of a line that is a date and a time of day at most."""

LABEL_WORDS = 3
"""Words of a label above a headline at most, such as the name of a section."""

CONTRIBUTORS = ("/contributors", "/reporting-by")

MOSTLY_TEXT = 0.5
"""Share of a headline's characters inside links, at most, where it is labelled as chrome."""

LITTLE_CHROME = 5
"""Lines of chrome between two paragraphs among which one may be a headline. A longer list is one of teasers, and its
last line heads nothing."""

SAID_AGAIN = "pull-quote"
"""What the rules begin with on lines that the story says again: a standfirst may be one."""

READ_ALSO = "read-also"
"""What the rules on lines that lead to other stories begin with."""

_SIGNING = frozenset({Label.BYLINE, Label.DATE})

_BELOW_TITLE = frozenset({Label.CAPTION, Label.SUMMARY, Label.COUNTER})

_NO_TITLE = frozenset({Label.CREDIT, Label.PROMO, Label.LEGAL, Label.COMMENT, Label.COUNTER})

_CLOSING = frozenset({Label.CREDIT, Label.PROMO, Label.RELATED, Label.LEGAL, Label.COMMENT})


class Head(NamedTuple):
    """The head above a paragraph that may be a story's first: its titles, its first block, and its features."""

    titles: tuple[int, ...]
    start: int
    features: dict[str, float]


class _Gap(NamedTuple):
    """The blocks between two paragraphs, and the boxes side by side that hold the paragraphs, if there are any."""

    blocks: range
    twins: tuple[Box, Box] | None


def find_head(page: Layout, blocks: range, unmarked: dict[str, float]) -> Head:
    """The head below a gap; `unmarked` are the features where nothing stands between two paragraphs."""
    passage = page.passage
    gap = _Gap(blocks, twin_boxes(passage.blocks[blocks.start - 1], passage.blocks[blocks.stop], page.text.between))
    if not gap.blocks and gap.twins is None:
        return Head((), blocks.stop, unmarked)
    titles = _titles(page, blocks) or _boxed_title(passage, gap)
    start = titles[0] if titles else _head_start(passage, gap)
    return Head(titles, start, _features(page, gap, titles, start))


def unmarked_features(page: Layout) -> dict[str, float]:
    """The features of a join where nothing stands between two paragraphs."""
    return _features(page, _Gap(range(0), None), (), 0)


def title_line(passage: Passage, gap: range, head: Head) -> str:
    """The line that says what the text below is about: the headline, else the paragraph above if it is a line."""
    if head.titles:
        return passage.blocks[head.titles[0]].text
    above = gap.start - 1
    return passage.blocks[above].text if passage.shapes[above].words in TITLE_WORDS else ""


def _features(page: Layout, gap: _Gap, titles: Sequence[int], start: int) -> dict[str, float]:
    """The features of the blocks and the boxes between two paragraphs; `start` is where the head of a story would
    begin."""
    head = range(start, gap.blocks.stop)
    return {
        **_opening(page.passage, head, titles),
        **_headings(page, head, titles),
        **_above(page.passage, range(gap.blocks.start, start) if titles else range(0)),
        **_between(page.passage.verdicts, gap.blocks),
        **box_features(gap.twins, page.text.between),
    }


# The headline


def _titles(page: Layout, gap: range) -> tuple[int, ...]:
    """The headline right above a paragraph, with at most a byline, a date, captions and the like between; each printing
    of it."""
    found = _candidates(page, gap)
    if not found:
        return ()
    index = next((index for index in found if _is_marked(page.passage, index)), found[0])
    above, shapes = index, page.passage.shapes
    while above > gap.start and shapes[above - 1].key == shapes[index].key:
        above -= 1
    return tuple(range(above, index + 1))


def _candidates(page: Layout, gap: range) -> list[int]:
    """The lines above a paragraph that may be its headline, the nearest first. Above one that nothing marks there may
    be another, with its byline: a standfirst without a full stop looks like a headline, too."""
    passage, signed = page.passage, False
    found: list[int] = []
    for index in reversed(gap):
        if _signs(passage, index):
            signed = True
        elif passage.label(index) not in _BELOW_TITLE and not passage.verdicts[index].rule.startswith(SAID_AGAIN):
            if not _may_head(page, gap, index, signed):
                break
            if signed and found:
                return [index]
            found.append(index)
            if _is_marked(passage, index):
                break
    return found


def _is_marked(passage: Passage, index: int) -> bool:
    """Whether a line is a heading by its tag, or in bold as a whole."""
    block = passage.blocks[index]
    return block.tag in HEADINGS or is_bold_line(block, passage.shapes[index])


def _may_head(page: Layout, gap: range, index: int, signed: bool) -> bool:
    """Whether a line may be a headline. One that is labelled as chrome is one where it is signed in a dump, or is a
    heading of the kind of the page's own, or is no link and stands among little chrome: the scorers take the headlines
    of other stories for links to them."""
    passage = page.passage
    block, verdict = passage.blocks[index], passage.verdicts[index]
    if verdict.label in _NO_TITLE or not _titled(passage, index):
        return False
    if verdict.label not in DROPPED or (signed and not block.tag) or heading_kind(block) == page.headline:
        return True
    if verdict.rule.startswith(READ_ALSO) or block.link_density > MOSTLY_TEXT:
        return False
    return sum(passage.label(each) in DROPPED for each in gap) <= LITTLE_CHROME


def _signs(passage: Passage, index: int) -> bool:
    """Whether a line is a byline, a date, or both, whatever its label."""
    return passage.label(index) in _SIGNING or _is_date(passage, index) or _byline(passage, index) is not None


def _is_date(passage: Passage, index: int) -> bool:
    """Whether a line is a date alone."""
    form = passage.shapes[index]
    return form.words <= DATE_WORDS and not form.ends_sentence and starts_with_date(passage.blocks[index].text)


def _byline(passage: Passage, index: int) -> Byline | None:
    return find_byline(passage.blocks[index].text) if passage.shapes[index].words <= BYLINE_WORDS else None


def _boxed_title(passage: Passage, gap: _Gap) -> tuple[int, ...]:
    """The first heading in the box that starts over, whatever its label."""
    if gap.twins is None or gap.twins[1].start not in gap.blocks:
        return ()
    inside = range(gap.twins[1].start, gap.blocks.stop)
    title = next((index for index in inside if passage.blocks[index].tag in HEADINGS), None)
    return (title,) if title is not None and passage.shapes[title].words in TITLE_WORDS else ()


def _titled(passage: Passage, index: int) -> bool:
    block, form = passage.blocks[index], passage.shapes[index]
    if form.words >= TITLE_WORDS.stop:
        return False
    if block.tag in HEADINGS or is_bold_line(block, form):
        return form.words >= FEWEST_IN_HEADING
    labelled = passage.label(index) in (Label.HEADING, Label.TITLE)
    fewest = FEWEST_IN_LABELLED if labelled else TITLE_WORDS.start
    return form.words >= fewest and (not form.ends_sentence or block.text.endswith(_ENDS_OF_TITLES))


_ENDS_OF_TITLES = ("?", "!", "？", "！", "…", "...")
"""Marks of sentences that headlines end with, too."""


def _is_title_like(passage: Passage, index: int) -> bool:
    block, label, form = passage.blocks[index], passage.label(index), passage.shapes[index]
    if label in (Label.TITLE, Label.HEADING) or block.tag in HEADINGS:
        return form.words in TITLE_WORDS
    return label in (Label.BODY, Label.SUMMARY) and not form.ends_sentence and form.words in TITLE_WORDS


# What opens, and what closes


def _opening(passage: Passage, head: range, titles: Sequence[int]) -> dict[str, float]:
    """The features of what may open a story: its title, byline and date."""
    lines = [index for index in head if _is_title_like(passage, index)]
    bylines = [_byline(passage, index) for index in head if index not in titles]
    byline = any(bylines) or any(passage.label(index) is Label.BYLINE for index in head)
    date = any(found and found.has_day for found in bylines) or any(_gives_day(passage, index) for index in head)
    dropped = any(passage.label(index) in DROPPED for index in titles)
    return {
        "title": float(bool(titles)),
        "title_dropped": float(dropped),
        "title_twice": float(len(titles) > 1),
        "title_long": log1p(max((passage.shapes[index].words for index in titles), default=0)),
        "title_bold": float(any(is_bold_line(passage.blocks[index], passage.shapes[index]) for index in titles)),
        "title_question": float(any(passage.blocks[index].text[-1] == "?" for index in titles)),
        "title_lines": log1p(len(lines)),
        "byline": float(byline),
        "date": float(date),
        "title_signed": float(bool(titles) and (byline or date)),
        "title_signed_twice": float(bool(titles) and byline and date),
    }


def _above(passage: Passage, lines: range) -> dict[str, float]:
    """The features of the lines between a paragraph and a headline below it: a date, and a label of few words."""
    last = lines[-1] if lines else None
    label = last is not None and passage.shapes[last].words <= LABEL_WORDS and not passage.shapes[last].ends_sentence
    return {
        "date_above": float(any(_gives_day(passage, index) for index in lines)),
        "label_above": float(label),
    }


def _gives_day(passage: Passage, index: int) -> bool:
    return passage.label(index) is Label.DATE or _is_date(passage, index)


def _headings(page: Layout, head: range, titles: Sequence[int]) -> dict[str, float]:
    blocks, headline, counts = page.passage.blocks, page.headline, page.headings
    kinds = [heading_kind(blocks[index]) for index in head if blocks[index].tag in HEADINGS]
    heads = [*kinds, *(heading_kind(blocks[index]) for index in titles)]
    same = headline is not None and any(_same_kind(kind, headline) for kind in heads)
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
    labels = [verdicts[index].label for index in gap]
    named = any(verdicts[index].rule.endswith(CONTRIBUTORS) for index in gap)
    return {
        "contributors": float(named),
        "credit": float(Label.CREDIT in labels),
        "captions": log1p(labels.count(Label.CAPTION)),
        "promo": float(Label.PROMO in labels),
        "related": log1p(labels.count(Label.RELATED)),
        "chrome": log1p(sum(label in DROPPED for label in labels)),
        "nothing": float(len(gap) == 0),
        "lines": log1p(len(gap)),
    }


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
        lambda index: passage.label(index) is Label.SUMMARY or _signs(passage, index),
    )
    for test in tests:
        if (index := next(filter(test, blocks), None)) is not None:
            return index
    return blocks.stop
