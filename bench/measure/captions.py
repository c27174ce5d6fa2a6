"""Which lines the records of news pages take for captions, and where on the page they stand.

A caption is doubtful if it stands in a `nav`, `footer` or `menu`, or has fewer than three words outside of a figure.
One that is also a line of the text is counted as well. Keep what one state finds with `--save`, and `--against` lists
what another loses and gains; `--sample` draws captions to be read.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.arguments import new_file
from bench.pages.corpora import NEWS, NEWS_SITES, read_jsonl
from bench.tables import Cell, table
from cleaners.data import Caption, Cleaned, Judged, Label, Page
from cleaners.pipeline import clean_page
from cleaners.words.shapes import count_words

FEWEST_WORDS = 3
"""Words below which a caption outside of a figure says nothing."""

COMPARED = 40
"""Characters by which a caption of a record is found among the lines of its page."""

CHROME = frozenset({"nav", "footer", "menu"})
FIGURES = frozenset({"figure", "figcaption"})

HEAD = ("", "pages", "captions", "doubtful", "per cent", "in the text")


@dataclass(frozen=True, slots=True)
class Found:
    """A caption of a record: the set and the page that it is from, its words and its credit, the areas of the page that
    it stands in, and whether it is also a line of the text."""

    group: str
    page: str
    text: str
    credit: str | None
    areas: tuple[str, ...]
    in_text: bool

    @property
    def is_doubtful(self) -> bool:
        """Whether it stands where no caption stands, or says nothing.

        >>> Found("a", "1", "Terms of Use", None, ("footer",), False).is_doubtful
        True
        >>> Found("a", "1", "Jane Doe", None, ("figure",), False).is_doubtful
        False
        """
        if not CHROME.isdisjoint(self.areas):
            return True
        return FIGURES.isdisjoint(self.areas) and count_words(self.text) < FEWEST_WORDS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--list", action="store_true", help="name each doubtful caption")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="draw N captions to be read")
    parser.add_argument("--seed", type=int, default=1, help="of the draw (default: 1)")
    parser.add_argument("--save", type=new_file, metavar="FILE", help="write the captions as JSON Lines")
    parser.add_argument("--against", type=Path, metavar="FILE", help="list what a saved file has and this has not")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The lists that are asked for, then the table."""
    found: list[Found] = []
    pages: dict[str, int] = {}
    for file in (NEWS, NEWS_SITES):
        for sample in read_jsonl(file):
            group = file.name.partition(".")[0]
            pages[group] = pages.get(group, 0) + 1
            cleaned = clean_page(Page(sample.html, url=sample.url or None, kind="html"))
            found += captions_of(cleaned, group, sample.id)
    if options.list:
        yield from (f"doubtful: {describe(one)}" for one in found if one.is_doubtful)
    if options.sample:
        drawn = random.Random(options.seed).sample(found, min(options.sample, len(found)))
        yield from map(describe, drawn)
    if options.save:
        options.save.write_text("".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in found), "utf-8")
    if options.against:
        lines = options.against.read_text("utf-8").splitlines()
        yield from compare([Found(**json.loads(line)) for line in lines], found)
    yield report(found, pages)


def captions_of(cleaned: Cleaned, group: str, page: str) -> Iterator[Found]:
    """The captions of a page's records, each with its place on the page."""
    for index, article in enumerate(cleaned.articles):
        lines = [block for block in cleaned.blocks if block.story == index and block.label is Label.CAPTION]
        kept = set(article.text.splitlines())
        for caption in article.captions:
            yield Found(group, page, caption.text, caption.credit, _areas(caption, lines), caption.text in kept)


def _areas(caption: Caption, lines: Sequence[Judged]) -> tuple[str, ...]:
    line = next((line for line in lines if caption.text[:COMPARED] in line.text), None)
    return tuple(tag for tag in line.block.path.split("/") if tag in CHROME | FIGURES) if line else ()


def describe(found: Found) -> str:
    """One line about a caption.

    >>> describe(Found("news", "1", "Skaters on the lake", "AP", ("figure",), False))
    '1 [figure] Skaters on the lake (AP)'
    """
    credit = f" ({found.credit})" if found.credit else ""
    return f"{found.page} [{' '.join(found.areas)}] {found.text}{credit}"


def compare(before: Sequence[Found], after: Sequence[Found]) -> Iterator[str]:
    """What the second of two states loses and gains."""
    for sign, here, there in (("-", before, after), ("+", after, before)):
        known = {(one.page, one.text) for one in there}
        yield from (f"{sign} {describe(one)}" for one in here if (one.page, one.text) not in known)


def report(found: Sequence[Found], pages: dict[str, int]) -> str:
    """The table: a row for each set, and one for all."""
    rows = [_row(group, count, [one for one in found if one.group == group]) for group, count in pages.items()]
    return table(HEAD, [*rows, _row("all", sum(pages.values()), found)])


def _row(name: str, pages: int, found: Iterable[Found]) -> list[Cell]:
    captions = list(found)
    doubtful = sum(one.is_doubtful for one in captions)
    share = 100 * doubtful / max(1, len(captions))
    return [name, pages, len(captions), doubtful, share, sum(one.in_text for one in captions)]
