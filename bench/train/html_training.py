"""Training and validation of the scorer of HTML blocks, as `bench.train.html` describes them. Needs PyTorch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import numpy as np
import torch
from numpy.typing import NDArray

from bench.metrics import count_snippets, snippet_score, word_f1
from bench.pages.align import LEAST_AGREEMENT
from bench.pages.html import SETS, SNIPPETS, UNLABELLED, HtmlExample, contents, examples
from bench.pages.peers import trafilatura
from bench.train.html_distillation import (
    Teacher,
    distilled,
    shown,
    taught,
    train_network,
    train_teachers,
    unseeing,
)
from bench.train.html_network import TorchHtmlNetwork
from bench.train.options import written
from bench.train.weights import write_arrays
from cleaners import clean
from cleaners.label.html_features import Features
from cleaners.label.html_scorer import HtmlNetwork, decide, kept_share, revisions
from cleaners.label.network import Floats
from cleaners.models import shipped_models

HALVES = 2
"""Parts of the domains for `networks_of_halves`."""

THRESHOLDS = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)

Predictions = dict[tuple[str, str], NDArray[np.float32]]
"""The class probabilities of a page's blocks, by corpus and page."""

Texts = dict[tuple[str, str], str]
"""The text that is extracted from a page, by corpus and page."""

ARTICLES = ("wcxb-dev-articles", "news-world", "news-sites", "more-training")
"""The sets of articles, of which a refused page counts as 0."""


def run_training(path: Path | None, epochs: int, threshold: float, validate: bool = True) -> Iterator[str]:
    """Train the teachers, measure them out of their bags if they are to be validated, then train the student on all
    pages and write its weights, with the threshold, to `path`.

    Yields lines to be printed; writes nothing if `path` is None. Raises MissingCorpusError.
    """
    compute_alike()
    pages = shown([*labelled_pages(with_aged=True), *examples(UNLABELLED)])
    yield f"{len(pages):,} pages, {sum(len(page.blocks) for page in pages):,} blocks"
    teachers = train_teachers(pages, epochs)
    if validate:
        yield from validation(pages, teachers, threshold)
    if path:
        write_arrays(path, distilled(pages, teachers, epochs).arrays(threshold))
        yield written(path, f"threshold {threshold}")


def validation(pages: Sequence[HtmlExample], teachers: Sequence[Teacher], threshold: float) -> Iterator[str]:
    """The figures of the teachers' mean, alone and in the product, on the annotated pages that some of them have not
    seen: by those who have not (out of bag); and the word F1 of the scorer at other thresholds."""
    measured, predictions = _out_of_bag(pages, teachers)
    figures = _figures(measured, predictions, threshold)
    product = _figures_of(measured, product_texts(measured, teachers, threshold))
    peer = _figures_of(measured, peer_texts(measured))
    annotated = sum(not page.aged and page.source != UNLABELLED for page in pages)
    yield f"{len(measured):,} of {annotated:,} annotated pages are out of the bag of one teacher or more"
    yield f"{'':36}scorer  product  trafilatura"
    for name, figure in figures.items():
        yield f"{name:32}{figure:10.4f}" + (f"{product[name]:9.4f}{peer[name]:13.4f}" if name in product else "")
    yield f"{'word F1 by threshold':32}" + "".join(f"{each:7.2f}" for each in THRESHOLDS)
    for source, scores in _by_threshold(measured, predictions).items():
        yield f"{source:32}" + "".join(f"{score:7.4f}" for score in scores)


def networks_of_halves(epochs: int) -> list[TorchHtmlNetwork]:
    """A network for each half of the domains, trained on the annotated pages of the other one. Raises
    MissingCorpusError.

    The network at an index has seen no page whose fold leaves this index when it is divided by HALVES.
    """
    compute_alike()
    pages = labelled_pages()
    return [train_network([page for page in pages if page.fold % HALVES != half], epochs) for half in range(HALVES)]


def labelled_pages(with_aged: bool = False) -> list[HtmlExample]:
    """The pages of all sets with labels, on demand with their aged copies. Raises MissingCorpusError."""
    return [example for source in SETS for example in examples(source, with_aged)]


def compute_alike() -> None:
    """From here on, the same pages give the same weights."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)


def _out_of_bag(pages: Sequence[HtmlExample], teachers: Sequence[Teacher]) -> tuple[list[HtmlExample], Predictions]:
    """The annotated pages whose domain some teacher has not seen, and the mean of what those say of each."""
    measured: list[HtmlExample] = []
    predictions: Predictions = {}
    for page in taught(pages, teachers):
        if page.taught is None or page.aged or page.source == UNLABELLED or not unseeing(page.domain, teachers):
            continue
        predictions[page.source, page.id] = page.taught
        measured.append(page)
    return measured, predictions


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


def _by_threshold(pages: Sequence[HtmlExample], predictions: Predictions) -> dict[str, list[float]]:
    """The word F1 of the articles of each set at each of THRESHOLDS."""
    found: dict[str, list[float]] = {}
    for source in ARTICLES:
        own = [(p, p.gold, predictions[p.source, p.id]) for p in pages if p.source == source and p.gold]
        found[source] = [fmean(word_f1(gold, _kept_text(p, said, at)) for p, gold, said in own) for at in THRESHOLDS]
    return found


class Panel(HtmlNetwork):
    """The mean of several networks, in the place of one."""

    def __init__(self, teachers: Sequence[Teacher], threshold: float) -> None:
        self.threshold = threshold
        self._networks = [HtmlNetwork(teacher.network.arrays(threshold)) for teacher in teachers]

    def probabilities(self, page: Features) -> Floats:
        """The mean probability of each class for each block."""
        mean: Floats = np.mean([network.probabilities(page) for network in self._networks], axis=0)
        return mean


def product_texts(pages: Sequence[HtmlExample], teachers: Sequence[Teacher], threshold: float) -> Texts:
    """The text of the first article that Copydesk extracts from each page, with the mean of the teachers that have not
    seen its domain. `any_page` is set except for ARTICLES."""
    domains = {(page.source, page.id): page.domain for page in pages}
    panels: dict[frozenset[int], Panel] = {}
    found: Texts = {}
    for source in SETS:
        for page, html in contents(source):
            if (domain := domains.get((source, page["id"]))) is None:
                continue
            asked = unseeing(domain, teachers)
            key = frozenset(map(id, asked))
            panel = panels[key] = panels.get(key) or Panel(asked, threshold)
            models = replace(shipped_models(), html=panel)
            articles = clean(html, url=page.get("url"), kind="html", any_page=source not in ARTICLES, models=models)
            found[source, page["id"]] = articles[0].text if articles else ""
    return found


def peer_texts(pages: Sequence[HtmlExample]) -> Texts:
    """What trafilatura extracts from the same pages, as in its own evaluation."""
    wanted = {(page.source, page.id) for page in pages}
    return {
        (source, page["id"]): trafilatura(html)
        for source in SETS
        for page, html in contents(source)
        if (source, page["id"]) in wanted
    }


def _figures(pages: Sequence[HtmlExample], predictions: Predictions, threshold: float) -> dict[str, float]:
    """The figures of the scorer alone."""
    kept = {(p.source, p.id): _kept(p, predictions[p.source, p.id], threshold) for p in pages}
    figures = _figures_of(pages, {(p.source, p.id): _joined(p, kept[p.source, p.id]) for p in pages})
    captions = [
        kept[p.source, p.id][p.figcaption & (p.shares < LEAST_AGREEMENT)] for p in pages if p.source in ARTICLES
    ]
    return figures | {"figure captions kept out": 1 - float(np.concatenate(captions).mean())}


def _figures_of(pages: Sequence[HtmlExample], texts: Texts) -> dict[str, float]:
    """How well the texts of the pages agree with their annotations, by corpus."""
    figures = {}
    for source in SETS:
        if source == SNIPPETS:
            continue
        scores = [word_f1(p.gold, texts[source, p.id]) for p in pages if p.source == source and p.gold]
        figures[f"{source}, word F1"] = fmean(scores)
    counts = [count_snippets(p.wanted, p.unwanted, texts[p.source, p.id]) for p in pages if p.source == SNIPPETS]
    return figures | {"multilingual, snippet F1": snippet_score(counts).f1}
