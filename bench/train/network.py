"""The network of `cleaners.label.network` in PyTorch: trained here, exported as arrays for numpy to run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from cleaners.label.network import CLASSES, LIMIT

EMBEDDING = 16
HIDDEN = 64
DILATIONS = (1, 2, 4, 8, 16)
CONVOLUTION_DROPOUT = 0.1
LEAST_DEVIATION = 0.05
"""Added to a feature's standard deviation, so that a nearly constant feature is not scaled up."""


class Convolution(nn.Linear):
    """A convolution of each block with the blocks `dilation` before and after it, with zeros beyond the page."""

    def __init__(self, dilation: int) -> None:
        super().__init__(3 * HIDDEN, HIDDEN)
        self.dilation = dilation

    def forward(self, state: Tensor) -> Tensor:
        """The new states of the blocks, (pages, places, HIDDEN)."""
        size = state.shape[1]
        padded = functional.pad(state, (0, 0, self.dilation, self.dilation))
        window = torch.cat([padded[:, :size], state, padded[:, 2 * self.dilation :]], 2)
        near: Tensor = super().forward(window)
        return near


class TorchNetwork(nn.Module):
    """Features and embeddings, a reading of the page, residual dilated convolutions, another reading, the classes.

    `columns` is the number of features of a block, `bags` its number of bags of words, and `vocabulary` the hashes of
    the words with embeddings of their own. Subclasses set the class attributes.
    """

    DROPOUT = 0.1
    READINGS = 3
    """States that a reading of the page combines."""

    CONVOLUTION = Convolution

    def __init__(self, columns: int, bags: int, vocabulary: NDArray[np.int64]) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self.embedding = nn.Embedding(len(vocabulary) + 1, EMBEDDING)
        nn.init.normal_(self.embedding.weight, std=0.3)
        self.mean = nn.Parameter(torch.zeros(columns), requires_grad=False)
        self.deviation = nn.Parameter(torch.ones(columns), requires_grad=False)
        self.input = nn.Linear(columns + EMBEDDING * bags, HIDDEN)
        self.context = nn.Linear(self.READINGS * HIDDEN, HIDDEN)
        self.convolutions = nn.ModuleList(map(self.CONVOLUTION, DILATIONS))
        self.outcome = nn.Linear(self.READINGS * HIDDEN, HIDDEN)
        self.output = nn.Linear(2 * HIDDEN, len(CLASSES))
        self.dropout = nn.Dropout(self.DROPOUT)
        self.convolution_dropout = nn.Dropout(CONVOLUTION_DROPOUT)

    def standardise(self, dense: NDArray[np.float32]) -> None:
        """Set mean and deviation of the features from those of the training pages."""
        self.mean.data = torch.from_numpy(dense.mean(0))
        self.deviation.data = torch.from_numpy(dense.std(0) + LEAST_DEVIATION)

    def bag(self, rows: Tensor, starts: Tensor) -> Tensor:
        """The mean embedding of each bag of words."""
        return functional.embedding_bag(rows, self.embedding.weight, starts, mode="mean")

    def forward(self, dense: Tensor, bags: Tensor, sizes: Sequence[int]) -> Tensor:
        """The scores of the classes for the blocks of several pages one after another, `sizes` blocks each."""
        standard = ((dense - self.mean) / self.deviation).clamp(-LIMIT, LIMIT)
        block = functional.relu(self.input(self.dropout(torch.cat([standard, bags], 1))))
        page = torch.from_numpy(np.repeat(np.arange(len(sizes)), sizes))
        index = torch.from_numpy(np.concatenate([np.arange(size) for size in sizes]))
        state = block.new_zeros(len(sizes), max(sizes), HIDDEN).index_put((page, index), block)
        real = state.new_zeros(*state.shape[:2], 1)
        real[page, index] = 1
        state = first = self.read(self.context, state, real)
        for convolution in self.convolutions:
            near = functional.relu(convolution(state))
            state = (state + self.convolution_dropout(near)) * real
        state = self.read(self.outcome, state, real)
        scores: Tensor = self.output(torch.cat([first, state], 2))
        return scores[page, index]

    @staticmethod
    def read(layer: nn.Module, state: Tensor, real: Tensor) -> Tensor:
        """The state of every block, combined with the page's mean, its maximum so far and its maximum from here on.

        `real` is 1 where there is a block, and 0 beyond the end of a page.
        """
        # States are never negative and 0 beyond the end of a page, so the padding does not raise a maximum.
        mean = (state.sum(1) / real.sum(1))[:, None].expand_as(state)
        so_far = state.cummax(1)[0]
        from_here = state.flip(1).cummax(1)[0].flip(1)
        return functional.relu(state + layer(torch.cat([mean, so_far, from_here], 2))) * real

    def table(self) -> dict[str, NDArray[np.int64]]:
        """The array that maps words to rows of the table of embeddings, by the name under which it is exported."""
        return {"vocabulary": self.vocabulary}

    def arrays(self, threshold: float) -> dict[str, NDArray[Any]]:
        """The weights under the names that `cleaners.label.network` reads, in half precision."""
        layers = {name: getattr(self, name) for name in ("input", "context", "outcome", "output")}
        layers |= {f"convolution{number}": layer for number, layer in enumerate(self.convolutions)}
        tensors = {"mean": self.mean, "deviation": self.deviation, "embedding": self.embedding.weight}
        for name, layer in layers.items():
            tensors |= {f"{name}.weight": _matrix(layer.weight), f"{name}.bias": layer.bias}
        weights = {name: np.ascontiguousarray(tensor.detach().numpy(), np.float16) for name, tensor in tensors.items()}
        tables = {name: numbers.astype(np.uint32) for name, numbers in self.table().items()}
        settings = {"threshold": np.array(threshold, np.float32), "dilations": np.array(DILATIONS)}
        return {**settings, **weights, **tables}


def _matrix(weight: Tensor) -> Tensor:
    """A layer's weights in the layout that numpy needs: (inputs, outputs), a convolution block after block."""
    return weight.permute(*reversed(range(weight.ndim))).reshape(-1, len(weight))
