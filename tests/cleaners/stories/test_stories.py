"""Where a story ends: pages of several stories are split, pages of one story stay whole."""

from __future__ import annotations

from math import log1p

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaners import clean, clean_page
from cleaners.blocks.html import html_blocks, parse
from cleaners.data import Label, Page, Verdict
from cleaners.models import shipped_models
from cleaners.stories import Start, assign_stories, find_starts, group_by_story, with_head
from cleaners.stories.joins import Join, find_joins
from cleaners.stories.model import JoinModel
from cleaners.stories.split import NEAR, STORY_WORDS, SURE, choose_joins
from tests.support.two_stories import BRIDGE, PENGUINS, Part, body, page, passage, passage_of

MODELS = shipped_models().stories


def starts(*parts: Part) -> list[int]:
    return [start.first for start in find_starts(passage(*parts), MODELS)]


def test_a_dateline_below_the_contributors_opens_a_story() -> None:
    parts = [*body(*BRIDGE), ("credit", "Ana contributed."), *body("PORT ELLA (AP) — " + PENGUINS[0], *PENGUINS[1:])]
    assert starts(*parts) == [0, 7]


def test_another_topic_below_the_contributors_is_another_story() -> None:
    assert starts(*body(*BRIDGE), ("credit", "Ana contributed."), *body(*PENGUINS)) == [0, 7]


def test_a_signed_headline_opens_a_story_and_goes_with_it() -> None:
    head = [("heading", "Forty penguin chicks hatch at the zoo"), ("byline", "By Tom Muster"), ("date", "2026-03-01")]
    parts = [*body(*BRIDGE), ("promo", "Subscribe"), *head, *body(*PENGUINS)]
    assert [start[:1] + start[2:] for start in find_starts(passage(*parts), MODELS)] == [(0, (), 0), (7, (7,), 10)]


def test_captions_without_a_headline_below_belong_to_the_story_above() -> None:
    caption = ("caption", "The old bridge on Monday. (AP Photo/Ana Example)")
    parts = [
        *body(*BRIDGE),
        ("credit", "Ana contributed."),
        caption,
        *body("OSLO (AP) — " + PENGUINS[0], *PENGUINS[1:]),
    ]
    assert starts(*parts) == [0, 8]


def test_the_same_topic_goes_on_below_subheadings_captions_and_credits() -> None:
    for between in (("heading", "What the engineers found"), ("caption", "The bridge"), ("credit", "Ana contributed.")):
        assert starts(*body(*BRIDGE), between, *body(*BRIDGE)) == [0]


def test_a_round_up_of_briefs_stays_whole() -> None:
    briefs = [
        part for text in (*BRIDGE[:2], *PENGUINS[:2]) for part in (("heading", f"{text[:30]} in brief"), ("body", text))
    ]
    assert starts(("title", "The week in brief"), *briefs) == [0]


def test_a_remark_below_the_contributors_is_no_story() -> None:
    assert starts(*body(*BRIDGE), ("credit", "Ana contributed."), ("body", "The story was corrected on Monday.")) == [0]


def test_chrome_below_the_last_story_is_the_page_s_own() -> None:
    blocks, verdicts = page(
        ("body", BRIDGE[0]),
        ("caption", "A"),
        ("body", PENGUINS[0]),
        ("related", "M"),
        ("caption", "B"),
        ("related", "M"),
    )
    judged = assign_stories(blocks, verdicts, [Start(0), Start(2, 0.8)])
    assert [block.story for block in judged] == [0, 0, 1, 1, 1, 0]
    assert [block.story_confidence for block in judged] == [1, 1, 0.8, 0.8, 0.8, 1]
    assert [len(story.blocks) for story in group_by_story(judged)] == [3, 3]


def test_the_surest_joins_are_taken_and_leave_room_for_a_story() -> None:
    found = find_joins(passage(*body(*BRIDGE, *PENGUINS)), MODELS)
    probabilities = [0.0] * len(found)
    probabilities[5], probabilities[6], probabilities[0] = 0.8, 0.7, 0.9
    assert found[0].words < STORY_WORDS
    assert choose_joins(found, probabilities, 0.5) == [5]
    probabilities[0] = probabilities[6] = 0.0
    assert choose_joins(found, probabilities, 0.85) == []


def test_headline_and_date_are_named_by_where_they_stand() -> None:
    blocks, verdicts = page(
        ("navigation", "Forty chicks hatch"), ("navigation", "1 March 2026, 4:15 pm"), *body(*PENGUINS)
    )
    judged = passage_of(blocks, verdicts)
    named = with_head(judged, Start(0, 0.9, (0,), 2))
    assert [verdict.label for verdict in named.verdicts[:3]] == [Label.TITLE, Label.DATE, Label.BODY]
    assert named.verdicts[0].first == verdicts[0]
    assert with_head(judged, Start(0)) is judged


def test_joins_near_each_other_share_the_probability_of_one_start() -> None:
    found = find_joins(passage(*body(*BRIDGE, *PENGUINS, *BRIDGE, *PENGUINS)), MODELS)
    probabilities = [0.0] * len(found)
    probabilities[5], probabilities[6] = 0.45, 0.25
    assert choose_joins(found, probabilities, 0.5) == [5]
    assert choose_joins(found, probabilities, 0.6) == []  # none of them alone comes near to it
    probabilities[6], probabilities[20] = 0.0, 0.25
    assert choose_joins(found, probabilities, 0.5) == []


def test_only_sure_joins_start_two_stories_near_each_other() -> None:
    found = find_joins(passage(*body(*BRIDGE, *PENGUINS)), MODELS)
    probabilities = [0.0] * len(found)
    probabilities[3], probabilities[7] = 0.9, 0.75
    assert STORY_WORDS < found[7].words - found[3].words < NEAR
    assert choose_joins(found, probabilities, 0.4) == [3]
    probabilities[7] = SURE
    assert choose_joins(found, probabilities, 0.4) == [3, 7]


def test_the_models_read_the_features_that_joins_have() -> None:
    lines, verdicts = page(*body(*BRIDGE))
    marked = html_blocks(parse("".join(f"<p>{paragraph}</p>" for paragraph in BRIDGE)))
    for known, blocks in ((MODELS.joins["text"], lines), (MODELS.joins["html"], marked)):
        (features,) = {tuple(sorted(join.features)) for join in find_joins(passage_of(blocks, verdicts), MODELS)}
        assert known.names == features


def html(*stories: str) -> str:
    return f"<html><body><main>{''.join(stories)}</main></body></html>"


def container(title: str, paragraphs: tuple[str, ...], tag: str = "h2") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<article class="story"><{tag}>{title}</{tag}><div class="byline">By Ana Example</div>'
        f'<div class="date">2026-03-01</div>{text}</article>'
    )


def test_a_second_article_on_html_is_a_record_with_its_own_facts() -> None:
    content = html(
        container("Council to repair old bridge", BRIDGE, "h1"), container("Forty penguin chicks hatch", PENGUINS)
    )
    own, appended = clean(content, kind="html")
    assert own.text == "\n".join(BRIDGE)
    assert appended.text == "\n".join(PENGUINS)
    assert (appended.title, appended.authors, appended.date_published) == (
        "Forty penguin chicks hatch", ("Ana Example",), "2026-03-01",
    )  # fmt: skip
    assert appended.story.parent_id == own.id


def test_a_banner_above_the_first_headline_is_no_story() -> None:
    banner = "".join(f"<p>{text}</p>" for text in PENGUINS)
    found = joins_of(html(banner, container("Council to repair old bridge", BRIDGE, "h1")))
    assert [place for place, join in enumerate(found) if join.opens_page] == [len(PENGUINS) - 1]


def test_an_h1_below_a_story_with_a_headline_does_not_open_the_page() -> None:
    own = container("Council to repair old bridge", BRIDGE, "h2")
    found = joins_of(html(own, container("Forty penguin chicks hatch", PENGUINS, "h1")))
    assert not any(join.opens_page for join in found)


def test_headlines_are_compared_with_the_others_of_the_page() -> None:
    parts = "".join(f"<h3>Part {number} of it</h3><p>{text}</p>" for number, text in enumerate(BRIDGE[1:]))
    found = joins_of(
        html(f"<p>{BRIDGE[0]}</p>{parts}<h2>Forty penguin chicks hatch at the zoo</h2><p>{PENGUINS[0]}</p>")
    )
    part, headline = found[0].features, found[-1].features
    assert part["titles_alike"] > headline["titles_alike"] == 0.0
    assert headline["title_longer"] > 0.0 > part["title_longer"]


def test_the_confidence_of_a_split_stands_in_the_audit() -> None:
    content = html(
        container("Council to repair old bridge", BRIDGE, "h1"), container("Forty penguin chicks hatch", PENGUINS)
    )
    blocks = clean_page(Page(content, kind="html")).blocks
    assert {block.story_confidence for block in blocks if block.story == 0} == {1.0}
    (confidence,) = {block.story_confidence for block in blocks if block.story == 1}
    assert MODELS.joins["html"].threshold <= confidence < 1


def joins_of(content: str) -> list[Join]:
    blocks = html_blocks(parse(content))
    verdicts = [Verdict(Label.BODY if block.tag == "p" else Label.NAVIGATION, "made", 0.9) for block in blocks]
    return find_joins(passage_of(blocks, verdicts), MODELS)


PARTS = st.lists(
    st.tuples(
        st.sampled_from([label.value for label in Label]), st.sampled_from([*BRIDGE, *PENGUINS, "By A", "x", "?"])
    ),
    max_size=30,
)


@given(PARTS)
def test_starts_ascend_and_leave_no_block_out(parts: list[Part]) -> None:
    blocks, verdicts = page(*parts)
    found = find_starts(passage_of(blocks, verdicts), MODELS)
    places = [start.first for start in found]
    assert places[0] == 0
    assert places == sorted(set(places))
    assert [judged.block for judged in assign_stories(blocks, verdicts, found)] == blocks


def test_a_page_whose_stems_have_no_vectors_has_a_threshold_of_its_own() -> None:
    model = JoinModel(("above", "near_60"), np.zeros((2, 1)), np.zeros(1), np.zeros(1), 0.0, 0.4, 0.2)
    unknown = [{"above": 3.0, "near_60": 0.0}, {"above": 1.0, "near_60": 0.0}]
    assert model.threshold_of(unknown) == 0.2
    assert model.threshold_of([*unknown, {"above": 1.0, "near_60": -0.1}]) == 0.4


def test_where_the_markup_names_little_is_a_feature() -> None:
    named = "".join(f'<p class="c{index}">{text}</p>' for index, text in enumerate(BRIDGE))
    bare = "".join(f"<p>{text}</p>" for text in BRIDGE)
    counts = []
    for content in (named, bare):
        blocks = html_blocks(parse(content))
        joins = find_joins(passage_of(blocks, [Verdict(Label.BODY, "made", 0.9) for _ in blocks]), MODELS)
        counts.append(joins[0].features["names"])
    assert counts == [log1p(len(BRIDGE)), log1p(1)]


def test_a_byline_that_ends_like_a_sentence_is_no_paragraph() -> None:
    lines, verdicts = page(*body(*BRIDGE), ("body", "Автор: Ольга Смирнова, 4 марта 2012 г."), *body(*PENGUINS))
    assert [join.gap for join in find_joins(passage_of(lines, verdicts), MODELS) if len(join.gap)] == [
        range(len(BRIDGE), len(BRIDGE) + 1)
    ]
