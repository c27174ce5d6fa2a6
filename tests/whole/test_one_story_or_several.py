"""A live column and a guide in parts are one story, readers' comments are none, and each story has its own facts."""

from __future__ import annotations

import pytest

from cleaners import Page, clean_page

ENTRIES = {
    "en": [
        ("17:40", "Fire at the grain store is under control", "The brigade said that two streets near the river stay"
         " closed until the evening, and that buses take another way. Nobody was hurt in the old brick building."),
        ("15:10", "Ferry to the island returns in March", "The company has bought a second boat from Norway and wants"
         " to sail six times a day. Tickets will cost one crown more, as the council had asked for in the autumn."),
        ("12:55", "Museum buys the log of a lost brig", "Its pages were dried one by one over a winter, and the keeper"
         " found a recipe for pea soup in it. Visitors may turn the pages of a copy from May in a room of its own."),
        ("11:20", "School choir wins the regional prize", "Forty voices sang three songs by a miller of the valley who"
         " died in 1890. The jury praised the altos, and the town will pay for a journey to the final in Riga."),
        ("09:31", "Storm damages boats in the marina", "Three masts broke before dawn when the wind turned west. The"
         " insurers have sent a diver, who found that half of the chains of the moorings were rusted through."),
    ],
    "de": [
        ("17:40", "Brand im Kornspeicher ist unter Kontrolle", "Die Feuerwehr teilte mit, dass zwei Straßen am Fluss"
         " bis zum Abend gesperrt bleiben und Busse umgeleitet werden. Verletzt wurde in dem Backsteinbau niemand."),
        ("15:10", "Fähre zur Insel kehrt im März zurück", "Die Reederei hat ein zweites Schiff aus Norwegen gekauft und"
         " will sechsmal am Tag fahren. Die Karte kostet einen Euro mehr, wie es der Rat im Herbst verlangt hatte."),
        ("12:55", "Museum kauft das Logbuch einer Brigg", "Die Seiten wurden einen Winter lang einzeln getrocknet, und"
         " darin fand sich ein Rezept für Erbsensuppe. Ab Mai dürfen Besucher in einer Abschrift blättern."),
        ("11:20", "Schulchor gewinnt den Preis der Region", "Vierzig Stimmen sangen drei Lieder eines Müllers, der"
         " 1890 gestorben ist. Die Jury lobte den Alt, und die Stadt bezahlt die Reise zum Finale nach Riga."),
        ("09:31", "Sturm beschädigt Boote im Hafen", "Drei Masten brachen vor Tagesanbruch, als der Wind drehte."
         " Ein Taucher sah sich die Verankerungen an und fand die Hälfte der Ketten durchgerostet."),
    ],
}  # fmt: skip
FORMS = {
    "column": "<article><h1>{title}</h1>{entries}</article>",
    "articles": "<h1>{title}</h1>{entries}",
    "guide": "<article><h1>{title}</h1>{entries}</article>",
}
PARTS = {
    "column": "<div class=entry><time>{clock}</time><h2>{head}</h2><p>{text}</p></div>",
    "articles": "<article class=post><h3>{clock} {head}</h3><p class=by>Nora Quill</p><p>{text}</p></article>",
    "guide": "<section><h2>{number}. {head}</h2><p>{text}</p></section>",
}


@pytest.mark.parametrize("language", ENTRIES)
@pytest.mark.parametrize("form", FORMS)
def test_a_live_column_and_a_guide_in_parts_are_one_story(form: str, language: str) -> None:
    entries = "".join(
        PARTS[form].format(clock=clock, head=head, text=text, number=number)
        for number, (clock, head, text) in enumerate(ENTRIES[language], start=1)
    )
    html = f"<html lang={language}>{FORMS[form].format(title='The day in the valley, hour by hour', entries=entries)}"
    (article,) = clean_page(Page(html)).articles
    assert all(text in article.text for _, _, text in ENTRIES[language])


@pytest.mark.parametrize("language", ENTRIES)
def test_a_live_column_in_a_dump_is_one_story(language: str) -> None:
    lines = [line for clock, head, text in ENTRIES[language] for line in (f"{clock} {head}", text)]
    (article,) = clean_page(Page("\n".join(["The day in the valley, hour by hour", *lines]), kind="text")).articles
    assert all(text in article.text for _, _, text in ENTRIES[language])


def story(head: str, signature: str, *texts: str) -> str:
    return f"<article><h1>{head}</h1>{signature}{''.join(f'<p>{text}</p>' for text in texts)}</article>"


END = {
    "en": "The council will hear more about it at its next meeting, which is open to all, on a Monday in spring.",
    "de": "Der Rat will sich bei seiner nächsten Sitzung, die allen offensteht, im Frühling damit befassen.",
}


@pytest.mark.parametrize("language", ENTRIES)
def test_byline_and_date_of_a_second_article_are_its_own(language: str) -> None:
    (_, one, first), (_, _, more), (_, two, second), (_, _, more_of_it), (_, _, last) = ENTRIES[language]
    signature = "<p class=byline>By Edda Moll</p><time datetime=2026-02-03>3 February 2026</time>"
    stories = story(one, "", first, more, END[language]) + story(two, signature, second, more_of_it, last)
    html = f"<html lang={language}>{stories}"
    articles = clean_page(Page(html)).articles
    assert [(found.title, found.authors, found.date_published) for found in articles] == [
        (one, (), None),
        (two, ("Edda Moll",), "2026-02-03"),
    ]


@pytest.mark.parametrize("box", ["<section id=comments>{}</section>", "<ol class='comment-list'>{}</ol>"])
def test_who_comments_is_no_author(box: str) -> None:
    comments = "".join(
        f"<div><b>Per Anders</b> <time datetime=2026-02-0{day}>{day} February 2026</time><p>It took too long.</p></div>"
        for day in (4, 5)
    )
    texts = [text for _, _, text in ENTRIES["en"][:2]]
    html = f"<html lang=en>{story('Fire at the grain store is under control', '', *texts)}{box.format(comments)}"
    (article,) = clean_page(Page(html)).articles
    assert (article.authors, article.text.split("\n")) == ((), texts)
