import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.blocks.seams import LONG, cut_at_seams, find_seams
from cleaners.blocks.text import text_blocks
from cleaners.data import Judged, Label, Verdict
from cleaners.stories.lines import story_text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("It opened.Traffic was light.", ["It opened.", "Traffic was light."]),
        ("“It opened.”Traffic was light.", ["“It opened.”", "Traffic was light."]),
        ("„Offen!“Der Verkehr war ruhig.", ["„Offen!“", "Der Verkehr war ruhig."]),
        ("It opened.„Traffic was light.“", ["It opened.", "„Traffic was light.“"]),
        ("It opened in 2024.Traffic was light.", ["It opened in 2024.", "Traffic was light."]),
        ("Мост открыт.Движение слабое.", ["Мост открыт.", "Движение слабое."]),
        ("다리가 열렸다.차가 적었다.", ["다리가 열렸다.", "차가 적었다."]),
        ("HomeSportNewsIt opened.", ["Home", "Sport", "News", "It opened."]),
        ("Bridge opensIt opened.Traffic was light.", ["Bridge opens", "It opened.", "Traffic was light."]),
    ],
)
def test_neighbours_that_are_glued_together_are_cut(line: str, expected: list[str]) -> None:
    assert cut_at_seams(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "It opened. Traffic was light.",
        "The LinkedIn post of the GmbH was on YouTube and TikTok.",
        "Die Stiftung Brücke e.V. feiert am 24.Mai in der 2.Bundesliga.",
        "The U.S.Army moved to example.com at 5.30pm.",
        "The iPhone, the iPad, the iPod and the iMac. " + "None of them is glued. " * 40,
        "橋が開通した。交通量は少なかった。",
        "A word.",
        "",
    ],
)
def test_what_is_not_glued_stays_whole(line: str) -> None:
    assert cut_at_seams(line) == [line]


def test_a_name_on_a_glued_line_stays_whole_where_it_is_known_or_stands_twice() -> None:
    line = "HomeSportNewsMr McDonald left LinkedIn.He had joined LinkedIn in May."
    assert cut_at_seams(line) == [
        "Home",
        "Sport",
        "News",
        "Mr McDonald left LinkedIn.",
        "He had joined LinkedIn in May.",
    ]


def test_a_very_long_line_is_cut_into_sentences() -> None:
    line = "Home Sport News   The bridge opened. " + "Traffic was light on it. " * 60
    assert len(line) > LONG
    assert cut_at_seams(line)[:3] == ["Home Sport News   ", "The bridge opened. ", "Traffic was light on it. "]
    assert len(cut_at_seams("橋が開通した。" * LONG)) == LONG


@given(st.text(alphabet="aB.!?”“ (é9。\t"))
def test_nothing_is_lost(line: str) -> None:
    assert "".join(cut_at_seams(line)) == line
    assert find_seams(line) == sorted(set(find_seams(line)) - {0, len(line)})


@pytest.mark.parametrize("unit", ["aB", "a.B", ".", "”", "a", " ", "B", "a”", ". ", "(", "。", "aB.C”D "])
def test_hostile_lines_are_cut_in_linear_time(unit: str) -> None:
    line = unit * 100_000
    assert "".join(cut_at_seams(line)) == line


def test_pieces_of_a_line_become_blocks_and_the_text_puts_sentences_together_again() -> None:
    sentence = "The council met on Monday evening and decided to repair the old bridge over the river. "
    page = "Old bridge to be repaired" + "\n" + sentence * 15 + "\nIt opened.Traffic was light on the first day."
    blocks, after = text_blocks(page)
    assert "".join(block.before + block.raw for block in blocks) + after == page
    judged = [Judged(block, Verdict(Label.BODY, "made", 1.0)) for block in blocks]
    assert story_text(judged).split("\n") == [
        "Old bridge to be repaired", (sentence * 15).strip(), "It opened.", "Traffic was light on the first day.",
    ]  # fmt: skip
