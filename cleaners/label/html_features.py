"""The features of the blocks of an HTML page, as arrays, for the learned scorer.

Nearly all are computed on whole arrays: the contents of boxes in `html_boxes`, the characters of the page at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleaners.data import Block, Box, Surroundings
from cleaners.label.html_boxes import LONG, Boxes, Floats, Ints
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import SENTENCE_ENDS, count_words, hold_wide

BUCKETS = 1 << 17
"""Hash buckets of class names, tags and words. The scorer has embeddings for some of them."""

LETTERS_A_WORD = 6
"""Characters by which a word of a script without spaces counts in the length of a block: as many as a word and its
space have in other scripts. Such scripts say as much with a third of the characters."""

PROSE_LINKS = 0.3
PROSE_KIND = 0.15
"""Share of the page's prose that stands in boxes of one tag and class, from which they are a kind for prose."""

SUMMARISED = 0.8
EDGE_WORDS = 3
NAMES_AT_MOST = 12
NAME_CHARACTERS = 400

Bag = bytes
"""Buckets as whole numbers of C: a page's thousands of them are put together in half of the time that tuples take."""

BUCKET_BYTES = np.dtype(np.intc).itemsize

_NAME = lazy_pattern(r"[A-Z]?[a-z]+|[A-Z]+")

_CHARACTER_CLASSES = ("0123456789", ",;、،", ".!?。…।؟۔॥။៕។།༎։።", "\"'“”„«»‘’「」", "|/•·›>→»+@#©®", ":", "-–—", "()[]")
_CLASSES = len(_CHARACTER_CLASSES) + 2  # and upper case, and the rest
_TABLE = np.full(0x3100, len(_CHARACTER_CLASSES) + 1, np.uint8)
for _code in range(0x590):
    if chr(_code).isupper():
        _TABLE[_code] = len(_CHARACTER_CLASSES)
for _number, _alike in enumerate(_CHARACTER_CLASSES):
    for _character in _alike:
        _TABLE[ord(_character)] = _number


class Features(NamedTuple):
    """A page of n blocks: `dense` is (n, columns); the rest are bags of hashed names and words.

    `names` holds the buckets of all boxes one after another and `name_starts` where each box begins; `boxes` is
    (n, LEVELS), the boxes around each block. `words` and `word_starts` are the same for the words of the blocks and
    for the classes of the inline elements inside them. `sizes` are the blocks' characters, and `kinds`
    numbers the tags and names of their boxes. `prose` marks the blocks that are prose, `in_prose` those in boxes of a
    kind that holds much of the page's prose, and `summarised` those after the headline that repeat the page's
    summary.
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


class MetadataHints(NamedTuple):
    """What the page's metadata state about the story; it may be incomplete or inexact."""

    article_body: str | None = None
    title: str | None = None
    summary: str | None = None


def features(blocks: Sequence[Block], hints: MetadataHints = MetadataHints()) -> Features:  # noqa: B008 (a frozen value)
    """The features of a page's blocks."""
    around = [block.surroundings or _NOWHERE for block in blocks]
    texts = [block.text for block in blocks]
    counts = _counts(texts, around)
    boxes = Boxes([own.box for own in around], counts.chars, counts.linked, counts.prose)
    overlaps, kinds = _metadata_overlap(texts, hints), boxes.kinds()
    title = _after_title(boxes, counts, overlaps[:, _TITLE])
    dense = [_own(texts, counts), boxes.tags(), _position(counts), boxes.contents(), kinds, overlaps, title]
    names, name_starts = _bags(_box_names(boxes))
    words, word_starts = _word_bags(blocks)
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
        summarised=(overlaps[:, _SUMMARY] > SUMMARISED) & (title[:, 1] > 0),
    )


class _Counts(NamedTuple):
    """What is counted in each block, (n,) each but for `characters`, (n, classes)."""

    chars: Floats
    length: Floats
    words: Floats
    linked: Floats
    links: Floats
    strong: Floats
    emphasised: Floats
    prose: Floats
    characters: Floats


def _counts(texts: list[str], around: list[Surroundings]) -> _Counts:
    chars = np.array([len(text) for text in texts], np.float32)
    marks = np.fromiter(chain.from_iterable(map(_MARKS, around)), np.float32, 4 * len(around)).reshape(-1, 4)
    linked = np.minimum(marks[:, 0], chars)
    words = spaced = np.array([text.count(" ") + 1 for text in texts], np.float32)
    length = chars
    if hold_wide(texts):
        words = np.array([count_words(text) for text in texts], np.float32)
        length = np.where(words > spaced, np.maximum(chars, LETTERS_A_WORD * words), chars).astype(np.float32)
    prose = np.where((length >= LONG) & (linked <= PROSE_LINKS * chars), chars, 0).astype(np.float32)
    return _Counts(
        chars, length, words, linked, marks[:, 1], marks[:, 2], marks[:, 3], prose, _characters(texts, chars)
    )


_MARKS = attrgetter("linked", "links", "strong", "emphasised")


def _characters(texts: list[str], chars: Floats) -> Floats:
    """How many characters of each class each text has."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _TABLE.take(codes, mode="clip")
    block = np.repeat(np.arange(len(texts)), chars.astype(np.int64))
    table = np.bincount(block * _CLASSES + classes, minlength=len(texts) * _CLASSES)
    return table.reshape(len(texts), _CLASSES).astype(np.float32)


def _own(texts: list[str], counts: _Counts) -> Floats:
    """The features of a block by itself."""
    chars, repeats = counts.chars, Counter(texts)
    edges = b"".join([_edges(text[0], text[-1]) for text in texts])
    ends = np.frombuffer(edges, np.uint8).reshape(len(texts), -1).astype(np.float32)
    columns = [
        np.log1p(counts.length),
        np.log1p(counts.words),
        chars / counts.words,
        counts.linked / chars,
        np.minimum(counts.links, 10) / 5,
        np.minimum(counts.strong / chars, 1),
        np.minimum(counts.emphasised / chars, 1),
        np.minimum(counts.length, 1000) / 300,
        np.log1p(counts.characters[:, 1]),
        np.log1p(counts.characters[:, 2]),
        np.minimum(np.fromiter(map(repeats.__getitem__, texts), np.float32, len(texts)), 4) - 1,
    ]
    return np.concatenate([np.stack(columns, 1), counts.characters[:, :-1] / chars[:, None], ends], 1)


@lru_cache(maxsize=5_000)
def _edges(first: str, last: str) -> bytes:
    """What the first and the last character of a block are: a byte for each question, 1 for yes."""
    return bytes(
        (
            first.isupper(),
            first.islower(),
            first.isdigit(),
            first in "\"'“„«»‘",
            last in SENTENCE_ENDS,
            last in "\"'”“»’」』",
            last == ":",
            last.isalpha(),
            last.isdigit(),
        )
    )


def _position(counts: _Counts) -> Floats:
    """Where a block stands on the page, in blocks, in characters and in characters of prose."""
    sums = [np.cumsum(c) for c in (np.ones_like(counts.chars), counts.chars, counts.prose)]
    shares = [s / max(float(s[-1]), 1.0) for s in sums]
    size = [np.full_like(counts.chars, np.log1p(s[-1]) / 5) for s in sums]
    return np.stack([*shares, *size], 1).astype(np.float32)


def _metadata_overlap(texts: list[str], hints: MetadataHints) -> Floats:
    """For each hint whether there is one, and the share of the word pairs of each block that it holds: (n, 6)."""
    table = np.zeros((len(texts), len(hints), 2), np.float32)
    accounts = [account.split() if account else [] for account in hints]
    vocabulary = set(chain.from_iterable(accounts))
    known = [
        (number, limit, _pairs(account))
        for number, (account, limit) in enumerate(zip(accounts, _TESTED, strict=True))
        if account
    ]
    for index, text in enumerate(texts if known else ()):
        words = text.split()
        if vocabulary.isdisjoint(words):
            continue  # as most of a menu
        own = _pairs(words)
        for number, limit, pairs in known:
            if len(text) < limit and not pairs.isdisjoint(own):
                table[index, number, 1] = len(own & pairs) / len(own)
    for number, *_ in known:
        table[:, number, 0] = 1
    return table.reshape(len(texts), -1)


def overlap(texts: Sequence[str], account: str) -> Floats:
    """The share of the word pairs of each text that an account of the story holds, 0 to 1; (n,).

    >>> overlap(["the pier is new", "the pier burned down"], "Today the pier is new.").tolist()
    [0.5, 0.25]
    """
    pairs = _pairs(account.split())
    own = [_pairs(text.split()) for text in texts]
    return np.array([len(pairs & its) / max(len(its), 1) for its in own], np.float32)


_TESTED = (100_000, 300, 2_000)
"""Characters up to which a block is compared with the article body, the title, and the summary."""

_TITLE, _SUMMARY = 3, 5
"""The columns of the overlaps with the title and with the summary."""


def _pairs(words: list[str]) -> set[tuple[str, str]]:
    """Each word with the next one, the first also with nothing before it, so that one word has a pair too."""
    return set(zip(["", *words], words, strict=False))


def _after_title(boxes: Boxes, counts: _Counts, titled: Floats) -> Floats:
    """Whether the headline comes before a block, and how far away it is. The headline is the block that the stated
    title repeats most, or the first `h1`."""
    score = titled * (titled > 0.6) + boxes.is_headline() * (titled.max(initial=0) <= 0.6)
    if not score.any():
        return np.zeros((len(titled), 4), np.float32)
    title = int(score.argmax())
    distance = np.arange(len(titled)) - title
    prose = np.cumsum(counts.prose)
    since = np.log1p(np.maximum(prose - prose[title], 0)) / 5
    far = np.log1p(np.abs(distance)) / 3
    return np.stack([np.ones_like(titled), distance > 0, far * np.sign(distance), since], 1).astype(np.float32)


def _bags(bags: list[Bag]) -> tuple[Ints, Ints]:
    """The buckets of all bags one after another, and where each begins. An empty bag holds bucket 0."""
    filled = [bag or _EMPTY for bag in bags]
    starts = np.cumsum([0, *map(len, filled)])[:-1] // BUCKET_BYTES
    return np.frombuffer(b"".join(filled), np.intc).astype(np.int64), starts


@lru_cache(maxsize=20_000)
def _names(tag: str, names: str) -> Bag:
    """The buckets of a tag and of the words that class names and ids are made of: `relatedTeaser-box` has three."""
    words = (*_name_words(names), ".<" + tag) if tag else _name_words(names)
    return _buckets(words).astype(np.intc).tobytes() if words else b""


def _box_names(boxes: Boxes) -> list[Bag]:
    """The buckets of each box's names, and those of the wrappers around it that hold nothing else."""
    kinds = [_names(tag, names) for tag, names in boxes.all_kinds]
    bags: list[Bag] = []
    for kind, parent, alike in zip(boxes.kind_of_all, boxes.parents, boxes.alike.tolist(), strict=True):
        own = kinds[kind]
        bags.append(own + bags[parent][: NAMES_AT_MOST * BUCKET_BYTES] if alike and bags else own)
    return bags


def _word_bags(blocks: Sequence[Block]) -> tuple[Ints, Ints]:
    """The buckets of the first words of each block, of its last, and of the names of the inline elements inside, one
    block after another, and where each begins.

    All words of the page are folded and encoded at once, which takes a fifth of the time of one by one.
    """
    words: list[str] = []
    starts: list[int] = []
    for block in blocks:
        text, around = block.text, block.surroundings
        starts.append(len(words))
        if len(text) <= TAIL:
            parts = text.split(" ")
            last = parts[-1]
        else:
            parts = text[:HEAD].split(" ", EDGE_WORDS)
            last = text[-TAIL:].rsplit(" ", 1)[-1]
        words.append("^" + parts[0])
        words += parts[:EDGE_WORDS]
        words.append(last + "$")
        if around and around.names:
            words += _name_words(around.names)
    return _buckets(words), np.array(starts)


HEAD, TAIL = 200, 60
"""Characters at the ends of a block in which its first and its last words are looked for."""


@lru_cache(maxsize=20_000)
def _name_words(names: str) -> tuple[str, ...]:
    """The words that class names and ids are made of, each as the name of its bucket."""
    return tuple("." + part for part in _NAME.findall(names[:NAME_CHARACTERS])[:NAMES_AT_MOST])


def _buckets(words: Sequence[str]) -> Ints:
    """The buckets of words, which hold no white space, in small letters."""
    encoded = "\n".join(words).lower().encode("utf-8", "replace").split(b"\n")
    return np.fromiter(map(crc32, encoded), np.int64, len(words)) % BUCKETS


_EMPTY = bytes(BUCKET_BYTES)
_NOWHERE = Surroundings(Box("", "", "", 0, 0, 0, None, 0, 1), "", 0, 0, 0, 0)
