"""The figures of profiles, on a made outlet."""

from __future__ import annotations

from statistics import fmean

import pytest

from bench.measure.profiles import extremes, lines_lost, measure
from bench.pages.made_outlets import KnownOutlet, OutletPage
from cleaners.data import ContentType
from tests.support.made_outlet import STORIES, page

PAGES = tuple(OutletPage(page(headline), "\n".join(text)) for headline, text in STORIES.items())


@pytest.mark.parametrize("kind", ["html", "text"])
def test_a_profile_takes_out_what_pages_share(kind: ContentType) -> None:
    measured = measure(KnownOutlet("gazette.example", PAGES[:3], PAGES[3:], "blocks"), kind, 10)
    assert measured.pages == 2
    assert fmean(measured.without) < 0.95
    assert measured.with_profile == (1.0, 1.0)
    assert measured.gain > 0.05
    assert extremes([measured]).startswith(f"gazette.example {fmean(measured.without):.3f} → 1.000")


def test_without_enough_pages_nothing_changes() -> None:
    measured = measure(KnownOutlet("gazette.example", PAGES[:2], PAGES[2:], "blocks"), "html", 1)
    assert (measured.pages, measured.gain) == (1, 0)


@pytest.mark.parametrize("kind", ["html", "text"])
def test_a_text_that_four_pages_of_ten_quote_loses_nothing(kind: ContentType) -> None:
    texts = list(STORIES.values())
    quoting = [(*text, texts[0][0]) for text in texts[1:4]]
    others = [(f"{number} {text[0]}", *(f"{line} {number}" for line in text)) for number, text in enumerate(texts * 2)]
    kept, lost = lines_lost([texts[0], *quoting, *others[:6]], kind)
    assert kept > 30
    assert lost == 0
