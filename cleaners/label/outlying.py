"""Lines far from the story that the scorer keeps in doubt: the address of an agency in a footer, a box of teasers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaners.data import Label
from cleaners.label.passage import Passage, Revision

APART = 10
"""Dropped blocks in a row from which on what is kept on both sides stands apart."""

DOUBTED = 0.7
"""Mean confidence, weighted by length, below which lines that stand apart are none of the text. On pages that the
scorer has not seen, 21 of 25 groups of such lines are not. From 0.8 on as many pages lose by it as gain."""


def outlying(passage: Passage) -> Iterator[Revision]:
    """What is kept in doubt, apart from the longest text of the page."""
    groups = _groups(passage.kept())
    longest = max(groups, key=lambda group: _size(passage, group), default=[])
    for group in groups:
        if group is not longest and _confidence(passage, group) < DOUBTED:
            yield from ((index, Label.NAVIGATION, 0.6) for index in group)


def _groups(kept: Sequence[int]) -> list[list[int]]:
    """The indices in groups that stand apart from each other."""
    groups: list[list[int]] = []
    for index in kept:
        if groups and index - groups[-1][-1] <= APART:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _size(passage: Passage, group: Sequence[int]) -> int:
    return sum(len(passage.blocks[index].text) for index in group)


def _confidence(passage: Passage, group: Sequence[int]) -> float:
    sure = sum(passage.verdicts[index].confidence * len(passage.blocks[index].text) for index in group)
    return sure / _size(passage, group)
