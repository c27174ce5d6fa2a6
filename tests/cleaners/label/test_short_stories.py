"""Stories of a few lines: their paragraphs below a box, below a table, and on pages that hold nothing else."""

from __future__ import annotations

import pytest

from cleaners import Page, clean_page
from cleaners.data import Block, Label, Verdict
from cleaners.label.neighbours import NeighbourRule, revise
from cleaners.label.passage import OPEN, Passage, read_passage
from cleaners.label.short_stories import (
    DOUBT_OF_ANSWER,
    SHORT_STORY,
    answer,
    below_box,
    below_paragraph,
    beside_paragraph,
    only_paragraph,
    said_again,
    unmarked_line,
)
from cleaners.label.text_insets import introduced_lines, score_rows
from tests.support.scored_pages import TEXT, kept, passage_of

LAST = "The bridge opens again on Sunday."
BOXES = {
    "player": "<div class='player'><p>VIDEO of the bridge</p><button>OK</button></div>",
    "teaser": "<p><a href='/x'>VIDEO of the old bridge</a></p>",
    "figure": "<figure><img src='a.jpg'><figcaption>VIDEO still</figcaption></figure>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_the_story_goes_on_below_a_box(box: str) -> None:
    page = f"<p>{TEXT}</p><p>{TEXT}</p>{box}<p>{LAST}</p>"
    drops = "VIDEO OK opens"
    assert kept(beside_paragraph, passage_of(page, drops, dropped(0.75))) == [LAST]
    assert kept(beside_paragraph, passage_of(page, drops, dropped(0.85))) == []


def test_a_long_story_goes_on_below_a_box_where_the_scorer_can_hardly_decide() -> None:
    page = f"<p>{TEXT}</p>" * (SHORT_STORY // 10) + f"{BOXES['teaser']}<p>{LAST}</p>"
    assert kept(below_box, passage_of(page, "VIDEO opens", dropped(0.4))) == [LAST]
    for confidence in (0.2, 0.6):
        assert kept(below_box, passage_of(page, "VIDEO opens", dropped(confidence))) == []


def test_a_refrain_goes_on_below_its_last_line() -> None:
    verse = "<p>Sleep, little boat,</p><p>the sea rocks you.</p>"
    page = passage_of(f"<div><p>{TEXT}</p>{verse}{verse}{verse}<p>menu</p></div>", "menu", dropped(0.4))
    last = max(index for index, block in enumerate(page.blocks) if block.text.startswith("the sea"))
    page.verdicts[last] = dropped(0.4)
    assert kept(said_again, page).count("the sea rocks you.") == 3


def test_what_stands_below_a_box_is_set_as_the_story_is() -> None:
    for page in (
        f"<p>{TEXT}</p><p>{TEXT}</p>{BOXES['player']}<p class=x>{LAST}</p>",
        f"<div><p>{TEXT}</p><p>{TEXT}</p></div>{BOXES['player']}<p>{LAST}</p>",
        f"<p>{TEXT}</p>{BOXES['player']}<p>{LAST}</p>",
    ):
        assert kept(beside_paragraph, passage_of(page, "VIDEO OK opens", dropped(0.75))) == []


def dropped(confidence: float) -> Verdict:
    return Verdict(Label.NAVIGATION, "scorer", confidence)


def dump(*lines: str, confidence: float = 0.6) -> Passage:
    """The lines of a dump, of which the scorer drops those behind the first paragraph that end as sentences do."""
    page = read_passage([Block(line, number, raw=line) for number, line in enumerate(lines, start=1)])
    first = lines.index(TEXT)
    page.verdicts[first + 1 :] = [
        verdict.revised(Label.NAVIGATION, "scorer", confidence) if form.ends_sentence else verdict
        for form, verdict in zip(page.shapes[first + 1 :], page.verdicts[first + 1 :], strict=True)
    ]
    return page


def texts(rule: NeighbourRule, page: Passage) -> list[str]:
    verdicts = revise(page, [rule]).verdicts
    pairs = zip(page.blocks, verdicts, strict=True)
    sure = [block.text for block, verdict in pairs if verdict.label is Label.BODY and verdict.confidence >= OPEN]
    return [line for line in sure if line != TEXT]


@pytest.mark.parametrize("last", ["The ice holds.", "冰面很结实。", "Лёд держит.", "बर्फ़ मज़बूत है।"])
def test_the_last_sentences_of_a_dump_are_text(last: str) -> None:
    assert texts(below_paragraph, dump(TEXT, last)) == [last]
    assert texts(below_paragraph, dump(TEXT, last, confidence=0.88)) == []


@pytest.mark.parametrize("line", ["Share this?", "More tags…", "Home", "Loading, please wait..!"])
def test_a_line_without_a_full_stop_is_no_last_sentence(line: str) -> None:
    assert line not in texts(below_paragraph, dump(TEXT, line))


def test_the_time_of_an_entry_may_stand_between() -> None:
    assert texts(below_paragraph, dump(TEXT, "10h40", LAST)) == [LAST]
    assert texts(below_paragraph, dump(TEXT, "Contact us", LAST)) == []


def test_a_long_dump_is_left_to_the_scorer() -> None:
    long = [TEXT] * (SHORT_STORY // 10)
    page = dump(*long, LAST)
    page.verdicts[: len(long)] = [read_passage([Block(TEXT, 1)]).verdicts[0]] * len(long)
    assert texts(below_paragraph, page) == []


def test_boxes_of_one_kind_hold_the_paragraphs_of_one_story() -> None:
    parts = "".join(f"<section class=part><p>{line}</p></section><aside>AD</aside>" for line in (TEXT, TEXT, LAST))
    assert kept(beside_paragraph, passage_of(parts, "AD opens", dropped(0.75))) == [LAST]
    other = parts.replace(f"<section class=part><p>{LAST}", f"<section class=more><p>{LAST}")
    assert kept(beside_paragraph, passage_of(other, "AD opens", dropped(0.75))) == []


UNMARKED = {"th": "เจ้าหน้าที่จะติดตามวาฬตัวนี้ต่อไปอีกสองสัปดาห์", "lo": "ນາງ ຄຳແພງ ຄູໂຮງຮຽນ ກ່າວວ່າ ເດັກນ້ອຍຂ້າມນ້ຳໄດ້ແລ້ວ"}


@pytest.mark.parametrize("line", UNMARKED.values(), ids=UNMARKED)
def test_a_sentence_without_an_end_mark_ends_a_story(line: str) -> None:
    assert texts(unmarked_line, dump(TEXT, line)) == [line]
    assert texts(unmarked_line, dump(TEXT, line, "หน้าแรก")) == [line]
    assert texts(unmarked_line, dump(TEXT, line, line, line)) == []
    assert texts(unmarked_line, dump(TEXT, "หน้าแรก", line)) == []


def test_a_list_that_a_short_line_introduces_is_text() -> None:
    routes = ["N1 Samplewick to Brackdale", "N2 Samplewick to Marsh End"]
    page = dump(TEXT, "The two routes are:", *routes, TEXT)
    page.verdicts[-1] = page.verdicts[0]
    assert texts(introduced_lines, page) == ["The two routes are:", *routes]
    page = dump(TEXT, "Read also:", *routes, TEXT)
    page.verdicts[-1] = page.verdicts[0]
    assert texts(introduced_lines, page) == []


RESULTS = ["Results", "Rovers - Albion 3-2", "United - City 0-0"]
STANDINGS = ["Table", "Rovers 51", "Albion 47"]


def test_results_and_standings_below_a_report_are_text() -> None:
    page = dump(TEXT, *RESULTS, *STANDINGS, LAST, confidence=0.89)
    assert texts(score_rows, page) == [*RESULTS, *STANDINGS]
    found = revise(page, [score_rows, below_paragraph]).verdicts
    assert found[-1].label is Label.BODY  # though the scorer is nearly sure of the contrary


@pytest.mark.parametrize(
    "lines",
    [["Film 20:30", "Second film 22:15"], ["Politics 12", "Culture 7"], ["Rovers - Albion 3-2"], ["1 - 2", "2 - 3"]],
)
def test_programmes_and_counters_are_no_results(lines: list[str]) -> None:
    assert texts(score_rows, dump(TEXT, *lines)) == []


def test_results_without_a_report_are_no_text() -> None:
    page = read_passage([Block(line, number, raw=line) for number, line in enumerate([*RESULTS, TEXT])])
    assert texts(score_rows, page) == []


ALONE = {
    "ja": ("朝市のお知らせ", "旧駅舎で日曜日の朝七時から朝市が開かれる。農家と漁師二十組が出店する。"),
    "fr": (
        "Marché dimanche",
        "Le marché a lieu dimanche matin sur la place, de huit heures à midi, et l'entrée est libre.",
    ),
}


@pytest.mark.parametrize(("title", "line"), ALONE.values(), ids=ALONE)
def test_a_page_that_holds_a_paragraph_and_nothing_else_is_an_article(title: str, line: str) -> None:
    page = f"<!DOCTYPE html><html><body><div id=root><h1>{title}</h1><p>{line}</p></div>"
    (article,) = clean_page(Page(page)).articles
    assert (article.kind, article.text) == ("article", line)


def test_the_only_paragraph_is_not_looked_for_on_a_page_with_more() -> None:
    alone = passage_of(f"<h1>Market</h1><p>{TEXT}</p>", "Market council", dropped(0.5))
    assert revise(alone, [only_paragraph]).verdicts[1].label is Label.BODY
    more = passage_of("<p>menu</p>" * 13 + f"<p>{TEXT}</p>", "menu council", dropped(0.5))
    assert revise(more, [only_paragraph]).verdicts[-1].label is Label.NAVIGATION


def test_several_sentences_may_be_all_that_a_page_holds() -> None:
    lines = [f"[1{n}:30] The water has fallen to mark {n}." for n in range(3)]
    page = "<h1>Flood</h1>" + "".join(f"<p>{line}</p>" for line in lines)
    assert kept(only_paragraph, passage_of(page, "Flood water", dropped(0.5))) == lines
    assert kept(only_paragraph, passage_of(page, "Flood water", dropped(0.7))) == []


@pytest.mark.parametrize("piece", ["Rovers - Albion 3-2\n", "a 1\n", "- 3-2\n", "A" * 59 + " 1-1\n", "ab 1 - "])
def test_hostile_dumps(piece: str) -> None:
    lines = (piece * 20_000).split("\n")[:20_000]
    page = read_passage([Block(line or "a", number, raw=line or "a") for number, line in enumerate([TEXT, *lines])])
    revise(page, [score_rows, below_paragraph])


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("Is the boat safe?", "Yes."),
        ("Ist das Schiff sicher?", "Ja."),
        ("Паром безопасен?", "Да."),
        ("Είναι ασφαλές το πλοίο;", "Ναι."),
        ("船は安全ですか？", "はい。"),
        ("هل السفينة آمنة؟", "نعم."),
    ],
)
def test_a_short_answer_goes_with_its_question(question: str, reply: str) -> None:
    html = f"<div><p>{TEXT}</p><h3>{question}</h3><p>{reply}</p></div>"
    assert kept(answer, passage_of(html, reply, dropped(0.7))) == [question, reply]
    for other, drops, confidence in (
        (html, reply, DOUBT_OF_ANSWER),
        (html, f"{question.split()[0]} {reply}", 0.7),
        (html.replace(question, question[:-1]), reply, 0.7),
        (html.replace(f"<p>{reply}</p>", f"<div><p>{reply}</p></div>"), reply, 0.7),
        (html.replace(f"<p>{reply}</p>", f"<p><a href=/y>{reply}</a></p>"), reply, 0.7),
        (html.replace(reply, reply[:-1]), reply[:-1], 0.7),
    ):
        assert not {reply, reply[:-1]} & set(kept(answer, passage_of(other, drops, dropped(confidence))))
