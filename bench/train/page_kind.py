"""Trains and measures the model that separates articles from other pages: `page_kind.json`.

The pages are the articles of all sets that may be learned from and WCXB's other pages, each with its address and
without it. All pages of one site are in the same fold. The blocks are those that Copydesk keeps, by weights that have
seen most of these pages; with --guess they are guessed (80 characters or more, few of them in links), so that the truth
lies between the two results. The cost of rejecting articles is given in points of word F1: a rejected page loses what
its text would have scored. `python -m bench refusals` measures the model on sets that it has not seen.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bench.metrics import word_f1
from bench.pages.corpora import ARTICLES, MORE_TRAINING, MULTILINGUAL, NEWS, NEWS_SITES, OTHERS, Sample, read_jsonl
from bench.pages.renderers import decoded
from bench.train.logistic import Floats, LogisticModel, fit
from bench.train.options import add_output_argument, add_validation_arguments, written
from bench.train.weights import write_numbers
from cleaners.blocks.html import html_blocks, parse
from cleaners.data import KEPT, Block
from cleaners.kind.decision import REFUSED_BELOW, PageKind, page_kind
from cleaners.kind.evidence import Evidence, evidence_of
from cleaners.kind.model import ADDRESS, features
from cleaners.label.html import html_passage
from cleaners.label.neighbours import HTML_STORY_RULES
from cleaners.label.second_opinion import main_text
from cleaners.metadata.markup import Markup, read_markup
from cleaners.models import shipped_models
from cleaners.pipeline import label_by_story

MODEL = "page_kind.json"

FOLDS = 10
STORIES = {
    "article": ARTICLES,
    "news": NEWS,
    "news-sites": NEWS_SITES,
    "more-training": MORE_TRAINING,
    "multilingual": MULTILINGUAL,
}
"""The sets of articles, by the name of their group. Fitted on the first two only, whose pages are of 2023 to 2026, the
model called 32 of 2,220 stories in four older sets that it had not seen an index, a search or the like, now 2 of them
(`python -m bench refusals`)."""

IMPORTANCE = {"service": 0.1, "documentation": 0.0}
"""Weights of pages in training; all others weigh 1. These pages often read like articles, and keeping one does no harm.
With full weight they push unusual articles out: 44 % of the other pages rejected for 0.09 points of F1, not 50 %."""

LONG, LITTLE_LINKED = 80, 0.4
"""Least characters and highest link density of a block that --guess takes for a kept one."""

THRESHOLDS = (-5.0, -4.0, -3.5, -3.0, -2.8, -2.6, -2.4, -2.2, -2.0, 0.0)


class KindExample(NamedTuple):
    """A page: its group (a key of STORIES, or WCXB's type), its site, the evidence about it, and the word F1 of its
    kept blocks (1 for an article whose text is not annotated)."""

    group: str
    site: str
    evidence: Evidence
    f1: float


def examples(guess: bool = False) -> Iterator[KindExample]:
    """All pages of the corpora, articles first."""
    for group, file in {**STORIES, "": OTHERS}.items():
        for sample in read_jsonl(file):
            tree = parse(sample.html)
            if blocks := html_blocks(tree):
                yield _example(group or sample.page_type, sample, blocks, read_markup(tree, sample.url or None), guess)


def _example(group: str, sample: Sample, blocks: list[Block], markup: Markup, guess: bool) -> KindExample:
    kept = _guessed(blocks) if guess else _kept(decoded(sample.html), blocks, markup)
    text = "\n".join(block.text for block, keep in zip(blocks, kept, strict=True) if keep)
    evidence = evidence_of(blocks, kept, markup, sample.url or None)
    f1 = 1.0 if sample.text is None else word_f1(sample.text, text)
    return KindExample(group, sample.site, evidence, f1)


def _kept(html: str, blocks: list[Block], markup: Markup) -> list[bool]:
    models = shipped_models()
    passage = html_passage(blocks, markup, models.html, partial(main_text, html))
    judged = label_by_story(passage, models.stories, (), HTML_STORY_RULES)
    return [block.label in KEPT for block in judged]


def _guessed(blocks: list[Block]) -> list[bool]:
    return [len(block.text) >= LONG and block.link_density < LITTLE_LINKED for block in blocks]


def matrix(rows: Sequence[dict[str, float]], names: Sequence[str]) -> Floats:
    """The features of all pages by column; missing ones are NaN."""
    return np.array([[row.get(name, np.nan) for name in names] for row in rows])


def without_address(values: Floats, names: Sequence[str]) -> Floats:
    """The same pages without the features of their address."""
    return np.where([name in ADDRESS for name in names], np.nan, values)


class Pages:
    """The pages as a matrix, with what training and measuring need of each."""

    def __init__(self, pages: Sequence[KindExample]) -> None:
        rows = [features(page.evidence) for page in pages]
        self.pages = pages
        self.names = sorted(set().union(*rows) - {"no_url"})
        self.values = matrix(rows, self.names)
        self.without_address = without_address(self.values, self.names)
        self.groups = np.array([page.group for page in pages])
        self.articles = np.isin(self.groups, list(STORIES))
        self.importance = np.array([IMPORTANCE.get(page.group, 1.0) for page in pages])
        self.f1 = np.array([page.f1 for page in pages])

    def fit(self, seen: NDArray[np.bool_]) -> LogisticModel:
        """A model of the pages that are `seen`, each with its address and without it."""
        seen = seen & (self.importance > 0)
        values = np.concatenate([self.values[seen], self.without_address[seen]])
        return fit(values, np.tile(self.articles[seen], 2), np.tile(self.importance[seen], 2))

    def cross_validated(self) -> tuple[Floats, Floats]:
        """The log-odds of every page with its address and without, by models that have seen no page of its site."""
        folds = np.array([crc32(page.site.encode()) % FOLDS for page in self.pages])
        with_address, without = np.zeros(len(folds)), np.zeros(len(folds))
        for fold in range(FOLDS):
            model = self.fit(folds != fold)
            with_address[folds == fold] = model.log_odds(self.values[folds == fold])
            without[folds == fold] = model.log_odds(self.without_address[folds == fold])
        return with_address, without


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_output_argument(parser)
    add_validation_arguments(parser)
    parser.add_argument("--guess", action="store_true", help="guess which blocks are kept")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The tables of costs and rejected shares at several thresholds; then write the model."""
    pages = Pages(list(examples(options.guess)))
    if not options.no_validation:
        yield from report(pages)
    if not options.only_measure:
        path = options.out / MODEL
        write(path, pages.fit(np.ones(len(pages.values), bool)), pages.names)
        yield written(path)


def report(pages: Pages) -> Iterator[str]:
    """The results of cross-validation, and how many articles are called a stub by the shipped model."""
    for title, scores in zip(("with the address", "without it"), pages.cross_validated(), strict=True):
        yield f"{title}: points of F1 that refusing articles costs, and per cent of pages refused, by log-odds"
        yield from _costs(pages, scores)
    articles = [page.evidence for page in pages.pages if page.group in STORIES]
    weights = shipped_models().page_kind
    stubs = sum(page_kind(evidence, weights).kind is PageKind.STUB for evidence in articles)
    yield f"articles called a stub: {stubs} of {len(articles)}"


def _costs(pages: Pages, scores: Floats) -> Iterator[str]:
    groups = sorted(set(pages.groups))
    yield f"{'':>10}" + "".join(f"{group:>15}" for group in ["points of F1", *groups, "all others"])
    for threshold in THRESHOLDS:
        refused = scores < threshold
        cells = [100 * float(pages.f1[refused & pages.articles].sum() / pages.articles.sum())]
        cells += [100 * float(refused[pages.groups == group].mean()) for group in groups]
        cells.append(100 * float(refused[~pages.articles].mean()))
        mark = " *" if threshold == REFUSED_BELOW else ""
        yield f"{threshold:>10}" + "".join(f"{cell:>15.2f}" for cell in cells) + mark


def write(path: Path, model: LogisticModel, names: Sequence[str]) -> None:
    """Write the model. The weight `no_url` is the sum that the features of an average address give."""
    of_address = [index for index, name in enumerate(names) if name in ADDRESS]
    weights = {
        "intercept": model.intercept,
        "no_url": float(model.weights[of_address] @ model.means[of_address]),
        **dict(zip(names, model.weights, strict=True)),
    }
    write_numbers(path, weights)
