"""The weights by which joins are weighed: a small network for each kind of page, fitted by `bench.train.joins`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from cleaners.data import Kind

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Model:
    """A network of one hidden layer over the features named.

    `hidden` has a row for each feature and a column for each unit, `biases` and `out` a value for each unit. A page is
    taken apart where the probability of a join reaches `threshold`.
    """

    names: tuple[str, ...]
    hidden: Floats
    biases: Floats
    out: Floats
    intercept: float
    threshold: float

    def probabilities(self, rows: Sequence[Mapping[str, float]]) -> list[float]:
        """The probability of each join, from its features, that a story starts there."""
        values = np.array([*map(itemgetter(*self.names), rows)])
        found: list[float] = (1 / (1 + np.exp(-self.log_odds(values)))).tolist()
        return found

    def log_odds(self, values: Floats) -> Floats:
        """The log-odds of joins, one a row, whose features stand in the order of `names`."""
        odds: Floats = np.tanh(values @ self.hidden + self.biases) @ self.out + self.intercept
        return odds


@cache
def model(kind: Kind) -> Model:
    """The weights that ship, for HTML or for dumps."""
    read = json.loads(files("cleaners").joinpath("weights", "joins.json").read_text("utf-8"))[kind]
    return Model(
        names=tuple(read["hidden"]),
        hidden=np.array(list(read["hidden"].values())),
        biases=np.array(read["biases"]),
        out=np.array(read["out"]),
        intercept=read["intercept"],
        threshold=read["threshold"],
    )
