"""What may head a story: its headline, byline and date between two paragraphs, whatever their labels."""

from __future__ import annotations

import pytest

from cleaners.blocks.html import html_blocks, parse
from cleaners.data import Block, Label, Verdict
from cleaners.label.passage import Passage
from cleaners.stories.heads import LITTLE_CHROME, Head, find_head
from cleaners.stories.layout import layout_of
from cleaners.words.shapes import shape
from tests.support.two_stories import BRIDGE, PENGUINS, Part, body, passage

HEADLINE = "Forty penguin chicks hatch at the zoo"


def head_of(found: Passage) -> Head:
    """The head above the paragraph that opens the second story."""
    page = layout_of(found)
    start = next(index for index, block in enumerate(found.blocks) if block.text == PENGUINS[0])
    above = max(index for index in page.text.indices if index < start)
    return find_head(page, range(above + 1, start), {})


def between(*parts: Part) -> Head:
    return head_of(passage(*body(*BRIDGE), *parts, *body(*PENGUINS)))


@pytest.mark.parametrize("label", ["heading", "title", "body", "navigation", "related"])
def test_a_line_above_a_paragraph_is_its_headline_whatever_its_label(label: str) -> None:
    head = between((label, HEADLINE))
    assert (head.titles, head.start) == ((6,), 6)
    assert head.features["title_dropped"] == float(label in ("navigation", "related"))


@pytest.mark.parametrize("label", ["comment", "promo", "legal", "credit"])
def test_what_others_wrote_or_sell_is_no_headline(label: str) -> None:
    assert between((label, HEADLINE)).titles == ()


def test_a_line_that_leads_to_another_story_is_no_headline() -> None:
    found = passage(*body(*BRIDGE), ("related", HEADLINE), *body(*PENGUINS))
    found.verdicts[6] = Verdict(Label.RELATED, "read-also-line", 0.9)
    assert head_of(found).titles == ()


def test_the_last_of_many_teasers_is_no_headline() -> None:
    teasers = [("related", f"{HEADLINE} {number}") for number in range(LITTLE_CHROME + 1)]
    assert between(*teasers).titles == ()
    assert between(*teasers[1:]).titles == (10,)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "By Ida Sample | 4 March 2026",
            "By Ida Sample, 3/4/26",
            "Von Ida Muster, 4. März 2026",
            "4 Mar 2026 | Ida Sample",
        ),
        *("Автор: Иван Петров 4 мар. 2026 г.", "Του Γιώργου Παπαδόπουλου | 4/3/2026", "记者 王小明 2026年3月4日"),
    ],
)
def test_a_byline_with_its_day_signs_whatever_its_label(line: str) -> None:
    head = between(("navigation", HEADLINE), ("navigation", line))
    assert (head.titles, head.features["title_signed_twice"]) == ((6,), 1.0)
    alone = between(("navigation", line))
    assert (alone.titles, alone.start, alone.features["byline"], alone.features["date"]) == ((), 6, 1.0, 1.0)


def test_a_sentence_that_begins_like_a_byline_signs_nothing() -> None:
    head = between(("navigation", "By Ida Sample and others the bridge was closed on 4 March 2026."))
    assert (head.features["byline"], head.features["date"]) == (0.0, 0.0)


def test_a_headline_in_a_box_of_the_kind_of_the_page_s_own_is_one_again() -> None:
    story = [(BRIDGE, "The old bridge is to be repaired"), (PENGUINS, HEADLINE)]
    marked = "".join(
        f'<div class="hd">{title}</div>' + "".join(f"<p>{text}</p>" for text in paragraphs)
        for paragraphs, title in story
    )
    blocks = html_blocks(parse(marked))
    labels = {title: label for (_, title), label in zip(story, (Label.TITLE, Label.NAVIGATION), strict=True)}
    verdicts = [Verdict(labels.get(block.text, Label.BODY), "made", 0.9) for block in blocks]
    head = head_of(Passage(blocks, [shape(block.text) for block in blocks], verdicts))
    assert (head.titles, head.features["headline_again"], head.features["heading"]) == ((7,), 1.0, 0.0)


def test_a_link_to_another_story_is_no_headline() -> None:
    marked = "".join(f"<p>{text}</p>" for text in BRIDGE) + f'<div><a href="/zoo">{HEADLINE}</a></div>'
    blocks = html_blocks(parse(marked + "".join(f"<p>{text}</p>" for text in PENGUINS)))
    verdicts = [Verdict(Label.RELATED if block.tag == "div" else Label.BODY, "made", 0.9) for block in blocks]
    assert head_of(Passage(blocks, [shape(block.text) for block in blocks], verdicts)).titles == ()


def test_a_short_heading_is_a_headline_and_a_short_line_is_none() -> None:
    assert between(("heading", "Forty chicks")).titles == ()
    assert between(("heading", "Forty penguin chicks")).titles == (6,)
    assert between(("body", "Forty penguin chicks")).titles == ()
    marked = "".join(f"<p>{text}</p>" for text in BRIDGE) + "<h2>Forty chicks</h2>"
    blocks: list[Block] = html_blocks(parse(marked + "".join(f"<p>{text}</p>" for text in PENGUINS)))
    verdicts = [Verdict(Label.HEADING if block.tag == "h2" else Label.BODY, "made", 0.9) for block in blocks]
    assert head_of(Passage(blocks, [shape(block.text) for block in blocks], verdicts)).titles == (6,)


LEAD = "Keepers count forty chicks of a rare kind"


def head_of_marked(*parts: str) -> Head:
    """The head that stands as HTML between two stories, with no label but that of text."""
    marked = "".join(f"<p>{text}</p>" for text in BRIDGE) + "".join(parts)
    blocks = html_blocks(parse(marked + "".join(f"<p>{text}</p>" for text in PENGUINS)))
    verdicts = [Verdict(Label.BODY, "made", 0.9) for _ in blocks]
    return head_of(Passage(blocks, [shape(block.text) for block in blocks], verdicts))


@pytest.mark.parametrize(
    "headline", [f"<h3>{HEADLINE}</h3>", f"<p><b>{HEADLINE}</b></p>", "<div><b>Forty chicks</b></div>"]
)
def test_a_marked_headline_above_a_line_that_nothing_marks_is_the_headline(headline: str) -> None:
    head = head_of_marked(headline, f"<div>{LEAD}</div>")
    assert (head.titles, head.features["title_bold"]) == ((6,), float("<b>" in headline))
    assert head_of_marked(f"<div>{LEAD}</div>").titles == (6,)


@pytest.mark.parametrize("signature", ["By Ida Sample, 3/4/26", "Автор: Ольга Смирнова, 4 марта 2012 г."])
def test_the_line_above_a_signature_is_the_headline_though_another_line_stands_below(signature: str) -> None:
    head = between(("heading", HEADLINE), ("body", signature), ("heading", LEAD))
    assert (head.titles, head.features["title_signed_twice"]) == ((6,), 1.0)


@pytest.mark.parametrize(
    ("line", "is_title"), [("Measures against workers...", True), ("Who pays for it all…", True), ("It rains.", False)]
)
def test_a_headline_may_end_with_three_dots(line: str, is_title: bool) -> None:
    assert bool(between(("heading", line)).titles) is is_title


def test_a_date_or_a_label_above_a_headline_is_evidence() -> None:
    dated = between(("navigation", "4 March 2026"), ("heading", HEADLINE)).features
    assert (dated["date_above"], dated["label_above"]) == (1.0, 1.0)
    labelled = between(("navigation", "Zoo"), ("heading", HEADLINE)).features
    assert (labelled["date_above"], labelled["label_above"]) == (0.0, 1.0)
    captioned = between(("caption", "A keeper holds one of the chicks in her hand."), ("heading", HEADLINE)).features
    assert (captioned["date_above"], captioned["label_above"]) == (0.0, 0.0)
    alone = between(("navigation", "Zoo")).features
    assert (alone["date_above"], alone["label_above"]) == (0.0, 0.0)


@pytest.mark.parametrize(("mark", "titles"), [("", (6,)), (":", ()), (".", ())])
def test_a_long_line_in_plain_markup_is_a_headline_if_it_ends_with_a_word(mark: str, titles: tuple[int, ...]) -> None:
    line = f"Keepers of the zoo count forty chicks of penguins that hatched in the first warm days of spring{mark}"
    blocks = html_blocks(parse("".join(f"<p>{text}</p>" for text in (*BRIDGE, line, *PENGUINS))))
    found = Passage(blocks, [shape(block.text) for block in blocks], [Verdict(Label.BODY, "made", 0.9)] * len(blocks))
    assert head_of(found).titles == titles
