"""The places at which a story may end and another begin, and what speaks for it at each.

Sites print whole stories below the one that was asked for. A story's end shows in what closes it (the line that names
its contributors, a run of captions), the next one's start in what opens it (a headline, a byline and a date, a
dateline, a box that starts over), and both in the topic. None of them alone is enough: a round-up has many datelines, a
feature many subheadings, and a long story more than one topic. So everything is put in figures here, and
`cleaners.stories.split` weighs them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import log1p
from typing import NamedTuple

from cleaners.blocks.html import HEADINGS
from cleaners.data import DROPPED, Block, Box, Kind, Label, Verdict
from cleaners.metadata.datelines import find_dateline
from cleaners.stories.boxes import FAR, box_features, twin_boxes
from cleaners.stories.semantics import nearness
from cleaners.stories.topic import carried_over, depths, likeness, names, stems
from cleaners.words.shape import PARAGRAPH_WORDS, RUNNING_WORDS, Shape, shape

WINDOWS = (60, 600)
"""Words on each side of a place that are compared."""

Measure = Callable[[Sequence[frozenset[str]], Sequence[int], Sequence[int]], list[list[float]]]

MEASURES: dict[Kind, dict[str, Measure]] = {
    "text": {"alike": likeness, "near": nearness},
    "html": {"alike": likeness},  # where there is markup, meaning gains nothing beside it
}
"""How what stands on both sides is compared."""

SENTENCE_WORDS = 4
"""Words from which on a line that ends like a sentence is text; a shorter one may be a button."""

TITLE_WORDS = range(4, 31)


@dataclass(frozen=True, slots=True)
class Join:
    """A place between two paragraphs.

    `gap` are the blocks between them, `start` is where the head of a story that begins here begins, and `titles` are
    the places of its headline: none, one, or one for each printing. `words` and `end` count the words of text above and
    on the whole page, and `features` are what speaks for and against it. `opens_page` says that the first `h1` of an
    HTML page stands here, so that what is above is a banner and no story.
    """

    gap: range
    start: int
    titles: tuple[int, ...]
    words: int
    end: int
    features: dict[str, float]
    opens_page: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """The paragraphs of a page: their places, their words, and the words of text above each block of the page."""

    places: list[int]
    sizes: list[int]
    above: list[int]

    def between(self, start: int, stop: int) -> int:
        return self.above[stop] - self.above[start]


def kind_of(blocks: Sequence[Block]) -> Kind:
    """Whether blocks are those of an HTML page or of a dump, which has no boxes."""
    return "html" if any(block.surroundings for block in blocks[:1]) else "text"


def joins(blocks: Sequence[Block], verdicts: Sequence[Verdict], shapes: Sequence[Shape] | None = None) -> list[Join]:
    """Every place between two paragraphs of a page, in reading order; the blocks' shapes are found where not given."""
    shapes = shapes or [shape(block.text) for block in blocks]
    text = _text(blocks, verdicts, shapes)
    topic = _topic([blocks[place].text for place in text.places], text.sizes, MEASURES[kind_of(blocks)])
    head = _headline(blocks, text)
    counts = Counter(_kind(block) for block in blocks if block.tag in HEADINGS)
    first_h1 = next((place for place, block in enumerate(blocks) if block.tag == "h1"), -1)
    gaps = [range(last + 1, first) for last, first in pairwise(text.places)]
    bare = _seen(blocks, verdicts, shapes, range(0), range(0), (), None, text, head, counts)
    heads = []
    for gap in gaps:
        twins = twin_boxes(blocks[gap.start - 1], blocks[gap.stop], text.between)
        if not gap and twins is None:
            heads.append(_Head((), gap.stop, bare))
            continue
        titles = _titles(blocks, verdicts, shapes, gap, head) or _boxed_title(blocks, shapes, gap, twins)
        start = titles[0] if titles else _head_start(blocks, verdicts, shapes, gap, twins)
        seen = _seen(blocks, verdicts, shapes, gap, range(start, gap.stop), titles, twins, text, head, counts)
        heads.append(_Head(titles, start, seen))
    words, end = [text.above[gap.stop] for gap in gaps], text.above[-1]
    far = _distances(words, [bool(own.titles) for own in heads], end)
    return [
        Join(
            gap,
            own.start,
            own.titles,
            above,
            end,
            {**about, **own.seen, **distances, **_sizes(above, end), **_dateline(blocks[gap.stop])},
            first_h1 in gap,
        )
        for gap, own, about, above, distances in zip(gaps, heads, topic, words, far, strict=True)
    ]


class _Head(NamedTuple):
    """What stands above a paragraph that may be a story's first: its titles, where it begins, and what it shows."""

    titles: tuple[int, ...]
    start: int
    seen: dict[str, float]


# Paragraphs


def _text(blocks: Sequence[Block], verdicts: Sequence[Verdict], shapes: Sequence[Shape]) -> _Text:
    places = [place for place in range(len(blocks)) if _is_text(blocks[place], verdicts[place], shapes[place])]
    sizes = [shapes[place].words for place in places]
    words = [0] * len(blocks)
    for place, size in zip(places, sizes, strict=True):
        words[place] = size
    return _Text(places, sizes, [0, *accumulate(words)])


def _is_text(block: Block, verdict: Verdict, form: Shape) -> bool:
    if verdict.label is not Label.BODY or block.tag in HEADINGS:
        return False
    if form.ends_sentence:
        question = block.text[-1] in "?!" and form.words < PARAGRAPH_WORDS and not block.tag
        return form.words >= SENTENCE_WORDS and not question
    return form.words >= (PARAGRAPH_WORDS if block.tag == "p" else RUNNING_WORDS)


def _topic(texts: Sequence[str], sizes: Sequence[int], measures: Mapping[str, Measure]) -> list[dict[str, float]]:
    """What goes on across each place between two paragraphs."""
    words, named = [stems(text) for text in texts], [names(text) for text in texts]
    figures: dict[str, list[float]] = {}
    for name, measure in measures.items():
        for window, alike in zip(WINDOWS, measure(words, sizes, WINDOWS), strict=True):
            figures |= _valleys(f"{name}_{window}", alike)
    figures["words_known"], figures["words_kept"] = carried_over(words)
    figures["names_known"], figures["names_kept"] = carried_over(named)
    return [dict(zip(figures, row, strict=True)) for row in zip(*figures.values(), strict=True)]


def _valleys(name: str, figures: list[float]) -> dict[str, list[float]]:
    """How alike the passages beside each place are, and how far that lies below what it is elsewhere on the page."""
    mean = sum(figures) / len(figures) if figures else 0.0
    return {
        name: figures,
        f"{name}_below_mean": [mean - figure for figure in figures],
        f"{name}_depth": depths(figures),
    }


def _sizes(above: int, end: int) -> dict[str, float]:
    return {"above": log1p(min(FAR, above)), "below": log1p(min(FAR, end - above))}


# What stands between


def _seen(
    blocks: Sequence[Block],
    verdicts: Sequence[Verdict],
    shapes: Sequence[Shape],
    gap: range,
    head: range,
    titles: Sequence[int],
    twins: tuple[Box, Box] | None,
    text: _Text,
    headline: tuple[str, str] | None,
    counts: Counter[tuple[str, str]],
) -> dict[str, float]:
    """What the blocks and the boxes between two paragraphs show."""
    return {
        **_opening(blocks, verdicts, shapes, head, titles),
        **_headings(blocks, verdicts, head, headline, counts),
        **_between(verdicts, gap),
        **box_features(twins, text.between),
    }


def _titles(
    blocks: Sequence[Block],
    verdicts: Sequence[Verdict],
    shapes: Sequence[Shape],
    gap: range,
    headline: tuple[str, str] | None,
) -> tuple[int, ...]:
    """The headline right above a paragraph, with at most a byline, a date, captions and the like between; each printing
    of it. A line that passes for chrome is one where it is signed, or is a heading of the kind of the page's own."""
    signed = False
    for place in reversed(gap):
        label = verdicts[place].label
        if label in _SIGNING:
            signed = True
        elif label not in _BELOW_TITLE:
            dropped = label in DROPPED and not (signed and not blocks[place].tag) and _kind(blocks[place]) != headline
            if dropped or label in _NO_TITLE or not _titled(blocks[place], shapes[place]):
                return ()
            above = place
            while above > gap.start and shapes[above - 1].key == shapes[place].key:
                above -= 1
            return tuple(range(above, place + 1))
    return ()


def _boxed_title(
    blocks: Sequence[Block], shapes: Sequence[Shape], gap: range, twins: tuple[Box, Box] | None
) -> tuple[int, ...]:
    """The first heading in the box that starts over, whatever it passes for."""
    if twins is None or twins[1].start not in gap:
        return ()
    titled = (place for place in range(twins[1].start, gap.stop) if blocks[place].tag in HEADINGS)
    return tuple(place for place in [next(titled, gap.stop)] if place in gap and shapes[place].words in TITLE_WORDS)


_SIGNING = frozenset({Label.BYLINE, Label.DATE})
_BELOW_TITLE = frozenset({Label.CAPTION, Label.SUMMARY, Label.COUNTER})
_NO_TITLE = frozenset({Label.CREDIT, Label.PROMO, Label.LEGAL, Label.COMMENT, Label.COUNTER})


def _titled(block: Block, form: Shape) -> bool:
    return form.words in TITLE_WORDS and (not form.ends_sentence or block.text[-1] in "?!" or block.tag in HEADINGS)


def _opening(
    blocks: Sequence[Block],
    verdicts: Sequence[Verdict],
    shapes: Sequence[Shape],
    head: range,
    titles: Sequence[int],
) -> dict[str, float]:
    """What opens the story whose head this may be."""
    lines = [place for place in head if _title_like(blocks[place], verdicts[place], shapes[place])]
    byline = any(verdicts[place].label is Label.BYLINE for place in head)
    date = any(verdicts[place].label is Label.DATE for place in head)
    return {
        "title": float(bool(titles)),
        "title_twice": float(len(titles) > 1),
        "title_long": log1p(max((shapes[place].words for place in titles), default=0)),
        "title_question": float(any(blocks[place].text[-1] == "?" for place in titles)),
        "title_lines": log1p(len(lines)),
        "byline": float(byline),
        "date": float(date),
        "title_signed": float(bool(titles) and (byline or date)),
        "title_signed_twice": float(bool(titles) and byline and date),
    }


def _dateline(first: Block) -> dict[str, float]:
    dateline = find_dateline(first.text)
    return {
        "dateline": float(dateline is not None and dateline.certain),
        "place": float(dateline is not None and not dateline.certain),
    }


def _title_like(block: Block, verdict: Verdict, form: Shape) -> bool:
    if verdict.label in (Label.TITLE, Label.HEADING) or block.tag in HEADINGS:
        return form.words in TITLE_WORDS
    return verdict.label in (Label.BODY, Label.SUMMARY) and not form.ends_sentence and form.words in TITLE_WORDS


def _headline(blocks: Sequence[Block], text: _Text) -> tuple[str, str] | None:
    """The kind of heading that the page's own story has: its last one of the highest rank above the text."""
    stop = text.places[0] if text.places else 0
    kinds = [_kind(block) for block in blocks[:stop] if block.tag in HEADINGS]
    return min(reversed(kinds), key=lambda kind: kind[0]) if kinds else None


def _kind(block: Block) -> tuple[str, str]:
    return block.tag, block.surroundings.box.names if block.surroundings else ""


def _headings(
    blocks: Sequence[Block],
    verdicts: Sequence[Verdict],
    head: range,
    headline: tuple[str, str] | None,
    counts: Counter[tuple[str, str]],
) -> dict[str, float]:
    kinds = [_kind(blocks[place]) for place in head if blocks[place].tag in HEADINGS]
    same = headline is not None and any(_same_kind(kind, headline) for kind in kinds)
    dropped = any(blocks[place].tag in HEADINGS and verdicts[place].label in DROPPED for place in head)
    return {
        "heading": float(bool(kinds)),
        "heading_dropped": float(dropped),
        "h1": float(any(tag == "h1" for tag, _ in kinds)),
        "headline_again": float(same),
        "heading_rank": min((int(tag[1]) for tag, _ in kinds if tag[1:].isdigit()), default=7) / 7,
        "headings_like_it": log1p(max((counts[kind] for kind in kinds), default=0)),
        "headings_above_it": log1p(sum(count for kind, count in counts.items() if kinds and kind[0] < min(kinds)[0])),
    }


def _same_kind(kind: tuple[str, str], headline: tuple[str, str]) -> bool:
    """Whether a heading is of the headline's kind: by its tag and class, or by a class that both share."""
    return kind == headline or bool(set(kind[1].split()) & set(headline[1].split()))


def _between(verdicts: Sequence[Verdict], gap: range) -> dict[str, float]:
    labels = Counter(verdicts[place].label for place in gap)
    named = any(verdicts[place].rule.endswith(CONTRIBUTORS) for place in gap)
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


def _head_start(
    blocks: Sequence[Block],
    verdicts: Sequence[Verdict],
    shapes: Sequence[Shape],
    gap: range,
    twins: tuple[Box, Box] | None,
) -> int:
    """Where in a gap the next story begins: with its box, else with the first line below all that closes the story
    above that may be a title, byline or date. Captions without any of them belong to the story above."""
    if twins and twins[1].start in range(gap.start, gap.stop + 1):
        gap = range(twins[1].start, gap.stop)
    elif closing := [place for place in gap if verdicts[place].label in _CLOSING]:
        gap = range(closing[-1] + 1, gap.stop)
    tests: tuple[Callable[[int], bool], ...] = (
        lambda place: _title_like(blocks[place], verdicts[place], shapes[place]),
        lambda place: verdicts[place].label in (Label.BYLINE, Label.DATE, Label.SUMMARY),
    )
    for test in tests:
        if (place := next(filter(test, gap), None)) is not None:
            return place
    return gap.stop


_CLOSING = frozenset({Label.CREDIT, Label.PROMO, Label.RELATED, Label.LEGAL, Label.COMMENT})


# Distances


def _distances(words: Sequence[int], titled: Sequence[bool], end: int) -> list[dict[str, float]]:
    """For each place the words to the nearest headlines above and below, and how many the page has: a round-up has them
    close together. `words` count the text above each place, and `titled` says where a headline stands."""
    edges = [0, *(place for place, title in zip(words, titled, strict=True) if title), end]
    many = log1p(len(edges) - 2)
    found = []
    passed = 0
    for place, title in zip(words, titled, strict=True):
        since = log1p(min(FAR, place - edges[passed]))
        passed += title
        until = log1p(min(FAR, edges[passed + 1] - place)) if title else 0.0
        found.append({"titles": many, "since_title": since, "until_title": until})
    return found
