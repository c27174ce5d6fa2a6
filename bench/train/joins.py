"""Fits the weights by which joins of stories are weighed, and measures them.

    python -m bench.train.joins            weights fitted on one half of the sites, measured on the other, both ways
    python -m bench.train.joins --write    writes cleaners/weights/joins.json too, fitted on both halves

The pages are those of `bench.pages.stories` with the annotated pages as they are. The network is small and trained by
Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015) with fixed seeds, so that the same pages give
the same weights.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from statistics import fmean
from typing import NamedTuple

import numpy as np

from bench import paths
from bench.pages.corpora import ARTICLES, NEWS
from bench.pages.stories import DUMPS, StoryPage, pages, real_pages
from bench.tables import Cell, table
from bench.train.vectors import unseen
from cleaners.blocks.html import html_blocks, parse
from cleaners.blocks.text import fold, text_blocks
from cleaners.data import Kind
from cleaners.label.html import html_passage
from cleaners.label.neighbours import PAGE_RULES, revise
from cleaners.label.passage import Passage
from cleaners.label.second_opinion import main_text
from cleaners.label.text import text_passage
from cleaners.metadata.markup import read_markup
from cleaners.stories.joins import Join, joins
from cleaners.stories.model import Floats, Model
from cleaners.stories.split import chances_of, taken

WEIGHTS = paths.WEIGHTS / "joins.json"
KINDS: tuple[Kind, ...] = ("text", "html")
PER_CELL, SINGLES = 20, 12
"""Pages of each sort that are fitted on: more than are measured."""

NETWORKS, UNITS, EPOCHS, BATCH = 4, 12, 60, 256
LEARNING_RATE, LAST_RATE, DECAY = 3e-3, 1e-4, 1e-4
IMPORTANCE = 15.0
"""What a join on a page as it is weighs: a whole page taken apart is worse than two stories left together."""

OFTEN = 4.0
"""Log-odds against a start in general, from which training sets out."""

THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)
THRESHOLD = 0.4
"""Chosen so that nearly all pages of one story stay whole; `bench.measure.stories` says how many."""


class Example(NamedTuple):
    """A page's joins, and for each whether a story starts there."""

    page: StoryPage
    joins: list[Join]
    starts: list[bool]


def example(page: StoryPage) -> Example:
    """The joins of a page, as the cleaners see them."""
    passage = _passage(page)
    story_of = {_opening(fold(line)): number for number, text in enumerate(page.texts) for line in text.splitlines()}
    found = joins(passage.blocks, passage.verdicts)
    starts = []
    current = 0
    for join in found:
        story = story_of.get(_opening(passage.blocks[join.gap.stop].text), current)
        starts.append(story > current)
        current = max(story, current)
    return Example(page, found, starts)


def _opening(line: str) -> str:
    """What a line is known by: its start, since the cleaners cut some lines in pieces."""
    return line[:60]


def examples() -> list[Example]:
    """All pages that are fitted on and measured here, with what the other half of the sites tells of meaning; those
    without two paragraphs are left out."""
    real = (page for path in (NEWS, ARTICLES) for renderer in (None, next(iter(DUMPS)))
            for page in real_pages(path, renderer))  # fmt: skip
    chosen = [*pages(PER_CELL, SINGLES), *real]
    found = []
    for half in (0, 1):
        with unseen(half):
            found += [example(page) for page in chosen if page.half == half]
    return [one for one in found if one.joins]


def _passage(page: StoryPage) -> Passage:
    if page.kind == "text":
        return revise(text_passage(text_blocks(page.content)[0]), PAGE_RULES)
    tree = parse(page.content)
    return html_passage(html_blocks(tree), read_markup(tree, None), partial(main_text, page.content))


def fit(chosen: Sequence[Example]) -> Model:
    """Weights for pages of one kind: the mean of a few networks that start from different seeds."""
    names = tuple(sorted(chosen[0].joins[0].features))
    values = matrix(chosen, names)
    starts = np.array([start for one in chosen for start in one.starts], float)
    importance = np.array([IMPORTANCE if _is_real(one.page) else 1.0 for one in chosen for _ in one.joins])
    mean, scale = values.mean(0), values.std(0) + 1e-9
    found = [_train((values - mean) / scale, starts, importance, seed) for seed in range(NETWORKS)]
    hidden = np.hstack([layer for layer, _, _, _ in found]) / scale[:, None]
    return Model(
        names=names,
        hidden=hidden,
        biases=np.hstack([biases for _, biases, _, _ in found]) - mean @ hidden,
        out=np.hstack([out for _, _, out, _ in found]) / NETWORKS,
        intercept=float(np.mean([intercept for *_, intercept in found])),
        threshold=THRESHOLD,
    )


def matrix(chosen: Sequence[Example], names: Sequence[str]) -> Floats:
    """The features of all joins of some pages, one join a row."""
    return np.array([[join.features[name] for name in names] for one in chosen for join in one.joins])


def _is_real(page: StoryPage) -> bool:
    return page.join == "as it is"


def _train(values: Floats, starts: Floats, importance: Floats, seed: int) -> list[Floats]:
    """Hidden layer, its biases, output weights and intercept of one network."""
    chance = np.random.default_rng(seed)
    size = values.shape[1]
    weights = [
        chance.normal(0, size**-0.5, (size, UNITS)), np.zeros(UNITS), chance.normal(0, 0.3, UNITS), np.array(-OFTEN)
    ]  # fmt: skip
    means, squares = ([np.zeros_like(part) for part in weights] for _ in range(2))
    step = 0
    for epoch in range(EPOCHS):
        rate = LEARNING_RATE * (1 - epoch / EPOCHS) + LAST_RATE
        for batch in np.array_split(chance.permutation(len(values)), max(1, len(values) // BATCH)):
            step += 1
            for place, slope in enumerate(_slopes(weights, values[batch], starts[batch], importance[batch])):
                means[place] = 0.9 * means[place] + 0.1 * slope
                squares[place] = 0.99 * squares[place] + 0.01 * np.square(slope)
                mean, square = means[place] / (1 - 0.9**step), squares[place] / (1 - 0.99**step)
                weights[place] = weights[place] - rate * mean / (np.sqrt(square) + 1e-8)
    return weights


def _slopes(weights: Sequence[Floats], values: Floats, starts: Floats, importance: Floats) -> Iterator[Floats]:
    """The slopes of the cross-entropy by each part of the weights, with a little decay."""
    layer, biases, out, intercept = weights
    units = np.tanh(values @ layer + biases)
    error = importance * (1 / (1 + np.exp(-(units @ out + intercept))) - starts) / len(starts)
    behind = np.outer(error, out) * (1 - units * units)
    yield values.T @ behind + DECAY * layer
    yield behind.sum(0)
    yield units.T @ error + 10 * DECAY * out
    yield np.asarray(error.sum())


def cross_validated(found: Sequence[Example], kind: Kind) -> str:
    """The table of what each threshold does to pages of one kind, by weights that have seen no page of their sites."""
    own = [one for one in found if one.page.kind == kind]
    models = [fit([one for one in own if one.page.half != half]) for half in (0, 1)]
    chances = [chances_of(one.joins, models[one.page.half]) for one in own]
    rows: list[list[Cell]] = []
    for threshold in THRESHOLDS:
        right: dict[str, list[bool]] = defaultdict(list)
        for one, row in zip(own, chances, strict=True):
            count = 1 + len(taken(one.joins, row, threshold))
            right[_group(one.page)].append(count == len(one.page.texts))
        rows.append([f"{kind}, {threshold}", *(fmean(right[group]) for group in GROUPS)])
    return table(("right number of stories", *GROUPS), rows)


GROUPS = ("headline", "headline, same topic", "dateline", "nothing", "one story, made", "one story, real")


def _group(page: StoryPage) -> str:
    if len(page.texts) > 1:
        return page.join
    return "one story, real" if _is_real(page) else "one story, made"


def main() -> None:
    """Prints the tables; with `--write` writes the weights."""
    parser = argparse.ArgumentParser(prog="python -m bench.train.joins", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    options = parser.parse_args()
    found = examples()
    for kind in KINDS:
        print(cross_validated(found, kind), end="\n\n")
    if options.write:
        written = {kind: as_json(fit([one for one in found if one.page.kind == kind])) for kind in KINDS}
        WEIGHTS.write_text(json.dumps(written, indent=0) + "\n", "utf-8")


def as_json(model: Model) -> dict[str, object]:
    """A model as `cleaners.stories.model` reads it."""
    return {
        "hidden": dict(zip(model.names, np.round(model.hidden, 4).tolist(), strict=True)),
        "biases": np.round(model.biases, 4).tolist(),
        "out": np.round(model.out, 4).tolist(),
        "intercept": round(model.intercept, 4),
        "threshold": model.threshold,
    }


if __name__ == "__main__":
    main()
