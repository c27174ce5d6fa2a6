"""Pictures with their captions on ninety news pages, against figures that were read and labelled by hand.

Sixty were held out, thirty after the other thirty: no site of theirs is among those before. docs/quality.md has the
first figure of each.

A pair is right if the record has the caption at a picture with one of the labelled addresses. Captions of videos and
galleries beside the story count neither way (`bench.pages.caption_pairs`).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from bench.pages.caption_pairs import HELD_OUT, LABELS, LATER, LabelledPage, caption_key, labelled_pages, picture_keys
from bench.pages.corpora import NEWS, NEWS_SITES, Sample, read_jsonl
from bench.tables import Cell, table
from cleaners.data import Image, Page
from cleaners.pipeline import clean_page

SETS = {"news-world": NEWS, "news-sites": NEWS_SITES}

Pair = tuple[str, str]
"""A page and what is wrong with a pair of it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether the pairs are listed that are wrong."""
    parser.add_argument("--list", action="store_true", help="list the pairs that are missing, and those that are none")


def run(options: argparse.Namespace) -> Iterator[str]:
    """A row for each set and one for both, of the first thirty pages and of those held out."""
    for title, labels in (("", LABELS), ("held out", HELD_OUT), ("held out later", LATER)):
        yield from _measured(title, list(labelled_pages(labels)), shows_wrong=options.list)


def _measured(title: str, pages: list[LabelledPage], *, shows_wrong: bool) -> Iterator[str]:
    rows: list[list[Cell]] = []
    wrong: list[str] = []
    total = [0, 0, 0, 0]
    for name, path in SETS.items():
        labelled = {page.page: page for page in pages if page.set == name}
        counts = [len(labelled), 0, 0, 0]
        for sample in read_jsonl(path):
            if (page := labelled.get(sample.id)) is not None:
                missing, spare, right = compare(page, list(_captioned(sample)))
                counts = [counts[0], counts[1] + len(page.pairs), counts[2] + right + len(spare), counts[3] + right]
                wrong += [f"missing  {sample.url}  {key}" for key in missing]
                wrong += [f"none     {sample.url}  {image.caption}  {image.url}" for image in spare]
        rows.append(_row(name, counts))
        total = [one + other for one, other in zip(total, counts, strict=True)]
    yield table([title, "pages", "pairs", "given", "right", "precision", "recall", "F1"], [*rows, _row("both", total)])
    if shows_wrong:
        yield from wrong


def compare(page: LabelledPage, images: list[Image]) -> tuple[list[str], list[Image], int]:
    """The keys of the captions that have no such picture, the captioned pictures that are no pair, and how many are.

    Of two pictures with one caption one is the pair; the other counts neither way.
    """
    spare = [image for image in images if caption_key(image.caption or "") not in page.maybe]
    missing, right = [], 0
    for caption, pictures in page.pairs:
        found = [image for image in spare if caption_key(image.caption or "") == caption]
        fitting = [image for image in found if picture_keys(image.url) & pictures]
        right += bool(fitting)
        if fitting:
            others = any(key == caption and keys != pictures for key, keys in page.pairs)
            gone = fitting if others else found
            spare = [image for image in spare if image not in gone]
        else:
            missing.append(caption)
    return missing, spare, right


def _captioned(sample: Sample) -> Iterator[Image]:
    cleaned = clean_page(Page(sample.html, url=sample.url, kind="html"), any_page=True)
    for article in cleaned.articles:
        yield from (image for image in article.images if image.caption)


def _row(name: str, counts: list[int]) -> list[Cell]:
    pages, pairs, given, right = counts
    precision, recall = right / given if given else 0.0, right / pairs if pairs else 0.0
    f1 = 2 * right / (given + pairs) if given + pairs else 0.0
    return [name, pages, pairs, given, right, f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}"]
