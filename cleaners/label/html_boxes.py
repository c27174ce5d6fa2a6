"""The boxes around the blocks of an HTML page, as arrays.

A box is a span over the page's blocks, so whatever is known of blocks is known of boxes by differences of running sums.
"""

from __future__ import annotations

from itertools import chain, islice
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaners.data import Box

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

LEVELS = 6
"""Boxes around a block that are looked at: its own, and those that hold more than the one before."""

LONG = 80
"""Characters from which a block with few links counts as prose."""

DEPTH_LIMIT = 40

TAGS = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "blockquote", "figcaption", "pre",
        "section", "article", "button", "label", "dt", "dd", "header", "footer", "figure", "body", "nav", "aside",
        "ul", "form", "address", "main", "summary")  # fmt: skip
AREAS = ("article", "main", "aside", "nav", "header", "footer", "figure", "figcaption", "table", "ul", "ol", "form",
         "blockquote", "p", "li", "section", "button", "dl")  # fmt: skip

_TAG_NUMBER = {tag: number for number, tag in enumerate(TAGS, 1)}
_AREA_BIT = {tag: 1 << number for number, tag in enumerate(AREAS)}
_NUMBERS = attrgetter("start", "stop", "depth", "images", "controls")
_ONE_HOT = np.eye(len(TAGS) + 1, dtype=np.float32)


class Boxes:
    """The boxes that hold the blocks of a page, in document order, so that a box stands behind its parent.

    `own` is the box of each block, by number; `parents` the number of each box's parent; `levels` is (blocks, LEVELS);
    `alike` says which boxes hold just what their parent holds; `all_kinds` are the tags and names that boxes have, of
    which `kind_of_all` gives the number for each box, and `kind` that of each block's box. `chars`, `linked` and
    `prose` are the characters of each block, those in links, and those of prose.
    """

    def __init__(self, own: list[Box], chars: Floats, linked: Floats, prose: Floats) -> None:
        found: dict[int, Box] = {}
        for box in own:
            outer: Box | None = box
            while outer is not None and outer.number not in found:
                found[outer.number] = outer
                outer = outer.parent
        self.all = [found[number] for number in sorted(found)]
        index_of = {box.number: index for index, box in enumerate(self.all)}
        self.own = np.array([index_of[box.number] for box in own])
        self.parents = [index_of[box.parent.number] if box.parent else 0 for box in self.all]
        numbers = np.fromiter(chain.from_iterable(map(_NUMBERS, self.all)), np.int64).reshape(-1, 5)
        start, stop, depth = numbers[:, :3].T
        self.start = np.minimum(start, len(own) - 1)
        self.stop = np.clip(stop, self.start + 1, len(own))
        self.depth = np.minimum(depth, DEPTH_LIMIT).astype(np.float32)
        self.pictures = numbers[:, 3:].astype(np.float32)
        self._chars, self._linked, self._prose = chars, linked, prose
        self.levels = self._levels()
        kinds: dict[tuple[str, str], int] = {}
        self.kind_of_all = [kinds.setdefault((box.tag, box.names), len(kinds)) for box in self.all]
        self.all_kinds = list(kinds)
        self.kind = np.array(self.kind_of_all)[self.own]

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

    def tags(self) -> Floats:
        """The tag of the block's box, one-hot, and the areas of the page around it."""
        own = [_AREA_BIT.get(tag, 0) for tag, _ in self.all_kinds]
        bits = [own[self.kind_of_all[0]]]
        for kind, parent in islice(zip(self.kind_of_all, self.parents, strict=True), 1, None):
            bits.append(own[kind] | bits[parent])
        number = np.array([_TAG_NUMBER.get(tag, 0) for tag, _ in self.all_kinds])
        areas = _unpacked(np.array(bits)[self.own], len(AREAS))
        return np.concatenate([_ONE_HOT[number[self.kind]], areas, self.depth[self.own, None] / 10], 1)

    def contents(self) -> Floats:
        """What the boxes around a block hold, and where in them it stands."""
        short = np.where(self._chars < LONG, 1.0, 0.0)
        chars, linked, prose, short = (self._total(v) for v in (self._chars, self._linked, self._prose, short))
        size = (self.stop - self.start).astype(np.float32)
        everything = np.stack(
            [
                np.log1p(chars),
                linked / chars,
                prose / chars,
                prose / max(float(self._prose.sum()), 1.0),
                np.log1p(size),
                short / size,
                np.log1p(prose),
                np.log1p(chars / size),
            ],
            1,
        )
        at = np.arange(len(self.own))[:, None]
        within = (at - self.start[self.levels[:, 1:]]) / size[self.levels[:, 1:]]
        pictures = np.log1p(self.pictures.take(self.levels[:, :3], axis=0).reshape(len(self.own), -1))
        around = everything.take(self.levels, axis=0).reshape(len(self.own), -1)
        return np.concatenate([around, within, pictures], 1).astype(np.float32)

    def kinds(self) -> Floats:
        """How much of the page's prose, and of its characters, stands in boxes of the same tag and names."""
        prose, chars, linked = (np.bincount(self.kind, v) for v in (self._prose, self._chars, self._linked))
        shares = [prose / max(prose.sum(), 1), prose / chars.clip(1), linked / chars.clip(1), np.log1p(chars)]
        table: Floats = np.stack(shares, 1, dtype=np.float32)[self.kind]
        return table

    def is_headline(self) -> NDArray[np.bool_]:
        """Which blocks stand in an h1."""
        headline: NDArray[np.bool_] = np.array([tag == "h1" for tag, _ in self.all_kinds])[self.kind]
        return headline

    def _total(self, values: NDArray[Any]) -> Floats:
        sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
        total: Floats = (sums[self.stop] - sums[self.start]).astype(np.float32)
        return total


def _unpacked(bits: Ints, count: int) -> Floats:
    """The lowest bits of each number, as columns of 0 and 1."""
    return ((bits[:, None] >> np.arange(count)) & 1).astype(np.float32)
