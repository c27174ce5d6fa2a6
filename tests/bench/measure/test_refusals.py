"""What counts as a refused story, on pages judged by hand."""

from __future__ import annotations

import pytest

from bench.measure.refusals import Outcome, outcome, report
from bench.pages.corpora import Sample

STORY = (
    "The harbour bridge opened to traffic on Monday after four years of work, the city council said in the morning.",
    "Some 12,000 cars a day are expected to use it, about half of them on their way to the port and the ferries.",
    "The old bridge will be taken down in spring, and its stones will be used for the new market hall.",
)
PAGE = f"<article><h1>Harbour bridge opens</h1><p>{'</p><p>'.join(STORY)}</p></article>"
URL = "https://gazette.example/news/2026/harbour-bridge-opens-to-traffic"


@pytest.mark.parametrize("address", ["given", "none", "host"])
def test_a_story_that_gives_a_record_is_not_refused(address: str) -> None:
    found, reason = outcome(Sample("a", URL, PAGE, STORY), "made", address)
    assert (found.code, reason, found.is_story, found.f1) == (None, "", True, 1.0)


def test_a_refused_story_scores_nothing_and_says_why() -> None:
    found, reason = outcome(Sample("a", URL, "<p>404 Page not found</p>", STORY), "made", "given")
    assert (found.code, found.f1) == ("kind-error", 0.0)
    assert "error page" in reason


def test_a_short_gold_text_is_no_story() -> None:
    assert not Outcome("made", 24, "kind-index").is_story
    assert Outcome("made", 25, "kind-index").is_story
    assert Outcome("made", None, "kind-index").is_story


def test_the_table_counts_stories_and_others_apart() -> None:
    outcomes = [
        Outcome("made", 30, "kind-index", 0.0, 0.5),
        Outcome("made", 30, None, 1.0, 1.0),
        Outcome("other: product", 30, "kind-product", 0.0, 0.0),
    ]
    rows = [[cell.strip() for cell in line.split("|")[1:6]] for line in report(outcomes).split("\n")]
    assert ["made", "2", "2", "1", "50.000"] in rows
    assert ["all stories", "2", "2", "1", "50.000"] in rows
    assert ["all others", "1", "1", "1", "100.000"] in rows
