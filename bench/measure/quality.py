"""Copydesk and the installed peers on one set of annotated pages, by the same metrics, in one run.

Peers that are not installed are named and skipped; `make bench` installs all of them. `bench.metrics` names the source
of each metric.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import fmean

from bench.metrics import closest_gold, count_snippets, rouge_l, rouge_lsum, shingle_score, snippet_score, word_score
from bench.pages.captions import CaptionCounts, count_captions
from bench.pages.corpora import Sample
from bench.pages.peers import PEERS, Extraction, MissingCopydeskError, copydesk
from bench.pages.samples import add_set_arguments, chosen_samples
from bench.tables import Cell, table

HEAD = (
    "", "pages", "failed", "word F1", "precision", "recall", "shingle F1", "ROUGE-L", "ROUGE-LSum",
    "snippet F1", "captions kept out", "found as captions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """One page with what was extracted from it, and the gold that it is compared with."""

    sample: Sample
    extraction: Extraction
    gold: str | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_set_arguments(parser)
    parser.add_argument("--any-page", action="store_true", help="clean pages that are no articles too, as peers do")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="only this row; may be repeated")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The table."""
    yield report(chosen_samples(options), options.only, options.any_page)


def report(samples: Sequence[Sample], only: Iterable[str] = (), any_page: bool = False) -> str:
    """The table for a set of pages: Copydesk, then every installed peer, or those that `only` names.

    With `any_page` Copydesk takes the main content of pages that are no article too, as the peers always do.
    """
    wanted = set(only)
    rows = []
    if not wanted or "copydesk" in wanted:
        try:
            rows.append(measure("copydesk", partial(copydesk, any_page=any_page), samples))
        except MissingCopydeskError as error:
            print(error, file=sys.stderr)
    for peer in PEERS:
        if wanted and peer.name not in wanted:
            continue
        if peer.version is None:
            print(f"{peer.name} is not installed and is skipped.", file=sys.stderr)
        else:
            rows.append(measure(f"{peer.name} {peer.version}", _as_extraction(peer.extract), samples))
    return table(HEAD, rows)


def measure(name: str, extract: Callable[[str | bytes], Extraction], samples: Sequence[Sample]) -> list[Cell]:
    """One row of the table. A page on which the extractor fails counts as an empty text."""
    failed = 0
    pages = []
    for sample in samples:
        try:
            extraction = extract(sample.html)
        except MissingCopydeskError:
            raise
        except Exception as error:  # a peer may raise anything; the failures are counted in the table
            logging.getLogger(__name__).info("%s on %s: %r", name, sample.id, error)
            failed += 1
            extraction = Extraction("")
        pages.append(Measured(sample, extraction, _gold(sample, extraction.text)))
    return [name, len(pages), failed, *_text_figures(pages), _snippet_figure(pages), *_caption_figures(pages)]


def _gold(sample: Sample, text: str) -> str | None:
    if sample.paragraphs is None:
        return None
    return closest_gold(sample.paragraphs, sample.optional, text) if sample.optional else sample.text


def _text_figures(pages: Sequence[Measured]) -> list[float | None]:
    pairs = [(page.gold, page.extraction.text) for page in pages if page.gold is not None]
    if not pairs:
        return [None] * 6
    scores = [word_score(gold, text) for gold, text in pairs]
    means = [fmean(values) for values in zip(*scores, strict=True)]
    precision, recall, f1 = means
    in_order, by_sentence = (fmean(rouge(gold, text).f1 for gold, text in pairs) for rouge in (rouge_l, rouge_lsum))
    return [f1, precision, recall, shingle_score(pairs).f1, in_order, by_sentence]


def _snippet_figure(pages: Sequence[Measured]) -> float | None:
    marked = [page for page in pages if page.sample.must_have or page.sample.must_not_have]
    if not marked:
        return None
    counts = (count_snippets(page.sample.must_have, page.sample.must_not_have, page.extraction.text) for page in marked)
    return snippet_score(counts).f1


def _caption_figures(pages: Sequence[Measured]) -> tuple[float | None, float | None]:
    """Shares of the captions that are kept out of the text and found as captions, over pages with a gold text."""
    counts = [
        count_captions(page.sample.html, page.gold, page.extraction.text, page.extraction.captions or ())
        for page in pages
        if page.gold is not None
    ]
    total = CaptionCounts(*map(sum, zip(*counts, strict=True))) if counts else CaptionCounts(0, 0, 0)
    if not total.captions:
        return None, None
    separated = any(page.extraction.captions is not None for page in pages)
    return total.kept_out / total.captions, total.found / total.captions if separated else None


def _as_extraction(extract: Callable[[str | bytes], str]) -> Callable[[str | bytes], Extraction]:
    return lambda page: Extraction(extract(page))
