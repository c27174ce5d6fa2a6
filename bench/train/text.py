"""Trains the scorer of text lines and measures it: `python -m bench.train.text`.

Cross-validation comes first: five folds, no site in two of them, and the threshold for each fold taken from the
predictions on the others. The weights are then trained on all pages and written beside the scorer. Seeds are fixed and
one thread computes, so that the same pages give the same weights on the same machine.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice, pairwise, starmap
from statistics import fmean

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from bench import paths
from bench.metrics import word_f1
from bench.pages.corpora import MissingCorpusError
from bench.pages.folds import FOLDS, fold_of
from bench.pages.renderers import RENDERERS
from bench.pages.text import JOINED, KEPT_SHARE, MEASURED, SOURCES, Example, can_be_joined, examples, joined
from bench.tables import Cell, table
from bench.train.network import TorchNetwork
from bench.train.training import Targets, loss_of, optimise
from bench.train.weights import write_arrays
from cleaners import clean
from cleaners.label.network import CLASSES, KEPT_CLASSES, rows_of
from cleaners.label.text_features import SPACING_COLUMNS
from cleaners.label.text_scorer import TextNetwork
from cleaners.models import shipped_models

WEIGHTS = paths.WEIGHTS / "text.npz"
EPOCHS = 9
WEIGHT_DECAY = 0.02
SMOOTHING = 0.02
BATCH_PAGES, BATCH_LINES = 8, 6000
LINES_AT_MOST = 2500
"""Pages with more lines than this teach little and take long."""

SAMPLED = 0.35
"""Share of the dumps that an epoch looks at: the renderers of a page say much the same."""

JOINED_OF = 3
"""One dump of so many is seen a second time with another story below its own."""

SITES_OF_A_WORD = 8
"""Sites that a word must stand on to have an embedding of its own: rarer ones would name the site."""

WORDS_HIDDEN = 0.15
"""Share of the pages whose words are hidden in training, so that the shape of lines is learned too."""

SPACING_HIDDEN = 0.25
"""Share of the pages that are seen with their lines stripped: not every dump keeps the white space of its page."""

IMPORTANCE = {"articles": 1.0, "news": 3.0, "multilingual": 0.5}
"""What a page of each corpus weighs: the product is for news, and pseudo-labelled text is less reliable."""

THRESHOLD = 0.55
"""The best of THRESHOLDS over all folds, by the cross-validation that this command runs without `--no-validation`; the
weights that ship have it."""

THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)

Predictions = dict[int, NDArray[np.float32]]
"""The probabilities of the classes for the lines of a page, (lines, classes), by the number of the page."""

Scores = dict[int, list[float]]
"""The word F1 of a page at each of THRESHOLDS, by the number of the page."""


def main() -> int:
    """The command line. Corpora that are not there are said in one line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--epochs", type=int, default=EPOCHS)
    options.add_argument("--no-validation", action="store_true", help="train the weights only")
    chosen = options.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    try:
        pages = with_joined([page for source in SOURCES for page in examples(source)])
    except MissingCorpusError as error:
        print(error, file=sys.stderr)
        return 1
    threshold = THRESHOLD
    if not chosen.no_validation:
        networks, predictions = cross_validated(pages, chosen.epochs)
        scores = scored(pages, {number: kept(rows) for number, rows in predictions.items()})
        product = product_scores(pages, networks, scores)
        print(report(pages, scores, product), report_labels(pages, predictions), sep="\n\n")
        threshold = THRESHOLDS[best_threshold(pages, scores)]
    write_arrays(WEIGHTS, train(pages, chosen.epochs).arrays(threshold))
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size:,} bytes, threshold {threshold}")
    return 0


def cross_validated(pages: Sequence[Example], epochs: int) -> tuple[list[TorchNetwork], Predictions]:
    """The network of each fold, which saw no page of its sites, and what it says of the measured pages."""
    networks: list[TorchNetwork] = []
    predictions: Predictions = {}
    for fold in range(FOLDS):
        network = train([page for page in pages if fold_of(page.site) != fold], epochs)
        predictions |= {number: predict(network, pages[number]) for number in measured(pages, fold)}
        networks.append(network)
        print(f"fold {fold + 1} of {FOLDS} done", file=sys.stderr, flush=True)
    return networks, predictions


def measured(pages: Sequence[Example], fold: int) -> list[int]:
    """The numbers of the pages of a fold that are measured."""
    return [
        number
        for number, page in enumerate(pages)
        if fold_of(page.site) == fold and page.source in MEASURED and page.renderer in RENDERERS
    ]


def product_scores(pages: Sequence[Example], networks: Sequence[TorchNetwork], scores: Scores) -> dict[int, float]:
    """The word F1 of what `cleaners.pipeline` makes of each measured dump: of the text of the page's own story.

    The scorer is the network of the page's fold, at the threshold of the other folds.
    """
    found = {}
    for fold, network in enumerate(networks):
        threshold = THRESHOLDS[best_threshold(pages, scores, left_out=fold)]
        models = replace(shipped_models(), text=TextNetwork(network.arrays(threshold)))
        for number in measured(pages, fold):
            articles = clean(pages[number].dump, kind="text", models=models)
            found[number] = word_f1(pages[number].gold, articles[0].text if articles else "")
    return found


def with_joined(pages: Sequence[Example]) -> list[Example]:
    """The pages, and some of them again with the story of another one below their own: of the same corpus, rendered
    alike, and of the same fold, so that none is on both sides of one."""
    groups: dict[tuple[str, str, int], list[Example]] = {}
    for page in pages:
        if page.source in MEASURED and can_be_joined(page):
            groups.setdefault((page.source, page.renderer, fold_of(page.site)), []).append(page)
    rng = np.random.default_rng(0)
    found = list(pages)
    for group in groups.values():
        pairs = pairwise(group[index] for index in rng.permutation(len(group)))
        found += starmap(joined, islice(pairs, None, None, JOINED_OF))
    return found


def train(pages: Sequence[Example], epochs: int) -> TorchNetwork:
    """A network trained on these pages."""
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    network = TorchNetwork(pages[0].features.dense.shape[1], bags=2, vocabulary=vocabulary_of(pages))
    network.standardise(np.concatenate([page.features.dense for page in pages]))
    plan = [batch for _ in range(epochs) for batch in _batches(pages, rng)]

    def loss(batch: list[Example]) -> Tensor:
        return loss_of(_scores(network, batch, rng), _targets(batch), SMOOTHING)

    optimise(network, plan, loss, len(plan) + 1, WEIGHT_DECAY)
    return network


def vocabulary_of(pages: Sequence[Example]) -> NDArray[np.int64]:
    """The hashes of the words and pairs that the lines of several sites begin or end with, ascending."""
    words: dict[str, set[int]] = {}
    for page in (page for page in pages if page.renderer != JOINED):  # those hold the words of two sites
        words.setdefault(page.site, set()).update(page.features.words.tolist())
    sites = Counter(chain.from_iterable(words.values()))
    return np.array(sorted(word for word, count in sites.items() if count >= SITES_OF_A_WORD and word >= 0), np.int64)


def predict(network: TorchNetwork, page: Example) -> NDArray[np.float32]:
    """The probabilities of the classes for each line of a page."""
    with torch.no_grad():
        probabilities: NDArray[np.float32] = _scores(network, [page]).softmax(1).numpy()
    return probabilities


def kept(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """The probability that each line is kept."""
    found: NDArray[np.float32] = probabilities[:, KEPT_CLASSES].sum(1)
    return found


def scored(pages: Sequence[Example], predictions: Predictions) -> Scores:
    """The word F1 of each page at each of THRESHOLDS; `predictions` are the probabilities that lines are kept."""
    return {
        number: [page_f1(pages[number], probabilities, threshold) for threshold in THRESHOLDS]
        for number, probabilities in predictions.items()
    }


def best_threshold(pages: Sequence[Example], scores: Scores, left_out: int | None = None) -> int:
    """Which of THRESHOLDS gives the best word F1, pages weighed by IMPORTANCE, those of one fold left out."""
    chosen = [
        (IMPORTANCE[pages[number].source], own)
        for number, own in scores.items()
        if fold_of(pages[number].site) != left_out
    ]
    return max(range(len(THRESHOLDS)), key=lambda index: fmean(weight * own[index] for weight, own in chosen))


def page_f1(page: Example, probabilities: NDArray[np.float32], threshold: float) -> float:
    """The word F1 of the lines whose probability of being kept reaches the threshold."""
    lines = (line for line, probability in zip(page.lines, probabilities, strict=True) if probability >= threshold)
    return word_f1(page.gold, "\n".join(lines))


def report(pages: Sequence[Example], scores: Scores, product: Mapping[int, float] | None = None) -> str:
    """The table, by corpus and renderer: the word F1 of the lines that are kept, that of the product where it was
    measured, and the ceiling, that of perfect labels.
    """
    thresholds = [best_threshold(pages, scores, left_out=fold) for fold in range(FOLDS)]
    found: dict[tuple[str, str], list[list[float]]] = {}
    for number, own in scores.items():
        page = pages[number]
        row = [own[thresholds[fold_of(page.site)]], page_f1(page, page.shares, KEPT_SHARE)]
        found.setdefault((page.source, page.renderer), []).append([*row, product[number]] if product else row)
    rows: list[list[Cell]] = [
        [f"{source}, {renderer}", len(found[source, renderer]), *map(fmean, zip(*found[source, renderer], strict=True))]
        for source in MEASURED
        for renderer in RENDERERS
    ]
    return table(("", "pages", "word F1", "ceiling", *(["product"] if product else [])), rows)


def report_labels(pages: Sequence[Example], predictions: Predictions) -> str:
    """The table of the labels: their lines, precision and recall, and the share of them that is kept out of the text.

    A line's label is the most probable one; lines of all renderers count alike.
    """
    classes = np.concatenate([pages[number].classes for number in predictions])
    found = np.concatenate([rows.argmax(1) for rows in predictions.values()])
    out = (found < KEPT_CLASSES.start) | (found >= KEPT_CLASSES.stop)
    rows: list[list[Cell]] = []
    for number, label in enumerate(CLASSES):
        right = int(((classes == number) & (found == number)).sum())
        lines = int((classes == number).sum())
        precision, recall = right / max(int((found == number).sum()), 1), right / max(lines, 1)
        rows.append([label, lines, precision, recall, float(out[classes == number].mean())])
    return table(("", "lines", "precision", "recall", "kept out"), rows)


def _batches(pages: Sequence[Example], rng: np.random.Generator) -> Iterator[list[Example]]:
    """Pages of about the same length together, in a random order."""
    sampled = [page for page in pages if len(page.lines) <= LINES_AT_MOST and rng.random() < SAMPLED]
    batches: list[list[Example]] = [[]]
    for page in sorted(sampled, key=lambda page: len(page.lines) * np.exp(0.3 * rng.normal())):
        if len(batches[-1]) == BATCH_PAGES or (len(batches[-1]) + 1) * len(page.lines) > BATCH_LINES:
            batches.append([])
        batches[-1].append(page)
    for number in rng.permutation(len(batches)):
        if batches[number]:
            yield batches[number]


def _scores(network: TorchNetwork, pages: Sequence[Example], rng: np.random.Generator | None = None) -> Tensor:
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


def _dense(page: Example, rng: np.random.Generator | None) -> NDArray[np.float32]:
    if rng is None or rng.random() >= SPACING_HIDDEN:
        return page.features.dense
    return np.concatenate([page.features.dense[:, :-SPACING_COLUMNS], page.bare], axis=1)


def _bags(page: Example, half: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first words of the lines (half 0) or the last (half 1), and where each line's begin."""
    size = len(page.lines)
    edges = [*page.features.starts, len(page.features.words)]
    first, last = edges[half * size], edges[(half + 1) * size]
    return page.features.words[first:last], page.features.starts[half * size : (half + 1) * size] - first


def _targets(pages: Sequence[Example]) -> Targets:
    return Targets(
        [len(page.lines) for page in pages],
        np.concatenate([page.classes for page in pages]),
        np.concatenate([page.sizes for page in pages]),
        np.concatenate([page.shares for page in pages]),
        [IMPORTANCE[page.source] for page in pages],
        [True] * len(pages),
    )


if __name__ == "__main__":
    sys.exit(main())
