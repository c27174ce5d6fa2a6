"""Fits and measures the confidence of a story's text: `confidence.json`.

It is fitted on what the product makes of pages whose domains the scorer has not seen: two scorers of HTML are trained
for it, each on half of the domains, and clean the pages of the other half. Cross-validation keeps all pages of a domain
in one fold. The weights for dumps stay as they were fitted, on the same pages as dumps by four renderers, with a scorer
of text lines that was not trained on them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from bench.metrics import word_or_character_f1
from bench.pages.addresses import registered_domain
from bench.pages.corpora import ARTICLES, MORE_TRAINING, NEWS, NEWS_SITES, Sample, read_annotations, teaches
from bench.pages.folds import FOLDS, fold_of
from bench.tables import Cell, table
from bench.train.html import EPOCHS, THRESHOLD
from bench.train.logistic import Floats, LogisticModel, fit
from bench.train.options import add_output_argument, add_validation_arguments, written
from bench.train.weights import write_numbers
from cleaners import Page, clean_page
from cleaners.data import ContentType
from cleaners.label.html_scorer import HtmlNetwork
from cleaners.models import Models, shipped_models
from cleaners.stories import group_by_story
from cleaners.stories.confidence import BENDS, features

CORPORA = (NEWS_SITES, MORE_TRAINING, NEWS, ARTICLES)
"""Articles of many outlets and makes."""

FACTS = (
    "expected_f1", "least_sure", "doubted_share", "log_kept", "log_gaps", "linked_share", "log_dropped_inside",
    "log_doubted", "log_overruled",
)  # fmt: skip
"""The facts that the model of HTML weighs. Of the others none made the rank correlation on other sets higher."""

WEIGHED = (*FACTS, *(f"{name}>{bend}" for name in FACTS for bend in BENDS.get(name, ())))
"""What it weighs: the facts, and by how much they go beyond their bends."""

WEIGHTS = "confidence.json"

RIGHT = 0.95
"""The word F1 from which on a text counts as right."""

LEVELS = (RIGHT, 0.98, 0.99)
"""Levels of word F1 that one model tells: most texts reach the first one, and what reaches the next is surer to."""

SURE = 0.9
"""Confidence above which nine texts in ten should be right."""


LIMITS = (0.5, 0.7, 0.8, SURE, 0.95)


class Outcome(NamedTuple):
    """A text: the fold of its page, the facts about its blocks, and its word F1."""

    fold: int
    facts: dict[str, float]
    f1: float


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_output_argument(parser)
    add_validation_arguments(parser)


def run(options: argparse.Namespace) -> Iterator[str]:
    """How well the confidence tells the right texts; then write the weights."""
    samples = [sample for path in CORPORA for page, sample in read_annotations(path) if sample.text and teaches(page)]
    outcomes = list(html_outcomes(samples, _models_of_halves()))
    if not options.no_validation:
        yield report("html", outcomes)
    if not options.only_measure:
        path = options.out / WEIGHTS
        write_numbers(path, {"html": fitted(outcomes), "text": dict(shipped_models().confidence["text"])})
        yield written(path)


def html_outcomes(samples: Sequence[Sample], models: Sequence[Models]) -> Iterator[Outcome]:
    """What becomes of the own story of each page, by the models at the index that its fold leaves."""
    for sample in samples:
        fold = fold_of(registered_domain(sample.url or sample.id))
        yield from outcome(sample, fold, models[fold % len(models)])


def outcome(sample: Sample, fold: int, models: Models) -> Iterator[Outcome]:
    """What becomes of a page's own story; nothing where the page gives none."""
    cleaned = clean_page(Page(sample.html, url=sample.url or None, kind="html"), models=models)
    for article in cleaned.articles[:1]:
        story = group_by_story(cleaned.blocks)[article.story.index]
        yield Outcome(fold, features(story.blocks), word_or_character_f1(sample.text or "", article.text))


def _models_of_halves() -> list[Models]:
    from bench.train.html_training import networks_of_halves  # PyTorch is needed from here on

    networks = networks_of_halves(EPOCHS)
    return [replace(shipped_models(), html=HtmlNetwork(network.arrays(THRESHOLD))) for network in networks]


def fitted(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The weights for these texts, by the name of the feature."""
    model = _fit(outcomes)
    return {"intercept": model.intercept, **dict(zip(WEIGHED, model.weights.tolist(), strict=True))}


def report(kind: ContentType, outcomes: Sequence[Outcome]) -> str:
    """How many texts reach each confidence, and how many of these are right, by weights of the other folds."""
    f1 = np.array([each.f1 for each in outcomes])
    folds = np.array([each.fold for each in outcomes])
    sure = np.zeros(len(outcomes))
    for fold in range(FOLDS):
        model = _fit([each for each in outcomes if each.fold != fold])
        sure[folds == fold] = 1 / (1 + np.exp(-model.log_odds(_values(outcomes)[folds == fold])))
    return f"{worth(f'{kind}: confidence', sure, f1)}\n"


def worth(head: str, sure: Floats, f1: Floats) -> str:
    """How many texts reach each confidence, and how many of these are right; then how well the order of the texts by
    confidence is that by word F1, which is `nan` where all values are alike. Both arrays have a value for each text."""
    chosen = [(least, sure >= least) for least in (0.0, *LIMITS)]
    rows: list[list[Cell]] = [
        [f"{least} or more", float(own.mean()), float((f1[own] >= RIGHT).mean()) if own.any() else None]
        for least, own in chosen
    ]
    figures = table((head, "share of the texts", "right"), rows)
    return f"{figures}\n{len(f1):,} texts; rank correlation with word F1 (Spearman) {_spearman(sure, f1):.3f}"


def _fit(outcomes: Sequence[Outcome]) -> LogisticModel:
    """The model that a text is right: an ordinal logistic regression (P. McCullagh 1980, proportional odds), in which
    the weights are the same for each level and only the intercept differs."""
    values, f1 = _values(outcomes), np.array([each.f1 for each in outcomes])
    higher = np.eye(len(LEVELS))[:, 1:]
    rows = np.vstack([np.column_stack([values, np.tile(level, (len(values), 1))]) for level in higher])
    reached = np.concatenate([f1 >= level for level in LEVELS])
    model = fit(rows, reached, np.ones(len(rows)))
    return LogisticModel(model.intercept, model.weights[: len(WEIGHED)], model.means[: len(WEIGHED)])


def _values(outcomes: Sequence[Outcome]) -> Floats:
    return np.array([[each.facts[name] for name in WEIGHED] for each in outcomes])


def _spearman(one: Floats, other: Floats) -> float:
    """The correlation of the ranks; values that are alike share the mean of theirs."""
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: Floats) -> Floats:
    _, where, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Floats = (np.cumsum(counts) - (counts - 1) / 2)[where]
    return ranks
