"""The network of `cleaners.stories.model` in PyTorch: one hidden layer, trained by Adam."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from cleaners.stories.model import Floats

UNITS, EPOCHS, BATCH = 16, 40, 512
LEARNING_RATE, LAST_RATE, DECAY = 3e-3, 1e-4, 1e-4
BETAS = (0.9, 0.99)

OFTEN = 4.0
"""Log-odds against a start in general: the intercept before training."""


class JoinNetwork(NamedTuple):
    """The weights of one network: the hidden layer, its biases, the output weights and the intercept."""

    layer: Floats
    biases: Floats
    out: Floats
    intercept: float


def train_network(values: Floats, starts: Floats, importance: Floats, seed: int) -> JoinNetwork:
    """A network that gives the log-odds of `starts` (1 or 0) from standardised `values`, one join a row."""
    rng = np.random.default_rng(seed)
    size = values.shape[1]
    layer = _parameter(rng.normal(0, size**-0.5, (size, UNITS)))
    biases = _parameter(np.zeros(UNITS))
    out = _parameter(rng.normal(0, 0.3, UNITS))
    intercept = _parameter(np.array(-OFTEN))
    optimizer = torch.optim.Adam(
        [
            {"params": [layer], "weight_decay": DECAY},
            {"params": [out], "weight_decay": 10 * DECAY},
            {"params": [biases, intercept], "weight_decay": 0.0},
        ],
        betas=BETAS,
    )
    rows, wanted, weights = map(torch.from_numpy, (values, starts, importance))
    for epoch in range(EPOCHS):
        for group in optimizer.param_groups:
            group["lr"] = LEARNING_RATE * (1 - epoch / EPOCHS) + LAST_RATE
        for batch in np.array_split(rng.permutation(len(values)), max(1, len(values) // BATCH)):
            odds = torch.tanh(rows[batch] @ layer + biases) @ out + intercept
            loss = functional.binary_cross_entropy_with_logits(odds, wanted[batch], weights[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return JoinNetwork(_array(layer), _array(biases), _array(out), float(_array(intercept)))


def _parameter(values: Floats) -> Tensor:
    return torch.from_numpy(values).requires_grad_()


def _array(parameter: Tensor) -> Floats:
    found: Floats = parameter.detach().numpy()
    return found
