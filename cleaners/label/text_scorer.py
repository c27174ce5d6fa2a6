"""The learned scorer of the lines of plain-text dumps.

The network is that of `cleaners.label.network`; what it sees is made in `text_features`. The weights are trained by
`python -m bench.train_text`; the model card beside them tells how well that works.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from cleaners.data import Verdict
from cleaners.label.network import Floats, Network, verdict
from cleaners.label.text_features import text_features

WINDOW = 4096
"""Lines that are scored at once. A longer page is scored window by window, so that its memory is bounded."""

MARGIN = 256
"""Lines on each side of a window that are looked at and scored with another window."""


def score_text(lines: Sequence[str]) -> list[Verdict]:
    """A verdict for every line of a dump, by the learned scorer. The time is linear in the number of lines.

    `lines` are non-blank, with white space folded. The confidence is the network's probability for the label.
    """
    network = _network()
    return [verdict(row, network.threshold) for window in _windows(lines) for row in window.tolist()]


def probabilities(network: Network, lines: Sequence[str]) -> Floats:
    """The probabilities of the network's classes for the lines of one window."""
    page = text_features(lines)
    words = network.bag(page.words, page.starts)
    return network.probabilities(page.dense, words[: len(lines)], words[len(lines) :])


def _windows(lines: Sequence[str]) -> Iterator[Floats]:
    for start in range(0, len(lines), WINDOW):
        before = max(0, start - MARGIN)
        scored = probabilities(_network(), lines[before : start + WINDOW + MARGIN])
        yield scored[start - before : start - before + WINDOW]


@cache
def _network() -> Network:
    with (files("cleaners.label") / "weights" / "text.npz").open("rb") as weights:
        return Network(weights)
