"""Comments of readers below a story."""

from __future__ import annotations

import pytest

from cleaners import Page, clean_page
from cleaners.label.comments import comments, is_comment_heading
from tests.support.scored_pages import kept, passage_of

PARAGRAPHS = (
    "The old lighthouse of Example was lit again on Sunday, after nine years in which ships had to do without it.",
    "Its keeper climbed the two hundred steps for the first time since the storm and trimmed the lamp by hand.",
    "The council pays for the oil, and the school has taken over the care of the small museum at its foot.",
)
READERS = (
    ("gull", "I rowed past it every night of those nine years, and it is good to see the light again."),
    ("netta", "And who pays for the oil when the council has changed its mind again next spring?"),
)
HEADINGS = (
    "2 Comments",
    "Reacties (2)",
    "Hozzászólások",
    "Комментарии читателей",
    "تعليقات القراء",
    "网友评论",
    "댓글 2개",
)


def dump(heading: str, day: str) -> str:
    lines = [line for name, comment in READERS for line in (f"{name} {day}", comment)]
    return "\n".join(["Lighthouse is lit again", *PARAGRAPHS, heading, *lines])


def html(heading: str, day: str) -> str:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    items = "".join(f"<div><b>{name}</b> <i>{day}</i><p>{comment}</p></div>" for name, comment in READERS)
    return f"<h1>Lighthouse is lit again</h1><div>{story}</div><div><h3>{heading}</h3>{items}</div>"


def text_of(page: Page) -> list[str]:
    (article,) = clean_page(page).articles
    return article.text.split("\n")


@pytest.mark.parametrize("heading", HEADINGS)
def test_what_stands_below_a_heading_of_comments_is_no_text(heading: str) -> None:
    assert is_comment_heading(heading)
    assert text_of(Page(dump(heading, "04.02.2026 09:14"), kind="text")) == list(PARAGRAPHS)
    assert text_of(Page(html(heading, "4 February 2026"))) == list(PARAGRAPHS)


def test_the_story_goes_on_below_comments_that_stand_in_a_box_inside_of_it() -> None:
    first, second, third = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    thread = html("Comments (1)", "4 February 2026").partition("</div>")[2]
    story = f"<h1>Lighthouse is lit again</h1><div>{first}{second}<div>{thread}</div>{third}</div>"
    assert text_of(Page(story, kind="html")) == list(PARAGRAPHS)
    flat = f"<h1>Lighthouse is lit again</h1><div>{first}{second}<h3>Comments (1)</h3><p>gull, 09:14</p>{third}</div>"
    assert text_of(Page(flat, kind="html")) == list(PARAGRAPHS[:2])


@pytest.mark.parametrize(
    "signature", ["posted by gull77", "escrito por gaviota", "skrevet av måke", "rédigé par mouette"]
)
def test_comments_may_say_by_whom_and_not_when(signature: str) -> None:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    items = "".join(f"<h4>The light ({signature})</h4><p>{comment}</p>" for _, comment in READERS)
    page = f"<h1>Lighthouse is lit again</h1><div>{story}<details><summary>Comments</summary>{items}</details></div>"
    assert text_of(Page(page)) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "sentence",
    [
        "The report, written by two keepers of other lights, has 41 pages.",
        "Le rapport, rédigé par deux gardiens de phare, compte 41 pages.",
        "El informe, escrito por dos fareros de la costa, tiene 41 páginas.",
        "The council asked for letters about the lamp until 3 May 2025.",
    ],
)
def test_a_sentence_below_a_subheading_signs_no_comment(sentence: str) -> None:
    first, second, third = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<h1>Lighthouse is lit again</h1><div>{first}{second}<h3>Comments</h3><p>{sentence}</p>{third}</div>"
    text = text_of(Page(page))
    assert [line for line in text if line != "Comments"] == [*PARAGRAPHS[:2], sentence, PARAGRAPHS[2]]


def test_teasers_above_a_heading_of_comments_are_no_story() -> None:
    teasers = "".join(f"<p><a href='/{n}'>{READERS[0][1]}</a></p>" for n in range(3))
    story = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<div>{teasers}<h3>Comments</h3><p>4 February 2026</p></div><h2>Lighthouse is lit again</h2>{story}"
    assert [line for line in kept(comments, passage_of(page, "menu")) if line in PARAGRAPHS] == list(PARAGRAPHS)


@pytest.mark.parametrize("heading", ["3 commenti", "Komentarze (3)", "Yorumlar", "网友评论"])
def test_comments_on_a_dump_need_no_day_where_names_and_sayings_alternate(heading: str) -> None:
    comments = [line for pair in READERS for line in pair]
    assert text_of(Page("\n".join(["Lighthouse is lit again", *PARAGRAPHS, heading, *comments]), kind="text")) == list(
        PARAGRAPHS
    )


def test_lines_that_do_not_alternate_are_no_comments() -> None:
    lines = ["Lighthouse is lit again", *PARAGRAPHS[:2], "Comments", PARAGRAPHS[2], *[text for _, text in READERS]]
    assert len(text_of(Page("\n".join(lines), kind="text"))) == 5


APPENDED = (
    "The swimming pool of Samplewick stays shut until May because its boiler cannot be repaired, the town said.",
    "A new one has been ordered abroad and costs sixty-three thousand, which the insurance will pay in full.",
    "Clubs may swim in the pool of the next town on three evenings of each week until the work is done.",
)


def test_a_story_below_the_comments_of_a_dump_is_a_story() -> None:
    comments = [line for name, saying in READERS for line in (name, "4 February 2026, 09:14", saying)]
    head = ("Pool shut until the month of May", "By Kofi Sample", "2 February 2026")
    lines = ["Lighthouse is lit again", *PARAGRAPHS, "Comments (2)", *comments, *head, *APPENDED]
    first, second = clean_page(Page("\n".join(lines), kind="text")).articles
    assert first.text.split("\n") == list(PARAGRAPHS)
    assert (second.text.split("\n"), second.authors) == (list(APPENDED), ("Kofi Sample",))


def test_a_button_with_the_same_word_proves_nothing() -> None:
    lines = ["Lighthouse is lit again", PARAGRAPHS[0], PARAGRAPHS[1], "Comments", PARAGRAPHS[2]]
    assert text_of(Page("\n".join(lines), kind="text")) == list(PARAGRAPHS)
    lines[1:] = ["Comments", "4 February 2026", *PARAGRAPHS]
    assert text_of(Page("\n".join(lines), kind="text")) == list(PARAGRAPHS)


@pytest.mark.parametrize("line", ["Comments by the mayor drew anger", "No comments", "Debatte im Rat", "12", ""])
def test_other_lines_head_no_comments(line: str) -> None:
    assert not is_comment_heading(line)


def test_hostile_headings() -> None:
    for piece in ("comments ", "(", "1", "1 ", "(1)"):
        assert not is_comment_heading(piece * 100_000)
        is_comment_heading((piece * 40)[:40])
