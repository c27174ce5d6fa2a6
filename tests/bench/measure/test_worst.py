"""What a page's lost points are charged to, on pages judged by hand."""

from __future__ import annotations

import pytest

from bench.measure.worst import NOT_ON_PAGE, PageLoss, container, losses, page_losses, report
from bench.metrics import word_f1
from bench.pages.corpora import Sample
from cleaners.blocks.html import html_blocks, parse
from cleaners.data import Block, Cleaned, Judged, Label, Metadata, Page, Rejection, Rights, Story, Verdict
from cleaners.stories.articles import PageFacts, article

GOLD = "The new bridge opened on Monday.\nTraffic was light all day long."


def cleaned(*blocks: tuple[str, Label] | tuple[str, Label, int]) -> Cleaned:
    """A page of these blocks, each with its label and the number of its story."""
    judged = [
        Judged(Block(text, line), Verdict(label, "by-hand", 1.0), *story)
        for line, (text, label, *story) in enumerate(blocks)
    ]
    page = Page("")
    own = Story(0, tuple(block for block in judged if block.story == 0))
    about = PageFacts(page, "", 1, "article", Rights())
    return Cleaned(page, (article(about, own, Metadata(), 1.0),), tuple(judged))


def test_a_perfect_page_loses_nothing() -> None:
    page = cleaned(("Menu", Label.NAVIGATION), *((line, Label.BODY) for line in GOLD.split("\n")))
    assert losses(GOLD, page) == {}


def test_alien_words_are_charged_to_their_place() -> None:
    first, second = GOLD.split("\n")
    page = cleaned(
        ("Three red herrings", Label.BODY), (first, Label.BODY), (second, Label.BODY), ("Go on", Label.HEADING)
    )
    # 12 words of gold, 17 of text, 12 in common: 5 of 29 words are lost.
    assert losses(GOLD, page) == pytest.approx(
        {"alien: body above the story": 3 / 29, "alien: heading below the story": 2 / 29}
    )


def test_missing_words_are_charged_to_the_label_and_rule_that_took_them() -> None:
    first, second = GOLD.split("\n")
    page = cleaned((first, Label.BODY), (second, Label.CAPTION))
    assert losses(GOLD, page) == pytest.approx({"lacks: caption by by-hand": 6 / 18})


def test_words_of_another_story_are_missing() -> None:
    first, second = GOLD.split("\n")
    page = cleaned((first, Label.BODY), (second, Label.BODY, 1))
    assert losses(GOLD, page) == pytest.approx({"lacks: another story": 6 / 18})


def test_words_that_the_page_does_not_have_are_charged_to_the_gold() -> None:
    page = cleaned((GOLD.split("\n")[0], Label.BODY))
    assert losses(GOLD, page) == pytest.approx({NOT_ON_PAGE: 6 / 18})


def test_a_refused_page_loses_all_to_its_rejection() -> None:
    page = Cleaned(Page(""), rejection=Rejection("kind-index", "A section front."))
    assert losses(GOLD, page) == {"no record: kind-index": 1.0}
    assert losses("", page) == {}


def test_the_causes_add_up_to_what_word_f1_lacks() -> None:
    first, second = GOLD.split("\n")
    page = cleaned(
        (f"{first} And more of it", Label.BODY), ("Read on", Label.BODY), (second, Label.RELATED), ("Menu", Label.LEGAL)
    )
    assert sum(losses(f"{GOLD} Nowhere", page).values()) == pytest.approx(
        1 - word_f1(f"{GOLD} Nowhere", page.articles[0].text)
    )


@pytest.mark.parametrize(
    ("page", "cause"),
    [
        ("<div class='post-comments'><p>x</p></div>", "comments"),
        ("<section id='related-stories'><div><p>x</p></div></section>", "related"),
        ("<div class='newsletter-box'><p>x</p></div>", "promo"),
        ("<aside><p>x</p></aside>", "infobox"),
        ("<table><tr><td>x</td></tr></table>", "table"),
        ("<article class='teaser'><p>x</p></article>", None),
        ("<div class='story'><p>x</p></div>", None),
    ],
)
def test_a_box_tells_what_it_is(page: str, cause: str | None) -> None:
    (block,) = html_blocks(parse(page))
    assert container(block) == cause


def test_the_report_gives_mean_points_and_the_worst_pages_first() -> None:
    pages = [
        PageLoss("fine", "https://example.org/1", {}),
        PageLoss("poor", "https://example.org/2", {"alien: promo": 0.3, NOT_ON_PAGE: 0.1}),
        PageLoss("bad", "https://example.org/3", {NOT_ON_PAGE: 0.6}),
    ]
    told, lines = report(pages, 2).split("\n\n")
    assert [[cell.strip() for cell in row.split("|")[1:-1]] for row in told.splitlines()[2:]] == [
        [NOT_ON_PAGE, "2", "23.333"],
        ["alien: promo", "1", "10.000"],
        ["all", "3", "33.333"],
    ]
    assert [line.split()[:2] for line in lines.splitlines()] == [["60.0", "bad"], ["40.0", "poor"]]
    assert report([], 5) == "No page has a gold text."


def test_pages_with_snippets_only_are_left_out() -> None:
    body = "".join(f"<p>{line * 12}</p>" for line in ("A tram crossed the bridge, and people cheered. ",) * 4)
    html = f"<html><body><article><h1>Bridge</h1>{body}</article></body></html>"
    samples = [Sample("1", "https://example.org/", html, must_have=("tram",)), Sample("2", "", html, ("Not there",))]
    (page,) = page_losses(samples)
    assert (page.id, page.total) == ("2", pytest.approx(1.0))
