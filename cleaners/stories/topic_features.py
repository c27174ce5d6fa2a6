"""The features of joins that come from the topic: how much of it continues from the text above to the text below."""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.data import ContentType
from cleaners.stories.model import StoryModels
from cleaners.stories.semantics import nearness
from cleaners.stories.topic import carried_over, depths, likeness, names, stems

WINDOWS = (60, 600)
"""Words on each side of a join that are compared."""


def topic_features(
    texts: Sequence[str], sizes: Sequence[int], content: ContentType, models: StoryModels
) -> list[dict[str, float]]:
    """The features of each join between two paragraphs, by name; `texts` are the paragraphs, `sizes` their words."""
    words = [stems(text, models.common_stems) for text in texts]
    named = [names(text, models.common_stems) for text in texts]
    measures = {"alike": likeness(words, sizes, WINDOWS)}
    if content == "text":  # on HTML, nearness in meaning adds nothing to the markup
        measures["near"] = nearness(words, sizes, WINDOWS, models.vectors)
    columns: dict[str, list[float]] = {}
    for name, by_window in measures.items():
        for window, values in zip(WINDOWS, by_window, strict=True):
            columns |= _valleys(f"{name}_{window}", values)
    columns["words_known"], columns["words_kept"] = carried_over(words)
    columns["names_known"], columns["names_kept"] = carried_over(named)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _valleys(name: str, values: list[float]) -> dict[str, list[float]]:
    """How alike the passages beside each join are, and how far that is below the values elsewhere on the page."""
    mean = sum(values) / len(values) if values else 0.0
    return {name: values, f"{name}_below_mean": [mean - value for value in values], f"{name}_depth": depths(values)}
