"""The network of `cleaners.label.html_scorer` in PyTorch: trained here, exported as arrays for numpy to run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from bench.pages.html import HtmlExample
from bench.train.network import HIDDEN, TorchNetwork
from cleaners.label.html_boxes import LEVELS
from cleaners.label.html_features import BUCKETS, Features

NAMES_DROPPED = 0.2
WORDS_DROPPED = 0.2
HINTS_DROPPED = 0.15
"""Shares of the pages that are shown without names, words or metadata, so that the network relies on none of them."""

UNKNOWN_SHARE = 0.1
"""Share of the names and words that are replaced by the unknown one, so that its embedding is trained."""

LEAST_DOMAINS = 4
"""Least number of registered domains of a name or a word with an embedding of its own."""


@dataclass(slots=True)
class Batch:
    """Several pages: their features one after another, and the number of blocks of each (`sizes`)."""

    dense: Tensor
    names: Tensor
    name_starts: Tensor
    boxes: Tensor
    words: Tensor
    word_starts: Tensor
    sizes: list[int]
    names_seen: Tensor
    words_seen: Tensor


class Convolution(nn.Conv1d):
    """A convolution of each block with the blocks `dilation` before and after it, with zeros beyond the page."""

    def __init__(self, dilation: int) -> None:
        super().__init__(HIDDEN, HIDDEN, 3, dilation=dilation, padding=dilation)

    def forward(self, state: Tensor) -> Tensor:
        """The new states of the blocks, (pages, places, HIDDEN)."""
        return super().forward(state.transpose(1, 2)).transpose(1, 2)


class TorchHtmlNetwork(TorchNetwork):
    """The network of HTML blocks. `rows` is the row of each bucket in the table of embeddings."""

    DROPOUT = 0.3
    READINGS = 2
    CONVOLUTION = Convolution

    def __init__(self, columns: int, rows: NDArray[np.int64]) -> None:
        super().__init__(columns, bags=LEVELS + 1, vocabulary=np.flatnonzero(rows))
        self.rows = torch.from_numpy(rows)

    def table(self) -> dict[str, NDArray[np.int64]]:
        """The row of each bucket."""
        return {"rows": self.rows.numpy()}

    def scores(self, batch: Batch) -> Tensor:
        """The scores of the classes, (blocks of all pages, classes)."""
        names = self.bag(self._rows(batch.names), batch.name_starts) * batch.names_seen
        words = self.bag(self._rows(batch.words), batch.word_starts) * batch.words_seen
        scores: Tensor = self(batch.dense, torch.cat([names[batch.boxes].flatten(1), words], 1), batch.sizes)
        return scores

    def _rows(self, buckets: Tensor) -> Tensor:
        rows = self.rows[buckets]
        return rows * (torch.rand(len(rows)) >= UNKNOWN_SHARE) if self.training else rows

    @staticmethod
    def read(layer: nn.Module, state: Tensor, real: Tensor) -> Tensor:
        """The state of every block, and what the page has on average and at most."""
        mean = (state * real).sum(1) / real.sum(1)
        most = (state * real + (real - 1) * 1e4).amax(1)
        return functional.relu(state + layer(torch.cat([mean, most], 1))[:, None]) * real


def embedding_rows(examples: Sequence[HtmlExample]) -> NDArray[np.int64]:
    """The row of each bucket in the table of embeddings; row 0 is for names and words of too few domains."""
    buckets: dict[str, list[NDArray[np.int64]]] = defaultdict(list)
    for example in examples:
        buckets[example.domain] += [example.features.names, example.features.words]
    domains = np.zeros(BUCKETS, np.int64)
    for seen in buckets.values():
        domains[np.unique(np.concatenate(seen))] += 1
    known = domains >= LEAST_DOMAINS
    return np.where(known, np.cumsum(known), 0)


def batch_of(examples: Sequence[HtmlExample], dropping: np.random.Generator | None = None) -> Batch:
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
        sizes=sizes,
        names_seen=_seen(boxes, NAMES_DROPPED, dropping),
        words_seen=_seen(sizes, WORDS_DROPPED, dropping),
    )


def _features(example: HtmlExample, dropping: np.random.Generator | None) -> Features:
    dropped = dropping is not None and dropping.random() < HINTS_DROPPED
    return example.features if dropped else example.hinted


def _seen(sizes: list[int], share: float, dropping: np.random.Generator | None) -> Tensor:
    seen = [1.0 if dropping is None or dropping.random() >= share else 0.0 for _ in sizes]
    return torch.from_numpy(np.repeat(np.array(seen, np.float32), sizes))[:, None]


def _joined(parts: list[NDArray[np.int64]], lengths: list[int] | None = None) -> Tensor:
    """The arrays one after another; with `lengths`, each is increased by the sum of the lengths before it."""
    if lengths is not None:
        moves = np.cumsum([0, *lengths[:-1]])
        parts = [part + move for part, move in zip(parts, moves, strict=True)]
    return torch.from_numpy(np.concatenate(parts))
