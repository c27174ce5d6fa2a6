"""The loss and the training loop that both scorers share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from cleaners.label.network import KEPT_CLASSES

LEARNING_RATE = 3e-3
WARM_UP = 0.1
"""Share of the steps during which the learning rate rises."""

LARGEST_GRADIENT = 1.0
"""The norm to which gradients are clipped."""

NO_WEIGHT = 1e-6
"""Added to the weight of a page, to avoid a division by zero for a page without a known class."""

Batch = TypeVar("Batch")
Page = TypeVar("Page")


class Targets(NamedTuple):
    """The expected results for the blocks of several pages.

    `sizes` are the numbers of blocks of the pages. By block: `classes` (-1 where unknown), `words` (their number), and
    `shares`, the share of a block in the annotated text. By page: `importance` (its weight), and `annotated`, whether
    its whole text is known.
    """

    sizes: Sequence[int]
    classes: NDArray[np.int64]
    words: NDArray[np.float32]
    shares: NDArray[np.float32]
    importance: Sequence[float]
    annotated: Sequence[bool]


def loss_of(scores: Tensor, targets: Targets, smoothing: float) -> Tensor:
    """Cross-entropy of the classes plus 1 - word F1 of each annotated page, with probabilities as soft decisions."""
    classes, words, shares = map(torch.from_numpy, (targets.classes, targets.words, targets.shares))
    weight = (words + 2).sqrt() * (classes >= 0)
    entropy = functional.cross_entropy(scores, classes.clamp(min=0), reduction="none", label_smoothing=smoothing)
    loss, f1 = by_page(scores, entropy, weight, words, shares, targets.sizes)
    importance = torch.tensor(targets.importance)
    return ((loss + (1 - f1) * torch.tensor(targets.annotated)) * importance).sum() / importance.sum()


def by_page(
    scores: Tensor, entropy: Tensor, weight: Tensor, words: Tensor, shares: Tensor, sizes: Sequence[int]
) -> tuple[Tensor, Tensor]:
    """For each page the weighted mean of the cross-entropy of its blocks, and the word F1 with probabilities as soft
    decisions; `shares` are those of the blocks in the wanted text, `sizes` the numbers of blocks of the pages."""
    page = torch.from_numpy(np.repeat(np.arange(len(sizes)), sizes))

    def total(values: Tensor) -> Tensor:
        return torch.zeros(len(sizes)).index_add(0, page, values)

    kept = scores.softmax(1)[:, KEPT_CLASSES].sum(1)
    f1 = 2 * total(kept * words * shares) / (total(kept * words) + total(words * shares).clamp(min=1))
    return total(entropy * weight) / (total(weight) + NO_WEIGHT), f1


def in_batches(
    pages: Iterable[Page], size: Callable[[Page], int], rng: np.random.Generator, most_pages: int, most_blocks: int
) -> Iterator[list[Page]]:
    """Batches of pages of similar length, in a random order: of so many pages, and of so many blocks when all are as
    long as the longest, at most; `size` is the number of blocks of a page."""
    batches: list[list[Page]] = [[]]
    for page in sorted(pages, key=lambda page: size(page) * np.exp(0.3 * rng.normal())):
        if len(batches[-1]) == most_pages or (len(batches[-1]) + 1) * size(page) > most_blocks:
            batches.append([])
        batches[-1].append(page)
    for number in rng.permutation(len(batches)):
        if batches[number]:
            yield batches[number]


def optimise(
    network: nn.Module,
    batches: Iterable[Batch],
    loss: Callable[[Batch], Tensor],
    steps: int,
    decay: float,
    averaged_after: int | None = None,
) -> None:
    """Train a network on all batches, one step each, and leave it in evaluation mode.

    `steps` is the length of the learning-rate schedule, `decay` the weight decay. The weights are those of the last
    step, or the mean of those of all steps after `averaged_after`: stochastic weight averaging (Izmailov et al.,
    "Averaging Weights Leads to Wider Optima and Better Generalization", UAI 2018).
    """
    optimizer = torch.optim.AdamW(network.parameters(), LEARNING_RATE, weight_decay=decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, LEARNING_RATE, total_steps=steps, pct_start=WARM_UP)
    averages: list[Tensor] = []
    network.train()
    for step, batch in enumerate(batches, 1):
        value = loss(batch)
        optimizer.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), LARGEST_GRADIENT)
        optimizer.step()
        schedule.step()
        if averaged_after is not None and step > averaged_after:
            averages = averages or [weights.detach().clone() for weights in network.parameters()]
            for mean, weights in zip(averages, network.parameters(), strict=True):
                mean.add_((weights.detach() - mean) / (step - averaged_after))
    for mean, weights in zip(averages, network.parameters(), strict=bool(averages)):
        weights.data.copy_(mean)
    network.eval()
