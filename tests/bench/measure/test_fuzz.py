"""A bounded run over mutated pages, and that the bench would tell of a fault."""

from __future__ import annotations

import argparse

import pytest

from bench.measure import fuzz
from bench.measure.fuzz import Tally, mutated_page, originals, report, run
from cleaners import Page

PAGES = 300


def test_mutated_pages_give_articles_or_a_reason() -> None:
    *_, found = run(argparse.Namespace(pages=PAGES, first=1_000_000, size=3_000))
    first = found.splitlines()[0]
    assert first.startswith(f"{PAGES} pages: 0 raised"), found


def test_a_number_gives_the_same_page_again() -> None:
    pages = originals(1_000)
    assert mutated_page(pages, 7) == mutated_page(pages, 7) != mutated_page(pages, 8)


def test_what_raises_is_told_with_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(page: Page) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(fuzz, "clean_page", fail)
    tally = Tally()
    tally.count(12, Page("a"))
    assert "1 pages: 1 raised" in report(tally)
    assert "page 12: RecursionError: too deep" in report(tally)
