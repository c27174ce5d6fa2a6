"""A text as folded words, by which copies are recognised: case, punctuation and white space do not count.

Comparing millions of texts needs hashes in numpy arrays, not strings. For single headlines and names see
`cleaners.words.folding`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Positions = npt.NDArray[np.int64]
Lengths = npt.NDArray[np.float64]

_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""Thai, Lao, Burmese, Khmer, kana and Han: scripts that put no space between words. Each character counts as a word."""

_MARK = re.compile("[\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0900-\u0963\u0966-\u0df3]")
"""Accents, points and the vowel signs of Indian scripts: parts of a word, though Unicode does not call them letters."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s|[。！？]|\n")

_KANA_AND_HAN = 0x3040
_CHARACTER, _LETTER = 0.5, 0.25
"""What a character counts for in the length of a passage, in words: one of kana or Han, and one of the other scripts
without spaces. A word has about two of the former and four of the latter."""

_NONE, _PART, _WHOLE = 0, 1, 2
"""The kinds of characters: not part of a word, part of a word, or a word of its own."""

_TABLED = 0x20000
"""The end of the code points that have an entry in the tables. Those beyond are rare Han and all count as the same."""

_PIECE = 1 << 20
"""Characters that are folded at once: folding takes about ten bytes of memory for each character."""

_SPACE = re.compile(r"\s")
_MIX, _OTHER_MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


@dataclass(frozen=True, slots=True)
class FoldedWords:
    """The words of a text as 64-bit hashes, and the offsets in characters at which each starts and stops."""

    hashes: Hashes
    starts: Positions
    stops: Positions

    def __len__(self) -> int:
        return len(self.hashes)


def fold_words(text: str) -> FoldedWords:
    """The folded words of a text: casefolded runs of word characters, or single characters in scripts without spaces.

    >>> one, other = fold_words("The bridge is OPEN."), fold_words("“The bridge\\n is open”")
    >>> len(one), bool((one.hashes == other.hashes).all())
    (4, True)
    """
    pieces = [_fold(text[start:stop], start) for start, stop in pairwise(_cuts(text))]
    return FoldedWords(*(np.concatenate(parts) for parts in zip(*pieces, strict=True)))


def _cuts(text: str) -> list[int]:
    """Offsets of white space at which a long text is cut, with those of its start and its end."""
    cuts = [0]
    while space := _SPACE.search(text, cuts[-1] + _PIECE):
        cuts.append(space.start())
    return [*cuts, len(text)]


def _fold(text: str, before: int) -> tuple[Hashes, Positions, Positions]:
    """The hash, the start and the stop of each word of a piece that starts `before` characters into the text.

    A hash is the sum over a word's characters, each mixed with its index in the word.
    """
    codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4"), _TABLED)
    kinds = _kinds()[codes]
    continues = (kinds[1:] == _PART) & (kinds[:-1] == _PART)
    inside = kinds != _NONE
    is_start = inside & ~np.concatenate([[False], continues])[: len(codes)]
    is_stop = inside & ~np.concatenate([continues, [False]])[: len(codes)]
    starts, chars = np.flatnonzero(is_start), np.flatnonzero(inside)
    offsets = chars - starts[np.cumsum(is_start)[chars] - 1]
    mixed = (_folded_codes()[codes[chars]] | offsets.astype(np.uint64) << np.uint64(32)) * _MIX
    mixed = (mixed ^ (mixed >> np.uint64(29))) * _OTHER_MIX
    mixed ^= mixed >> np.uint64(32)
    hashes = np.add.reduceat(mixed, np.searchsorted(chars, starts)) if len(starts) else mixed
    return hashes, starts + before, np.flatnonzero(is_stop) + 1 + before


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """The kind of each character, by its code point."""
    chars = [chr(code) for code in range(_TABLED)]
    kinds = [
        _WHOLE if _SPACELESS.match(char) else _PART if char.isalnum() or _MARK.match(char) else _NONE for char in chars
    ]
    return np.array([*kinds, _WHOLE], dtype=np.uint8)


@cache
def _folded_codes() -> Hashes:
    """The casefolded code point of each character; its own where casefolding gives several characters."""
    folded = [char.casefold() for char in map(chr, range(_TABLED))]
    codes = [ord(char) if len(char) == 1 else code for code, char in enumerate(folded)]
    return np.array([*codes, _TABLED], dtype=np.uint64)


def lengths(text: str, folded: FoldedWords) -> Lengths:
    """The length of a text up to each word, and of the whole text, measured in words of scripts with spaces.

    >>> lengths("Rain fell", fold_words("Rain fell")).tolist(), lengths("雨天", fold_words("雨天")).tolist()
    ([0.0, 1.0, 2.0], [0.0, 0.5, 1.0])
    """
    each = np.ones(len(folded))
    for position in np.flatnonzero(folded.stops - folded.starts == 1).tolist():
        char = text[folded.starts[position]]
        if _SPACELESS.match(char):
            each[position] = _CHARACTER if ord(char) >= _KANA_AND_HAN else _LETTER
    return np.concatenate([[0.0], np.cumsum(each)])


def sentence_starts(text: str, folded: FoldedWords) -> Positions:
    """The positions, in words, at which sentences start, and the number of words at the end.

    A full stop after an initial or an abbreviation ends a sentence here too. That does no harm: two texts with the same
    sentence are both cut at the same points.
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    positions = np.searchsorted(folded.starts, ends)
    return np.unique(np.concatenate([[0], positions, [len(folded)]]).astype(np.int64))


def sentences(text: str, folded: FoldedWords) -> list[tuple[int, int]]:
    """Each sentence as the position of its first word and the position after its last word.

    >>> text = "Rain fell. The river rose!"
    >>> sentences(text, fold_words(text))
    [(0, 2), (2, 5)]
    """
    return list(pairwise(sentence_starts(text, folded).tolist()))


def text_key(hashes: Hashes) -> int:
    """A signed 64-bit number, as SQLite holds it, that is the same for texts with the same folded words.

    >>> text_key(fold_words("It rained.").hashes) == text_key(fold_words("IT RAINED").hashes)
    True
    """
    return int.from_bytes(blake2b(hashes.tobytes(), digest_size=8).digest(), "little", signed=True)
