"""The learned scorer of HTML blocks: its features, its verdicts, and that it accepts every page."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.blocks.html import html_blocks, parse
from cleaners.data import Block, Label
from cleaners.label.html_features import Features, MetadataHints, features, overlap
from cleaners.label.html_scorer import decide, expected_f1, kept_share, revisions, score_html, standfirst
from cleaners.label.network import RULE, Floats
from cleaners.label.said_twice import repeated
from cleaners.models import shipped_models

NETWORK = shipped_models().html
SENTENCES = (
    "The council of the harbour town voted on Tuesday to rebuild the old pier, which a storm had torn away in March.",
    "Work is to begin before the summer, said the mayor, and the first ferries could land there in two years' time.",
    "Fishermen had asked for the money for a decade; three earlier plans failed because nobody would pay for them.",
    "“We have waited long enough,” said Ada Example, who has sold nets at the harbour since her mother retired.",
    "The region pays two thirds of the costs, and the town borrows the rest, which critics call a risky bargain.",
    "A final decision on the shape of the new lighthouse was put off until the autumn, after a lively debate.",
)

PAGE = f"""<html><head><title>Town rebuilds its pier | The Example</title></head><body>
<header class="site-header"><nav class="main-nav"><ul><li><a href="/1">Home</a></li><li><a href="/2">World</a></li>
<li><a href="/3">Sport</a></li><li><a href="/4">Culture</a></li></ul></nav></header>
<main><article class="article"><h1 class="headline">Town rebuilds its pier</h1>
<div class="byline">By <a href="/ada">Alex Example</a></div>
<figure class="article-image"><img src="p.jpg"><figcaption class="caption">The pier before the storm. Photo: Example
</figcaption></figure>
<div class="article-body"><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p><p>{SENTENCES[2]}</p>
<h2>Long wait</h2><p>{SENTENCES[3]}</p><p>{SENTENCES[4]}</p><p>{SENTENCES[5]}</p></div></article>
<aside class="related"><h3>Related stories</h3><ul><li><a href="/a">Ferry runs aground off the cape in fog</a></li>
<li><a href="/b">Why lighthouses are going dark along the coast</a></li></ul></aside></main>
<footer class="site-footer"><ul><li><a href="/imprint">Imprint</a></li><li><a href="/privacy">Privacy</a></li></ul>
<p>© 2026 The Example. All rights reserved.</p></footer></body></html>"""


def labels(blocks: list[Block]) -> dict[str, Label]:
    return {block.text: verdict.label for block, verdict in zip(blocks, score_html(blocks, NETWORK), strict=True)}


def test_a_plain_story_is_told_from_its_page() -> None:
    found = labels(html_blocks(parse(PAGE)))
    assert [found[sentence] for sentence in SENTENCES] == [Label.BODY] * len(SENTENCES)
    assert found["Long wait"] is Label.HEADING
    assert found["The pier before the storm. Photo: Example"] is Label.CAPTION
    assert found["Town rebuilds its pier"] is Label.TITLE
    for chrome in ("Home", "Related stories", "Imprint", "© 2026 The Example. All rights reserved."):
        assert found[chrome] not in (Label.BODY, Label.HEADING)


def test_every_block_has_a_verdict_that_names_its_rule_and_how_sure_it_is() -> None:
    blocks = html_blocks(parse(PAGE))
    verdicts = score_html(blocks, NETWORK, MetadataHints(" ".join(SENTENCES), "Town rebuilds its pier", "A vote."))
    assert len(verdicts) == len(blocks)
    assert all(verdict.rule == RULE and 0 <= verdict.confidence <= 1 for verdict in verdicts)


def test_the_same_page_gets_the_same_verdicts() -> None:
    assert score_html(html_blocks(parse(PAGE)), NETWORK) == score_html(html_blocks(parse(PAGE)), NETWORK)


def test_no_blocks_get_no_verdicts() -> None:
    assert score_html([], NETWORK) == []


def test_blocks_without_surroundings_are_scored_too() -> None:
    assert len(score_html([Block("A line of a text page.", 1), Block("And another.", 2)], NETWORK)) == 2


@pytest.mark.parametrize("count", [1, 2, 3, 5000])
def test_pages_of_any_length_are_scored(count: int) -> None:
    assert len(score_html(html_blocks(parse("<p>A short line of text.</p>" * count)), NETWORK)) == count


def page_of(html: str, hints: MetadataHints = MetadataHints()) -> tuple[list[Block], Features]:  # noqa: B008
    blocks = html_blocks(parse(html))
    return blocks, features(blocks, hints)


def test_a_standfirst_is_set_otherwise_than_the_story_that_it_sums_up() -> None:
    summary = "A storm took the pier; the town builds it anew."
    hints = MetadataHints(title="Pier", summary=summary)
    story = "".join(f"<p class=text>{sentence}</p>" for sentence in SENTENCES)
    blocks, page = page_of(f"<h1>Pier</h1><p class=lead>{summary}</p>{story}", hints)
    assert standfirst(blocks, page, [False, *[True] * 7]) == [1]
    assert standfirst(blocks, page, [False] * 8) == []
    blocks, page = page_of(f"<h1>Pier</h1><p class=text>{summary}</p>{story}", hints)
    assert standfirst(blocks, page, [False, *[True] * 7]) == []


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("<p class=introduction>{0}</p>", []),
        ("<p class='post-excerpt'>{0}</p>", [1]),
        ("<p class=chapeau>{0}</p>", [1]),
        ("<h2>{0}</h2>", [1]),
        ("<p class=introduction>{0}</p><p class=by>By Nobody</p>", [1]),
    ],
    ids=["first paragraph", "by its name", "in another language", "heading", "byline between"],
)
def test_the_first_paragraph_of_a_story_is_no_standfirst(lines: str, found: list[int]) -> None:
    summary = "A storm took the pier; the town builds it anew."
    story = "".join(f"<p class=text>{sentence}</p>" for sentence in SENTENCES)
    blocks, page = page_of(f"<h1>Pier</h1>{lines.format(summary)}{story}", MetadataHints(title="Pier", summary=summary))
    kept = [block.text not in ("Pier", "By Nobody") for block in blocks]
    assert standfirst(blocks, page, kept) == found


def test_a_long_text_that_the_page_holds_twice_is_kept_once() -> None:
    paragraphs = [" ".join(SENTENCES[:2]), " ".join(SENTENCES[2:4]), " ".join(SENTENCES[4:])]
    assert repeated([*paragraphs, " ".join(paragraphs)], [True] * 4) == [3]
    assert repeated([*paragraphs, paragraphs[0]], [True] * 4) == [3]
    assert repeated([*paragraphs, paragraphs[0]], [False, True, True, True]) == []
    assert repeated(["Short text.", "Short text."], [True] * 2) == []


def test_prose_leans_towards_what_is_set_alike() -> None:
    story = "".join(f"<p class=text>{sentence}</p>" for sentence in SENTENCES)
    _, page = page_of(f"{story}<p class=aside>{SENTENCES[0]}</p>")
    probabilities = np.full((7, 7), 0.0, np.float32)
    probabilities[:, 1] = [1, 1, 0, 1, 1, 1, 0]
    share = kept_share(probabilities, page)
    assert share[0] < 1
    assert share[2] > 0.2
    assert share[6] == 0


SHARES, SIZES = np.array([0.7, 0.4, 0.4, 0.1], np.float32), np.array([200, 1000, 1000, 200], np.float32)


def test_another_extractor_is_asked_where_little_of_what_may_be_text_would_be_kept() -> None:
    shares, threshold = decide(SHARES, SIZES, 0.6, lambda: np.array([1, 1, 1, 0], np.float32))
    assert (shares >= threshold).tolist() == [True, True, True, False]


def test_a_sure_scorer_asks_nobody() -> None:
    def never() -> Floats:
        raise AssertionError("it is sure")

    sure = np.array([0.95, 0.95, 0.02], np.float32)
    shares, threshold = decide(sure, SIZES[:3], 0.6, never)
    assert (shares >= threshold).tolist() == [True, True, False]


def test_an_extractor_that_sees_nothing_is_not_believed() -> None:
    shares, threshold = decide(SHARES, SIZES, 0.6, lambda: np.zeros(4, np.float32))
    assert (shares >= threshold).tolist() == [True, False, False, False]


@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=20), st.floats(0.1, 0.9))
def test_an_expected_f1_is_a_share(shares: list[float], threshold: float) -> None:
    found = expected_f1(np.array(shares, np.float32), np.full(len(shares), 80, np.float32), threshold)
    assert 0 <= found <= 1


def test_what_is_sure_is_expected_to_be_right() -> None:
    assert expected_f1(np.array([1, 0], np.float32), np.array([80, 80], np.float32), 0.5) == 1
    assert expected_f1(np.array([0, 0], np.float32), np.array([80, 80], np.float32), 0.5) == 0


def test_overlap_is_the_share_of_a_text_that_an_account_repeats() -> None:
    assert overlap(["the pier is new", "the pier burned down", ""], "Today the pier is new.")[1:].tolist() == [
        0.25,
        0,
    ]
    assert overlap(["the pier"], "").tolist() == [0]


def test_a_figure_caption_is_never_text() -> None:
    blocks, page = page_of("<figure><figcaption>The pier.</figcaption></figure><p>Text.</p>")
    found = revisions(blocks, page, [True, True])
    assert [place for (label, _), places in found.items() if label is Label.CAPTION for place in places] == [0]
    assert not any(revisions(blocks, page, [False, False]).values())


def test_hints_overlap_with_what_they_repeat() -> None:
    blocks = html_blocks(parse("<p>The pier is to be rebuilt.</p><p>Subscribe to our newsletter now.</p>"))
    alone, hinted = features(blocks), features(blocks, MetadataHints("Yesterday. The pier is to be rebuilt. End."))
    changed = np.flatnonzero((alone.dense != hinted.dense).any(axis=0))
    share = hinted.dense[:, changed[1]]
    assert share[0] > 0.7
    assert share[1] == 0


def test_features_are_finite_and_of_one_width() -> None:
    pages = [PAGE, "<p>a</p>", "<div>" * 500 + "x", "<p>\U0001f600</p><h1></h1><li>1", "<table><tr><td>1<td>2"]
    found = [features(html_blocks(parse(page))) for page in pages]
    assert {page.dense.shape[1] for page in found} == {found[0].dense.shape[1]}
    assert all(np.isfinite(page.dense).all() for page in found)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["<p>", "<div class='a-b'>", "</div>", "text ", "<h1>", "<a>", "\u0600", "<td>"])))
def test_any_markup_is_scored(parts: list[str]) -> None:
    blocks = html_blocks(parse("".join(parts)))
    assert len(score_html(blocks, NETWORK, MetadataHints("text text", "text", "text"))) == len(blocks)
