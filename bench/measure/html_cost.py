"""What each stage of scoring an HTML page costs: `python -m bench.measure.html_cost`.

Milliseconds of processor time a page over the pages of news-world, the best of several rounds, and their ratio to a
bare lxml parse measured in the same run: on a busy machine the ratio holds, the times do not.
"""

from __future__ import annotations

import json
import lzma
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from lxml import html

from bench.pages.html import witness
from bench.paths import CORPORA
from cleaners.blocks.html import html_blocks, parse
from cleaners.label.html_features import features
from cleaners.label.html_scorer import score_html

ROUNDS = 5


def main() -> None:
    """Print the table."""
    path = CORPORA / "news-world.jsonl.xz"
    if not path.exists():
        sys.exit(f"The corpora are not there: {path}")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        pages: list[str] = [json.loads(line)["html"] for line in lines]
    trees = [parse(page) for page in pages]
    told = [witness(tree) for tree in trees]
    judged = list(zip([html_blocks(tree) for tree in trees], told, strict=True))
    bare = _milliseconds(html.document_fromstring, pages)
    stages: dict[str, tuple[Callable[[Any], object], Sequence[Any]]] = {
        "parse": (parse, pages),
        "blocks": (html_blocks, trees),
        "features": (lambda page: features(*page), judged),
        "features and scores": (lambda page: score_html(*page), judged),
    }
    print(f"{len(pages)} pages of {sum(map(len, pages)) / len(pages) / 1000:.0f},000 characters on average")
    print(f"{'bare lxml parse':20} {bare:6.2f} ms")
    for name, (stage, values) in stages.items():
        spent = _milliseconds(stage, values)
        print(f"{name:20} {spent:6.2f} ms   {spent / bare:5.2f}")


def _milliseconds(stage: Callable[[Any], object], values: Sequence[Any]) -> float:
    """The least time a value took on average, over the rounds."""
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for value in values:
            stage(value)
        spent.append(time.process_time() - start)
    return 1000 * min(spent) / len(values)


if __name__ == "__main__":
    main()
