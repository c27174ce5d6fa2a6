"""The models that split a page into stories: a small network over the features of a join, and what is known of stems.

`python -m bench train-joins` fits the networks; the model card is `cleaners/weights/joins.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaners.data import ContentType
from cleaners.label.network import one_thread
from cleaners.stories.semantics import StemVectors

Floats = NDArray[np.float64]

NEARNESS = "near_"
"""What the names of the features begin with that say how near in meaning two passages are."""


MANY = 90
"""Joins of a page from which on BLAS may share the product among threads; 100 joins then take 5 ms in place of 0.05. A
context of one thread costs 0.03 ms, which few pages need."""


@dataclass(frozen=True, slots=True)
class JoinModel:
    """A network of one hidden layer over the features named.

    `hidden` has a row for each feature and a column for each unit, `biases` and `out` a value for each unit. A page is
    split where the probability of a join reaches `threshold`, or `threshold_unknown` if its stems have no vectors.
    """

    names: tuple[str, ...]
    hidden: Floats
    biases: Floats
    out: Floats
    intercept: float
    threshold: float
    threshold_unknown: float

    def probabilities(self, rows: Sequence[Mapping[str, float]]) -> list[float]:
        """The probability of each join, from its features, that a story starts there."""
        values = np.array([*map(itemgetter(*self.names), rows)])
        found: list[float] = (1 / (1 + np.exp(-self.log_odds(values)))).tolist()
        return found

    def threshold_of(self, rows: Sequence[Mapping[str, float]]) -> float:
        """The threshold for a page, from the features of its joins: that for unknown stems if nothing on it is near."""
        near = [name for name in self.names if name.startswith(NEARNESS)]
        return self.threshold if any(row[name] for row in rows for name in near) else self.threshold_unknown

    def log_odds(self, values: Floats) -> Floats:
        """The log-odds of joins, one a row, whose features stand in the order of `names`."""
        with one_thread() if len(values) >= MANY else nullcontext():
            odds: Floats = np.tanh(values @ self.hidden + self.biases) @ self.out + self.intercept
        return odds

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> JoinModel:
        """The model whose parts are these arrays; `names` are UTF-8 bytes, one name a line."""
        return cls(
            names=tuple(arrays["names"].tobytes().decode().split("\n")),
            hidden=arrays["hidden"],
            biases=arrays["biases"],
            out=arrays["out"],
            intercept=float(arrays["intercept"]),
            threshold=float(arrays["threshold"]),
            threshold_unknown=float(arrays["threshold_unknown"]),
        )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StoryModels:
    """What is learned for splitting a page into stories: the weights of joins for each kind of page ("html" or
    "text"), the vectors of stems, and the stems that stand in articles about anything."""

    joins: Mapping[ContentType, JoinModel]
    vectors: StemVectors
    common_stems: frozenset[str]
