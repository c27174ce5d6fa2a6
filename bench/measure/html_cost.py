"""What each stage of scoring an HTML page costs, on the pages of news-world.

Prints the mean processor time of a page in milliseconds (the best of several rounds) and its ratio to a bare lxml parse
in the same run. On a busy machine the ratio is stable and the times are not.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from lxml import html

from bench.pages.corpora import NEWS, read_jsonl
from bench.pages.html import metadata_hints
from cleaners.blocks.html import html_blocks, parse
from cleaners.label.html_features import features
from cleaners.label.html_scorer import score_html
from cleaners.models import shipped_models

ROUNDS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There are no options."""


def run(options: argparse.Namespace) -> Iterator[str]:
    """The table, row by row."""
    pages = [sample.html for sample in read_jsonl(NEWS) if isinstance(sample.html, str)]
    network = shipped_models().html
    trees = [parse(page) for page in pages]
    hints = [metadata_hints(tree) for tree in trees]
    judged = list(zip([html_blocks(tree) for tree in trees], hints, strict=True))
    bare = _milliseconds(html.document_fromstring, pages)
    stages: dict[str, tuple[Callable[[Any], object], Sequence[Any]]] = {
        "parse": (parse, pages),
        "blocks": (html_blocks, trees),
        "features": (lambda page: features(*page), judged),
        "features and scores": (lambda page: score_html(page[0], network, page[1]), judged),
    }
    yield f"{len(pages)} pages of {sum(map(len, pages)) / len(pages) / 1000:.0f},000 characters on average"
    yield f"{'bare lxml parse':20} {bare:6.2f} ms"
    for name, (stage, values) in stages.items():
        spent = _milliseconds(stage, values)
        yield f"{name:20} {spent:6.2f} ms   {spent / bare:5.2f}"


def _milliseconds(stage: Callable[[Any], object], values: Sequence[Any]) -> float:
    """The mean time of a value in the fastest round."""
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for value in values:
            stage(value)
        spent.append(time.process_time() - start)
    return 1000 * min(spent) / len(values)
