"""Subheadings of one word that a rule takes for a label."""

from __future__ import annotations

import pytest

from cleaners import Page, clean_page
from cleaners.data import Label, Verdict
from cleaners.label.neighbours import revise
from cleaners.label.subheadings import SURELY_TEXT, subheading
from tests.support.scored_pages import TEXT, passage_of

PARAGRAPHS = {
    "Publicidad": "La publicidad sostiene al diario local: tres de cada cuatro euros vienen de las tiendas del pueblo.",
    "Реклама": "Реклама приносит городской газете две трети дохода, и редакция боится потерять магазины и кафе.",
    "Reklam": "Reklam yerel gazetenin gelirinin üçte ikisini getiriyor ve yazı işleri bundan vazgeçmek istemiyor.",
    "広告": "広告は地元紙の収入の三分の二を占め、編集部は町の店が交流サイトに移ってしまうことを心配している。",
    "Advertising": "Two thirds of the income of the paper is advertising, and its desk fears to lose shops.",
    "Markets": "The markets of the valley open again on Saturday, and farmers bring cheese and wool there.",
}

MORE = "Its first number had four pages, and its printer delivered all of them by bicycle in one night."


def label_of(word: str, paragraph: str, *, scored: Label = Label.HEADING, sure: float = SURELY_TEXT) -> Label | None:
    """What the rule makes of a line that a rule drops above a paragraph."""
    page = passage_of(f"<p>{TEXT}</p><h2>{word}</h2><p>{paragraph}</p>", "menu")
    page.verdicts[1] = Verdict(scored, "scorer", 0.8).revised(Label.PROMO, "any/advertisement-label", 0.95)
    page.verdicts[2] = Verdict(Label.BODY, "scorer", sure)
    return revise(page, [subheading]).verdicts[1].label


@pytest.mark.parametrize("word", PARAGRAPHS)
def test_a_word_that_the_paragraph_below_says_again_is_its_heading(word: str) -> None:
    assert label_of(word, PARAGRAPHS[word]) is Label.HEADING


def test_other_labels_stay_labels() -> None:
    word, paragraph = next(iter(PARAGRAPHS.items()))
    assert label_of(word, TEXT) is Label.PROMO
    assert label_of(word, "La publicidad.") is Label.PROMO
    assert label_of(word, paragraph, scored=Label.NAVIGATION) is Label.PROMO
    assert label_of(word, paragraph, sure=SURELY_TEXT - 0.1) is Label.PROMO


@pytest.mark.parametrize("word", sorted(PARAGRAPHS.keys() - {"Markets"}))
def test_the_same_on_a_dump(word: str) -> None:
    lines = ("The paper of the valley is fifty years old", TEXT, MORE, word, PARAGRAPHS[word], f"{TEXT} It met twice.")
    (article,) = clean_page(Page("\n".join(lines), kind="text")).articles
    assert word in article.text.split("\n")


def test_a_label_on_a_dump_is_dropped() -> None:
    lines = ("The paper of the valley is fifty years old", TEXT, MORE, "Publicidad", f"{TEXT} It met twice.")
    (article,) = clean_page(Page("\n".join(lines), kind="text")).articles
    assert "Publicidad" not in article.text
