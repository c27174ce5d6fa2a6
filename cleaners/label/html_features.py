"""What the learned scorer sees of the blocks of an HTML page, as arrays.

Nearly all of it is counted on whole arrays: a box is a span over the page's blocks, so whatever is known of blocks is
known of boxes by differences of running sums, and characters are classified for the page in one go.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleaners.data import Block, Box, Surroundings

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

BUCKETS = 1 << 17
"""What class names, tags and words are hashed into. Which buckets mean something is for the scorer to know."""

LEVELS = 6
"""Boxes around a block that are looked at: its own, and those that hold more than the one before."""

LONG = 80
"""Characters from which a block with few links counts as prose."""

PROSE_LINKS = 0.3
PROSE_KIND = 0.15
"""Share of the page's prose that stands in boxes of one tag and class, from which they are a kind for prose."""

SUMMARISED = 0.8
EDGE_WORDS = 3
NAMES_AT_MOST = 12
DEPTH_LIMIT = 40

TAGS = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "blockquote", "figcaption", "pre",
        "section", "article", "button", "label", "dt", "dd", "header", "footer", "figure", "body", "nav", "aside",
        "ul", "form", "address", "main", "summary")  # fmt: skip
AREAS = ("article", "main", "aside", "nav", "header", "footer", "figure", "figcaption", "table", "ul", "ol", "form",
         "blockquote", "p", "li", "section", "button", "dl")  # fmt: skip

_TAG_NUMBER = {tag: number for number, tag in enumerate(TAGS, 1)}
_AREA_BIT = {tag: 1 << number for number, tag in enumerate(AREAS)}
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")

_CHARACTER_CLASSES = ("0123456789", ",;，、،", ".!?。！？…।؟", "\"'“”„«»‘’「」", "|/•·›>→»+@#©®", ":：", "-–—", "()[]")
_CLASSES = len(_CHARACTER_CLASSES) + 2  # and upper case, and the rest
_TABLE = np.full(0x3100, len(_CHARACTER_CLASSES) + 1, np.uint8)
for _code in range(0x590):
    if chr(_code).isupper():
        _TABLE[_code] = len(_CHARACTER_CLASSES)
for _number, _alike in enumerate(_CHARACTER_CLASSES):
    for _character in _alike:
        if ord(_character) < len(_TABLE):
            _TABLE[ord(_character)] = _number


_ONE_HOT = np.eye(len(TAGS) + 1, dtype=np.float32)


class Features(NamedTuple):
    """A page of n blocks: `dense` is (n, columns); the rest are bags of hashed names and words.

    `names` holds the buckets of all boxes one after another and `name_starts` where each box begins; `boxes` is
    (n, LEVELS), the boxes around each block. `words` and `word_starts` are the same for the words of the blocks and
    for the classes of the inline elements inside them. `sizes` are the blocks' characters, and `kinds`
    numbers the tags and names of their boxes. `prose` says which blocks are prose, `in_prose` which ones stand in
    boxes of a kind that holds much of the page's prose, and `summarised` which ones after the headline say what the
    page's summary says.
    """

    dense: Floats
    names: Ints
    name_starts: Ints
    boxes: Ints
    words: Ints
    word_starts: Ints
    sizes: Floats
    kinds: Ints
    prose: NDArray[np.bool_]
    in_prose: NDArray[np.bool_]
    summarised: NDArray[np.bool_]


class Witness(NamedTuple):
    """What the page's metadata say about the story: neither complete nor exact, but telling."""

    article_body: str | None = None
    title: str | None = None
    summary: str | None = None


def features(blocks: Sequence[Block], witness: Witness = Witness()) -> Features:  # noqa: B008 (a frozen value)
    """The features of a page's blocks."""
    around = [block.surroundings or _NOWHERE for block in blocks]
    texts = [block.text for block in blocks]
    counts = _counts(texts, around)
    boxes = _Boxes([place.box for place in around], counts)
    testimony, kinds = _testimony(texts, witness), boxes.kinds()
    title = _after_title(boxes, counts, testimony[:, _TITLE])
    dense = [_own(texts, counts), boxes.tags(), _position(counts), boxes.contents(), kinds, testimony, title]
    names, name_starts = _bags(boxes.names())
    words, word_starts = _bags([_words(t) + _names("", s.names) for t, s in zip(texts, around, strict=True)])
    return Features(
        dense=np.concatenate(dense, axis=1),
        names=names,
        name_starts=name_starts,
        boxes=boxes.levels,
        words=words,
        word_starts=word_starts,
        sizes=counts.chars,
        kinds=boxes.kind,
        prose=counts.prose > 0,
        in_prose=kinds[:, 0] >= PROSE_KIND,
        summarised=(testimony[:, _SUMMARY] > SUMMARISED) & (title[:, 1] > 0),
    )


class _Counts(NamedTuple):
    """What is counted in each block, (n,) each but for `characters`, (n, classes)."""

    chars: Floats
    words: Floats
    linked: Floats
    links: Floats
    strong: Floats
    emphasised: Floats
    prose: Floats
    characters: Floats


def _counts(texts: list[str], around: list[Surroundings]) -> _Counts:
    chars = np.array([len(text) for text in texts], np.float32)
    marks = np.array([(s.linked, s.links, s.strong, s.emphasised) for s in around], np.float32).reshape(-1, 4)
    linked = np.minimum(marks[:, 0], chars)
    words = np.array([text.count(" ") + 1 for text in texts], np.float32)
    prose = np.where((chars >= LONG) & (linked <= PROSE_LINKS * chars), chars, 0).astype(np.float32)
    return _Counts(chars, words, linked, marks[:, 1], marks[:, 2], marks[:, 3], prose, _characters(texts, chars))


def _characters(texts: list[str], chars: Floats) -> Floats:
    """How many characters of each class each text has."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _TABLE[np.minimum(codes, len(_TABLE) - 1)]
    block = np.repeat(np.arange(len(texts)), chars.astype(np.int64))
    table = np.bincount(block * _CLASSES + classes, minlength=len(texts) * _CLASSES)
    return table.reshape(len(texts), _CLASSES).astype(np.float32)


def _own(texts: list[str], counts: _Counts) -> Floats:
    """What a block says of itself."""
    chars, repeats = counts.chars, Counter(texts)
    ends = np.array([_edges(text) for text in texts], np.float32)
    columns = [
        np.log1p(chars),
        np.log1p(counts.words),
        chars / counts.words,
        counts.linked / chars,
        np.minimum(counts.links, 10) / 5,
        np.minimum(counts.strong / chars, 1),
        np.minimum(counts.emphasised / chars, 1),
        np.minimum(chars, 1000) / 300,
        np.log1p(counts.characters[:, 1]),
        np.log1p(counts.characters[:, 2]),
        np.array([min(repeats[text], 4) - 1 for text in texts], np.float32),
    ]
    return np.concatenate([np.stack(columns, 1), counts.characters[:, :-1] / chars[:, None], ends], 1)


def _unpacked(bits: Ints, count: int) -> Floats:
    """The lowest bits of each number, as columns of 0 and 1."""
    return ((bits[:, None] >> np.arange(count)) & 1).astype(np.float32)


def _edges(text: str) -> tuple[bool, ...]:
    first, last = text[0], text[-1]
    return (
        first.isupper(),
        first.islower(),
        first.isdigit(),
        first in "\"'“„«»‘",
        last in ".!?…。！？।؟",
        last in "\"'”“»’",
        last == ":",
        last.isalpha(),
        last.isdigit(),
    )


def _position(counts: _Counts) -> Floats:
    """Where a block stands on the page, in blocks, in characters and in characters of prose."""
    sums = [np.cumsum(c) for c in (np.ones_like(counts.chars), counts.chars, counts.prose)]
    shares = [s / max(float(s[-1]), 1.0) for s in sums]
    size = [np.full_like(counts.chars, np.log1p(s[-1]) / 5) for s in sums]
    return np.stack([*shares, *size], 1).astype(np.float32)


class _Boxes:
    """The boxes that hold the blocks of a page, in document order, so that a box stands behind its parent."""

    def __init__(self, own: list[Box], counts: _Counts) -> None:
        found: dict[int, Box] = {}
        for box in own:
            outer: Box | None = box
            while outer is not None and outer.number not in found:
                found[outer.number] = outer
                outer = outer.parent
        self.all = [found[number] for number in sorted(found)]
        place = {box.number: at for at, box in enumerate(self.all)}
        self.own = np.array([place[box.number] for box in own])
        self.parents = [place[box.parent.number] if box.parent else 0 for box in self.all]
        told = np.array([(box.start, box.stop, box.depth, box.images, box.controls) for box in self.all])
        start, stop, depth = told[:, :3].T
        self.start = np.minimum(start, len(own) - 1)
        self.stop = np.clip(stop, self.start + 1, len(own))
        self.depth = np.minimum(depth, DEPTH_LIMIT).astype(np.float32)
        self.pictures = told[:, 3:].astype(np.float32)
        self.counts = counts
        self.levels = self._levels()
        kinds: dict[tuple[str, str], int] = {}
        self.kind = np.array([kinds.setdefault((box.tag, box.names), len(kinds)) for box in self.all])[self.own]

    def _levels(self) -> Ints:
        """For each block its own box, and LEVELS - 1 more of which each holds more than the one before."""
        holder = np.array(self.parents)
        self.alike = (self.start[holder] == self.start) & (self.stop[holder] == self.stop)
        for _ in range(LEVELS):  # a wrapper that holds nothing else tells nothing new
            alike = (self.start[holder] == self.start) & (self.stop[holder] == self.stop)
            holder = np.where(alike, holder[holder], holder)
        levels = [self.own]
        for _ in range(LEVELS - 1):
            levels.append(holder[levels[-1]])
        return np.stack(levels, 1)

    def names(self) -> list[tuple[int, ...]]:
        """The buckets of each box's names, and those of the wrappers around it that hold nothing else."""
        bags: list[tuple[int, ...]] = []
        for box, parent, alike in zip(self.all, self.parents, self.alike.tolist(), strict=True):
            own = _names(box.tag, box.names)
            bags.append(own + bags[parent][:NAMES_AT_MOST] if alike and bags else own)
        return bags

    def tags(self) -> Floats:
        """The tag of the block's box, one-hot, and the areas of the page around it."""
        bits: list[int] = []
        for box, parent in zip(self.all, self.parents, strict=True):
            bits.append(_AREA_BIT.get(box.tag, 0) | (bits[parent] if bits else 0))
        number = np.array([_TAG_NUMBER.get(box.tag, 0) for box in self.all])
        areas = _unpacked(np.array(bits)[self.own], len(AREAS))
        return np.concatenate([_ONE_HOT[number[self.own]], areas, self.depth[self.own, None] / 10], 1)

    def contents(self) -> Floats:
        """What the boxes around a block hold, and where in them it stands."""
        c = self.counts
        chars, linked, prose, short = (self._total(v) for v in (c.chars, c.linked, c.prose, (c.chars < LONG) * 1.0))
        size = (self.stop - self.start).astype(np.float32)
        everything = np.stack(
            [
                np.log1p(chars),
                linked / chars,
                prose / chars,
                prose / max(float(c.prose.sum()), 1.0),
                np.log1p(size),
                short / size,
                np.log1p(prose),
                np.log1p(chars / size),
            ],
            1,
        )
        at = np.arange(len(self.own))[:, None]
        within = (at - self.start[self.levels[:, 1:]]) / size[self.levels[:, 1:]]
        pictures = np.log1p(self.pictures[self.levels[:, :3]].reshape(len(self.own), -1))
        around = everything[self.levels].reshape(len(self.own), -1)
        return np.concatenate([around, within, pictures], 1).astype(np.float32)

    def kinds(self) -> Floats:
        """How much of the page's prose, and of its characters, stands in boxes of the same tag and names."""
        c, own = self.counts, self.kind
        prose, chars, linked = (np.bincount(own, v) for v in (c.prose, c.chars, c.linked))
        shares = [prose / max(prose.sum(), 1), prose / chars.clip(1), linked / chars.clip(1), np.log1p(chars)]
        table: Floats = np.stack(shares, 1, dtype=np.float32)[own]
        return table

    def is_headline(self) -> NDArray[np.bool_]:
        """Which blocks stand in an h1."""
        headline: NDArray[np.bool_] = np.array([box.tag == "h1" for box in self.all])[self.own]
        return headline

    def _total(self, values: NDArray[Any]) -> Floats:
        sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
        total: Floats = (sums[self.stop] - sums[self.start]).astype(np.float32)
        return total


def _testimony(texts: list[str], witness: Witness) -> Floats:
    """For each witness whether there is one, and which share of each block it bears out."""
    table = np.zeros((len(texts), 2 * len(witness)), np.float32)
    if any(witness):
        own = [_pairs(text.split()) for text in texts]
        for number, (told, limit) in enumerate(zip(witness, _TESTED, strict=True)):
            if told:
                known = _pairs(told.split())
                table[:, 2 * number] = 1
                table[:, 2 * number + 1] = [
                    len(pairs & known) / len(pairs) if len(text) < limit else 0.0
                    for text, pairs in zip(texts, own, strict=True)
                ]
    return table


_TESTED = (100_000, 300, 2_000)
"""Characters up to which a block is held against the article body, the title, and the summary."""

_TITLE, _SUMMARY = 3, 5
"""The columns of the testimony that say how much of a block is in the title and in the summary."""


def _pairs(words: list[str]) -> set[tuple[str, str]]:
    """Each word with the next one, the first also with nothing before it, so that one word has a pair too."""
    return set(zip(["", *words], words, strict=False))


def _after_title(boxes: _Boxes, counts: _Counts, titled: Floats) -> Floats:
    """Whether the headline comes before a block, and how far away it is: the best witnessed one, or the first h1."""
    score = titled * (titled > 0.6) + boxes.is_headline() * (titled.max(initial=0) <= 0.6)
    if not score.any():
        return np.zeros((len(titled), 4), np.float32)
    title = int(score.argmax())
    distance = np.arange(len(titled)) - title
    prose = np.cumsum(counts.prose)
    since = np.log1p(np.maximum(prose - prose[title], 0)) / 5
    far = np.log1p(np.abs(distance)) / 3
    return np.stack([np.ones_like(titled), distance > 0, far * np.sign(distance), since], 1).astype(np.float32)


def _bags(bags: list[tuple[int, ...]]) -> tuple[Ints, Ints]:
    """Bags of buckets one after another, and where each begins. An empty bag holds bucket 0."""
    filled = [bag or (0,) for bag in bags]
    sizes = np.array([len(bag) for bag in filled])
    buckets = np.fromiter(chain.from_iterable(filled), np.int64, int(sizes.sum()))
    return buckets, np.concatenate([[0], np.cumsum(sizes)[:-1]])


@lru_cache(maxsize=20_000)
def _names(tag: str, names: str) -> tuple[int, ...]:
    """The buckets of a tag and of the words that class names and ids are made of: `relatedTeaser-box` has three."""
    parts = [part.lower() for part in _NAME.findall(names[:400])][:NAMES_AT_MOST]
    if tag:
        parts.append("<" + tag)
    return tuple(_bucket("." + part) for part in parts)


def _words(text: str) -> tuple[int, ...]:
    """The buckets of the first words of a text and of its last."""
    words = text[:200].lower().split(" ", EDGE_WORDS)[:EDGE_WORDS]
    return tuple(map(_bucket, ("^" + words[0], *words, text[-60:].lower().rsplit(" ", 1)[-1] + "$")))


@lru_cache(maxsize=50_000)
def _bucket(word: str) -> int:
    return crc32(word.encode("utf-8", "replace")) % BUCKETS


_NOWHERE = Surroundings(Box("", "", "", 0, 0, 0, None, 0, 1), "", 0, 0, 0, 0)
