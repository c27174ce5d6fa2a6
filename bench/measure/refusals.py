"""How many annotated stories give no record, by set and by the code of the rejection, and what that costs in word F1.

A story counts if its gold text has 25 words or more. The F1 is a mean over all pages with a gold text: as the product
gives it, where a refused page scores 0, and with `any_page`. Chinese, Japanese, Korean and Thai count by character.
The last row has the pages of WCXB that are no articles: there the share that is refused should be high.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from urllib.parse import urlsplit

from bench.metrics import word_or_character_f1, words_or_characters
from bench.pages.corpora import (
    ARTICLES,
    MORE_MEASURING,
    MORE_TRAINING,
    MULTILINGUAL,
    NEWS,
    NEWS_SITES,
    OTHERS,
    Sample,
)
from bench.pages.peers import trafilatura_fast
from bench.pages.samples import add_only, pages_of_sets, set_name
from bench.tables import Cell, table
from cleaners.data import Page
from cleaners.pipeline import clean_page

FILES = (MORE_MEASURING, MORE_TRAINING, NEWS_SITES, ARTICLES, NEWS, MULTILINGUAL, OTHERS)

FEWEST_WORDS = 25
"""Words of a gold text from which on a page holds a story; shorter ones are photo captions and notices."""

ADDRESSES = {
    "given": "the one that the corpus gives",
    "none": "no address, as for a file from disk",
    "host": "the host only, as where a corpus does not keep the path",
}

OTHER = "other: "
"""What the names of groups of pages that are no articles begin with."""

HEAD = (
    "", "pages", "stories", "refused", "per cent", "word F1", "any page", "trafilatura, fast", "refused by",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page: the set it is from, the words of its gold text (None where it has none), the code of
    the rejection if there is one, and the F1 of the record, of the record with `any_page`, and of the peer."""

    group: str
    gold_words: int | None
    code: str | None
    f1: float | None = None
    any_page_f1: float | None = None
    peer_f1: float | None = None

    @property
    def is_story(self) -> bool:
        """Whether the page holds enough text that its loss counts. A page with snippets only is a story as well."""
        return self.gold_words is None or self.gold_words >= FEWEST_WORDS

    @property
    def is_other(self) -> bool:
        """Whether the page is no article, so that it is right to refuse it."""
        return self.group.startswith(OTHER)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    choices = "; ".join(f"{name}: {meaning}" for name, meaning in ADDRESSES.items())
    parser.add_argument("--address", choices=ADDRESSES, default="given", help=f"{choices}; default: given")
    add_only(parser)
    parser.add_argument("--peer", action="store_true", help="also measure trafilatura in its fast mode")
    parser.add_argument("--list", action="store_true", help="name each refused story")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The refused stories if they are asked for, then the table."""
    outcomes = []
    for _, group, sample in pages_of_sets(FILES, options.only, _group):
        found, reason = outcome(sample, group, options.address, options.peer)
        outcomes.append(found)
        if options.list and found.code and found.is_story and not found.is_other:
            yield f"{group} {sample.id} ({found.gold_words} words): {reason}"
    yield report(outcomes)


def _group(file: Path, sample: Sample) -> str:
    return f"{OTHER}{sample.page_type}" if file == OTHERS else set_name(file, sample)


def outcome(sample: Sample, group: str, address: str, with_peer: bool = False) -> tuple[Outcome, str]:
    """What becomes of a page if its address is passed on as `address` (a key of ADDRESSES) says, and the reason."""
    page = Page(sample.html, url=_address(sample, address), kind="html")
    cleaned = clean_page(page)
    rejection = cleaned.rejection
    code, reason = (rejection.code, rejection.reason) if rejection else (None, "")
    gold = sample.text
    if gold is None:
        return Outcome(group, None, code), reason
    taken = clean_page(page, any_page=True) if rejection else cleaned
    f1, any_page_f1 = (
        word_or_character_f1(gold, one.articles[0].text if one.articles else "") for one in (cleaned, taken)
    )
    peer_f1 = word_or_character_f1(gold, trafilatura_fast(sample.html)) if with_peer else None
    return Outcome(group, len(words_or_characters(gold)), code, f1, any_page_f1, peer_f1), reason


def _address(sample: Sample, address: str) -> str | None:
    if address == "none":
        return None
    if address == "given":
        return sample.url or None
    host = urlsplit(sample.url).netloc or sample.domain
    return f"https://{host}/" if host else None


def report(outcomes: Sequence[Outcome]) -> str:
    """The table: a row for each set, one for all sets of stories, one for all pages that are no articles."""
    groups = list(dict.fromkeys(found.group for found in outcomes))
    rows = [_row(group, [found for found in outcomes if found.group == group]) for group in groups]
    others = [found for found in outcomes if found.is_other]
    stories = [found for found in outcomes if not found.is_other]
    rows += [_row(name, part) for name, part in (("all stories", stories), ("all others", others)) if part]
    return table(HEAD, rows)


def _row(name: str, outcomes: Sequence[Outcome]) -> list[Cell]:
    stories = [found for found in outcomes if found.is_story]
    codes = Counter(found.code for found in stories if found.code)
    refused = codes.total()
    return [
        name,
        len(outcomes),
        len(stories),
        refused,
        100 * refused / max(1, len(stories)),
        _mean(found.f1 for found in outcomes),
        _mean(found.any_page_f1 for found in outcomes),
        _mean(found.peer_f1 for found in outcomes),
        ", ".join(f"{code} {count}" for code, count in codes.most_common()) or None,
    ]


def _mean(figures: Iterable[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return fmean(known) if known else None
