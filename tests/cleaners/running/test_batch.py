from __future__ import annotations

import pytest

from cleaners.data import Cleaned, Page, RejectedInput, Rejection
from cleaners.records.rows import json_line
from cleaners.running import batch
from cleaners.running.batch import CleaningOptions, Tally, as_duplicate, clean_or_reject, clean_to_lines
from cleaners.running.sinks import LINES
from tests.support.bad_pages import PDF, SOUND

SOUND_PAGE = Page(SOUND, source="a.txt")


def test_a_page_that_was_rejected_while_it_was_read_stays_so() -> None:
    page, rejection = Page(b"", source="a.txt"), Rejection("unreadable", "The file cannot be read.")
    assert clean_or_reject(RejectedInput(page, rejection)) == Cleaned(page, rejection=rejection)


def test_a_fault_in_the_cleaners_costs_one_page_and_not_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Page, *, any_page: bool) -> Cleaned:
        raise ValueError("two\nlines")

    monkeypatch.setattr(batch, "clean_page", fail)
    cleaned = clean_or_reject(SOUND_PAGE)
    assert cleaned.page == SOUND_PAGE
    assert cleaned.rejection is not None
    assert cleaned.rejection.code == "fault"
    assert cleaned.rejection.reason.endswith("ValueError: two lines")


def test_a_tally_counts_pages_stories_and_words() -> None:
    tally = Tally()
    for page in (SOUND_PAGE, SOUND_PAGE, Page(PDF)):
        tally.add(clean_or_reject(page))
    words = len(clean_or_reject(SOUND_PAGE).articles[0].text.split())
    facts = dict(tally.facts())
    assert (facts["pages"], facts["stories"], facts["words kept"]) == (3, 2, 2 * words)
    assert facts["words dropped"] == 2 * len("Skip to Content Subscribe to our newsletter".split())
    assert facts["words dropped"] == sum(count for name, count in facts.items() if name.startswith("words dropped/"))
    assert (facts["pages rejected"], facts["pages rejected/not-text"]) == (1, 1)


def test_the_table_is_aligned() -> None:
    tally = Tally(pages=12, stories=1234)
    tally.rejected["not-text"] = 7
    assert tally.table().splitlines() == [
        "pages                12",
        "stories           1,234",
        "words kept            0",
        "words in fields       0",
        "words dropped         0",
        "pages rejected        7",
        "  not-text            7",
    ]


@pytest.mark.parametrize("asked", [True, False])
def test_the_lines_of_the_articles_are_the_same_whoever_makes_them(asked: bool) -> None:
    cleaned = clean_to_lines(Page(SOUND), CleaningOptions(lines=asked))
    assert bool(cleaned.lines) is asked
    assert LINES["articles"](cleaned) == b"".join(map(json_line, cleaned.articles)) != b""
    assert LINES["articles"](as_duplicate(cleaned)) == b""
