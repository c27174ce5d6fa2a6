"""The learned scorer of the lines of plain-text dumps.

The network is that of `cleaners.label.network`, its features come from `text_features`. The weights are trained by
`python -m bench train-text`; the model card beside them has the measured figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaners.data import Verdict
from cleaners.label.network import KEPT_CLASSES, Floats, Network, rows_of, verdicts
from cleaners.label.text_features import Lines, text_features

WINDOW = 4096
"""Lines that are scored at once. A longer page is scored window by window, so that its memory is bounded."""

MARGIN = 256
"""Lines on each side of a window that are given as context and scored with another window."""


class TextNetwork(Network):
    """The network of text lines, as `bench/train/network.py` exports it."""

    def probabilities(self, page: Lines) -> Floats:
        """The probability of each class for each line: (lines, classes), rows sum to 1."""
        words = self.bag(rows_of(page.words, self.tables["vocabulary"]), page.starts)
        return self.classify(page.dense, words[: len(page.dense)], words[len(page.dense) :])


def score_text(lines: Sequence[str], network: TextNetwork, spaces: Sequence[str] | None = None) -> list[Verdict]:
    """A verdict for every line of a dump, by the learned scorer. The time is linear in the number of lines.

    `lines` are non-blank, with white space folded; `spaces` is the white space before each, as `text_features` takes
    it. The confidence is the network's probability for the label.
    """
    return [
        verdict
        for scored in _windows(lines, network, spaces)
        for verdict in verdicts(scored, scored[:, KEPT_CLASSES].sum(axis=1), network.threshold)
    ]


def _windows(lines: Sequence[str], network: TextNetwork, spaces: Sequence[str] | None) -> Iterator[Floats]:
    for start in range(0, len(lines), WINDOW):
        before = max(0, start - MARGIN)
        window = slice(before, start + WINDOW + MARGIN)
        scored = network.probabilities(text_features(lines[window], None if spaces is None else spaces[window]))
        yield scored[start - before : start - before + WINDOW]
