"""How often the day of publication is right, beside htmldate on the same pages in the same run.

Copydesk's day is `date_published` of the page's own story, with `any_page`, as a refused page has a day too. A page on
which a side gives no day counts as wrong. htmldate is asked for the original date, as in its own evaluation, in both
of its modes; all sides know the page's address. Times are processor time of the whole of each side: Copydesk's has the
text, the authors and all other facts in it.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from htmldate import find_date

from bench.pages.corpora import DATES, Sample, read_jsonl
from bench.tables import table
from cleaners.blocks.html import parse
from cleaners.data import Page
from cleaners.decoding.encodings import decode
from cleaners.errors import NotText
from cleaners.metadata import read_markup
from cleaners.pipeline import clean_page

Side = Callable[[Sample], str | None]
"""What gives the day of a page."""


def copydesk(sample: Sample) -> str | None:
    """The day in the record of the page's own story."""
    articles = clean_page(Page(sample.html, url=sample.url or None, kind="html"), any_page=True).articles
    return articles[0].date_published if articles else None


def copydesk_markup(sample: Sample) -> str | None:
    """The day that the markup and the lines near the headline state, without the story's blocks and htmldate."""
    return read_markup(parse(_html(sample)), sample.url or None).metadata.date_published


def htmldate_fast(sample: Sample) -> str | None:
    """htmldate without its thorough search."""
    return _htmldate(sample, extensive=False)


def htmldate_thorough(sample: Sample) -> str | None:
    """htmldate as it comes."""
    return _htmldate(sample, extensive=True)


def _htmldate(sample: Sample, *, extensive: bool) -> str | None:
    return find_date(_html(sample), extensive_search=extensive, original_date=True, url=sample.url or None)


def _html(sample: Sample) -> str:
    try:
        return sample.html if isinstance(sample.html, str) else decode(sample.html)
    except NotText:
        return ""


OURS = "Copydesk"
SIDES: dict[str, Side] = {
    OURS: copydesk,
    "Copydesk, markup alone": copydesk_markup,
    "htmldate": htmldate_thorough,
    "htmldate, fast": htmldate_fast,
}


@dataclass
class Tally:
    """What one side gave: the pages with the right day, with another one, with none, and the seconds that it took."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, stated: str, found: str | None) -> str:
        """Count one page and return its verdict."""
        verdict = "none" if not found else "right" if found[:10] == stated[:10] else "other"
        self.counts[verdict] += 1
        return verdict

    def row(self, name: str) -> Sequence[str | float | int]:
        """The side's row of the table."""
        pages = max(1, self.counts.total())
        counts = (self.counts[verdict] for verdict in ("right", "other", "none"))
        return [name, self.counts["right"] / pages, *counts, f"{1000 * self.seconds / pages:.1f}"]


def measure(samples: Iterable[Sample], tallies: dict[str, Tally], wrong: str | None) -> Iterator[str]:
    """Ask every side for every page with a day; yield a line for each page on which the side `wrong` is wrong."""
    for sample in samples:
        if not (stated := sample.date):
            continue
        found = {}
        for name, tally in tallies.items():
            start = time.process_time()
            found[name] = SIDES[name](sample)
            tally.seconds += time.process_time() - start
            if tally.add(stated, found[name]) != "right" and name == wrong:
                yield f"{sample.id} {sample.url}\n    stated {stated[:10]}, found {found[name]}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("files", nargs="*", type=Path, default=[DATES], help=f"default: {DATES.name}")
    parser.add_argument("--wrong", action="store_true", help=f"list the pages on which {OURS} is wrong")
    parser.add_argument("--only", action="append", choices=SIDES, help="only this side; may be repeated")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The wrong pages if they are asked for, then a table of the sides."""
    tallies = {name: Tally() for name in options.only or SIDES}
    for file in options.files:
        yield from measure(read_jsonl(file), tallies, next(iter(tallies)) if options.wrong else None)
    rows = [tally.row(name) for name, tally in tallies.items()]
    yield table(["", "share right", "right", "another day", "no day", "ms a page"], rows)
