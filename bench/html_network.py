"""The network of `cleaners.label.scorer` in PyTorch: trained here, exported as arrays for numpy to run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from bench.html_pages import CLASSES, Example
from cleaners.label.html_boxes import LEVELS
from cleaners.label.html_features import BUCKETS, Features
from cleaners.label.network import LIMIT

EMBEDDING = 16
HIDDEN = 64
DILATIONS = (1, 2, 4, 8, 16)
DROPOUT = 0.3
CONVOLUTION_DROPOUT = 0.1
NAMES_DROPPED = 0.2
WORDS_DROPPED = 0.2
WITNESS_DROPPED = 0.15
"""Shares of the pages that are shown without names, words or testimony, so that none of them is leaned on alone."""

UNKNOWN_SHARE = 0.1
"""Share of the names and words that are shown as unknown, so that the network learns what an unknown one means."""

LEAST_DOMAINS = 4
"""Registered domains on which a name or a word must be seen to have an embedding of its own."""

LEAST_DEVIATION = 0.05
"""What is added to a feature's standard deviation, so that a feature that hardly varies is not blown up."""


@dataclass(slots=True)
class Batch:
    """Pages side by side: their features one after another, and where each block stands, page and place."""

    dense: Tensor
    names: Tensor
    name_starts: Tensor
    boxes: Tensor
    words: Tensor
    word_starts: Tensor
    page: Tensor
    place: Tensor
    pages: int
    names_seen: Tensor
    words_seen: Tensor


class Network(nn.Module):
    """Embeddings and features, page context, residual dilated convolutions, page context, one output a class."""

    def __init__(self, columns: int, rows: NDArray[np.int64]) -> None:
        super().__init__()
        self.rows = torch.from_numpy(rows)
        self.embedding = nn.Embedding(int(rows.max()) + 1, EMBEDDING)
        nn.init.normal_(self.embedding.weight, std=0.3)
        self.mean = nn.Parameter(torch.zeros(columns), requires_grad=False)
        self.deviation = nn.Parameter(torch.ones(columns), requires_grad=False)
        self.input = nn.Linear(columns + EMBEDDING * (LEVELS + 1), HIDDEN)
        self.context = nn.Linear(2 * HIDDEN, HIDDEN)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(HIDDEN, HIDDEN, 3, dilation=dilation, padding=dilation) for dilation in DILATIONS
        )
        self.outcome = nn.Linear(2 * HIDDEN, HIDDEN)
        self.output = nn.Linear(2 * HIDDEN, len(CLASSES))
        self.dropout = nn.Dropout(DROPOUT)
        self.convolution_dropout = nn.Dropout(CONVOLUTION_DROPOUT)

    def standardise(self, examples: Sequence[Example]) -> None:
        """Takes mean and deviation of the features from the pages to be trained on."""
        dense = np.concatenate([example.features.dense for example in examples])
        self.mean.data = torch.from_numpy(dense.mean(0))
        self.deviation.data = torch.from_numpy(dense.std(0) + LEAST_DEVIATION)

    def forward(self, batch: Batch) -> Tensor:
        """The scores of the classes, (blocks of all pages, classes)."""
        block = functional.relu(self.input(self.dropout(self._inputs(batch))))
        state = block.new_zeros(batch.pages, int(batch.place.max()) + 1, HIDDEN)
        state = state.index_put((batch.page, batch.place), block)
        real = state.new_zeros(*state.shape[:2], 1)
        real[batch.page, batch.place] = 1
        state = first = self._pooled(self.context, state, real)
        for convolution in self.convolutions:
            near = functional.relu(convolution(state.transpose(1, 2))).transpose(1, 2)
            state = (state + self.convolution_dropout(near)) * real
        state = self._pooled(self.outcome, state, real)
        scores: Tensor = self.output(torch.cat([first, state], 2))
        return scores[batch.page, batch.place]

    def _inputs(self, batch: Batch) -> Tensor:
        dense = ((batch.dense - self.mean) / self.deviation).clamp(-LIMIT, LIMIT)
        table = self.embedding.weight
        names = functional.embedding_bag(self._rows(batch.names), table, batch.name_starts, mode="mean")
        words = functional.embedding_bag(self._rows(batch.words), table, batch.word_starts, mode="mean")
        names, words = names * batch.names_seen, words * batch.words_seen
        return torch.cat([dense, names[batch.boxes].flatten(1), words], 1)

    def _rows(self, buckets: Tensor) -> Tensor:
        rows = self.rows[buckets]
        return rows * (torch.rand(len(rows)) >= UNKNOWN_SHARE) if self.training else rows

    @staticmethod
    def _pooled(layer: nn.Module, state: Tensor, real: Tensor) -> Tensor:
        mean = (state * real).sum(1) / real.sum(1)
        most = (state * real + (real - 1) * 1e4).amax(1)
        return functional.relu(state + layer(torch.cat([mean, most], 1))[:, None]) * real

    def export(self, path: Path, threshold: float) -> None:
        """Writes the weights under the names that `cleaners.label.scorer` reads, in half precision."""
        arrays: dict[str, NDArray[np.float32]] = {
            "embedding": _array(self.embedding.weight),
            "mean": _array(self.mean),
            "deviation": _array(self.deviation),
        }
        for name in ("input", "context", "outcome", "output"):
            layer = getattr(self, name)
            arrays |= {f"{name}.weight": _array(layer.weight).T, f"{name}.bias": _array(layer.bias)}
        for number, layer in enumerate(self.convolutions):
            assert isinstance(layer, nn.Conv1d)
            stacked = _array(layer.weight).transpose(2, 1, 0).reshape(3 * HIDDEN, HIDDEN)
            assert layer.bias is not None
            arrays |= {f"convolution{number}.weight": stacked, f"convolution{number}.bias": _array(layer.bias)}
        path.parent.mkdir(exist_ok=True)
        stored: dict[str, Any] = {name: np.ascontiguousarray(array, np.float16) for name, array in arrays.items()}
        stored["rows"] = self.rows.numpy().astype(np.uint32)
        np.savez_compressed(path, threshold=np.float32(threshold), dilations=np.array(DILATIONS), **stored)


def embedding_rows(examples: Sequence[Example]) -> NDArray[np.int64]:
    """The row of each bucket in the table of embeddings; row 0 is for what too few domains have."""
    buckets: dict[str, list[NDArray[np.int64]]] = defaultdict(list)
    for example in examples:
        buckets[example.domain] += [example.features.names, example.features.words]
    domains = np.zeros(BUCKETS, np.int64)
    for seen in buckets.values():
        domains[np.unique(np.concatenate(seen))] += 1
    known = domains >= LEAST_DOMAINS
    return np.where(known, np.cumsum(known), 0)


def batch_of(examples: Sequence[Example], dropping: np.random.Generator | None = None) -> Batch:
    """The pages as one batch. With `dropping`, some pages lose their names, their words or the publisher's text."""
    chosen = [_features(example, dropping) for example in examples]
    sizes = [len(page.dense) for page in chosen]
    boxes = [len(page.name_starts) for page in chosen]
    return Batch(
        dense=torch.from_numpy(np.concatenate([page.dense for page in chosen])),
        names=_joined([page.names for page in chosen]),
        name_starts=_joined([page.name_starts for page in chosen], [len(page.names) for page in chosen]),
        boxes=_joined([page.boxes for page in chosen], boxes),
        words=_joined([page.words for page in chosen]),
        word_starts=_joined([page.word_starts for page in chosen], [len(page.words) for page in chosen]),
        page=_joined([np.full(size, number) for number, size in enumerate(sizes)]),
        place=_joined([np.arange(size) for size in sizes]),
        pages=len(chosen),
        names_seen=_seen(boxes, NAMES_DROPPED, dropping),
        words_seen=_seen(sizes, WORDS_DROPPED, dropping),
    )


def _features(example: Example, dropping: np.random.Generator | None) -> Features:
    dropped = dropping is not None and dropping.random() < WITNESS_DROPPED
    return example.features if dropped else example.witnessed


def _seen(sizes: list[int], share: float, dropping: np.random.Generator | None) -> Tensor:
    seen = [1.0 if dropping is None or dropping.random() >= share else 0.0 for _ in sizes]
    return torch.from_numpy(np.repeat(np.array(seen, np.float32), sizes))[:, None]


def _joined(parts: list[NDArray[np.int64]], lengths: list[int] | None = None) -> Tensor:
    """The arrays one after another; with `lengths`, each moved by the lengths of those before it."""
    if lengths is not None:
        moves = np.cumsum([0, *lengths[:-1]])
        parts = [part + move for part, move in zip(parts, moves, strict=True)]
    return torch.from_numpy(np.concatenate(parts))


def _array(tensor: Tensor) -> NDArray[np.float32]:
    return tensor.detach().numpy()
