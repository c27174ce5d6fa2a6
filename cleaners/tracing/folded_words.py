"""A text as folded words, by which copies are recognised: without case, punctuation and white space."""

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
"""Thai, Lao, Burmese, Khmer, kana and Han: scripts that put no space between words, so that a word is a character."""

_MARK = re.compile("[\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0900-\u0963\u0966-\u0df3]")
"""Accents, points and the vowel signs of India: parts of a word, though they are no letters."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s|[。！？]|\n")

_KANA_AND_HAN = 0x3040
_CHARACTER, _LETTER = 0.5, 0.25
"""What a character of kana or Han, and a letter of the other scripts without spaces, counts for where the length of a
passage is asked: words have two of the ones and four of the others or so."""

_NONE, _PART, _WHOLE = 0, 1, 2
"""What a character is: no part of a word, a part of one, or one of its own."""

_TABLED = 0x20000
"""Characters that are looked up; those beyond are Han, and are all taken for one."""

_PIECE = 1 << 20
"""Characters that are folded at once, or ten times as many bytes for each of a long text would be needed."""

_SPACE = re.compile(r"\s")
_MIX, _OTHER_MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


@dataclass(frozen=True, slots=True)
class FoldedWords:
    """The words of a text as 64-bit hashes, and where each starts and stops, in characters."""

    hashes: Hashes
    starts: Positions
    stops: Positions

    def __len__(self) -> int:
        return len(self.hashes)


def fold_words(text: str) -> FoldedWords:
    """The folded words of a text: runs of word characters, casefolded; single characters in scripts without spaces."""
    pieces = [_fold(text[start:stop], start) for start, stop in pairwise(_cuts(text))]
    return FoldedWords(*(np.concatenate(parts) for parts in zip(*pieces, strict=True)))


def _cuts(text: str) -> list[int]:
    """Places between words at which a long text is cut, its start and its end among them."""
    cuts = [0]
    while space := _SPACE.search(text, cuts[-1] + _PIECE):
        cuts.append(space.start())
    return [*cuts, len(text)]


def _fold(text: str, before: int) -> tuple[Hashes, Positions, Positions]:
    """The hash, the start and the stop of each word of a piece that has some characters before it.

    A hash is the sum over a word's characters, each mixed with its place in the word.
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
    """What each character is, by its code."""
    chars = [chr(code) for code in range(_TABLED)]
    kinds = [
        _WHOLE if _SPACELESS.match(char) else _PART if char.isalnum() or _MARK.match(char) else _NONE for char in chars
    ]
    return np.array([*kinds, _WHOLE], dtype=np.uint8)


@cache
def _folded_codes() -> Hashes:
    """The code of each character without case, of those for which that is one character too."""
    folded = [char.casefold() for char in map(chr, range(_TABLED))]
    codes = [ord(char) if len(char) == 1 else code for code, char in enumerate(folded)]
    return np.array([*codes, _TABLED], dtype=np.uint64)


def lengths(text: str, folded: FoldedWords) -> Lengths:
    """How long a text is up to each word, and as a whole, in words of scripts with spaces."""
    each = np.ones(len(folded))
    for position in np.flatnonzero(folded.stops - folded.starts == 1).tolist():
        char = text[folded.starts[position]]
        if _SPACELESS.match(char):
            each[position] = _CHARACTER if ord(char) >= _KANA_AND_HAN else _LETTER
    return np.concatenate([[0.0], np.cumsum(each)])


def sentence_starts(text: str, folded: FoldedWords) -> Positions:
    """The positions, in words, at which sentences start, and the number of words at the end.

    A full stop after an initial or an abbreviation ends a sentence here too: what is looked for is a whole sentence in
    two texts, and both are cut at the same places.
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    positions = np.searchsorted(folded.starts, ends)
    return np.unique(np.concatenate([[0], positions, [len(folded)]]).astype(np.int64))


def sentences(text: str, folded: FoldedWords) -> list[tuple[int, int]]:
    """Each sentence as its first word's position and the position after its last."""
    return list(pairwise(sentence_starts(text, folded).tolist()))


def text_key(hashes: Hashes) -> int:
    """A signed 64-bit number that texts with the same folded words share."""
    return int.from_bytes(blake2b(hashes.tobytes(), digest_size=8).digest(), "little", signed=True)
