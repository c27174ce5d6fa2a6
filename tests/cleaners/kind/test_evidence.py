"""The evidence of what kind a page is: what its blocks and its markup give."""

from __future__ import annotations

import pytest

from cleaners.blocks.html import html_blocks, parse
from cleaners.data import Block
from cleaners.kind.evidence import Evidence, Layout, evidence_of
from cleaners.kind.signs import read_signs
from cleaners.metadata import read_markup
from tests.support.evidence import page_kind


def test_evidence_from_blocks() -> None:
    tree = parse("<html><body><h1>Harbour reopens</h1><p>By Jane Doe</p><p>7 January 2026</p></body></html>")
    blocks = [
        Block("Home World", 1, link_density=1.0),
        Block("The harbour is open.", 2),
        Block("Ferries run again.", 3),
        Block("Advertisement", 4),
        Block("It snows.", 5, link_density=0.5),
    ]
    found = evidence_of(blocks, [False, True, True, False, True], read_markup(tree), "https://example.org/a")
    assert found == Evidence(
        kept_words=9,
        kept_blocks=3,
        longest_run=7,
        total_words=12,
        kept_link_words=1,
        sentence_words=9,
        widest_box=9,
        kept_boxes=1,
        title_words=2,
        ending="It snows.",
        kept="The harbour is open.\nFerries run again.\nIt snows.",
        dropped="Home World Advertisement",
        notices="Advertisement",
        layout=Layout(
            lines=frozenset({"home world", "the harbour is open.", "ferries run again.", "advertisement", "it snows."})
        ),
        headline="Harbour reopens",
        has_date=True,
        has_author=True,
        signs=read_signs(url="https://example.org/a"),
    )


def test_the_layout_of_a_list() -> None:
    tree = parse(
        "<main><h1>County</h1>"
        + "<article><h3><a href='/1'>Ferry timetable to change after inspection</a></h3><p>12:30</p></article>" * 3
        + "<button>Load more</button><form><input></form><p>Only $5 a month, or 4 €</p></main>"
    )
    blocks = html_blocks(tree)
    found = evidence_of(blocks, [block.text.startswith("Ferry") for block in blocks], read_markup(tree))
    assert found.layout == Layout(
        headings=4, teasers=3, articles=3, controls=2, prices=2, dates=3,
        lines=frozenset(
            {"county", "ferry timetable to change after inspection", "12:30", "load more", "only $5 a month, or 4 €"}
        ),
    )  # fmt: skip
    assert (found.kept_boxes, found.widest_box, found.kept_link_words) == (3, 6, 18)


def test_words_of_a_script_without_spaces_are_estimated() -> None:
    """Two characters make a word; a full stop is none."""
    text = "気象庁は日向灘で地震があったと発表した。" * 3
    assert evidence_of([Block(text, 1)], [True], read_markup(parse(""))).kept_words == 57 // 2


def test_notices_stand_between_the_kept_blocks_and_below_them() -> None:
    blocks = [Block(text, line) for line, text in enumerate(["above", "kept", "between", "kept", *["below"] * 20])]
    found = evidence_of(blocks, [block.text == "kept" for block in blocks], read_markup(parse("")))
    assert found.notices == "between" + "\nbelow" * 9


def test_no_blocks_are_evidence_too() -> None:
    assert not page_kind(evidence_of([], [], read_markup(parse("")), "https://example.org/")).gives_record


@pytest.mark.parametrize("piece", ["1", "1/", "12.", "20", ":", "$", " kr"])
def test_hostile_prices_and_dates(piece: str) -> None:
    evidence_of([Block(piece * 80, 1)] * 5_000, [False] * 5_000, read_markup(parse("")))
