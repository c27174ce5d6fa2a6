"""Who wrote the story of a dump, and when: the lines by its headline, and no others."""

from __future__ import annotations

import pytest

from cleaners import clean
from cleaners.data import Block, Label, Verdict
from cleaners.label.neighbours import revise
from cleaners.label.passage import Passage, read_passage
from cleaners.label.signatures import day_of_story, signature

HEADLINE = "Old bridge opens four years after the flood\n"
BRIDGE = (
    "The old bridge over the river opened again on Monday, four years after the flood had closed it to all traffic.\n"
    "The mayor walked across it with the children of the school, and the ferry made its last trip in the afternoon.\n"
    "The work had cost nine million, a third more than planned, since the piers of the bridge had to be replaced.\n"
)
TEASERS = (
    "More from the region\nSchool gets a roof of solar panels after all\nBy Max Roe\nJanuary 9, 2026\n"
    "Harbour closes for the whole of the winter\nBy Eva Sample\nJanuary 8, 2026\n"
)


def facts(above: str, below: str = TEASERS, story: str = BRIDGE) -> tuple[tuple[str, ...], str | None]:
    """The authors and the day of a dump with these lines around its story."""
    (article,) = clean(above + story + below, kind="text")
    return article.authors, article.date_published


@pytest.mark.parametrize(
    ("signed", "authors"),
    [
        ("By Jane Doe\nJanuary 6, 2026\n", ("Jane Doe",)),
        ("By\nJane Doe\nJanuary 6, 2026\n", ("Jane Doe",)),
        ("Written by:\nJane Doe\nStaff Writer\nJanuary 6, 2026\n", ("Jane Doe",)),
        ("By\nJane Doe\nJane Doe\nView all posts by Jane Doe\nJanuary 6, 2026\n", ("Jane Doe",)),
        ("By\nJane Doe\n,\nMax Roe\nand\nEva Sample\nJanuary 6, 2026\n", ("Jane Doe", "Max Roe", "Eva Sample")),
        ("By\nJane Doe\nand Max Roe, Example Times\nJanuary 6, 2026\n", ("Jane Doe", "Max Roe")),
        ("By\nJane Doe\n, Senior Harbour Analyst\nJanuary 6, 2026\n", ("Jane Doe",)),
        ("ByJane Doe\nPublished January 6, 2026\n", ("Jane Doe",)),
        ("By Jane DoePublished: January 6, 2026\n", ("Jane Doe",)),
        ("By Jane Doe For Example Times\nJanuary 6, 2026\n", ("Jane Doe",)),
        ("By Jane Doe, Head of Bridges, Example Town\nJanuary 6, 2026\n", ("Jane Doe",)),
        ("By Example Staff\nJanuary 6, 2026\n", ("Example Staff",)),
        ("Written by Jane\nJanuary 6, 2026\n", ("Jane",)),
        ("Jane Doe\nJanuary 6, 2026\n", ("Jane Doe",)),
        ("• Jane Doe\n• January 6, 2026\n", ("Jane Doe",)),
        ("Zyxa Qwob\nJanuary 6, 2026\n", ("Zyxa Qwob",)),
        ("Jane Doe Deputy Editor\nJanuary 6, 2026\n", ("Jane Doe",)),
        ("Zyxa Qwob•January 6, 2026\n", ("Zyxa Qwob",)),
        ("January 6, 2026 by Jane Doe\n", ("Jane Doe",)),
        ("Jane Doe\nreviewed by\nMax Roe\nJanuary 6, 2026\n", ("Jane Doe",)),
        ("Photo by\nMax Roe\nBy\nJane Doe\nJanuary 6, 2026\n", ("Jane Doe",)),
        ("Reuters\nJanuary 6, 2026\n", ("Reuters",)),
        ("Von\nJana Muster\n6. Januar 2026\n", ("Jana Muster",)),
        ("Par\nJeanne Exemple\n6 janvier 2026\n", ("Jeanne Exemple",)),
        ("Автор:\nАнна Примерова\n6 января 2026\n", ("Анна Примерова",)),
    ],
)
def test_the_lines_by_the_headline_sign_the_story(signed: str, authors: tuple[str, ...]) -> None:
    assert facts(HEADLINE + signed) == (authors, "2026-01-06")


def test_a_name_and_its_label_in_chinese() -> None:
    story = (
        "横浜市は6日、洪水で閉鎖されていた古い橋を4年ぶりに再開した。市長は学校の子どもたちと橋を渡った。\n"
        "工事の費用は900万ユーロで、橋脚を一本ずつ交換したため、計画を三割上回ったと市は説明している。\n"
    )
    head = "古い橋が4年ぶりに再開、市長が渡る\n記者：\n王小明\n2026年1月6日\n"
    assert facts(head, "編集\n", story) == (("王小明",), "2026-01-06")


@pytest.mark.parametrize(
    "above",
    [
        "Authors Columns Newsletters Podcasts Videos\nBy Region\nBy Type\n" + HEADLINE,
        HEADLINE + "Reset Password\nSocial Sharing\n",
        HEADLINE + "Share\nMayor\nJanuary 6, 2026\n",
        HEADLINE + "Our Team\nJanuary 6, 2026\n",
        HEADLINE + "Authors\nCited by (12)\nJanuary 6, 2026\n",
    ],
)
def test_menus_and_the_bylines_of_other_stories_name_nobody(above: str) -> None:
    assert facts(above)[0] == ()


def test_one_whom_the_story_is_about_signs_nothing() -> None:
    about = BRIDGE.replace("The mayor walked", "The mayor, Jane Doe, walked")
    assert facts(HEADLINE + "Jane Doe\nBridges\n", story=about)[0] == ()
    assert facts(HEADLINE + "By Jane Doe\n", story=about)[0] == ("Jane Doe",)


def test_a_paragraph_about_the_writer_makes_a_name_known() -> None:
    told = (
        "Zyxa Qwob covers bridges, harbours and ferries for the Example Times and lives by the river with three cats.\n"
    )
    found = read_passage(
        [Block(line, at) for at, line in enumerate((HEADLINE + "Zyxa Qwob\n" + BRIDGE + told).split("\n")[:-1])]
    )
    assert _labels(found)[1] is not Label.BYLINE
    found.verdicts[-1] = Verdict(Label.NAVIGATION, "scorer", 0.9)
    assert _labels(found)[1] is Label.BYLINE


def _labels(found: Passage) -> list[Label]:
    found.verdicts[0] = Verdict(Label.TITLE, "headline", 0.9)
    return [verdict.label for verdict in revise(found, [signature]).verdicts]


@pytest.mark.parametrize(
    ("above", "day"),
    [
        ("Friday, January 9, 2026\nSign in\n" + HEADLINE + "January 6, 2026\n", "2026-01-06"),
        (HEADLINE + "Jan 6, 2026\nJan 6, 2026\nFacebook\n", "2026-01-06"),
        (HEADLINE + "Written on January 6, 2026 in News\n", "2026-01-06"),
        (HEADLINE + "Published\n10:15 AM EST, Tue January 6, 2026\n", "2026-01-06T10:15-05:00"),
        ("January 6, 2026\n" + HEADLINE, "2026-01-06"),
        (HEADLINE + "The radio told it on January 3, 2026.\n" + "January 6, 2026\n", "2026-01-06"),
        (HEADLINE + "Fair of January 3, 2026 | January 6, 2026\nTuesday, January 6, 2026\n", "2026-01-06"),
    ],
)
def test_the_day_by_the_headline_is_the_story_s(above: str, day: str) -> None:
    assert facts(above)[1] == day


def test_the_day_at_the_end_goes_before_one_above_the_headline() -> None:
    above = "Friday, January 9, 2026\nSign in\n" + HEADLINE
    assert facts(above, "First Published: January 6, 2026\n" + TEASERS)[1] == "2026-01-06"


def test_a_change_is_told_from_the_day_of_publication_by_the_line_above() -> None:
    above = HEADLINE + "Published:\nJanuary 6, 2026\n|\nUpdated:\nJanuary 7, 2026\n"
    (article,) = clean(above + BRIDGE + TEASERS, kind="text")
    assert (article.date_published, article.date_modified) == ("2026-01-06", "2026-01-07")


def test_a_change_alone_is_no_day_of_publication() -> None:
    (article,) = clean(HEADLINE + "Updated January 6, 2026\n" + BRIDGE + TEASERS, kind="text")
    assert (article.date_published, article.date_modified) == (None, "2026-01-06")


@pytest.mark.parametrize(
    "piece", ["By ", "Jane Doe, ", "and ", "1.1.26 ", "Jane", "JaneDoe", "By\n", ", ", "王", "AB", "by a/"]
)
def test_hostile_heads(piece: str) -> None:
    """Long lines, and as many short ones as a page can have, by the headline of a text that never comes."""
    for lines in ([(piece * 2_000)[:8_000]] * 400, [piece.strip()] * 20_000):
        found = read_passage([Block(text, at) for at, text in enumerate([HEADLINE.strip(), *lines])])
        found.verdicts[:] = [Verdict(Label.TITLE, "scorer", 0.9), *[Verdict(Label.BODY, "scorer", 0.7)] * len(lines)]
        revise(found, [signature, day_of_story])
