"""The weights by which joins are weighed: a logistic regression for each kind of page, fitted by `bench.fit_stories`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from cleaners.data import Kind


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of features, by name. A page is taken apart where the probability of a join reaches `threshold`."""

    intercept: float
    weights: Mapping[str, float]
    threshold: float

    def probabilities(self, rows: Sequence[Mapping[str, float]]) -> list[float]:
        """The probability of each join, from its features, that a story starts there."""
        return [self._probability(row) for row in rows]

    def _probability(self, row: Mapping[str, float]) -> float:
        row = crossed(row)
        odds = self.intercept + sum(weight * row[name] for name, weight in self.weights.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


CROSSED = (
    ("title", "alike_600"),
    ("title", "depth_200"),
    ("title", "words_known"),
    ("title", "names_known"),
    ("box", "words_known"),
    ("box", "names_known"),
    ("nothing", "words_known"),
    ("dateline", "words_known"),
    ("title", "titles"),
    ("box", "titles"),
    ("until_title", "titles"),
)
"""Features that say more together: a headline counts for less where the topic goes on below it."""


def crossed(row: Mapping[str, float]) -> dict[str, float]:
    """A join's features and the products of CROSSED."""
    return {**row, **{f"{one} * {other}": row[one] * row[other] for one, other in CROSSED}}


@cache
def model(kind: Kind) -> Model:
    """The weights that ship for HTML or for dumps."""
    read = json.loads(files("cleaners.stories").joinpath("joins.json").read_text("utf-8"))[kind]
    return Model(**read)
