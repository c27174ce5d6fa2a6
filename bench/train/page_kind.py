"""Trains and measures the model that tells articles from other pages.

    python -m bench.train.page_kind            what refusing costs and what is refused, by cross-validation
    python -m bench.train.page_kind --guess    the same with guessed blocks: 80 characters, few in links
    python -m bench.train.page_kind --train    writes cleaners/weights/page_kind.json too

Pages: WCXB's articles and other pages, and Fundus's news pages. The folds keep the pages of one site together. Every
page is seen twice, with its address and without. The blocks are those that the product keeps, by weights that have
seen these pages; a guess has not, so that the truth lies between the two. What refusing costs is told in points of word
F1, as a page that is refused loses what its text would have scored.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bench.metrics import word_f1
from bench.pages.corpora import ARTICLES, NEWS, OTHERS, MissingCorpusError, Sample, read_jsonl
from bench.pages.renderers import decoded
from bench.paths import WEIGHTS
from bench.train.weights import write_page_kind
from cleaners.blocks.html import html_blocks, parse
from cleaners.data import KEPT, Block
from cleaners.kind.decision import REFUSED_BELOW, REFUSED_BELOW_WITHOUT_ADDRESS, PageKind, page_kind
from cleaners.kind.evidence import Evidence, evidence_of
from cleaners.kind.model import ADDRESS, features
from cleaners.label.html import html_passage
from cleaners.label.neighbours import HTML_STORY_RULES
from cleaners.label.second_opinion import main_text
from cleaners.metadata.markup import Markup, read_markup
from cleaners.models import shipped_models
from cleaners.pipeline import label_by_story

MODEL = WEIGHTS / "page_kind.json"
FOLDS = 10
STRENGTH = 0.05
"""The inverse of the regularization of the standardized weights."""

IMPORTANCE = {"service": 0.1, "documentation": 0.0}
"""What a page weighs in training where it is not 1. These read like articles often enough, and keeping one is no harm:
learned in full they push odd articles out (44 % of the other pages refused for 0.09 points of F1, against 50 %)."""

LONG = 80
LITTLE_LINKED = 0.4
THRESHOLDS = (-5.0, -4.0, -3.5, -3.0, -2.8, -2.6, -2.4, -2.2, -2.0, 0.0)
STEPS = 20
"""Newton's method is at its end long before."""

Floats = NDArray[np.float64]


class KindExample(NamedTuple):
    """A page: its group (`article`, `news`, or WCXB's type), its site, the evidence about it, and the word F1 of its
    kept blocks."""

    group: str
    site: str
    evidence: Evidence
    f1: float


class LogisticModel(NamedTuple):
    """Intercept and weights for the features as they are, and what stands for one that is missing."""

    intercept: float
    weights: Floats
    means: Floats

    def log_odds(self, values: Floats) -> Floats:
        """The log-odds of pages, one a row."""
        scores: Floats = self.intercept + np.where(np.isnan(values), self.means, values) @ self.weights
        return scores


def examples(guess: bool = False) -> Iterator[KindExample]:
    """All pages of the corpora, articles first."""
    for group, file in (("article", ARTICLES), ("news", NEWS), ("", OTHERS)):
        for sample in read_jsonl(file):
            tree = parse(sample.html)
            if blocks := html_blocks(tree):
                yield _example(group or sample.page_type, sample, blocks, read_markup(tree, sample.url or None), guess)


def _example(group: str, sample: Sample, blocks: list[Block], markup: Markup, guess: bool) -> KindExample:
    kept = _guessed(blocks) if guess else _kept(decoded(sample.html), blocks, markup)
    text = "\n".join(block.text for block, keep in zip(blocks, kept, strict=True) if keep)
    evidence = evidence_of(blocks, kept, markup, sample.url or None)
    return KindExample(group, sample.site, evidence, word_f1(sample.text or "", text))


def _kept(html: str, blocks: list[Block], markup: Markup) -> list[bool]:
    models = shipped_models()
    passage = html_passage(blocks, markup, models.html, partial(main_text, html))
    judged = label_by_story(passage, models.stories, (), HTML_STORY_RULES)
    return [block.label in KEPT for block in judged]


def _guessed(blocks: list[Block]) -> list[bool]:
    return [len(block.text) >= LONG and block.link_density < LITTLE_LINKED for block in blocks]


def matrix(rows: Sequence[dict[str, float]], names: Sequence[str]) -> Floats:
    """The features of all pages, by column; those that a page lacks are not a number."""
    return np.array([[row.get(name, np.nan) for name in names] for row in rows])


def without_address(values: Floats, names: Sequence[str]) -> Floats:
    """The same pages as if nothing were known of where they are from."""
    return np.where([name in ADDRESS for name in names], np.nan, values)


def fit(values: Floats, articles: NDArray[np.bool_], importance: Floats) -> LogisticModel:
    """A ridge logistic regression on the standardized features, by Newton's method."""
    means = np.nanmean(values, axis=0)
    filled = np.where(np.isnan(values), means, values)
    center, scale = filled.mean(axis=0), filled.std(axis=0)
    scale[scale == 0] = 1
    rows = np.column_stack([np.ones(len(filled)), (filled - center) / scale])
    penalty = np.full(rows.shape[1], 1 / STRENGTH)
    penalty[0] = 0
    found = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        probability = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (importance * (probability - articles)) + penalty * found
        curve = (rows.T * (importance * probability * (1 - probability))) @ rows + np.diag(penalty)
        found -= np.linalg.solve(curve, slope)
    weights = found[1:] / scale
    return LogisticModel(float(found[0] - weights @ center), weights, means)


def cross_validated(
    values: Floats, bare: Floats, articles: NDArray[np.bool_], importance: Floats, sites: Sequence[str]
) -> tuple[Floats, Floats]:
    """The log-odds of every page with its address and without, by models that have seen no page of its site."""
    folds = np.array([crc32(site.encode()) % FOLDS for site in sites])
    with_address, without = np.zeros(len(values)), np.zeros(len(values))
    for fold in range(FOLDS):
        model = _fit_both(values, bare, articles, importance, folds != fold)
        with_address[folds == fold] = model.log_odds(values[folds == fold])
        without[folds == fold] = model.log_odds(bare[folds == fold])
    return with_address, without


def _fit_both(
    values: Floats, bare: Floats, articles: NDArray[np.bool_], importance: Floats, seen: NDArray[np.bool_]
) -> LogisticModel:
    seen = seen & (importance > 0)
    return fit(np.concatenate([values[seen], bare[seen]]), np.tile(articles[seen], 2), np.tile(importance[seen], 2))


def main() -> int:
    """Prints costs and shares refused at several thresholds; with `--train` writes the model."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.train.page_kind", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--guess", action="store_true", help="guess which blocks are kept")
    parser.add_argument("--train", action="store_true", help=f"write {MODEL.name}")
    options = parser.parse_args()
    try:
        pages = list(examples(options.guess))
    except MissingCorpusError as error:
        print(error, file=sys.stderr)
        return 1
    measure(pages, options.train)
    return 0


def measure(pages: Sequence[KindExample], train: bool) -> None:
    """Prints what cross-validation finds; writes the model if asked to."""
    rows = [features(page.evidence) for page in pages]
    names = sorted(set().union(*rows) - {"no_url"})
    values = matrix(rows, names)
    bare = without_address(values, names)
    groups = np.array([page.group for page in pages])
    articles = np.isin(groups, ("article", "news"))
    importance = np.array([IMPORTANCE.get(page.group, 1.0) for page in pages])
    scored = cross_validated(values, bare, articles, importance, [page.site for page in pages])
    f1 = np.array([page.f1 for page in pages])
    chosen = {"with the address": REFUSED_BELOW, "without it": REFUSED_BELOW_WITHOUT_ADDRESS}
    for (title, threshold), scores in zip(chosen.items(), scored, strict=True):
        print(f"{title}: points of F1 that refusing articles costs, and per cent of pages refused, by log-odds")
        _print(scores, groups, articles, f1, threshold)
    if train:
        write(_fit_both(values, bare, articles, importance, np.ones(len(values), bool)), names)
    whole = [page.evidence for page in pages if page.group in ("article", "news")]
    weights = shipped_models().page_kind
    stubs = sum(page_kind(evidence, weights).kind is PageKind.STUB for evidence in whole)
    print(f"articles called a stub: {stubs} of {len(whole)}")


def write(model: LogisticModel, names: Sequence[str]) -> None:
    """Writes the model where the product reads it. `no_url` is what the features of an average address give."""
    of_address = [index for index, name in enumerate(names) if name in ADDRESS]
    weights = {
        "intercept": model.intercept,
        "no_url": float(model.weights[of_address] @ model.means[of_address]),
        **dict(zip(names, model.weights, strict=True)),
    }
    write_page_kind(MODEL, weights)


def _print(scores: Floats, groups: NDArray[np.str_], articles: NDArray[np.bool_], f1: Floats, chosen: float) -> None:
    kinds = sorted(set(groups))
    print(f"{'':>10}" + "".join(f"{kind:>15}" for kind in ["points of F1", *kinds, "all others"]))
    for threshold in THRESHOLDS:
        refused = scores < threshold
        cells = [100 * float(f1[refused & articles].sum() / articles.sum())]
        cells += [100 * float(refused[groups == kind].mean()) for kind in kinds]
        cells.append(100 * float(refused[~articles].mean()))
        mark = " *" if threshold == chosen else ""
        print(f"{threshold:>10}" + "".join(f"{cell:>15.2f}" for cell in cells) + mark)


if __name__ == "__main__":
    sys.exit(main())
