"""Finds the quoted words of a text: whoever quotes a speech has copied the speaker, not another writer."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from cleaners.tracing.folded_words import FoldedWords

_QUOTATION = re.compile(
    r"„[^“”\n]*[“”]?|“[^”\n]*”?|«[^»\n]*»?|»[^«\n]*«?|「[^」\n]*」?|『[^』\n]*』?|\"[^\"\n]*\"?|‘(?:[^‘’\n]|’(?=\w))*’"
)
"""An unclosed double mark quotes to the end of its paragraph, as in speeches of several paragraphs. A single mark must
be closed, because it may be an apostrophe."""

Mask = npt.NDArray[np.bool_]


def quoted(text: str, folded: FoldedWords) -> Mask:
    """For each word of a text, whether it stands in quotation marks.

    >>> from cleaners.tracing.folded_words import fold_words
    >>> text = "He said: “We agree.” They left."
    >>> quoted(text, fold_words(text)).tolist()
    [False, False, True, True, False, False]
    """
    spans = np.array([match.span() for match in _QUOTATION.finditer(text)], dtype=np.int64).reshape(-1, 2)
    if not len(spans):
        return np.zeros(len(folded), dtype=np.bool_)
    nearest = np.searchsorted(spans[:, 0], folded.starts, side="right") - 1
    inside: Mask = (nearest >= 0) & (folded.starts < spans[nearest, 1])
    return inside


def narrated(runs: Iterable[tuple[int, int]], quoted_words: Mask) -> int:
    """How many words of the runs, each given as the position of its first word and its length, are not quoted.

    >>> narrated([(0, 3)], np.array([False, True, True, False]))
    1
    """
    mask = np.zeros(len(quoted_words), dtype=np.bool_)
    for start, words in runs:
        mask[start : start + words] = True
    return int((mask & ~quoted_words).sum())
