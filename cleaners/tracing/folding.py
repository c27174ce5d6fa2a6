"""A text as folded words, by which copies are recognised: without case, punctuation and white space."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Positions = npt.NDArray[np.int64]
Lengths = npt.NDArray[np.float64]

_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, kana and Han: scripts that put no space between words, so that a word is a character."""

_MARKS = "\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0900-\u0963\u0966-\u0df3"
"""Accents, points and the vowel signs of India: parts of a word, though Python's `\\w` breaks at some of them."""

_ANY_WORD = re.compile(rf"[{_SPACELESS}]|(?:[^\W{_SPACELESS}]|[{_MARKS}])+")
_PLAIN_WORD = re.compile(r"\w+")
"""The same in texts without such characters, in less than half the time."""

_NOT_PLAIN = re.compile(f"[{_SPACELESS}{_MARKS}]")
_SPACELESS_CHAR = re.compile(f"[{_SPACELESS}]")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s|[。！？]|\n")

_KANA_AND_HAN = 0x3040
_CHARACTER, _LETTER = 0.5, 0.25
"""What a character of kana or Han, and a letter of the other scripts without spaces, counts for where the length of a
passage is asked: words have two of the ones and four of the others or so."""

_VOCABULARY = 1 << 17
"""Words whose hashes are remembered."""


@dataclass(frozen=True, slots=True)
class Folded:
    """The words of a text as 64-bit hashes, and where each starts and stops, in characters."""

    hashes: Hashes
    starts: Positions
    stops: Positions

    def __len__(self) -> int:
        return len(self.hashes)


def fold(text: str) -> Folded:
    """The folded words of a text: runs of word characters, casefolded; single characters in scripts without spaces."""
    pattern = _ANY_WORD if _NOT_PLAIN.search(text) else _PLAIN_WORD
    words = pattern.findall(text)
    stops = np.array([match.end() for match in pattern.finditer(text)], dtype=np.int64)
    hashes = np.array([_word_hash(word) for word in words], dtype=np.uint64)
    return Folded(hashes, stops - np.array([len(word) for word in words], dtype=np.int64), stops)


def lengths(text: str, folded: Folded) -> Lengths:
    """How long a text is up to each word, and as a whole, in words of scripts with spaces."""
    each = np.ones(len(folded))
    for place in np.flatnonzero(folded.stops - folded.starts == 1).tolist():
        char = text[folded.starts[place]]
        if _SPACELESS_CHAR.match(char):
            each[place] = _CHARACTER if ord(char) >= _KANA_AND_HAN else _LETTER
    return np.concatenate([[0.0], np.cumsum(each)])


def sentence_starts(text: str, folded: Folded) -> Positions:
    """The positions, in words, at which sentences start, and the number of words at the end.

    A full stop after an initial or an abbreviation ends a sentence here too: what is looked for is a whole sentence in
    two texts, and both are cut at the same places.
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    places = np.searchsorted(folded.starts, ends)
    return np.unique(np.concatenate([[0], places, [len(folded)]]).astype(np.int64))


def sentences(text: str, folded: Folded) -> list[tuple[int, int]]:
    """Each sentence as its first word's position and the position after its last."""
    return list(pairwise(sentence_starts(text, folded).tolist()))


def text_key(hashes: Hashes) -> int:
    """A signed 64-bit number that texts with the same folded words share."""
    return int.from_bytes(blake2b(hashes.tobytes(), digest_size=8).digest(), "little", signed=True)


@lru_cache(maxsize=_VOCABULARY)
def _word_hash(word: str) -> int:
    folded = word.casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(folded, digest_size=8).digest(), "little")
