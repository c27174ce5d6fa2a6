from __future__ import annotations

import pickle
from collections import Counter

import pytest

from cleaners.data import Cleaned, Page, RejectedInput, Rejection
from cleaners.records.formats import Format
from cleaners.running import batch
from cleaners.running.batch import (
    BodyKind,
    CleaningOptions,
    Tally,
    as_duplicate,
    clean_or_reject,
    clean_to_lines,
)
from cleaners.running.sinks import rows_in
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


@pytest.mark.parametrize("shape", Format)
def test_articles_are_written_the_same_by_whoever_makes_them(shape: Format) -> None:
    bodies: dict[Format, BodyKind] = {Format.MD: "md", Format.HTML: "html"}
    rows = clean_to_lines(Page(SOUND), CleaningOptions(bodies=bodies.get(shape)))
    written = clean_to_lines(Page(SOUND), CleaningOptions(bodies=bodies.get(shape), written_as=shape))
    assert (written.articles, written.bodies, rows.written) == ((), (), b"")
    assert rows_in(shape, "articles", written) == rows_in(shape, "articles", rows) != b""
    assert written.article_id == rows.article_id == rows.articles[0]["id"]
    for page in (rows, written):
        assert rows_in(shape, "articles", as_duplicate(page)) == b""


def test_what_is_written_of_a_page_can_be_pickled() -> None:
    cleaned = clean_to_lines(Page(SOUND, source="a.txt"))
    again = pickle.loads(pickle.dumps(cleaned))
    assert again == cleaned
    again.tally.words_dropped["promo"] += 1  # its counts are counters again
    assert pickle.loads(pickle.dumps(again.tally)) == again.tally


def test_merging_adds_every_count() -> None:
    one = Tally(1, 2, 3, *(Counter({name: 4}) for name in ("fields", "dropped", "rejected", "left out", "profiles")))
    total = Tally()
    for _ in range(2):
        total.merge(one)
    assert total.to_dict() == {
        name: {what: 2 * count for what, count in counted.items()} if isinstance(counted, dict) else 2 * counted
        for name, counted in one.to_dict().items()
    }
    assert all(total.to_dict().values())
