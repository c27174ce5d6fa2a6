"""How well pages of several stories are taken apart: `python -m bench stories`.

Each page is taken apart by weights that were fitted on the other half of the sites, so that they have seen none of its
stories. With `--shipped` the weights that ship are measured, which have seen them all.

Story F1 is the word F1 of each expected story with the one found in its place, 0 for one that is missing; stories found
beyond those expected count as further zeros. Pages are made by `bench.pages.stories`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import zip_longest
from statistics import fmean
from typing import NamedTuple
from unittest.mock import patch

from bench.metrics import word_f1
from bench.pages.corpora import ARTICLES, NEWS
from bench.pages.stories import DUMPS, StoryPage, pages, real_pages
from bench.tables import Cell, table
from bench.train.joins import KINDS, examples, fit
from bench.train.vectors import unseen
from cleaners import Page, clean_page

weighing = import_module("cleaners.stories.split")  # the package gives its function the same name

HEAD = ("", *("pages", "story F1", "right number", "captions out") * 2)
"""Half 0 of the sites on the left, which rules are made with in view, half 1 on the right."""


class Outcome(NamedTuple):
    """What came of one page."""

    page: StoryPage
    f1: float
    found: int
    captions_out: float


def outcome(page: StoryPage) -> Outcome:
    """Clean one page and compare its stories, in order, with those expected."""
    texts = [article.text for article in clean_page(Page(page.content, kind=page.kind)).articles]
    scores = [
        0.0 if wanted is None or text is None else word_f1(wanted, text)
        for wanted, text in zip_longest(page.texts, texts)
    ]
    everything = "\n".join(texts)
    out = [caption not in everything for caption in page.captions if caption not in "\n".join(page.texts)]
    return Outcome(page, fmean(scores), len(texts), fmean(out) if out else 1.0)


def report(outcomes: Iterable[Outcome]) -> str:
    """The table by layout and join, each half of the sites beside the other, and the totals that the targets name."""
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
    several = [one for one in outcomes if len(one.page.texts) > 1]
    yield "several stories", several
    yield "several stories, HTML", [one for one in several if one.page.kind == "html"]
    yield "several stories, dumps", [one for one in several if one.page.kind == "text"]
    made = [one for one in outcomes if one.page.join != "as it is"]
    yield "one story, made", [one for one in made if len(one.page.texts) == 1]
    yield "one story, real", [one for one in outcomes if one.page.join == "as it is"]
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        groups[f"{one.page.layout}: {one.page.join}"].append(one)
    yield from sorted(groups.items(), key=lambda item: (len(item[1][0].page.texts) == 1, item[0]))


def all_pages() -> Iterator[StoryPage]:
    """The made pages, then the real ones as they are and as dumps."""
    yield from pages()
    for path in (NEWS, ARTICLES):
        yield from real_pages(path)
        yield from real_pages(path, next(iter(DUMPS)))


def cross_validated() -> Iterator[Outcome]:
    """What comes of each page by weights that were fitted on the other half of the sites."""
    found = examples()
    for half in (0, 1):
        models = {
            kind: fit([one for one in found if one.page.kind == kind and one.page.half != half]) for kind in KINDS
        }
        with unseen(half), patch.object(weighing, "model", models.__getitem__):
            yield from map(outcome, (page for page in all_pages() if page.half == half))


def main(shipped: bool = False) -> str:
    """The whole report, with the weights that ship or else cross-validated."""
    return report(map(outcome, all_pages()) if shipped else cross_validated())
