"""What the learned scorer sees of the lines of a plain-text dump, as arrays.

A dump has no markup, so a line is known by its shape (length, punctuation, casing), by its first and last words, by
what stands around it, by how it repeats the page and by the white space that sets it off: dumps keep the layout of
the markup, its blank lines and indents, and a text node inside a sentence keeps the space at its end. Nearly all of it
is counted on whole arrays; of a line longer than SAMPLE only its two ends are looked at, so that the cost of a page is
linear in its number of lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleaners.words.patterns import lazy_pattern

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Numbers = NDArray[np.float64] | NDArray[np.int64] | NDArray[np.bool_]
Bools = NDArray[np.bool_]

SAMPLE = 1200
"""Characters of a line that are looked at: this many, half from each end."""

NO_WORD = -1
"""What an empty bag holds."""

COUNT_SLOTS = 1 << 16
"""Counters that the words of a page share by their hashes."""

HEAD_WORDS, TAIL_WORDS = 6, 4
"""Words at the ends of a line that the scorer reads as such."""

PROSE_WORDS = 8
"""Words from which a line that ends as a sentence does counts as prose."""

PROSE_CHARACTERS = 600
"""A line of prose weighs its length, up to this."""

TITLE_WORDS = range(4, 30)
WINDOWS = (1, 2, 5, 15, 50)
"""Lines to each side over which prose is summed up."""

REACHES = (2, 6, 20)
"""Lines to each side within which the words of a line are looked for again: a story keeps to its words."""

WIDEST_INDENT, WIDEST_GAP = 100, 50
"""Spaces and lines above which white space says no more."""

SPACING_COLUMNS = 10
"""The last columns of `Lines.dense`: those that white space alone decides."""

IDEOGRAPHS_A_WORD = 2
"""Chinese and Japanese set no spaces; this many characters count as a word."""

_WORD = lazy_pattern(r"[\u3040-\u9fff]{1,2}|[^\W\u3040-\u9fff]+")
_NOTHING = -2
_HASH = 0xFFFFFFFF
_DIGITS = str.maketrans("123456789", "000000000")

_CLASSES = (
    "0123456789",
    ",;،、،",
    ".!?。！？…।؟۔॥။៕។།༎։።",
    "\"'“”„«»‘’「」",
    "|/•·›→»+@#©®_=*",
    ":：",
    "-–—",
    "()[]",
    " ",
)
_UPPER, _LOWER, _CASELESS, _IDEOGRAPH, _OTHER = range(len(_CLASSES), len(_CLASSES) + 5)
_DIGIT, _COMMA, _END, _QUOTE, _SYMBOL, _COLON, _DASH, _BRACKET, _SPACE = range(len(_CLASSES))


class Lines(NamedTuple):
    """The lines of a dump: `dense` is (n, columns); `words` are hashes of words and of pairs of words, in 2 n bags.

    Bags 0 to n - 1 hold the first words of the lines, the others the last; `starts` is where each bag begins.
    """

    dense: NDArray[np.float32]
    words: Ints
    starts: Ints


def text_features(lines: Sequence[str], spaces: Sequence[str] | None = None) -> Lines:
    """The features of the non-blank lines of a dump, white space folded.

    `spaces` is the white space before each line, from the end of the one before (`Block.before`); where it is not
    known, each line counts as set on a line of its own, without indent.
    """
    samples = [line if len(line) <= SAMPLE else f"{line[: SAMPLE // 2]} {line[-SAMPLE // 2 :]}" for line in lines]
    shape = _Shape(lines, samples)
    vocabulary = _Vocabulary(samples)
    prose = shape.sentence & (shape.words >= PROSE_WORDS)
    dense = np.column_stack(
        [
            shape.columns(),
            *vocabulary.columns(prose),
            *_repetition(samples),
            *_position(shape.length * prose),
            *spacing(["\n"] * len(lines) if spaces is None else spaces, prose),
        ]
    ).astype(np.float32)
    return Lines(dense, *vocabulary.bags())


class _Shape:
    """Counts of characters, on all lines at once."""

    def __init__(self, lines: Sequence[str], samples: Sequence[str]) -> None:
        self.length = np.fromiter(map(len, lines), np.float64, len(lines))
        sampled = np.fromiter(map(len, samples), np.int64, len(samples))
        self._stops = np.cumsum(sampled)
        self._starts = self._stops - sampled
        codes = np.frombuffer("".join(samples).encode("utf-32-le", "surrogatepass"), np.uint32)
        self._classes = _table()[np.minimum(codes, len(_table()) - 1)]
        self._sampled = sampled.astype(np.float64)
        ideographs = self._count(_IDEOGRAPH) / IDEOGRAPHS_A_WORD
        self.words = (self._count(_SPACE) + 1 + ideographs) * self.length / self._sampled
        self.last = self._classes[self._stops - 1]
        before_last = self._classes[np.maximum(self._stops - 2, self._starts)]
        self.sentence = (self.last == _END) | ((before_last == _END) & np.isin(self.last, (_QUOTE, _BRACKET)))

    def columns(self) -> Floats:
        letters = np.maximum(sum(self._count(kind) for kind in (_UPPER, _LOWER, _CASELESS, _IDEOGRAPH)), 1)
        first = self._classes[self._starts]
        capitals = self._word_starts(_UPPER)
        shares = [self._count(kind) / self._sampled for kind in (_DIGIT, _COMMA, _END, _QUOTE, _SYMBOL, _DASH)]
        flags = [
            self.sentence,
            *(self.last == kind for kind in (_COLON, _COMMA, _LOWER, _UPPER, _DIGIT, _QUOTE, _SYMBOL)),
        ]
        flags += [first == kind for kind in (_UPPER, _LOWER, _DIGIT, _QUOTE, _SYMBOL, _DASH, _BRACKET)]
        counts = [self._count(kind) for kind in (_COMMA, _END, _QUOTE, _SYMBOL, _COLON, _BRACKET)]
        return np.column_stack(
            [
                np.log1p(self.length),
                np.log1p(self.words),
                np.minimum(self.length / self.words, 30),
                self._count(_UPPER) / letters,
                capitals / self.words,
                *shares,
                *flags,
                *(np.log1p(count) for count in counts),
                self.length > SAMPLE,
            ]
        )

    def _count(self, kind: int) -> Floats:
        return self._sum(self._classes == kind)

    def _word_starts(self, kind: int) -> Floats:
        """How many words begin with a character of this kind."""
        after_space = np.empty(len(self._classes), np.bool_)
        after_space[1:] = self._classes[:-1] == _SPACE
        after_space[self._starts] = True
        return self._sum(after_space & (self._classes == kind))

    def _sum(self, flags: Bools) -> Floats:
        sums: Floats = np.add.reduceat(flags, self._starts, dtype=np.float64)
        return sums


class _Vocabulary:
    """The words of all lines, by their hashes."""

    def __init__(self, samples: Sequence[str]) -> None:
        lines = [_WORD.findall(sample) for sample in samples]
        self._sizes = np.fromiter(map(len, lines), np.int64, len(lines))
        self._starts = np.cumsum(self._sizes) - self._sizes
        self._line = np.repeat(np.arange(len(lines)), self._sizes)
        hashes = np.fromiter(map(_hashed, chain.from_iterable(lines)), np.int64, int(self._sizes.sum()))
        self._stop = (hashes & 1).astype(np.bool_)
        self._codes = hashes >> 1

    def columns(self, prose: Bools) -> list[Floats]:
        """The share of stop words, and how much of the rest prose and headline say as well."""
        slots = self._codes % COUNT_SLOTS
        content = ~self._stop
        gaps = self._gaps(content)
        in_prose = prose[self._line]
        counts = np.bincount(slots[in_prose & content], minlength=COUNT_SLOTS)
        elsewhere = np.where(content, counts[slots] - in_prose, 0)
        headline = np.zeros(COUNT_SLOTS, np.bool_)
        headline[slots[self._headline()]] = True
        size = np.maximum(self._per_line(content), 1)
        return [
            self._per_line(self._stop) / np.maximum(self._sizes, 1),
            self._per_line(elsewhere > 0) / size,
            self._per_line(np.log1p(elsewhere)) / size,
            self._per_line(headline[slots] & content) / size,
            *(self._per_line(gaps <= reach) / size for reach in REACHES),
        ]

    def _gaps(self, content: Bools) -> Ints:
        """For each word the lines to the nearest other one that has it; very many for a stop word and for one that
        stands on no other line."""
        far = len(self._sizes) + max(REACHES)
        indices = np.flatnonzero(content)
        order = indices[np.argsort(self._codes[indices], kind="stable")]
        codes, lines = self._codes[order], self._line[order]
        # The places of one word stand in a row, in the order of their lines; those on one line share their neighbours.
        first = np.append(True, (codes[1:] != codes[:-1]) | (lines[1:] != lines[:-1]))[: len(order)]
        group = np.cumsum(first) - 1
        codes, lines = codes[first], lines[first]
        steps = np.where(codes[1:] == codes[:-1], lines[1:] - lines[:-1], far)
        nearest = np.minimum(np.append(far, steps)[: len(codes)], np.append(steps, far)[: len(codes)])
        gaps = np.full(len(self._codes), far)
        gaps[order] = nearest[group]
        return gaps

    def bags(self) -> tuple[Ints, Ints]:
        """The hashes in all bags, and where each bag begins; an empty bag holds NO_WORD."""
        head = self._bags(self._starts, np.minimum(self._sizes, HEAD_WORDS), HEAD_WORDS)
        tails = np.minimum(self._sizes, TAIL_WORDS)
        tail = self._bags(self._starts + self._sizes - tails, tails, TAIL_WORDS)
        filled = [half != _NOTHING for half in (head, tail)]
        sizes = np.concatenate([indices.sum(axis=1) for indices in filled])
        return np.concatenate([head[filled[0]], tail[filled[1]]]), np.cumsum(sizes) - sizes

    def _bags(self, starts: Ints, sizes: Ints, width: int) -> Ints:
        """Words and pairs of neighbours, (lines, 2 width); _NOTHING where there is none."""
        codes = np.append(self._codes, 0)
        indices = np.minimum(starts[:, None] + np.arange(width), len(self._codes))
        words = codes[indices]
        pairs = (31 * words[:, :-1] + words[:, 1:]) & _HASH
        inside = np.arange(width) < sizes[:, None]
        hashes = np.concatenate([words, pairs], axis=1)
        hashes[~np.concatenate([inside, inside[:, 1:]], axis=1)] = _NOTHING
        return np.concatenate([hashes, np.where(sizes == 0, NO_WORD, _NOTHING)[:, None]], axis=1)

    def _headline(self) -> slice:
        """The first line that could be the page's headline: in a dump of the whole page often its `<title>`."""
        fitting = np.flatnonzero((self._sizes >= TITLE_WORDS.start) & (self._sizes < TITLE_WORDS.stop))
        if not len(fitting):
            return slice(0)
        start = int(self._starts[fitting[0]])
        return slice(start, start + int(self._sizes[fitting[0]]))

    def _per_line(self, values: Numbers) -> Floats:
        sums: Floats = np.bincount(self._line, values, len(self._sizes)).astype(np.float64)
        return sums


def _repetition(samples: Sequence[str]) -> list[Floats]:
    """How often a line stands on the page, and whether it stood before or will again; how often with other digits."""
    hashes = np.fromiter(map(hash, samples), np.int64, len(samples))
    alike = np.fromiter((hash(sample.translate(_DIGITS)) for sample in samples), np.int64, len(samples))
    _, kind, sizes = np.unique(alike, return_inverse=True, return_counts=True)
    _, first, line, counts = np.unique(hashes, return_index=True, return_inverse=True, return_counts=True)
    last = np.empty_like(first)
    last[line] = np.arange(len(samples))
    here = np.arange(len(samples))
    return [
        np.log1p(counts[line] - 1),
        (first[line] < here) * 1.0,
        (last[line] > here) * 1.0,
        np.log1p(sizes[kind] - 1),
    ]


def _position(prose: Floats) -> list[Floats]:
    """Where a line stands on the page and among its prose; `prose` is the length of each line of prose, else 0."""
    size = len(prose)
    here = np.arange(size)
    weight = np.minimum(prose, PROSE_CHARACTERS)
    sums = np.concatenate([[0.0], np.cumsum(weight)])
    total = sums[-1]
    columns = [here / size, np.log1p(here), np.log1p(size - here), np.log1p(total) + 0 * here]
    columns += [sums[:-1] / max(total, 1), weight / max(weight.max(), 1)]
    for window in WINDOWS:
        before = sums[:-1] - sums[np.maximum(here - window, 0)]
        after = sums[np.minimum(here + window + 1, size)] - sums[1:]
        columns += [np.log1p(before), np.log1p(after)]
    return [*columns, *_distances(weight > 0)]


def _distances(marked: Bools) -> list[Floats]:
    """Lines to the nearest marked line before and after, on a log scale."""
    size = len(marked)
    here = np.arange(size)
    before = np.maximum.accumulate(np.where(marked, here, -size))
    after = np.minimum.accumulate(np.where(marked, here, 2 * size)[::-1])[::-1]
    shifted = np.concatenate([[-size], before[:-1]])
    later = np.concatenate([after[1:], [2 * size]])
    return [np.log1p(np.minimum(here - shifted, 200)), np.log1p(np.minimum(later - here, 200))]


def spacing(spaces: Sequence[str], prose: Bools) -> list[Floats]:
    """How white space sets a line off: SPACING_COLUMNS columns.

    The line breaks before and behind it, its indent and the space at its end, and how far the breaks and the indent
    are from what they are before the page's prose.
    """
    edges = [f"{space}.".splitlines() for space in spaces]
    breaks = np.log1p(np.fromiter((min(len(edge) - 1, WIDEST_GAP) for edge in edges), np.float64, len(edges)))
    indents, ends = (
        np.fromiter((min(width, WIDEST_INDENT) for width in widths), np.float64, len(edges))
        for widths in ((len(edge[-1]) - 1 for edge in edges), (len(edge[0]) - (len(edge) == 1) for edge in edges))
    )
    breaks_behind, end = np.append(breaks[1:], np.log(2)), np.append(ends[1:], 0.0)
    weight = prose / max(int(prose.sum()), 1)
    return [
        breaks,
        breaks_behind,
        (breaks == 0) * 1.0,
        (breaks_behind == 0) * 1.0,
        np.log1p(indents),
        (indents == 1) * 1.0,
        np.log1p(end),
        (end == 1) * 1.0,
        abs(breaks - breaks @ weight),
        abs(np.log1p(indents) - np.log1p(indents) @ weight),
    ]


@lru_cache(maxsize=1 << 16)
def _hashed(word: str) -> int:
    """A word's hash, doubled, plus 1 for a stop word. Digits count as zeros: a year is a year."""
    word = word.lower()
    return crc32(word.translate(_DIGITS).encode("utf-8", "surrogatepass")) << 1 | (word in _stop_words())


@cache
def _stop_words() -> frozenset[str]:
    lines = (files("cleaners.label") / "stop_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split()[1:])


_UNSPACED = (slice(0x0E00, 0x1000), slice(0x1000, 0x10A0), slice(0x1780, 0x1800))
"""Thai, Lao and Tibetan; Burmese; Khmer: scripts in which a space ends a phrase and not a word."""


@cache
def _table() -> NDArray[np.uint8]:
    """The class of each character; those beyond the table count as its last one."""
    table = np.full(0x10001, _OTHER, np.uint8)
    table[:0x3040] = [_kind(chr(code)) for code in range(0x3040)]
    table[0x3040:0xA000] = _IDEOGRAPH
    table[0xA000:0xD800] = _CASELESS
    for script in _UNSPACED:
        table[script] = _IDEOGRAPH
    for number, characters in enumerate(_CLASSES):
        table[[ord(character) for character in characters]] = number
    return table


def _kind(character: str) -> int:
    for number, characters in enumerate(_CLASSES):
        if character in characters:
            return number
    if character.isupper():
        return _UPPER
    if character.islower():
        return _LOWER
    return _CASELESS if character.isalpha() else _OTHER
