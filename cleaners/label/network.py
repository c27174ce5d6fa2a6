"""The network of the learned scorers, in numpy: a small convolutional network over the blocks of a page.

Dilated convolutions add to each block what its neighbours show, the nearest first, and twice the network pools the
whole page. Each scorer computes its own features and bags of words.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleaners.data import Label, Verdict

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

RULE = "scorer"
CLASSES = (Label.NAVIGATION, Label.BODY, Label.HEADING, Label.CAPTION, Label.SUMMARY, Label.TITLE, Label.BYLINE)
"""The classes of a network; `NAVIGATION` stands for all that is dropped."""

KEPT_CLASSES = slice(1, 3)
"""Body and heading: their probabilities together decide whether a block is kept."""

LIMIT = 5.0
"""Standard deviations from the mean at which a feature is clipped."""


class Network:
    """A network with its weights by name, as `bench/train/network.py` exports them; `tables` are those of integers."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._weights: dict[str, Floats] = {
            name: array.astype(np.float32) for name, array in arrays.items() if array.dtype.kind == "f"
        }
        self.tables: dict[str, Ints] = {
            name: array.astype(np.int64) for name, array in arrays.items() if array.dtype.kind != "f"
        }
        self.threshold = float(self._weights["threshold"])

    def classify(self, dense: Floats, *bags: Floats) -> Floats:
        """The probability of each of CLASSES for each of n blocks: (n, classes), rows sum to 1.

        `dense` is (n, columns), each of `bags` (n, width): embeddings as `bag` gives them.
        """
        with one_thread():
            return self._classify(dense, bags)

    def _classify(self, dense: Floats, bags: tuple[Floats, ...]) -> Floats:
        standard = dense - self._weights["mean"]
        standard /= self._weights["deviation"]
        np.minimum(np.maximum(standard, -LIMIT, out=standard), LIMIT, out=standard)
        inputs = np.concatenate([standard, *bags], axis=1)
        first = self.read("context", relu(self.linear("input", inputs)))
        state = first
        for layer, dilation in enumerate(self.tables["dilations"].tolist()):
            state = state + relu(self._convolution(f"convolution{layer}", state, dilation))
        state = self.read("outcome", state)
        return _softmax(self.linear("output", np.concatenate([first, state], axis=1)))

    def bag(self, rows: Ints, starts: Ints) -> Floats:
        """The mean embedding of each bag: `rows` of the table one bag after another, `starts` where each begins."""
        sizes = np.diff(starts, append=len(rows))[:, None].astype(np.float32)
        sums: Floats = np.add.reduceat(self._weights["embedding"].take(rows, axis=0), starts, axis=0)
        return sums / sizes

    def linear(self, name: str, values: Floats) -> Floats:
        """One layer of the network."""
        scores: Floats = values @ self._weights[f"{name}.weight"]
        scores += self._weights[f"{name}.bias"]
        return scores

    def read(self, name: str, state: Floats) -> Floats:
        """The state of every block, with what the page has on average, at most so far, and at most from here on.

        A headline of comments far above a block says as much as its neighbours do.
        """
        mean = np.broadcast_to(state.mean(axis=0), state.shape)
        so_far = np.maximum.accumulate(state)
        from_here = np.maximum.accumulate(state[::-1])[::-1]
        return relu(state + self.linear(name, np.concatenate([mean, so_far, from_here], axis=1)))

    def _convolution(self, name: str, state: Floats, dilation: int) -> Floats:
        """Each block with those `dilation` before and behind it; beyond the ends of the page are zeros."""
        size, width = state.shape
        window = np.zeros((size, 3, width), np.float32)
        window[dilation:, 0] = state[: max(size - dilation, 0)]
        window[:, 1] = state
        window[: max(size - dilation, 0), 2] = state[dilation:]
        return self.linear(name, window.reshape(size, -1))


def rows_of(words: Ints, vocabulary: Ints) -> Ints:
    """The rows of the table of embeddings for hashes of words; row 0 is for every word outside the vocabulary.

    `vocabulary` holds the hashes of the words that the network knows, ascending: those that several sites share.

    >>> rows_of(np.array([7, 5, 3]), vocabulary=np.array([3, 7])).tolist()
    [2, 0, 1]
    """
    indices = np.minimum(np.searchsorted(vocabulary, words), len(vocabulary) - 1)
    return np.where(vocabulary[indices] == words, indices + 1, 0)


def verdicts(probabilities: Floats, shares: Floats, threshold: float) -> list[Verdict]:
    """The more probable of the kept classes for each block whose share reaches the threshold, else the most probable of
    the others.

    `probabilities` are (n, classes), `shares` (n,): the probability that each block is kept.
    """
    kept = shares >= threshold
    best = np.where(kept, _likeliest(probabilities, _KEPT), _likeliest(probabilities, _OTHERS))
    sure = np.where(kept, shares, probabilities[np.arange(len(best)), best])
    return [Verdict(CLASSES[number], RULE, share) for number, share in zip(best.tolist(), sure.tolist(), strict=True)]


_KEPT = np.arange(len(CLASSES))[KEPT_CLASSES]
_OTHERS = np.delete(np.arange(len(CLASSES)), KEPT_CLASSES)


def _likeliest(probabilities: Floats, classes: Ints) -> Ints:
    number: Ints = classes[probabilities[:, classes].argmax(axis=1)]
    return number


def one_thread() -> AbstractContextManager[object]:
    """A context in which BLAS uses one thread. The matrices of one page are so small that a second thread slows it
    down: on a busy machine by tens of milliseconds a page."""
    context: AbstractContextManager[object] = _threads().limit(limits=1, user_api="blas")
    return context


@cache
def _threads() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController  # which few pages need

    return ThreadpoolController()


def relu(values: Floats) -> Floats:
    """The values with 0 in place of negative ones.

    >>> relu(np.array([-1, 2], np.float32)).tolist()
    [0.0, 2.0]
    """
    return np.maximum(values, np.float32(0))


def _softmax(values: Floats) -> Floats:
    powers: Floats = np.exp(values - values.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares
