"""One network of HTML blocks that learns from several: distillation.

Two trainings on the same pages differ by more than better pages gain, and the mean of several networks is better than
each, but would cost several times as much on every page. So several teachers are trained, each on most of the domains
(bagging), and a student learns what those teachers say of a page that have not seen its domain, beside the annotation
(Breiman, "Bagging Predictors", Machine Learning 24, 1996; Hinton, Vinyals and Dean, "Distilling the Knowledge in a
Neural Network", 2015). The student also sees pages that nobody has labelled. Needs PyTorch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from bench.pages.html import CLASSES, SNIPPETS, UNLABELLED, HtmlExample
from bench.train.html_network import TorchHtmlNetwork, batch_of, embedding_rows
from bench.train.training import Targets, by_page, in_batches, loss_of, optimise
from cleaners.label.network import KEPT_CLASSES

WEIGHT_DECAY = 0.05
SMOOTHING = 0.05
BLOCKS_AT_MOST = 1000
"""Pages with more blocks are left out of training: they teach little and take long."""

BATCH_PAGES = 16
BATCH_BLOCKS = 16_000
IMPORTANCE = {
    "wcxb-dev-articles": 1.0,
    "news-world": 3.0,
    "wcxb-dev-other": 0.4,
    "news-sites": 1.0,
    "more-training": 1.0,
    SNIPPETS: 0.5,
    UNLABELLED: 0.5,
}
"""Weight of a page of each corpus in training; highest for news, which Copydesk is made for."""

AGED_IMPORTANCE = 0.5
"""Weight of an aged page for the student, against that of its original."""

TEACHERS = 8
DOMAINS_SEEN = 0.8
"""Share of the domains that a teacher sees."""

AGED_TAUGHT, AGED_LEARNED = 0.6, 0.4
"""Shares of the aged pages that every second teacher sees, and that the student sees."""

DOMAINS_SEED, STUDENT_SEED = 1000, 7
"""Seeds of the choice of domains, one more for each teacher, and of the student's choice of aged pages."""

ANNOTATION = 0.3
"""Weight of the annotation against the teachers, where a block is labelled."""

STUDENT_EPOCHS = 1.5
"""Epochs of the student for each epoch of a teacher."""

AVERAGED_AFTER = 0.75
"""Share of the student's steps after which its weights are averaged."""


class Teacher(NamedTuple):
    """A network, the domains that it has seen, and what it says of each page: (blocks, classes), in half precision."""

    domains: frozenset[str]
    probabilities: list[NDArray[np.float16]]
    network: TorchHtmlNetwork


def shown(pages: Sequence[HtmlExample]) -> list[HtmlExample]:
    """The pages that are trained on."""
    return [page for page in pages if len(page.blocks) <= BLOCKS_AT_MOST]


def train_teachers(pages: Sequence[HtmlExample], epochs: int) -> list[Teacher]:
    """TEACHERS networks, trained for `epochs` on these pages and their aged copies."""
    return [_teacher(pages, epochs, seed) for seed in range(TEACHERS)]


def distilled(pages: Sequence[HtmlExample], teachers: Sequence[Teacher], epochs: int) -> TorchHtmlNetwork:
    """The student of these teachers, who were trained for `epochs` on the same pages."""
    return _student(taught(pages, teachers), round(STUDENT_EPOCHS * epochs))


def unseeing(domain: str, teachers: Sequence[Teacher]) -> list[Teacher]:
    """The teachers that have seen no page of a domain: the page is out of their bag."""
    return [teacher for teacher in teachers if domain not in teacher.domains]


def _teacher(pages: Sequence[HtmlExample], epochs: int, seed: int) -> Teacher:
    """Every second teacher sees aged pages, so that the student learns from those who rely on names and those who
    cannot."""
    rng = np.random.default_rng(DOMAINS_SEED + seed)
    domains = frozenset(domain for domain in sorted({page.domain for page in pages}) if rng.random() < DOMAINS_SEEN)
    own = [page for page in pages if page.domain in domains and page.source != UNLABELLED]
    aged_share = AGED_TAUGHT if seed % 2 else 0.0
    network = train_network([page for page in own if not page.aged or rng.random() < aged_share], epochs, seed)
    return Teacher(domains, [predict(network, page).astype(np.float16) for page in pages], network)


def taught(pages: Sequence[HtmlExample], teachers: Sequence[Teacher]) -> Iterator[HtmlExample]:
    """The pages with the mean of what the teachers say of each that have not seen its domain; of all, if all have."""
    for index, page in enumerate(pages):
        asked = unseeing(page.domain, teachers) or teachers
        said = [each.probabilities[index].astype(np.float32) for each in asked]
        yield replace(page, taught=np.mean(said, axis=0))


def train_network(pages: Sequence[HtmlExample], epochs: int, seed: int = 0) -> TorchHtmlNetwork:
    """A network trained on the annotation of these pages."""
    network, rng = _new_network(pages, seed)

    def loss(batch: list[HtmlExample]) -> Tensor:
        return loss_of(network.scores(batch_of(batch, rng)), _targets(batch), SMOOTHING)

    return _optimised(network, pages, loss, epochs, rng)


def _student(pages: Iterable[HtmlExample], epochs: int) -> TorchHtmlNetwork:
    choice = np.random.default_rng(STUDENT_SEED)
    chosen = [page for page in pages if not page.aged or choice.random() < AGED_LEARNED]
    network, rng = _new_network(chosen, seed=0)

    def loss(batch: list[HtmlExample]) -> Tensor:
        return student_loss(network.scores(batch_of(batch, rng)), batch)

    return _optimised(network, chosen, loss, epochs, rng, averaged_after=AVERAGED_AFTER)


def _optimised(
    network: TorchHtmlNetwork,
    pages: Sequence[HtmlExample],
    loss: Callable[[list[HtmlExample]], Tensor],
    epochs: int,
    rng: np.random.Generator,
    averaged_after: float | None = None,
) -> TorchHtmlNetwork:
    """The network, trained for so many epochs; its weights are averaged after this share of the steps, if any."""
    plan = _steps(pages, epochs)
    batches = (batch for _ in range(epochs) for batch in _batches(pages, rng))
    after = None if averaged_after is None else int(averaged_after * plan)
    optimise(network, batches, loss, plan + epochs, WEIGHT_DECAY, after)  # the batches of an epoch differ in number
    return network


def _new_network(pages: Sequence[HtmlExample], seed: int) -> tuple[TorchHtmlNetwork, np.random.Generator]:
    torch.manual_seed(seed)
    network = TorchHtmlNetwork(pages[0].features.dense.shape[1], embedding_rows(pages))
    network.standardise(np.concatenate([page.features.dense for page in pages]))
    return network, np.random.default_rng(seed)


def predict(network: TorchHtmlNetwork, page: HtmlExample) -> NDArray[np.float32]:
    """The probability of each class for each block of a page."""
    with torch.no_grad():
        probabilities: NDArray[np.float32] = network.scores(batch_of([page])).softmax(1).numpy()
    return probabilities


def _steps(pages: Sequence[HtmlExample], epochs: int) -> int:
    return sum(len(list(_batches(pages, np.random.default_rng(epoch)))) for epoch in range(epochs))


def _batches(pages: Sequence[HtmlExample], rng: np.random.Generator) -> Iterator[list[HtmlExample]]:
    return in_batches(shown(pages), lambda page: len(page.blocks), rng, BATCH_PAGES, BATCH_BLOCKS)


def _targets(pages: Sequence[HtmlExample]) -> Targets:
    return Targets(
        [len(page.blocks) for page in pages],
        np.concatenate([page.classes for page in pages]),
        np.concatenate([page.words for page in pages]),
        np.concatenate([page.shares for page in pages]),
        [IMPORTANCE[page.source] for page in pages],
        [page.gold is not None for page in pages],
    )


def student_loss(scores: Tensor, pages: Sequence[HtmlExample]) -> Tensor:
    """Cross-entropy with the mixture of annotation and teachers, plus 1 - word F1 of each page by the same mixture,
    with probabilities as soft decisions. A block without a label has the teachers' word alone."""
    targets = _targets(pages)
    words = torch.from_numpy(targets.words)
    said = torch.from_numpy(np.concatenate([_said(page) for page in pages]))
    target = _mixed(said, torch.from_numpy(targets.classes))
    entropy = -(target * scores.log_softmax(1)).sum(1)
    shares = _shares(targets, said[:, KEPT_CLASSES].sum(1))
    loss, f1 = by_page(scores, entropy, (words + 2).sqrt(), words, shares, targets.sizes)
    importance = torch.tensor([IMPORTANCE[page.source] * (AGED_IMPORTANCE if page.aged else 1) for page in pages])
    return ((loss + (1 - f1)) * importance).sum() / importance.sum()


def _said(page: HtmlExample) -> NDArray[np.float32]:
    """What the teachers say of a page's blocks."""
    if page.taught is None:
        raise ValueError(f"no teacher has seen {page.id}")
    return page.taught


def _mixed(said: Tensor, classes: Tensor) -> Tensor:
    """The annotation, smoothed, with what the teachers say; the latter alone for blocks without a label."""
    labelled = functional.one_hot(classes.clamp(min=0), len(CLASSES)).float() * (1 - SMOOTHING) + SMOOTHING / len(
        CLASSES
    )
    return torch.where((classes >= 0).float()[:, None] > 0, ANNOTATION * labelled + (1 - ANNOTATION) * said, said)


def _shares(targets: Targets, kept: Tensor) -> Tensor:
    """The share of each block in the text: that of the annotation with the teachers' probability that it is kept."""
    annotated = torch.from_numpy(np.repeat(targets.annotated, targets.sizes))
    return torch.where(annotated, ANNOTATION * torch.from_numpy(targets.shares) + (1 - ANNOTATION) * kept, kept)
