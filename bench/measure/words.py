"""Word F1 of Copydesk by set, with the mean over the sets that no weights have learned from; two versions by page.

The pages are cleaned without their addresses, and what counts is the first record; a page without one scores 0. A run
of `\\w` is a word; in the column "by character" each character of Chinese, Japanese, Korean and Thai is one. With
`--dumps` each page is cleaned as a plain dump by each of four renderers in place of its HTML. How much the confidence
tells is shown for the unseen sets, by character as it was fitted.

To compare two versions, `--save` the scores of one, and run the other with `--beside` that file.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from itertools import chain
from multiprocessing import Pool
from pathlib import Path
from statistics import fmean

import numpy as np

from bench.arguments import new_file, positive
from bench.metrics import word_f1, word_or_character_f1
from bench.pages.corpora import ARTICLES, MORE_MEASURING, MORE_TRAINING, NEWS, NEWS_SITES
from bench.pages.peers import trafilatura
from bench.pages.renderers import RENDERERS
from bench.pages.samples import SetPage, add_only, pages_of_sets
from bench.pages.scores import HTML, PageScore, by_set, compare, mean_name, read_scores, shown, write_scores
from bench.tables import Cell, table
from bench.train.confidence import worth
from cleaners import clean

FILES = (MORE_MEASURING, MORE_TRAINING, ARTICLES, NEWS, NEWS_SITES)

UNSEEN = MORE_MEASURING
"""The file whose sets no weights have learned from; of all others the shipped ones have seen most pages."""

DIGEST = 16
"""Hexadecimal digits by which two texts of a page are told apart."""

LISTED = 10
"""Pages that are listed of each, losses and gains."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_only(parser)
    parser.add_argument("--step", type=positive, default=1, metavar="N", help="take every Nth page of a set only")
    parser.add_argument("--any-page", action="store_true", help="clean pages that are no articles too")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--dumps", action="store_true", help="clean plain dumps by four renderers in place of HTML")
    what.add_argument("--peer", action="store_true", help="also measure trafilatura on the same pages")
    parser.add_argument("--save", type=new_file, metavar="FILE", help="write the score of each page as JSON Lines")
    parser.add_argument("--beside", type=Path, metavar="FILE", help="compare by page with what another run has saved")
    parser.add_argument(
        "--list", type=positive, default=LISTED, metavar="N", help=f"losses and gains that are named; default: {LISTED}"
    )
    parser.add_argument("--processes", type=positive, default=1, metavar="N", help="default: 1")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The tables. Raises MissingCorpusError, BrokenCorpusError, BrokenScoresError."""
    before = read_scores(options.beside) if options.beside else []
    score = partial(page_scores, dumps=options.dumps, any_page=options.any_page, peer=options.peer)
    pages = every(options.step, pages_of_sets(FILES, options.only))
    scores = list(chain.from_iterable(_mapped(score, pages, options.processes)))
    yield report(scores)
    yield from confidence(scores)
    if options.beside:
        yield f"\nBeside {options.beside}:\n"
        yield from compare(before, scores, options.list)
    if options.save:
        write_scores(options.save, scores)


def every(step: int, pages: Iterable[SetPage]) -> Iterator[SetPage]:
    """Every `step`-th of the pages with a gold text, counted by set."""
    met: Counter[str] = Counter()
    for page in pages:
        if page.sample.text is None:
            continue
        if met[page.set] % step == 0:
            yield page
        met[page.set] += 1


def _mapped(function: partial[list[PageScore]], pages: Iterable[SetPage], processes: int) -> Iterator[list[PageScore]]:
    if processes == 1:
        yield from map(function, pages)
        return
    with Pool(processes) as pool:
        yield from pool.imap(function, pages, chunksize=10)


def page_scores(page: SetPage, *, dumps: bool = False, any_page: bool = False, peer: bool = False) -> list[PageScore]:
    """The score of a page as HTML, or of its dump by each renderer that finds any text; empty without a gold text."""
    if (gold := page.sample.text) is None:
        return []
    peer_f1 = word_f1(gold, trafilatura(page.sample.html)) if peer else None
    scores = []
    for form, content in _forms(page.sample.html, dumps):
        articles = clean(content, kind="text" if dumps else "html", any_page=any_page)
        text = articles[0].text if articles else ""
        scores.append(
            PageScore(
                set=page.set,
                id=page.sample.id,
                seen=page.file != UNSEEN,
                form=form,
                f1=word_f1(gold, text),
                by_character=word_or_character_f1(gold, text),
                confidence=articles[0].confidence if articles else None,
                digest=sha256(text.encode()).hexdigest()[:DIGEST],
                peer_f1=peer_f1,
            )
        )
    return scores


def _forms(html: str | bytes, dumps: bool) -> Iterator[tuple[str, str | bytes]]:
    if not dumps:
        yield HTML, html
        return
    for name, render in RENDERERS.items():
        dump = render(html)
        if dump.strip():
            yield name, dump


def report(scores: Sequence[PageScore]) -> str:
    """A row for each set and one for the mean of the unseen ones, and what they have learned from."""
    forms = list(dict.fromkeys(score.form for score in scores))
    sets = by_set(scores)
    means = {name: _means(own, forms) for name, own in sets.items()}
    rows: list[list[Cell]] = [[name, *_counts(own), *map(shown, means[name])] for name, own in sets.items()]
    unseen = [name for name, own in sets.items() if not own[0].seen]
    if len(unseen) > 1:
        columns = zip(*(means[name] for name in unseen), strict=True)
        rows.append([mean_name(len(unseen)), None, None, None, *map(shown, map(_mean, columns))])
    figures = [*forms, "word F1"] if len(forms) > 1 else ["word F1"]
    head = ("", "seen", "pages", "no record", *figures, "by character", "trafilatura")
    return f"{table(head, rows)}\n\nThe shipped weights have learned from the sets that are marked as seen."


def _counts(own: Sequence[PageScore]) -> tuple[Cell, ...]:
    without = sum(score.confidence is None for score in own)
    return "yes" if own[0].seen else "no", len({score.id for score in own}), without


def _means(own: Sequence[PageScore], forms: Sequence[str]) -> list[float | None]:
    """The word F1 by form where there are several, and of all; by character; of the peer."""
    by_form = [_mean(score.f1 for score in own if score.form == form) for form in forms] if len(forms) > 1 else []
    figures = ([getattr(score, name) for score in own] for name in ("f1", "by_character", "peer_f1"))
    return [*by_form, *map(_mean, figures)]


def _mean(figures: Iterable[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return fmean(known) if known else None


def confidence(scores: Sequence[PageScore]) -> Iterator[str]:
    """What the confidence is worth on the unseen sets; nothing where none is measured."""
    records = [
        (score.confidence, score.by_character) for score in scores if not score.seen and score.confidence is not None
    ]
    if len(records) > 1:
        sure, f1 = np.array(records).T
        yield f"\n{worth('unseen sets: confidence', sure, f1)}"
