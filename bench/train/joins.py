"""Fits and measures the model that finds where an appended story starts (a join): `joins.npz`.

The pages are those of `bench.pages.stories`, of `bench.pages.grafted_pages` and of `bench.pages.bare_pages`, and the
annotated pages as they are. Weights that are fitted on one half of the sites are measured on the other; the written
ones are fitted on both halves. The networks are small and trained with fixed seeds (`bench.train.join_network`), so
that the same pages give the same weights. `train-stems` and `train-vectors` must be run before.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from statistics import fmean
from typing import NamedTuple

import numpy as np

from bench.pages.bare_pages import BARE, bare_pages
from bench.pages.corpora import ARTICLES, NEWS
from bench.pages.grafted_pages import GRAFT, GRAFTED, grafted_pages
from bench.pages.stories import DUMPS, StoryPage, pages, real_pages
from bench.tables import Cell, table
from bench.train.options import add_output_argument, add_validation_arguments, written
from bench.train.vectors import unseen_vectors
from bench.train.weights import write_arrays
from cleaners.blocks.html import html_blocks, parse
from cleaners.blocks.text import text_blocks
from cleaners.data import ContentType
from cleaners.label.html import html_passage
from cleaners.label.neighbours import HTML_PAGE_RULES, PAGE_RULES, revise
from cleaners.label.passage import Passage
from cleaners.label.second_opinion import main_text
from cleaners.label.text import text_passage
from cleaners.metadata.markup import read_markup
from cleaners.models import Arrays, Models, shipped_models
from cleaners.stories.joins import Join, find_joins
from cleaners.stories.model import NEARNESS, Floats, JoinModel
from cleaners.stories.split import choose_joins, join_probabilities
from cleaners.words.folding import fold_space

WEIGHTS = "joins.npz"
KINDS: tuple[ContentType, ...] = ("text", "html")
PER_CELL, SINGLES = 10, 12
"""Made pages of each sort for fitting; more than `bench.measure.stories` measures."""

GRAFTS = 5
"""Forms in which each page of news-world and WCXB is grafted. The others, which hold more sites and languages, are
grafted once, as they are measured."""

NETWORKS = 4
"""Number of networks that are averaged, each with another seed."""

IMPORTANCE = 15.0
"""Weight of a join on an annotated page."""

BARE_IMPORTANCE, BARE_ONE_IMPORTANCE = 0.4, 0.2
"""The same on a bare page of two stories, and of one."""

THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)
THRESHOLD: dict[ContentType, tuple[float, float]] = {"html": (0.35, 0.35), "text": (0.35, 0.2)}
"""Where stems have vectors, and where they have none: so that 99.5 % of the annotated pages of one story stay whole
(`bench train-joins --only-measure`). HTML has no use of vectors; at 0.3 one page in a thousand more comes apart."""


class JoinExample(NamedTuple):
    """The possible joins of a page, and for each whether a story starts there."""

    page: StoryPage
    joins: list[Join]
    starts: list[bool]


def example(page: StoryPage, models: Models) -> JoinExample:
    """The joins of a page, as the cleaners see them."""
    passage = _passage(page, models)
    found = find_joins(passage, models.stories)
    stories = stories_of([passage.blocks[join.gap.stop].text for join in found], page.texts)
    return JoinExample(page, found, starts_of(stories, [bool(join.titles) for join in found]))


def stories_of(lines: Sequence[str], texts: Sequence[str]) -> list[int | None]:
    """The story that each line of a page is from: the one that has a paragraph beginning like it, else the only one
    that holds its beginning, since many dumps cut paragraphs into lines, or print two on one. None if there is none.

    >>> stories_of(["In the harbour ships", "lay idle", "Subscribe"], ["It rained.", "In the harbour ships lay idle."])
    [1, 1, None]
    """
    openings = {_opening(fold_space(line)): number for number, text in enumerate(texts) for line in text.splitlines()}
    squeezed = [_squeezed(text) for text in texts]
    stories: list[int | None] = []
    for line in lines:
        piece = _opening(_squeezed(line))
        holding = [number for number, text in enumerate(squeezed) if piece in text]
        stories.append(openings.get(_opening(line), holding[0] if len(holding) == 1 else None))
    return stories


def _squeezed(text: str) -> str:
    return "".join(text.split())


def starts_of(stories: Sequence[int | None], titled: Sequence[bool]) -> list[bool]:
    """At which joins a story starts.

    `stories` are those of the paragraphs below the joins, None for one that no annotation holds, such as a standfirst.
    A story whose first known paragraph has such ones above it starts below the last headline among them, if there is
    one: other headlines there lead to what the page offers below the story above.

    >>> starts_of([0, None, 1, None], [False, True, False, False])
    [False, True, False, False]
    """
    starts = [False] * len(stories)
    current, unknown = 0, 0  # the story, and the first of the unknown paragraphs right above
    for index, story in enumerate(stories):
        if story is None:
            continue
        if story > current:
            run = range(index, unknown - 1, -1)
            starts[next((each for each in run if titled[each]), index)] = True
        current, unknown = max(current, story), index + 1
    return starts


def _opening(line: str) -> str:
    """The start of a line, by which it is recognised: the cleaners cut some lines in pieces."""
    return line[:60]


def fitting_pages() -> Iterator[StoryPage]:
    """All pages for fitting and measuring. Raises MissingCorpusError."""
    yield from pages(PER_CELL, SINGLES)
    yield from grafted_pages(MADE_OF, GRAFTS)
    yield from grafted_pages(GRAFTED)
    yield from bare_pages((*MADE_OF, *GRAFTED))
    for path in (*MADE_OF, *GRAFTED):
        yield from real_pages(path)
        yield from real_pages(path, next(iter(DUMPS)))


MADE_OF = (NEWS, ARTICLES)
"""The corpora whose stories the made pages hold."""


def examples() -> list[JoinExample]:
    """The joins of all pages for fitting and measuring, with the stem vectors of the other half of the sites. Pages
    without two paragraphs are left out. Raises MissingCorpusError."""
    chosen = list(fitting_pages())
    found = []
    for half in (0, 1):
        shipped = shipped_models()
        models = replace(shipped, stories=replace(shipped.stories, vectors=unseen_vectors(half)))
        found += [example(page, models) for page in chosen if page.half == half]
    return [one for one in found if one.joins]


def _passage(page: StoryPage, models: Models) -> Passage:
    if page.kind == "text":
        return revise(text_passage(text_blocks(page.content)[0], models.text), PAGE_RULES)
    tree = parse(page.content)
    opinion = partial(main_text, page.content)
    return revise(html_passage(html_blocks(tree), read_markup(tree, None), models.html, opinion), HTML_PAGE_RULES)


def fit(chosen: Sequence[JoinExample]) -> JoinModel:
    """Weights for pages of one kind: the mean of a few networks that start from different seeds. It needs PyTorch."""
    from bench.train.join_network import train_network  # only here, so that all else runs without the extra `train`

    names = tuple(sorted(chosen[0].joins[0].features))
    values = matrix(chosen, names)
    starts = np.array([start for one in chosen for start in one.starts], float)
    importance = np.array([_importance(one.page) for one in chosen for _ in one.joins])
    if any(name.startswith(NEARNESS) for name in names):
        values = np.vstack([values, _without_nearness(values, names)])
        starts, importance = np.tile(starts, 2), np.tile(importance, 2)
    mean, scale = values.mean(0), values.std(0) + 1e-9
    networks = [train_network((values - mean) / scale, starts, importance, seed) for seed in range(NETWORKS)]
    hidden = np.hstack([network.layer for network in networks]) / scale[:, None]
    return JoinModel(
        names=names,
        hidden=hidden,
        biases=np.hstack([network.biases for network in networks]) - mean @ hidden,
        out=np.hstack([network.out for network in networks]) / NETWORKS,
        intercept=fmean(network.intercept for network in networks),
        threshold=THRESHOLD[chosen[0].page.kind][0],
        threshold_unknown=THRESHOLD[chosen[0].page.kind][1],
    )


def _importance(page: StoryPage) -> float:
    """The weight of each join of a page: splitting a whole story is worse than leaving two stories together, and bare
    pages shall not drown what the others show."""
    if page.layout.startswith(BARE):
        return BARE_IMPORTANCE if len(page.texts) > 1 else BARE_ONE_IMPORTANCE
    return IMPORTANCE if _is_real(page) else 1.0


def _without_nearness(values: Floats, names: Sequence[str]) -> Floats:
    """The same joins as if no stem had a vector, as in most languages: without them, hardly any page in Greek, Russian
    or Chinese was split, since a nearness of 0 looked like another topic everywhere (`bench stories --plain`)."""
    found = values.copy()
    found[:, [name.startswith(NEARNESS) for name in names]] = 0.0
    return found


def matrix(chosen: Sequence[JoinExample], names: Sequence[str]) -> Floats:
    """The features of all joins of some pages, one join a row."""
    return np.array([[join.features[name] for name in names] for one in chosen for join in one.joins])


def _is_real(page: StoryPage) -> bool:
    return page.join == "as it is"


def cross_validated(found: Sequence[JoinExample], kind: ContentType) -> str:
    """The table of what each threshold does to pages of one kind, by weights that have seen no page of their sites."""
    own = [one for one in found if one.page.kind == kind]
    models = [fit([one for one in own if one.page.half != half]) for half in (0, 1)]
    probabilities = [join_probabilities(one.joins, models[one.page.half]) for one in own]
    rows: list[list[Cell]] = []
    for threshold in THRESHOLDS:
        right: dict[str, list[bool]] = defaultdict(list)
        for one, row in zip(own, probabilities, strict=True):
            count = 1 + len(choose_joins(one.joins, row, threshold))
            right[_group(one.page)].append(count == len(one.page.texts))
        rows.append([f"{kind}, {threshold}", *(fmean(right[group]) for group in GROUPS)])
    return table(("right number of stories", *GROUPS), rows)


ONE_BARE = f"one story, {BARE}"
GROUPS = (
    "headline", "headline, same topic", "dateline", "nothing", GRAFT, BARE, "one story, made", ONE_BARE,
    "one story, real",
)  # fmt: skip


def _group(page: StoryPage) -> str:
    if page.layout.startswith(GRAFT):
        return GRAFT
    if page.layout.startswith(BARE):
        return BARE if len(page.texts) > 1 else ONE_BARE
    if len(page.texts) > 1:
        return page.join
    return "one story, real" if _is_real(page) else "one story, made"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_output_argument(parser)
    add_validation_arguments(parser)


def run(options: argparse.Namespace) -> Iterator[str]:
    """The tables of both kinds of pages; then write the weights."""
    found = examples()
    if not options.no_validation:
        for kind in KINDS:
            yield f"{cross_validated(found, kind)}\n"
    if not options.only_measure:
        path = options.out / WEIGHTS
        models = {kind: fit([one for one in found if one.page.kind == kind]) for kind in KINDS}
        by_kind = {kind: arrays(models[kind]) for kind in KINDS}
        write_arrays(path, {f"{kind}.{name}": array for kind, own in by_kind.items() for name, array in own.items()})
        yield written(path)


def arrays(model: JoinModel) -> Arrays:
    """A model as `JoinModel.from_arrays` reads it, its weights rounded to four digits."""
    return {
        "names": np.frombuffer("\n".join(model.names).encode(), np.uint8),
        "hidden": np.round(model.hidden, 4),
        "biases": np.round(model.biases, 4),
        "out": np.round(model.out, 4),
        "intercept": np.round(np.array(model.intercept), 4),
        "threshold": np.array(model.threshold),
        "threshold_unknown": np.array(model.threshold_unknown),
    }
