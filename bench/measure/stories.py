"""How well pages of several stories are split: on made pages (`bench.pages.stories`), on real pages into which another
real story was grafted (`bench.pages.grafted_pages`), and on annotated ones as they are.

Each page is split by weights that were fitted on the other half of the sites, so that they have seen none of its
stories. With `--shipped` the shipped weights are measured, which were fitted on all sites. With `--plain` they are
measured on pages in plain markup (`bench.pages.plain_pages`), in five languages, on whose stories nothing is fitted.
With `--grafted` the grafted pages alone are measured.

Story F1 is the mean word F1 of the expected stories and those found, paired in order. A missing or an additional story
counts as 0. A second table says what it lacks to 1 on grafted pages, by cause: what the text of all stories together
lacks is the extraction's, the rest is the splitting's. Beside it the same pages without the grafted story.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import zip_longest
from statistics import fmean
from typing import NamedTuple

from bench.metrics import word_f1
from bench.pages.corpora import ARTICLES, NEWS
from bench.pages.grafted_pages import ALONE, GRAFT, GRAFTED, grafted_pages, pages_alone
from bench.pages.plain_pages import plain_pages
from bench.pages.stories import DUMPS, PAGES, SINGLES, StoryPage, pages, real_pages
from bench.tables import Cell, table
from bench.train.joins import KINDS, examples, fit
from bench.train.vectors import unseen_vectors
from cleaners import Page, clean_page
from cleaners.models import Models, shipped_models
from cleaners.stories.model import StoryModels

HEAD = ("", *("pages", "story F1", "right number", "captions out") * 2)
"""On the left half 0 of the sites, which rules are developed on; on the right half 1, which confirms them."""

CAUSES = {-1: "stories joined", 0: "parted elsewhere", 1: "taken apart"}
"""What is wrong with the splitting of a page, by whether it has too few or too many stories."""

LOST = ("lost story F1", "pages", "refused", *CAUSES.values(), "extraction", "all")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--shipped", action="store_true", help="measure the shipped weights; default: cross-validate")
    parser.add_argument("--plain", action="store_true", help="measure the shipped weights on pages in plain markup")
    parser.add_argument("--grafted", action="store_true", help="measure only pages with another story grafted below")
    parser.add_argument(
        "--per-cell",
        type=int,
        default=PAGES,
        metavar="N",
        help=f"pages of several stories of each sort; default: {PAGES}",
    )
    parser.add_argument(
        "--singles", type=int, default=SINGLES, metavar="N", help=f"pages of one story of each sort; default: {SINGLES}"
    )


def run(options: argparse.Namespace) -> Iterator[str]:
    """The tables."""
    if options.plain:
        yield report(map(outcome, plain_pages()))
        return
    chosen = list(real_grafts() if options.grafted else all_pages(options.per_cell, options.singles))
    found = list(map(outcome, chosen) if options.shipped else cross_validated(chosen))
    yield f"{report(found)}\n"
    yield losses(found)


class Outcome(NamedTuple):
    """The result of one page: its story F1, the word F1 of all its stories as one text, the stories found, and the
    share of captions kept out of the texts."""

    page: StoryPage
    f1: float
    together: float
    found: int
    captions_out: float


def outcome(page: StoryPage, models: Models | None = None) -> Outcome:
    """Clean one page, with the shipped models if None, and compare its stories, in order, with those expected."""
    cleaned = clean_page(Page(page.content, kind=page.kind), models=models)
    texts = [article.text for article in cleaned.articles]
    scores = [
        0.0 if wanted is None or text is None else word_f1(wanted, text)
        for wanted, text in zip_longest(page.texts, texts)
    ]
    everything = "\n".join(texts)
    out = [caption not in everything for caption in page.captions if caption not in "\n".join(page.texts)]
    together = word_f1("\n".join(page.texts), everything)
    return Outcome(page, fmean(scores), together, len(texts), fmean(out) if out else 1.0)


def report(outcomes: Iterable[Outcome]) -> str:
    """The table: totals first, then by layout and join, with both halves of the sites side by side."""
    found = list(outcomes)
    rows: list[list[Cell]] = []
    for title, chosen in _groups(found):
        cells: list[Cell] = [title]
        for half in (0, 1):
            own = [one for one in chosen if one.page.half == half]
            cells += _figures(own)
        rows.append(cells)
    return table(HEAD, rows)


def _figures(outcomes: Sequence[Outcome]) -> list[Cell]:
    if not outcomes:
        return [0, None, None, None]
    right = fmean(one.found == len(one.page.texts) for one in outcomes)
    return [len(outcomes), fmean(one.f1 for one in outcomes), right, fmean(one.captions_out for one in outcomes)]


def _groups(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, list[Outcome]]]:
    grafted = [one for one in outcomes if one.page.layout.startswith(GRAFT)]
    yield "grafted, HTML", [one for one in grafted if one.page.kind == "html"]
    yield "grafted, dumps", [one for one in grafted if one.page.kind == "text"]
    several = [one for one in outcomes if len(one.page.texts) > 1 and not one.page.layout.startswith(GRAFT)]
    yield "several stories", several
    yield "several stories, HTML", [one for one in several if one.page.kind == "html"]
    yield "several stories, dumps", [one for one in several if one.page.kind == "text"]
    yield "the same alone", [one for one in outcomes if one.page.layout.startswith(ALONE)]
    single = [one for one in outcomes if len(one.page.texts) == 1 and not one.page.layout.startswith(ALONE)]
    yield "one story, made", [one for one in single if one.page.join != "as it is"]
    yield "one story, real", [one for one in outcomes if one.page.join == "as it is"]
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        groups[f"{one.page.layout}: {one.page.join}"].append(one)
    yield from sorted(groups.items(), key=lambda item: (len(item[1][0].page.texts) == 1, item[0]))


def losses(outcomes: Sequence[Outcome]) -> str:
    """The table of what the mean story F1 of grafted pages lacks to 1, by cause; the causes add up to the whole."""
    rows: list[list[Cell]] = []
    for layout in (GRAFT, ALONE):
        for kind in ("html", "text"):
            own = [one for one in outcomes if one.page.layout.startswith(layout) and one.page.kind == kind]
            if own:
                rows.append([f"{layout}, {kind}", len(own), *_lost(own)])
    return table(LOST, rows)


def _lost(outcomes: Sequence[Outcome]) -> list[Cell]:
    lost = dict.fromkeys(LOST[2:-1], 0.0)
    for one in outcomes:
        wanted = len(one.page.texts)
        if not one.found:
            lost["refused"] += 1
            continue
        cause = CAUSES[(one.found > wanted) - (one.found < wanted)]
        lost[cause] += one.together - one.f1
        lost["extraction"] += 1 - one.together
    return [*(loss / len(outcomes) for loss in lost.values()), sum(lost.values()) / len(outcomes)]


def real_grafts() -> Iterator[StoryPage]:
    """The grafted pages to measure on, and the same without the grafted story."""
    yield from grafted_pages(GRAFTED)
    yield from pages_alone(GRAFTED)


def all_pages(per_cell: int = PAGES, singles: int = SINGLES) -> Iterator[StoryPage]:
    """The made pages, the grafted ones, then the annotated ones as they are and as dumps."""
    yield from pages(per_cell, singles)
    yield from real_grafts()
    for path in (NEWS, ARTICLES, *GRAFTED):
        yield from real_pages(path)
        yield from real_pages(path, next(iter(DUMPS)))


def cross_validated(chosen: Sequence[StoryPage]) -> Iterator[Outcome]:
    """The outcome of each page by weights that were fitted on the other half of the sites."""
    found = examples()
    for half in (0, 1):
        joins = {kind: fit([one for one in found if one.page.kind == kind and one.page.half != half]) for kind in KINDS}
        shipped = shipped_models()
        stories = StoryModels(joins, unseen_vectors(half), shipped.stories.common_stems)
        models = replace(shipped, stories=stories)
        yield from map(partial(outcome, models=models), (page for page in chosen if page.half == half))
