"""Trains and measures the model that tells articles from other pages.

    python -m bench.page_kind            the shares of articles and of other pages refused, by cross-validation
    python -m bench.page_kind --train    the same, and writes cleaners/page_kind.json

Pages: WCXB's articles and other pages, and Fundus's news pages. The folds keep the pages of one site together. The
blocks kept for the text are guessed: those of 80 characters and more with little inside links. A real scorer keeps
more precisely, so the figures are a lower bound.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

from bench.corpora import ARTICLES, CORPORA, NEWS, MissingCorpusError, Sample, read_jsonl
from cleaners.blocks.html import html_blocks, parse
from cleaners.evidence import Evidence, evidence_of
from cleaners.metadata import read_markup
from cleaners.page_kind import REFUSED_BELOW, features

OTHERS = CORPORA / "wcxb-dev-other.jsonl.xz"
MODEL = Path(__file__).parents[1] / "cleaners" / "page_kind.json"
FOLDS = 10
STRENGTH = 0.3
"""The inverse of the regularization of the standardized weights."""

LONG = 80
LITTLE_LINKED = 0.4
THRESHOLDS = (-5.0, -4.5, -4.0, -3.5, -3.0, -2.0, 0.0)


def guessed_evidence(sample: Sample) -> Evidence:
    """The evidence about a page with a guess at what is kept."""
    tree = parse(sample.html)
    blocks = html_blocks(tree)
    kept = [len(block.text) >= LONG and block.link_density < LITTLE_LINKED for block in blocks]
    return evidence_of(blocks, kept, read_markup(tree, sample.url or None), sample.url or None)


def matrix(rows: Sequence[dict[str, float]]) -> tuple[list[str], np.ndarray]:
    """The features of all pages, by column; those of a missing address are the mean of the others."""
    names = sorted(set().union(*rows) - {"no_url"})
    values = np.array([[row.get(name, np.nan) for name in names] for row in rows])
    return names, np.where(np.isnan(values), np.nanmean(values, axis=0), values)


def fit(values: np.ndarray, articles: np.ndarray) -> tuple[float, np.ndarray]:
    """Intercept and weights for the values as they are, learned on standardized ones."""
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(scaler.transform(values), articles)
    weights = model.coef_[0] / scaler.scale_
    return float(model.intercept_[0] - weights @ scaler.mean_), weights


def cross_validated(values: np.ndarray, articles: np.ndarray, sites: Sequence[str]) -> np.ndarray:
    """The log-odds of every page by a model that has seen no page of its site."""
    folds = np.array([crc32(site.encode()) % FOLDS for site in sites])
    scores = np.zeros(len(values))
    for fold in range(FOLDS):
        intercept, weights = fit(values[folds != fold], articles[folds != fold])
        scores[folds == fold] = intercept + values[folds == fold] @ weights
    return scores


def main() -> int:
    """Prints the shares refused at several thresholds; with `--train` writes the model."""
    parser = argparse.ArgumentParser(prog="python -m bench.page_kind", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--train", action="store_true", help=f"write {MODEL.name}")
    options = parser.parse_args()
    try:
        pages = [
            (name, sample)
            for name, file in (("article", ARTICLES), ("news", NEWS), ("", OTHERS))
            for sample in read_jsonl(file)
        ]
    except MissingCorpusError as error:
        print(error, file=sys.stderr)
        return 1
    groups = np.array([name or sample.page_type for name, sample in pages])
    names, values = matrix([features(guessed_evidence(sample)) for _, sample in pages])
    articles = np.isin(groups, ("article", "news"))
    scores = cross_validated(values, articles, [sample.site for _, sample in pages])
    _print(scores, groups, articles)
    if options.train:
        intercept, weights = fit(values, articles)
        path = [index for index, name in enumerate(names) if name.startswith("path_")]
        model = {
            "intercept": intercept,
            "no_url": float(weights[path] @ values[:, path].mean(axis=0)),
            **dict(zip(names, weights, strict=True)),
        }
        MODEL.write_text(json.dumps({name: round(float(weight), 4) for name, weight in model.items()}, indent=1) + "\n")
    return 0


def _print(scores: np.ndarray, groups: np.ndarray, articles: np.ndarray) -> None:
    kinds = sorted(set(groups))
    print("per cent of pages refused under a threshold of the log-odds")
    print(f"{'':>10}" + "".join(f"{kind:>15}" for kind in [*kinds, "all others"]))
    for threshold in THRESHOLDS:
        shares = [100 * float((scores[groups == kind] < threshold).mean()) for kind in kinds]
        shares.append(100 * float((scores[~articles] < threshold).mean()))
        mark = " *" if threshold == REFUSED_BELOW else ""
        print(f"{threshold:>10}" + "".join(f"{share:>15.2f}" for share in shares) + mark)


if __name__ == "__main__":
    sys.exit(main())
