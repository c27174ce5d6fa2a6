"""Logistic regression on a few dozen features, without a library: the same pages give the same weights."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

STRENGTH = 0.05
"""The inverse of the ridge penalty on the standardized weights."""

STEPS = 20
"""Steps of Newton's method, which converges long before."""

Floats = NDArray[np.float64]


class LogisticModel(NamedTuple):
    """Intercept and weights for the raw features, and the values that replace missing features."""

    intercept: float
    weights: Floats
    means: Floats

    def log_odds(self, values: Floats) -> Floats:
        """The log-odds of pages, one a row."""
        scores: Floats = self.intercept + np.where(np.isnan(values), self.means, values) @ self.weights
        return scores


def fit(values: Floats, positive: NDArray[np.bool_], importance: Floats) -> LogisticModel:
    """A ridge logistic regression on the standardized features, by Newton's method."""
    means = np.nanmean(values, axis=0)
    filled = np.where(np.isnan(values), means, values)
    center, scale = filled.mean(axis=0), filled.std(axis=0)
    scale[scale == 0] = 1
    rows = np.column_stack([np.ones(len(filled)), (filled - center) / scale])
    penalty = np.full(rows.shape[1], 1 / STRENGTH)
    penalty[0] = 0
    found = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        probability = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (importance * (probability - positive)) + penalty * found
        curve = (rows.T * (importance * probability * (1 - probability))) @ rows + np.diag(penalty)
        found -= np.linalg.solve(curve, slope)
    weights = found[1:] / scale
    return LogisticModel(float(found[0] - weights @ center), weights, means)
