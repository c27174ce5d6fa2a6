"""The network of `cleaners.label.network` in PyTorch: trained here, exported as arrays for numpy to run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
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
DROPOUT = 0.1
LEAST_DEVIATION = 0.05
"""What is added to a feature's standard deviation, so that a feature that hardly varies is not blown up."""


class Network(nn.Module):
    """Features and embeddings, a reading of the page, residual dilated convolutions, another reading, the classes.

    `columns` is the number of features of a block, `bags` how many bags of words it has, and `vocabulary` the hashes
    of the words that have embeddings of their own.
    """

    def __init__(self, columns: int, bags: int, vocabulary: NDArray[np.int64]) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self.embedding = nn.Embedding(len(vocabulary) + 1, EMBEDDING)
        nn.init.normal_(self.embedding.weight, std=0.3)
        self.mean = nn.Parameter(torch.zeros(columns), requires_grad=False)
        self.deviation = nn.Parameter(torch.ones(columns), requires_grad=False)
        self.input = nn.Linear(columns + EMBEDDING * bags, HIDDEN)
        self.context = nn.Linear(3 * HIDDEN, HIDDEN)
        self.convolutions = nn.ModuleList(nn.Linear(3 * HIDDEN, HIDDEN) for _ in DILATIONS)
        self.outcome = nn.Linear(3 * HIDDEN, HIDDEN)
        self.output = nn.Linear(2 * HIDDEN, len(CLASSES))
        self.dropout = nn.Dropout(DROPOUT)

    def standardise(self, dense: NDArray[np.float32]) -> None:
        """Takes mean and deviation of the features from those of the pages to be trained on."""
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
        place = torch.from_numpy(np.concatenate([np.arange(size) for size in sizes]))
        state = block.new_zeros(len(sizes), max(sizes), HIDDEN).index_put((page, place), block)
        real = state.new_zeros(*state.shape[:2], 1)
        real[page, place] = 1
        state = first = self._read(self.context, state, real)
        for dilation, convolution in zip(DILATIONS, self.convolutions, strict=True):
            near = functional.relu(convolution(_window(state, dilation)))
            state = (state + self.dropout(near)) * real
        state = self._read(self.outcome, state, real)
        scores: Tensor = self.output(torch.cat([first, state], 2))
        return scores[page, place]

    @staticmethod
    def _read(layer: nn.Module, state: Tensor, real: Tensor) -> Tensor:
        # States are never negative and 0 beyond the end of a page, so the padding does not raise a maximum.
        mean = (state.sum(1) / real.sum(1))[:, None].expand_as(state)
        so_far = state.cummax(1)[0]
        from_here = state.flip(1).cummax(1)[0].flip(1)
        return functional.relu(state + layer(torch.cat([mean, so_far, from_here], 2))) * real

    def export(self, path: Path, threshold: float) -> None:
        """Writes the weights under the names that `cleaners.label.network` reads, in half precision."""
        arrays = {name: getattr(self, name) for name in ("mean", "deviation")}
        arrays["embedding"] = self.embedding.weight
        layers = {name: getattr(self, name) for name in ("input", "context", "outcome", "output")}
        layers |= {f"convolution{number}": layer for number, layer in enumerate(self.convolutions)}
        for name, layer in layers.items():
            arrays |= {f"{name}.weight": layer.weight.T, f"{name}.bias": layer.bias}
        stored: dict[str, Any] = {
            name: np.ascontiguousarray(tensor.detach().numpy(), np.float16) for name, tensor in arrays.items()
        }
        path.parent.mkdir(exist_ok=True)
        stored["vocabulary"] = self.vocabulary.astype(np.uint32)
        np.savez_compressed(path, threshold=np.float32(threshold), dilations=np.array(DILATIONS), **stored)


def _window(state: Tensor, dilation: int) -> Tensor:
    """Each block with those `dilation` before and behind it; beyond the ends are zeros."""
    size = state.shape[1]
    padded = functional.pad(state, (0, 0, dilation, dilation))
    return torch.cat([padded[:, :size], state, padded[:, 2 * dilation :]], 2)
