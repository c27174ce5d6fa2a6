"""How sure it is that the text of a story is right: no less of it left out and no more kept than an annotator would.

A logistic model weighs how the verdicts of the story's blocks lie, and how sure they are. Its weights are fitted by
`python -m bench train-confidence` on pages whose scorer had seen no page of their sites; `confidence.md` beside them
has the measured figures.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from cleaners.data import KEPT, Judged, Label, Story

PARAGRAPH = 80
"""Characters from which on a dropped block may be a paragraph that is missing from the story."""

UNSURE, DOUBTED = 0.9, 0.85
"""Confidence of a verdict to keep a block below which the block counts as unsure, and as doubted."""

DROPPED_IN_DOUBT = 0.7
"""Confidence of a verdict to drop a block, as it was before any rule, below which the block may be text."""

DIGITS = 2
"""Decimals of the result: another machine's arithmetic changes those behind."""


BENDS = {
    "expected_f1": (0.906, 0.943, 0.967),
    "least_sure": (0.72, 0.81, 0.91),
    "doubted_share": (0.01, 0.05),
    "log_kept": (8.0, 8.7, 9.4),
    "log_gaps": (0.7, 1.6),
    "linked_share": (0.004, 0.018, 0.04),
    "log_doubted": (0.017, 0.043, 0.095),
}
"""Where the log-odds may rise or fall more steeply with a fact: about the quartiles of the HTML pages that the weights
are fitted on."""

_BEYOND = [(f"{name}>{bend}", name, bend) for name, bends in BENDS.items() for bend in bends]


def story_confidence(story: Story, weights: Mapping[str, float]) -> float:
    """The probability that the word F1 of the story's text is 0.95 or more, from 0 to 1.

    `weights` are those of `cleaners.models.Models.confidence` for the content type of the page.
    """
    facts = features(story.blocks)
    log_odds = weights["intercept"] + sum(weights[name] * facts[name] for name in weights if name != "intercept")
    return round(1 / (1 + math.exp(-max(-50.0, min(50.0, log_odds)))), DIGITS)


def features(blocks: Sequence[Judged]) -> dict[str, float]:
    """What the models weigh, by name, for the blocks of one story: the facts, and by how much each goes beyond its
    bends. A model weighs some of them."""
    facts = _facts(blocks)
    return facts | {beyond: max(0.0, facts[name] - bend) for beyond, name, bend in _BEYOND}


def _facts(blocks: Sequence[Judged]) -> dict[str, float]:
    """The facts for the blocks of one story: at least one of them is kept.

    Sizes are in characters. Passages that look like paragraphs and were dropped count by where they stand: before the
    first block of the text, inside it or after it.
    """
    places, sizes, sure, links = [], [], [], []
    dropped = []
    for place, (block, verdict, *_) in enumerate(blocks):
        size = len(block.text)
        if verdict.label in KEPT:
            places.append(place)
            sizes.append(size)
            sure.append(verdict.confidence)
            links.append(size * block.link_density)
        else:
            dropped.append((place, size, verdict))
    kept = max(1, sum(sizes))
    right = sum(size * share for size, share in zip(sizes, sure, strict=True))
    first, last = places[0], places[-1]
    overruled = sum([size for _, size, verdict in dropped if verdict.first and verdict.first.label in KEPT])
    in_doubt = sum([size for _, size, verdict in dropped if (verdict.first or verdict).confidence < DROPPED_IN_DOUBT])
    missed = sum([size * min(0.5, 1 - verdict.confidence) for _, size, verdict in dropped])
    paragraphs = [
        (place, size) for place, size, verdict in dropped if size > PARAGRAPH and verdict.label is not Label.CAPTION
    ]
    return {
        "expected_f1": 2 * right / (kept + right + missed),
        "log_kept": math.log1p(kept),
        "log_kept_blocks": math.log1p(len(places)),
        "least_sure": min(sure),
        "unsure_share": sum(size for size, share in zip(sizes, sure, strict=True) if share < UNSURE) / kept,
        "doubted_share": sum(size for size, share in zip(sizes, sure, strict=True) if share < DOUBTED) / kept,
        "linked_share": sum(links) / kept,
        "log_doubted": math.log1p(in_doubt / kept),
        "log_overruled": math.log1p(overruled),
        "log_gaps": math.log1p(sum(after != before + 1 for before, after in pairwise(places))),
        "log_dropped_before": math.log1p(_characters(paragraphs, 0, first) / kept),
        "log_dropped_inside": math.log1p(_characters(paragraphs, first, last) / kept),
        "log_dropped_after": math.log1p(_characters(paragraphs, last, len(blocks)) / kept),
    }


def _characters(paragraphs: Sequence[tuple[int, int]], start: int, stop: int) -> int:
    """The characters of the paragraphs, each with its place, that stand between two places."""
    return sum([size for place, size in paragraphs if start <= place < stop])
