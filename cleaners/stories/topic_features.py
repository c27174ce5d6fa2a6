"""The features of joins that come from the topic: how much of it continues from the text above to the text below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaners.data import ContentType
from cleaners.stories.model import StoryModels
from cleaners.stories.semantics import nearness
from cleaners.stories.spread import (
    carried_over,
    chains,
    ends_carried_over,
    repeated_carried_over,
    spread_of,
    titles_found,
)  # fmt: skip
from cleaners.stories.topic import depths, likeness, names, stems

FEWEST_NAMES = 0.2
"""Names in a paragraph, in the mean, below which all words count as names: scripts without capitals show none."""

WINDOWS = (60, 600)
"""Words on each side of a join that are compared."""


class Wording(NamedTuple):
    """What a page says: its paragraphs, the words of each, the line that may be a headline at each join ("" where there
    is none), and the page's own headline."""

    texts: Sequence[str]
    sizes: Sequence[int]
    titles: Sequence[str]
    headline: str


def topic_features(page: Wording, content: ContentType, models: StoryModels) -> list[dict[str, float]]:
    """The features of each join between two paragraphs, by name."""
    words = [stems(text, models.common_stems) for text in page.texts]
    named = [names(text, models.common_stems) for text in page.texts]
    known = {"": frozenset[str](), **dict(zip(page.texts, words, strict=True))}  # a short paragraph may be a title
    titles = [known[title] if title in known else stems(title, models.common_stems) for title in page.titles]
    headline = stems(page.headline, models.common_stems)
    spread = spread_of(words)
    columns: dict[str, list[float]] = _valleys("chains", chains(spread))
    measures = {"alike": likeness(words, page.sizes, WINDOWS)}
    if content == "text":  # on HTML, neither of these adds anything to the markup
        measures["near"] = nearness(words, page.sizes, WINDOWS, models.vectors)
        columns["repeated_known"], columns["repeated_kept"] = repeated_carried_over(words, spread)
    for name, by_window in measures.items():
        for window, values in zip(WINDOWS, by_window, strict=True):
            columns |= _valleys(f"{name}_{window}", values)
    columns["words_known"], columns["words_kept"] = carried_over(words, spread)
    named = named if sum(map(len, named)) >= len(named) * FEWEST_NAMES else words
    columns["names_known"], columns["names_kept"] = carried_over(named, spread_of(named))
    columns["lead_kept"], columns["tail_known"] = ends_carried_over(words, page.sizes, headline, spread)
    columns["title_above"], columns["title_below"], columns["title_opens"] = titles_found(titles, words, spread)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _valleys(name: str, values: list[float]) -> dict[str, list[float]]:
    """How alike the passages beside each join are, and how far that is below the values elsewhere on the page."""
    mean = sum(values) / len(values) if values else 0.0
    return {name: values, f"{name}_below_mean": [mean - value for value in values], f"{name}_depth": depths(values)}
