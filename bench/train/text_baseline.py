"""What the network for text lines is compared with: boosted trees over a line's features and those of its neighbours.

`python -m bench.train.text_baseline` prints the table that `bench.train.text` prints, over the same folds.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import lightgbm
import numpy as np
from numpy.typing import NDArray

from bench.pages.corpora import MissingCorpusError
from bench.pages.renderers import RENDERERS
from bench.pages.text import KEPT_SHARE, MEASURED, SOURCES, Example, examples
from bench.train.text import FOLDS, Predictions, fold_of, report, scored

NEIGHBOURS = 3
TREES = 200
TAKEN = 0.25
"""Share of the dumps that is trained on, which bounds memory."""

SETTINGS = {"objective": "binary", "learning_rate": 0.1, "num_leaves": 63, "feature_fraction": 0.5, "num_threads": 1,
            "seed": 0, "deterministic": True, "verbose": -1}  # fmt: skip


def main() -> int:
    """The command line. Corpora that are not there are said in one line."""
    try:
        pages = [page for source in SOURCES for page in examples(source)]
    except MissingCorpusError as error:
        print(error, file=sys.stderr)
        return 1
    print(report(pages, scored(pages, cross_validated(pages))))
    return 0


def cross_validated(pages: Sequence[Example]) -> Predictions:
    """Predictions for every measured page by trees that saw no page of its site."""
    chance = np.random.default_rng(0)
    kept: Predictions = {}
    for fold in range(FOLDS):
        others = [page for page in pages if fold_of(page.site) != fold and chance.random() < TAKEN]
        booster = _train(others)
        for number, page in enumerate(pages):
            if fold_of(page.site) == fold and page.source in MEASURED and page.renderer in RENDERERS:
                kept[number] = np.asarray(booster.predict(_columns(page)), np.float32)
    return kept


def _train(pages: Sequence[Example]) -> lightgbm.Booster:
    columns = np.concatenate([_columns(page) for page in pages])
    labels = np.concatenate([page.shares >= KEPT_SHARE for page in pages])
    weights = np.sqrt(np.concatenate([page.sizes for page in pages]) + 1)
    return lightgbm.train(SETTINGS, lightgbm.Dataset(columns, labels, weight=weights), TREES)


def _columns(page: Example) -> NDArray[np.float32]:
    """The features of each line and of the lines around it; zeros beyond the ends of the page."""
    dense = page.features.dense
    padded = np.pad(dense, ((NEIGHBOURS, NEIGHBOURS), (0, 0)))
    return np.concatenate([padded[start : start + len(dense)] for start in range(2 * NEIGHBOURS + 1)], axis=1)


if __name__ == "__main__":
    sys.exit(main())
