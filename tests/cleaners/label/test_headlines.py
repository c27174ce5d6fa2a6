"""The headline of a dump among the lines that stand above its story."""

from __future__ import annotations

import pytest

from cleaners import clean

BRIDGE = (
    "The old bridge over the river opened again on Monday, four years after the flood had closed it to all traffic.\n"
    "The mayor walked across it with the children of the school, and the ferry made its last trip in the afternoon.\n"
    "The work had cost nine million, a third more than planned, since the piers of the bridge had to be replaced.\n"
)
MENU = "Open Navigation Menu\nSubscribe to our daily newsletter\nFrequently Asked Questions Here\n"
HEADLINE = "Old bridge opens four years after the flood\n"


@pytest.mark.parametrize(
    "above",
    [
        HEADLINE,
        MENU + HEADLINE,
        MENU * 2 + HEADLINE,
        HEADLINE.strip() + " | Example Times\n" + MENU + HEADLINE,
        MENU + "• Front Page of the Day\n" + HEADLINE,
        MENU + HEADLINE + "The ferry has made its last trip, and the town celebrates on the quay until late at night\n",
        MENU + HEADLINE + "By Ann Poe\nJanuary 6, 2026\n",
        "Why does the ferry stop today?\n" + MENU + HEADLINE,
        MENU + HEADLINE + "Monday, January 6, 2026\n" + HEADLINE,
        "Ships\n" * 500 + MENU + HEADLINE,
    ],
)
def test_the_line_that_tells_the_story_is_its_headline(above: str) -> None:
    (article,) = clean(above + BRIDGE, kind="text")
    assert article.title == HEADLINE.strip()


def test_a_question_can_be_a_headline() -> None:
    (article,) = clean(f"{MENU}Who walks across the old bridge after four years?\n{BRIDGE}", kind="text")
    assert article.title == "Who walks across the old bridge after four years?"


def test_words_without_spaces_are_compared_by_their_characters() -> None:
    story = (
        "横浜市は6日、洪水で閉鎖されていた古い橋を4年ぶりに再開した。市長は学校の子どもたちと橋を渡った。\n"
        "工事の費用は900万ユーロで、橋脚を一本ずつ交換したため、計画を三割上回ったと市は説明している。\n"
        "渡し船は午後に最後の運航を終え、町の人たちは夜遅くまで岸壁で祝った。来週には新しいバス路線も始まる。\n"
    )
    above = "紙面ビューアー\nニュースレターの登録はこちら\n古い橋が4年ぶりに再開、市長が渡る\n2026年1月6日\n"
    (article,) = clean(above + story, kind="text")
    assert article.title == "古い橋が4年ぶりに再開、市長が渡る"


def test_a_story_without_a_line_above_has_no_headline() -> None:
    (article,) = clean(BRIDGE, kind="text")
    assert article.title is None


def test_a_short_story_whose_headline_a_list_below_prints_again_is_kept() -> None:
    told = BRIDGE.splitlines()[0]
    (article,) = clean(f"{MENU}{HEADLINE}{told}\nMost read\n{HEADLINE}", kind="text")
    assert (article.title, article.text) == (HEADLINE.strip(), told)


def test_a_headline_is_found_below_thousands_of_lines() -> None:
    menu = "".join(f"Subscribe to our newsletter number {number} here\n" for number in range(5000))
    (article,) = clean(menu + HEADLINE + BRIDGE, kind="text")
    assert article.title == HEADLINE.strip()
