"""Trains the scorer of HTML blocks and measures it: `python -m bench.train.html`.

Each training has two rounds. A first network, the teacher, labels the blocks of the pages that are annotated with
snippets only, where it is sure and another extractor agrees; the second learns from these labels too.

Cross-validation comes first: five folds, no registered domain in two of them, and the threshold for each fold taken
from the predictions on the others. The weights are then trained on all pages and written beside the scorer. Seeds are
fixed and one thread computes, so that the same pages give the same weights on the same machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import fmean
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from bench import paths
from bench.metrics import count_snippets, snippet_score, word_f1
from bench.pages.align import LEAST_AGREEMENT
from bench.pages.folds import FOLDS
from bench.pages.html import SETS, UNKNOWN, Example, contents, examples
from bench.paths import CORPORA
from bench.train.html_network import TorchHtmlNetwork, batch_of, embedding_rows
from bench.train.training import Targets, loss_of, optimise
from bench.train.weights import write_arrays
from cleaners import clean
from cleaners.label.html_scorer import HtmlNetwork, decide, kept_share, revisions
from cleaners.label.network import KEPT_CLASSES
from cleaners.models import shipped_models

WEIGHTS = paths.WEIGHTS / "html.npz"
EPOCHS = 9
WEIGHT_DECAY = 0.05
SMOOTHING = 0.05
BLOCKS_AT_MOST = 1000
BATCH_PAGES = 16
BATCH_BLOCKS = 16_000
IMPORTANCE = {"wcxb-dev-articles": 1.0, "news-world": 3.0, "wcxb-dev-other": 0.4, "multilingual": 0.5}
"""What a page of each corpus weighs in training: the product is for news."""

SURELY_KEPT, SURELY_DROPPED = 0.7, 0.3
"""Probabilities of being kept from which on, and below which, the teacher's word counts if the opinion agrees."""

DROPPED_ALONE = 0.05
"""Probability of being kept below which the teacher's word counts alone."""

THRESHOLD = 0.7
"""The best of THRESHOLDS over all folds, by the cross-validation that this command runs without `--no-validation`; the
weights that ship and their card (`cleaners/weights/html.md`) have it too."""

THRESHOLDS = tuple(round(0.3 + 0.05 * step, 2) for step in range(9))

Predictions = dict[tuple[str, str], NDArray[np.float32]]
"""The class probabilities of a page's blocks, by corpus and page."""

Texts = dict[tuple[str, str], str]
"""The text that is taken from a page, by corpus and page."""

ARTICLES = SETS[:2]


def main() -> None:
    """The command line."""
    options = argparse.ArgumentParser(description="Trains and measures the scorer of HTML blocks.")
    options.add_argument("--epochs", type=int, default=EPOCHS)
    options.add_argument("--no-validation", action="store_true", help="train the weights only, for --threshold")
    options.add_argument("--threshold", type=float, default=THRESHOLD, help="what an earlier validation found")
    chosen = options.parse_args()
    if not CORPORA.is_dir():
        sys.exit(f"The corpora are not there: {CORPORA}")
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    pages = [example for source in SETS for example in examples(source)]
    print(f"{len(pages):,} pages, {sum(len(page.blocks) for page in pages):,} blocks", flush=True)
    threshold = chosen.threshold
    if not chosen.no_validation:
        networks, predictions = _cross_validated(pages, chosen.epochs)
        scores = _scores(pages, predictions)
        thresholds = [_best_threshold(scores, without=fold) for fold in range(FOLDS)]
        figures = _figures(pages, predictions, thresholds)
        product = _figures_of(pages, product_texts(pages, networks, thresholds))
        print(f"{'':36}scorer  product")
        for name, figure in figures.items():
            print(f"{name:32}{figure:10.4f}" + (f"{product[name]:9.4f}" if name in product else ""))
        threshold = _best_threshold(scores)
        print(f"thresholds of the folds {thresholds}, of all pages {threshold}")
    write_arrays(WEIGHTS, _train_twice(pages, chosen.epochs).arrays(threshold))
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size:,} bytes")


def _cross_validated(pages: Sequence[Example], epochs: int) -> tuple[list[TorchHtmlNetwork], Predictions]:
    """The network of each fold, and what it says of the pages of the fold, of which it saw no domain."""
    networks: list[TorchHtmlNetwork] = []
    predictions: Predictions = {}
    for fold in range(FOLDS):
        network = _train_twice([page for page in pages if page.fold != fold], epochs)
        for page in pages:
            if page.fold == fold:
                predictions[page.source, page.id] = _predict(network, page)
        networks.append(network)
        print(f"fold {fold + 1} of {FOLDS} done", flush=True)
    return networks, predictions


def _train_twice(pages: Sequence[Example], epochs: int) -> TorchHtmlNetwork:
    teacher = _train(pages, epochs)
    taught = [page if page.gold else _pseudo_labelled(page, _predict(teacher, page)) for page in pages]
    return _train(taught, epochs)


def _pseudo_labelled(page: Example, probabilities: NDArray[np.float32]) -> Example:
    """The page with classes for the blocks that have none, where the teacher is sure and the opinion agrees."""
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


def _train(pages: Sequence[Example], epochs: int) -> TorchHtmlNetwork:
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    network = TorchHtmlNetwork(pages[0].features.dense.shape[1], embedding_rows(pages))
    network.standardise(np.concatenate([page.features.dense for page in pages]))
    plan = sum(len(list(_batches(pages, np.random.default_rng(epoch)))) for epoch in range(epochs))
    batches = (batch for _ in range(epochs) for batch in _batches(pages, rng))

    def loss(batch: list[Example]) -> Tensor:
        return loss_of(network.scores(batch_of(batch, rng)), _targets(batch), SMOOTHING)

    optimise(network, batches, loss, plan + epochs, WEIGHT_DECAY)  # the batches of an epoch differ in number
    return network


def _batches(pages: Sequence[Example], rng: np.random.Generator) -> Iterator[list[Example]]:
    """Pages of about the same length together, in a random order; the very longest pages teach little."""
    order = sorted(
        (page for page in pages if len(page.blocks) <= BLOCKS_AT_MOST),
        key=lambda page: len(page.blocks) * np.exp(0.3 * rng.normal()),
    )
    batches: list[list[Example]] = [[]]
    for page in order:
        if len(batches[-1]) == BATCH_PAGES or (len(batches[-1]) + 1) * len(page.blocks) > BATCH_BLOCKS:
            batches.append([])
        batches[-1].append(page)
    for number in rng.permutation(len(batches)):
        if batches[number]:
            yield batches[number]


def _targets(pages: Sequence[Example]) -> Targets:
    return Targets(
        [len(page.blocks) for page in pages],
        np.concatenate([page.classes for page in pages]),
        np.concatenate([page.words for page in pages]),
        np.concatenate([page.shares for page in pages]),
        [IMPORTANCE[page.source] for page in pages],
        [page.gold is not None for page in pages],
    )


def _predict(network: TorchHtmlNetwork, page: Example) -> NDArray[np.float32]:
    with torch.no_grad():
        probabilities: NDArray[np.float32] = network.scores(batch_of([page])).softmax(1).numpy()
    return probabilities


def _kept_text(page: Example, probabilities: NDArray[np.float32], threshold: float) -> str:
    return _joined(page, _kept(page, probabilities, threshold))


def _joined(page: Example, kept: NDArray[np.bool_]) -> str:
    return "\n".join(block.text for block, keep in zip(page.blocks, kept, strict=True) if keep)


def _kept(page: Example, probabilities: NDArray[np.float32], threshold: float) -> NDArray[np.bool_]:
    shares = kept_share(probabilities, page.hinted)
    shares, threshold = decide(shares, page.features.sizes, threshold, lambda: page.opinion)
    kept: NDArray[np.bool_] = shares >= threshold
    for indices in revisions(page.blocks, page.hinted, kept.tolist()).values():
        kept[indices] = False
    return kept


class Scores(NamedTuple):
    """The word F1 of an article at each of THRESHOLDS, its fold, and what it weighs."""

    fold: int
    importance: float
    f1: list[float]


def _scores(pages: Sequence[Example], predictions: Predictions) -> list[Scores]:
    """The word F1 of every article and news page at every threshold."""
    scores = []
    for page in pages:
        if page.source in ARTICLES and page.gold:
            probabilities = predictions[page.source, page.id]
            f1 = [word_f1(page.gold, _kept_text(page, probabilities, threshold)) for threshold in THRESHOLDS]
            scores.append(Scores(page.fold, IMPORTANCE[page.source], f1))
    return scores


def _best_threshold(scores: Sequence[Scores], without: int | None = None) -> float:
    """The threshold of the best word F1 over all folds but one."""
    weighed = [np.array(score.f1) * score.importance for score in scores if score.fold != without]
    return THRESHOLDS[int(np.sum(weighed, axis=0).argmax())]


def product_texts(pages: Sequence[Example], networks: Sequence[TorchHtmlNetwork], thresholds: Sequence[float]) -> Texts:
    """The text of the first record that the cleaners make of each page, with the network of its fold.

    What is no article must be asked for: `any_page` is set for all corpora but the two of articles.
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


def _figures(pages: Sequence[Example], predictions: Predictions, thresholds: Sequence[float]) -> dict[str, float]:
    """What is reported of the scorer, with the threshold of each page's fold."""
    kept = {(p.source, p.id): _kept(p, predictions[p.source, p.id], thresholds[p.fold]) for p in pages}
    figures = _figures_of(pages, {(p.source, p.id): _joined(p, kept[p.source, p.id]) for p in pages})
    captions = [
        kept[p.source, p.id][p.figcaption & (p.shares < LEAST_AGREEMENT)] for p in pages if p.source in ARTICLES
    ]
    return figures | {"figure captions kept out": 1 - float(np.concatenate(captions).mean())}


def _figures_of(pages: Sequence[Example], texts: Texts) -> dict[str, float]:
    """How well the texts of the pages agree with their annotations."""
    figures = {}
    for source in SETS[:3]:
        scores = [word_f1(p.gold, texts[source, p.id]) for p in pages if p.source == source and p.gold]
        figures[f"{source}, word F1"] = fmean(scores)
    counts = [count_snippets(p.wanted, p.unwanted, texts[p.source, p.id]) for p in pages if p.source == SETS[3]]
    return figures | {"multilingual, snippet F1": snippet_score(counts).f1}


if __name__ == "__main__":
    main()
