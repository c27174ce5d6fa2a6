"""Training and cross-validation of the scorer of HTML blocks, as `bench.train.html` describes them. Needs PyTorch."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from bench.metrics import count_snippets, snippet_score, word_f1
from bench.pages.align import LEAST_AGREEMENT
from bench.pages.folds import FOLDS
from bench.pages.html import SETS, UNKNOWN, HtmlExample, contents, examples
from bench.train.html_network import TorchHtmlNetwork, batch_of, embedding_rows
from bench.train.options import written
from bench.train.training import Targets, loss_of, optimise
from bench.train.weights import write_arrays
from cleaners import clean
from cleaners.label.html_scorer import HtmlNetwork, decide, kept_share, revisions
from cleaners.label.network import KEPT_CLASSES
from cleaners.models import shipped_models

WEIGHT_DECAY = 0.05
SMOOTHING = 0.05
BLOCKS_AT_MOST = 1000
"""Pages with more blocks are left out of training: they teach little and take long."""

BATCH_PAGES = 16
BATCH_BLOCKS = 16_000
IMPORTANCE = {"wcxb-dev-articles": 1.0, "news-world": 3.0, "wcxb-dev-other": 0.4, "multilingual": 0.5}
"""Weight of a page of each corpus in training; highest for news, which Copydesk is made for."""

SURELY_KEPT, SURELY_DROPPED = 0.7, 0.3
"""The teacher labels a block whose probability of being kept is above or below these, if the other extractor agrees."""

DROPPED_ALONE = 0.05
"""The teacher alone labels a block as dropped whose probability of being kept is below this."""

THRESHOLDS = tuple(round(0.3 + 0.05 * step, 2) for step in range(9))

Predictions = dict[tuple[str, str], NDArray[np.float32]]
"""The class probabilities of a page's blocks, by corpus and page."""

Texts = dict[tuple[str, str], str]
"""The text that is extracted from a page, by corpus and page."""

ARTICLES = SETS[:2]


def run_training(path: Path | None, epochs: int, threshold: float | None = None) -> Iterator[str]:
    """Cross-validate unless a threshold is given, then train the weights on all pages and write them to `path`.

    Yields lines to be printed; writes nothing if `path` is None. Raises MissingCorpusError.
    """
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    pages = [example for source in SETS for example in examples(source)]
    yield f"{len(pages):,} pages, {sum(len(page.blocks) for page in pages):,} blocks"
    if threshold is None:
        networks, predictions = _cross_validated(pages, epochs)
        scores = _scores(pages, predictions)
        thresholds = [_best_threshold(scores, without=fold) for fold in range(FOLDS)]
        figures = _figures(pages, predictions, thresholds)
        product = _figures_of(pages, product_texts(pages, networks, thresholds))
        yield f"{'':36}scorer  product"
        for name, figure in figures.items():
            yield f"{name:32}{figure:10.4f}" + (f"{product[name]:9.4f}" if name in product else "")
        threshold = _best_threshold(scores)
        yield f"thresholds of the folds {thresholds}, of all pages {threshold}"
    if path:
        write_arrays(path, _train_twice(pages, epochs).arrays(threshold))
        yield written(path, f"threshold {threshold}")


def _cross_validated(pages: Sequence[HtmlExample], epochs: int) -> tuple[list[TorchHtmlNetwork], Predictions]:
    """The network of each fold, and its predictions for the pages of the fold, of whose domains it has seen no page."""
    networks: list[TorchHtmlNetwork] = []
    predictions: Predictions = {}
    for fold in range(FOLDS):
        network = _train_twice([page for page in pages if page.fold != fold], epochs)
        for page in pages:
            if page.fold == fold:
                predictions[page.source, page.id] = _predict(network, page)
        networks.append(network)
        print(f"fold {fold + 1} of {FOLDS} done", file=sys.stderr, flush=True)
    return networks, predictions


def _train_twice(pages: Sequence[HtmlExample], epochs: int) -> TorchHtmlNetwork:
    teacher = _train(pages, epochs)
    taught = [page if page.gold else _pseudo_labelled(page, _predict(teacher, page)) for page in pages]
    return _train(taught, epochs)


def _pseudo_labelled(page: HtmlExample, probabilities: NDArray[np.float32]) -> HtmlExample:
    """The page with classes for unlabelled blocks, where the teacher is sure and the other extractor agrees."""
    kept = probabilities[:, KEPT_CLASSES].sum(1)
    unknown = page.classes == UNKNOWN
    inside = unknown & (kept > SURELY_KEPT) & (page.opinion > 0.5)
    outside = unknown & (kept < SURELY_DROPPED) & ((page.opinion < 0.5) | (kept < DROPPED_ALONE))
    classes = page.classes.copy()
    classes[inside] = KEPT_CLASSES.start + probabilities[inside, KEPT_CLASSES].argmax(1)
    others = probabilities.copy()
    others[:, KEPT_CLASSES] = 0
    classes[outside] = others[outside].argmax(1)
    return replace(page, classes=classes)


def _train(pages: Sequence[HtmlExample], epochs: int) -> TorchHtmlNetwork:
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    network = TorchHtmlNetwork(pages[0].features.dense.shape[1], embedding_rows(pages))
    network.standardise(np.concatenate([page.features.dense for page in pages]))
    plan = sum(len(list(_batches(pages, np.random.default_rng(epoch)))) for epoch in range(epochs))
    batches = (batch for _ in range(epochs) for batch in _batches(pages, rng))

    def loss(batch: list[HtmlExample]) -> Tensor:
        return loss_of(network.scores(batch_of(batch, rng)), _targets(batch), SMOOTHING)

    optimise(network, batches, loss, plan + epochs, WEIGHT_DECAY)  # the batches of an epoch differ in number
    return network


def _batches(pages: Sequence[HtmlExample], rng: np.random.Generator) -> Iterator[list[HtmlExample]]:
    """Batches of pages of similar length, in a random order."""
    order = sorted(
        (page for page in pages if len(page.blocks) <= BLOCKS_AT_MOST),
        key=lambda page: len(page.blocks) * np.exp(0.3 * rng.normal()),
    )
    batches: list[list[HtmlExample]] = [[]]
    for page in order:
        if len(batches[-1]) == BATCH_PAGES or (len(batches[-1]) + 1) * len(page.blocks) > BATCH_BLOCKS:
            batches.append([])
        batches[-1].append(page)
    for number in rng.permutation(len(batches)):
        if batches[number]:
            yield batches[number]


def _targets(pages: Sequence[HtmlExample]) -> Targets:
    return Targets(
        [len(page.blocks) for page in pages],
        np.concatenate([page.classes for page in pages]),
        np.concatenate([page.words for page in pages]),
        np.concatenate([page.shares for page in pages]),
        [IMPORTANCE[page.source] for page in pages],
        [page.gold is not None for page in pages],
    )


def _predict(network: TorchHtmlNetwork, page: HtmlExample) -> NDArray[np.float32]:
    with torch.no_grad():
        probabilities: NDArray[np.float32] = network.scores(batch_of([page])).softmax(1).numpy()
    return probabilities


def _kept_text(page: HtmlExample, probabilities: NDArray[np.float32], threshold: float) -> str:
    return _joined(page, _kept(page, probabilities, threshold))


def _joined(page: HtmlExample, kept: NDArray[np.bool_]) -> str:
    return "\n".join(block.text for block, keep in zip(page.blocks, kept, strict=True) if keep)


def _kept(page: HtmlExample, probabilities: NDArray[np.float32], threshold: float) -> NDArray[np.bool_]:
    shares = kept_share(probabilities, page.hinted)
    shares, threshold = decide(shares, page.features.sizes, threshold, lambda: page.opinion)
    kept: NDArray[np.bool_] = shares >= threshold
    for indices in revisions(page.blocks, page.hinted, kept.tolist()).values():
        kept[indices] = False
    return kept


class Scores(NamedTuple):
    """The word F1 of an article at each of THRESHOLDS, its fold and its weight."""

    fold: int
    importance: float
    f1: list[float]


def _scores(pages: Sequence[HtmlExample], predictions: Predictions) -> list[Scores]:
    """The word F1 of every article and news page at every threshold."""
    scores = []
    for page in pages:
        if page.source in ARTICLES and page.gold:
            probabilities = predictions[page.source, page.id]
            f1 = [word_f1(page.gold, _kept_text(page, probabilities, threshold)) for threshold in THRESHOLDS]
            scores.append(Scores(page.fold, IMPORTANCE[page.source], f1))
    return scores


def _best_threshold(scores: Sequence[Scores], without: int | None = None) -> float:
    """The threshold with the best weighted word F1 over all folds, or over all but one."""
    weighed = [np.array(score.f1) * score.importance for score in scores if score.fold != without]
    return THRESHOLDS[int(np.sum(weighed, axis=0).argmax())]


def product_texts(
    pages: Sequence[HtmlExample], networks: Sequence[TorchHtmlNetwork], thresholds: Sequence[float]
) -> Texts:
    """The text of the first article that Copydesk extracts from each page, with the network of its fold.

    `any_page` is set except for the two corpora of articles.
    """
    folds = {(page.source, page.id): page.fold for page in pages}
    found: Texts = {}
    for fold, network in enumerate(networks):
        models = replace(shipped_models(), html=HtmlNetwork(network.arrays(thresholds[fold])))
        for source in SETS:
            for page, html in contents(source):
                if folds.get((source, page["id"])) == fold:
                    any_page = source not in ARTICLES
                    articles = clean(html, url=page.get("url"), kind="html", any_page=any_page, models=models)
                    found[source, page["id"]] = articles[0].text if articles else ""
    return found


def _figures(pages: Sequence[HtmlExample], predictions: Predictions, thresholds: Sequence[float]) -> dict[str, float]:
    """The figures of the scorer alone, with the threshold of each page's fold."""
    kept = {(p.source, p.id): _kept(p, predictions[p.source, p.id], thresholds[p.fold]) for p in pages}
    figures = _figures_of(pages, {(p.source, p.id): _joined(p, kept[p.source, p.id]) for p in pages})
    captions = [
        kept[p.source, p.id][p.figcaption & (p.shares < LEAST_AGREEMENT)] for p in pages if p.source in ARTICLES
    ]
    return figures | {"figure captions kept out": 1 - float(np.concatenate(captions).mean())}


def _figures_of(pages: Sequence[HtmlExample], texts: Texts) -> dict[str, float]:
    """How well the texts of the pages agree with their annotations, by corpus."""
    figures = {}
    for source in SETS[:3]:
        scores = [word_f1(p.gold, texts[source, p.id]) for p in pages if p.source == source and p.gold]
        figures[f"{source}, word F1"] = fmean(scores)
    counts = [count_snippets(p.wanted, p.unwanted, texts[p.source, p.id]) for p in pages if p.source == SETS[3]]
    return figures | {"multilingual, snippet F1": snippet_score(counts).f1}
