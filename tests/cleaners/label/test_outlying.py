"""Lines far from the story that the scorer keeps in doubt."""

from __future__ import annotations

import pytest

from cleaners.data import Label, Verdict
from cleaners.label.neighbours import revise
from cleaners.label.outlying import APART, DOUBTED, outlying
from cleaners.label.passage import Passage
from tests.support.scored_pages import KEPT, TEXT, UNSURE, passage_of

IN_DOUBT = Verdict(Label.BODY, "scorer", DOUBTED - 0.1)
ADDRESS = "The agency answers letters and calls on weekdays between nine and five."


def lines_kept(*parts: str, address: Verdict = IN_DOUBT) -> int:
    """How often the address is kept on a page of such parts."""
    passage = passage_of("".join(f"<p>{part}</p>" for part in parts), "MENU")
    verdicts = [UNSURE if "MENU" in b.text else address if b.text == ADDRESS else KEPT for b in passage.blocks]
    revised = revise(Passage(passage.blocks, passage.shapes, verdicts), [outlying])
    return [b.text for b, v in zip(revised.blocks, revised.verdicts, strict=True) if v.label is Label.BODY].count(
        ADDRESS
    )


MENU = ["MENU"] * APART


def test_lines_in_doubt_that_stand_apart_are_none_of_the_text() -> None:
    assert lines_kept(TEXT, TEXT, *MENU, ADDRESS, ADDRESS) == 0
    assert lines_kept(ADDRESS, *MENU, TEXT, TEXT) == 0


@pytest.mark.parametrize(
    ("parts", "address"),
    [
        ([TEXT, TEXT, *MENU[1:], ADDRESS], IN_DOUBT),
        ([TEXT, TEXT, *MENU, ADDRESS], Verdict(Label.BODY, "scorer", DOUBTED)),
        ([TEXT, TEXT, *MENU, ADDRESS, TEXT], IN_DOUBT),
        ([ADDRESS], IN_DOUBT),
        ([*MENU, ADDRESS, *MENU], IN_DOUBT),
    ],
    ids=["near", "sure", "beside a sure line", "alone", "the only text"],
)
def test_other_lines_stay(parts: list[str], address: Verdict) -> None:
    assert lines_kept(*parts, address=address) == 1


def test_a_page_without_text_has_none_apart() -> None:
    assert lines_kept(*MENU) == 0
