"""Hand-made evidence of what kind a page is."""

from __future__ import annotations

from dataclasses import replace

from cleaners.kind.decision import KindVerdict
from cleaners.kind.decision import page_kind as page_kind_by
from cleaners.kind.evidence import Evidence
from cleaners.kind.signs import read_signs
from cleaners.models import shipped_models

WEIGHTS = shipped_models().page_kind


ARTICLE = Evidence(
    kept_words=600,
    kept_blocks=15,
    longest_run=600,
    total_words=1000,
    ending="The ferries run again.",
    dropped="Home World Sport Subscribe Related: Storm in the north",
    has_date=True,
    has_author=True,
    signs=read_signs({"NewsArticle", "og:article"}, "https://example.org/world/harbour-reopens-after-winter-storm"),
    is_free=None,
    sentence_words=600,
    widest_box=600,
    kept_boxes=1,
    long_blocks=14,
    title_words=7,
)


def page_kind(evidence: Evidence) -> KindVerdict:
    return page_kind_by(evidence, WEIGHTS)


SHORT = replace(ARTICLE, kept_words=90, kept_blocks=3, longest_run=90, total_words=400)
