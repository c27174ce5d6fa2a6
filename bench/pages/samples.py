"""Lists the corpora that the benches use, describes one set of annotated pages, or writes it in our own layout.

A file in our own layout may hold several sets, whose pages name theirs. Any other is one set with the name of the file.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.arguments import new_file
from bench.errors import MissingCorpusError
from bench.pages.corpora import (
    ARTICLES,
    MORE_TRAINING,
    MULTILINGUAL,
    NEWS,
    NEWS_SITES,
    OTHERS,
    READERS,
    Sample,
    existing,
    read_jsonl,
    write_jsonl,
)
from bench.paths import CORPORA
from bench.tables import Cell, table

OURS = (ARTICLES, OTHERS, MULTILINGUAL, NEWS_SITES, MORE_TRAINING, NEWS)
"""The files that training reads, and the benches where none is named."""


def add_set_arguments(parser: argparse.ArgumentParser, nargs: str | None = None) -> None:
    """Declare SET, PATH and --page-type, which name a set of annotated pages."""
    parser.add_argument("set", nargs=nargs, choices=sorted(READERS), help="the layout of the set")
    parser.add_argument("path", nargs=nargs, type=Path, help="its file or folder")
    parser.add_argument("--page-type", help="only pages of this type (WCXB), such as article")


def chosen_samples(options: argparse.Namespace) -> list[Sample]:
    """The pages that the options of `add_set_arguments` name. Raises MissingCorpusError, BrokenCorpusError."""
    samples = READERS[options.set](options.path)
    return [sample for sample in samples if options.page_type in (None, sample.page_type)]


class SetPage(NamedTuple):
    """An annotated page, with the file that it is from and the name of its set."""

    file: Path
    set: str
    sample: Sample


def add_only(parser: argparse.ArgumentParser) -> None:
    """Declare the option `--only` of a command that reads `pages_of_sets`."""
    parser.add_argument(
        "--only", action="append", default=[], metavar="SET", help="only this set, or all of a file; may be repeated"
    )


def set_name(file: Path, sample: Sample) -> str:
    """The set that a page of a file belongs to.

    >>> set_name(Path("news.jsonl.xz"), Sample("1", "", ""))
    'news'
    >>> set_name(Path("more.jsonl.xz"), Sample("1", "", "", set="old pages"))
    'old pages'
    """
    return sample.set or _stem(file)


def pages_of_sets(
    files: Sequence[Path], only: Collection[str] = (), name: Callable[[Path, Sample], str] = set_name
) -> Iterator[SetPage]:
    """The pages of files in our own layout, each with the name of its set; with `only` those of the sets, or of the
    whole files, with these names.

    Raises MissingCorpusError before the first page where a file is missing or nothing has one of the names, and
    BrokenCorpusError. A file that is not needed for the names need not be there.
    """
    if not only:
        yield from (
            SetPage(file, name(file, page), page) for file in [*map(existing, files)] for page in read_jsonl(file)
        )
        return
    chosen: list[SetPage] = []
    known: set[str] = set()
    for file in files:
        if known.issuperset(only):
            break
        pages = [SetPage(file, name(file, page), page) for page in read_jsonl(file)]
        known |= {_stem(file), *(page.set for page in pages)}
        chosen += [page for page in pages if page.set in only or _stem(file) in only]
    if unknown := sorted(set(only) - known):
        raise MissingCorpusError(f"There is no set {', '.join(unknown)}. There are {', '.join(sorted(known))}.")
    yield from chosen


def _stem(file: Path) -> str:
    return file.name.partition(".")[0]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_set_arguments(parser, nargs="?")
    parser.add_argument("--except-type", metavar="TYPE", help="no pages of this type (WCXB)")
    parser.add_argument("--write", type=new_file, metavar="FILE", help="write the pages as JSON Lines compressed by xz")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The table of one set, or of the corpora where no set is named."""
    if options.set and options.path:
        samples = [sample for sample in chosen_samples(options) if sample.page_type != options.except_type]
        if options.write:
            write_jsonl(options.write, samples)
        yield describe(samples)
    else:
        yield corpora()


def describe(samples: Sequence[Sample]) -> str:
    """How many pages a set has by page type, of how many sites, and how many carry each sort of annotation."""
    types = Counter(sample.page_type for sample in samples)
    groups = [*((name, [one for one in samples if one.page_type == name]) for name in types), ("all", samples)]
    rows: list[list[Cell]] = [
        [
            name,
            len(group),
            len({sample.site for sample in group}),
            sum(sample.text is not None for sample in group),
            sum(bool(sample.must_have or sample.must_not_have) for sample in group),
            sum(bool(sample.title) for sample in group),
            sum(bool(sample.authors) for sample in group),
            sum(bool(sample.date) for sample in group),
        ]
        for name, group in groups
    ]
    return table(("page type", "pages", "sites", "text", "snippets", "title", "authors", "date"), rows)


def corpora() -> str:
    """Which of the corpora are there, and where they are looked for."""
    rows: list[list[Cell]] = [
        [path.name, f"{path.stat().st_size / 1e6:.1f} MB" if path.exists() else "missing"] for path in OURS
    ]
    return f"{table(('corpus', 'size'), rows)}\n\nin {CORPORA}; docs/retraining.md says where they come from"
