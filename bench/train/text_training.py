"""Training and cross-validation of the scorer of text lines, as `bench.train.text` describes them. Needs PyTorch."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice, pairwise, starmap
from pathlib import Path
from statistics import fmean

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from bench.metrics import word_f1
from bench.pages.folds import FOLDS, fold_of
from bench.pages.renderers import RENDERERS
from bench.pages.text import JOINED, KEPT_SHARE, MEASURED, SOURCES, DumpExample, can_be_joined, examples, joined
from bench.tables import Cell, table
from bench.train.network import TorchNetwork
from bench.train.options import written
from bench.train.training import Targets, in_batches, loss_of, optimise
from bench.train.weights import write_arrays
from cleaners import clean
from cleaners.label.network import CLASSES, KEPT_CLASSES, rows_of
from cleaners.label.text_features import SPACING_COLUMNS
from cleaners.label.text_scorer import TextNetwork
from cleaners.models import shipped_models

WEIGHT_DECAY = 0.02
SMOOTHING = 0.02
BATCH_PAGES, BATCH_LINES = 8, 6000
LINES_AT_MOST = 2500
"""Pages with more lines are left out of training: they teach little and take long."""

SAMPLED = 0.35
"""Share of the dumps in an epoch: the dumps of a page are similar."""

JOINED_OF = 3
"""One dump in this many is used a second time, with another story below its own."""

SITES_OF_A_WORD = 8
"""Least number of sites of a word with an embedding of its own: rarer words would identify the site."""

WORDS_HIDDEN = 0.15
"""Share of the pages whose words are hidden in training, so that the network learns the shape of lines too."""

SPACING_HIDDEN = 0.25
"""Share of the pages whose lines are stripped in training: not every dump keeps the white space of its page."""

IMPORTANCE = {"articles": 1.0, "news": 3.0, "multilingual": 0.5, "news sites": 1.0, "many languages": 1.0}
"""Weight of a page of each corpus: highest for news, lowest for pseudo-labelled text, which is less reliable."""

THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)

Predictions = dict[int, NDArray[np.float32]]
"""The probabilities of the classes for the lines of a page, (lines, classes), by the index of the page."""

Scores = dict[int, list[float]]
"""The word F1 of a page at each of THRESHOLDS, by the index of the page."""


def run_training(path: Path | None, epochs: int, threshold: float | None = None) -> Iterator[str]:
    """Cross-validate unless a threshold is given, then train the weights on all pages and write them to `path`.

    Yields lines to be printed; writes nothing if `path` is None. Raises MissingCorpusError.
    """
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    pages = with_joined([page for source in SOURCES for page in examples(source)])
    if threshold is None:
        networks, predictions = cross_validated(pages, epochs)
        scores = scored(pages, {index: kept(rows) for index, rows in predictions.items()})
        product = product_scores(pages, networks, scores)
        yield f"{report(pages, scores, product)}\n\n{report_labels(pages, predictions)}"
        threshold = THRESHOLDS[best_threshold(pages, scores)]
    if path:
        write_arrays(path, train(pages, epochs).arrays(threshold))
        yield written(path, f"threshold {threshold}")


def cross_validated(pages: Sequence[DumpExample], epochs: int) -> tuple[list[TorchNetwork], Predictions]:
    """The network of each fold, which has seen no page of its sites, and its predictions for the measured pages."""
    networks: list[TorchNetwork] = []
    predictions: Predictions = {}
    for fold in range(FOLDS):
        network = train([page for page in pages if fold_of(page.site) != fold], epochs)
        predictions |= {index: predict(network, pages[index]) for index in measured(pages, fold)}
        networks.append(network)
        print(f"fold {fold + 1} of {FOLDS} done", file=sys.stderr, flush=True)
    return networks, predictions


def measured(pages: Sequence[DumpExample], fold: int) -> list[int]:
    """The indices of the pages of a fold that are measured."""
    return [
        index
        for index, page in enumerate(pages)
        if fold_of(page.site) == fold and page.source in MEASURED and page.renderer in RENDERERS
    ]


def product_scores(pages: Sequence[DumpExample], networks: Sequence[TorchNetwork], scores: Scores) -> dict[int, float]:
    """The word F1 of Copydesk's first article of each measured dump.

    The scorer is the network of the page's fold, with the threshold of the other folds.
    """
    found = {}
    for fold, network in enumerate(networks):
        threshold = THRESHOLDS[best_threshold(pages, scores, left_out=fold)]
        models = replace(shipped_models(), text=TextNetwork(network.arrays(threshold)))
        for index in measured(pages, fold):
            articles = clean(pages[index].dump, kind="text", models=models)
            found[index] = word_f1(pages[index].gold, articles[0].text if articles else "")
    return found


def with_joined(pages: Sequence[DumpExample]) -> list[DumpExample]:
    """The pages, and some of them again with another page's story below their own. Both are from the same corpus,
    renderer and fold, so that no fold sees a page of another one."""
    groups: dict[tuple[str, str, int], list[DumpExample]] = {}
    for page in pages:
        if page.source in MEASURED and can_be_joined(page):
            groups.setdefault((page.source, page.renderer, fold_of(page.site)), []).append(page)
    rng = np.random.default_rng(0)
    found = list(pages)
    for group in groups.values():
        pairs = pairwise(group[index] for index in rng.permutation(len(group)))
        found += starmap(joined, islice(pairs, None, None, JOINED_OF))
    return found


def train(pages: Sequence[DumpExample], epochs: int) -> TorchNetwork:
    """A network trained on these pages."""
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    network = TorchNetwork(pages[0].features.dense.shape[1], bags=2, vocabulary=vocabulary_of(pages))
    network.standardise(np.concatenate([page.features.dense for page in pages]))
    plan = [batch for _ in range(epochs) for batch in _batches(pages, rng)]

    def loss(batch: list[DumpExample]) -> Tensor:
        return loss_of(_scores(network, batch, rng), _targets(batch), SMOOTHING)

    optimise(network, plan, loss, len(plan) + 1, WEIGHT_DECAY)
    return network


def vocabulary_of(pages: Sequence[DumpExample]) -> NDArray[np.int64]:
    """The hashes of the words and pairs that the lines of several sites begin or end with, ascending."""
    words: dict[str, set[int]] = {}
    for page in (page for page in pages if page.renderer != JOINED):  # those hold the words of two sites
        words.setdefault(page.site, set()).update(page.features.words.tolist())
    sites = Counter(chain.from_iterable(words.values()))
    return np.array(sorted(word for word, count in sites.items() if count >= SITES_OF_A_WORD and word >= 0), np.int64)


def predict(network: TorchNetwork, page: DumpExample) -> NDArray[np.float32]:
    """The probabilities of the classes for each line of a page."""
    with torch.no_grad():
        probabilities: NDArray[np.float32] = _scores(network, [page]).softmax(1).numpy()
    return probabilities


def kept(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """The probability that each line is kept."""
    found: NDArray[np.float32] = probabilities[:, KEPT_CLASSES].sum(1)
    return found


def scored(pages: Sequence[DumpExample], predictions: Predictions) -> Scores:
    """The word F1 of each page at each of THRESHOLDS; `predictions` are the probabilities that lines are kept."""
    return {
        index: [page_f1(pages[index], probabilities, threshold) for threshold in THRESHOLDS]
        for index, probabilities in predictions.items()
    }


def best_threshold(pages: Sequence[DumpExample], scores: Scores, left_out: int | None = None) -> int:
    """The index of the threshold with the best word F1, weighted by IMPORTANCE, without the pages of one fold."""
    chosen = [
        (IMPORTANCE[pages[index].source], own)
        for index, own in scores.items()
        if fold_of(pages[index].site) != left_out
    ]
    return max(range(len(THRESHOLDS)), key=lambda index: fmean(weight * own[index] for weight, own in chosen))


def page_f1(page: DumpExample, probabilities: NDArray[np.float32], threshold: float) -> float:
    """The word F1 of the lines whose probability of being kept reaches the threshold."""
    lines = (line for line, probability in zip(page.lines, probabilities, strict=True) if probability >= threshold)
    return word_f1(page.gold, "\n".join(lines))


def report(pages: Sequence[DumpExample], scores: Scores, product: Mapping[int, float] | None = None) -> str:
    """The table by corpus and renderer: the word F1 of the kept lines, that of perfect labels (the ceiling), and that
    of Copydesk as a whole (the product) where it was measured.
    """
    thresholds = [best_threshold(pages, scores, left_out=fold) for fold in range(FOLDS)]
    found: dict[tuple[str, str], list[list[float]]] = {}
    for index, own in scores.items():
        page = pages[index]
        row = [own[thresholds[fold_of(page.site)]], page_f1(page, page.shares, KEPT_SHARE)]
        found.setdefault((page.source, page.renderer), []).append([*row, product[index]] if product else row)
    rows: list[list[Cell]] = [
        [f"{source}, {renderer}", len(found[source, renderer]), *map(fmean, zip(*found[source, renderer], strict=True))]
        for source in MEASURED
        for renderer in RENDERERS
    ]
    return table(("", "pages", "word F1", "ceiling", *(["product"] if product else [])), rows)


def report_labels(pages: Sequence[DumpExample], predictions: Predictions) -> str:
    """The table of labels: lines, precision, recall, and the share of the lines that is kept out of the text.

    A line's label is the most probable one; lines of all renderers count alike.
    """
    classes = np.concatenate([pages[index].classes for index in predictions])
    found = np.concatenate([rows.argmax(1) for rows in predictions.values()])
    out = (found < KEPT_CLASSES.start) | (found >= KEPT_CLASSES.stop)
    rows: list[list[Cell]] = []
    for index, label in enumerate(CLASSES):
        right = int(((classes == index) & (found == index)).sum())
        lines = int((classes == index).sum())
        precision, recall = right / max(int((found == index).sum()), 1), right / max(lines, 1)
        rows.append([label, lines, precision, recall, float(out[classes == index].mean())])
    return table(("", "lines", "precision", "recall", "kept out"), rows)


def _batches(pages: Sequence[DumpExample], rng: np.random.Generator) -> Iterator[list[DumpExample]]:
    sampled = [page for page in pages if len(page.lines) <= LINES_AT_MOST and rng.random() < SAMPLED]
    return in_batches(sampled, lambda page: len(page.lines), rng, BATCH_PAGES, BATCH_LINES)


def _scores(network: TorchNetwork, pages: Sequence[DumpExample], rng: np.random.Generator | None = None) -> Tensor:
    """The scores of the classes for all lines; with `rng`, the words or the white space of some pages are hidden."""
    sizes = [len(page.lines) for page in pages]
    dense = torch.from_numpy(np.concatenate([_dense(page, rng) for page in pages]))
    halves = []
    for half in range(2):
        bags = [_bags(page, half) for page in pages]
        moves = np.cumsum([0, *(len(words) for words, _ in bags[:-1])])
        rows = rows_of(np.concatenate([words for words, _ in bags]), network.vocabulary)
        starts = np.concatenate([starts + move for (_, starts), move in zip(bags, moves, strict=True)])
        halves.append(network.bag(torch.from_numpy(rows), torch.from_numpy(starts)))
    words = torch.cat(halves, 1)
    if rng is not None:
        seen = (rng.random(len(pages)) >= WORDS_HIDDEN).astype(np.float32)
        words = words * torch.from_numpy(np.repeat(seen, sizes))[:, None]
    scores: Tensor = network(dense, words, sizes)
    return scores


def _dense(page: DumpExample, rng: np.random.Generator | None) -> NDArray[np.float32]:
    if rng is None or rng.random() >= SPACING_HIDDEN:
        return page.features.dense
    return np.concatenate([page.features.dense[:, :-SPACING_COLUMNS], page.bare], axis=1)


def _bags(page: DumpExample, half: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first words of the lines (half 0) or the last (half 1), and the offset of each line's first one."""
    size = len(page.lines)
    edges = [*page.features.starts, len(page.features.words)]
    first, last = edges[half * size], edges[(half + 1) * size]
    return page.features.words[first:last], page.features.starts[half * size : (half + 1) * size] - first


def _targets(pages: Sequence[DumpExample]) -> Targets:
    return Targets(
        [len(page.lines) for page in pages],
        np.concatenate([page.classes for page in pages]),
        np.concatenate([page.sizes for page in pages]),
        np.concatenate([page.shares for page in pages]),
        [IMPORTANCE[page.source] for page in pages],
        [True] * len(pages),
    )
