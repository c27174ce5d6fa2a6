"""The confidence of a story's text, on hand-built verdicts and with made weights."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Page, clean_page
from cleaners.data import Block, ContentType, Judged, Label, Story, Verdict
from cleaners.models import shipped_models
from cleaners.stories.confidence import features, story_confidence

PARAGRAPH = "The harbour bridge opened to traffic on Monday after four years of work, the city council said on Sunday."
NOTHING = {"intercept": 0.0, **dict.fromkeys(features([Judged(Block("a", line=1), Verdict(Label.BODY, "", 1.0))]), 0.0)}


def judged(*verdicts: tuple[Label, float], text: str = PARAGRAPH) -> list[Judged]:
    return [Judged(Block(text, line=1), Verdict(label, "scorer", sure)) for label, sure in verdicts]


def test_without_evidence_right_and_wrong_are_equally_likely() -> None:
    assert story_confidence(Story(0, tuple(judged((Label.BODY, 1.0)))), NOTHING) == 0.5


@pytest.mark.parametrize(("intercept", "expected"), [(1e9, 1.0), (-1e9, 0.0)])
def test_weights_without_bounds_give_a_probability(intercept: float, expected: float) -> None:
    assert story_confidence(Story(0, tuple(judged((Label.BODY, 1.0)))), NOTHING | {"intercept": intercept}) == expected


def test_sure_verdicts_expect_the_whole_text() -> None:
    facts = features(judged((Label.NAVIGATION, 1.0), (Label.BODY, 1.0), (Label.BODY, 1.0)))
    assert facts["expected_f1"] == pytest.approx(1)
    assert facts["unsure_share"] == 0
    assert facts["log_gaps"] == 0


def test_dropped_paragraphs_count_where_they_stand() -> None:
    above, inside, below = ((Label.RELATED, 0.6), (Label.PROMO, 0.6), (Label.COMMENT, 0.6))
    body = (Label.BODY, 0.8)
    whole = features(judged(body, body))
    for extra, name in ((above, "before"), (inside, "inside"), (below, "after")):
        order = {"before": [extra, body, body], "inside": [body, extra, body], "after": [body, body, extra]}[name]
        facts = features(judged(*order))
        changed = {key for key in facts if key.startswith("log_dropped") and facts[key] != whole[key]}
        assert changed == {f"log_dropped_{name}"}
        assert facts["expected_f1"] < whole["expected_f1"]


def test_what_the_scorer_dropped_in_doubt_counts_whatever_a_rule_said_later() -> None:
    body, surely = (Label.BODY, 0.8), judged((Label.PROMO, 0.9))
    revised = [
        own._replace(verdict=own.verdict.revised(Label.RELATED, "rule", 0.9)) for own in judged((Label.PROMO, 0.6))
    ]
    assert features([*judged(body), *surely])["log_doubted"] == 0
    assert features([*judged(body), *revised])["log_doubted"] > 0


def test_text_of_the_scorer_that_a_rule_dropped_counts() -> None:
    kept, body = judged((Label.BODY, 0.9))[0], judged((Label.BODY, 0.9))
    overruled = kept._replace(verdict=kept.verdict.revised(Label.RELATED, "rule", 0.9))
    assert features([*body, overruled])["log_overruled"] == pytest.approx(math.log1p(len(PARAGRAPH)))
    assert features([*body, *judged((Label.RELATED, 0.9))])["log_overruled"] == 0


def test_facts_count_again_beyond_their_bends() -> None:
    facts = features(judged((Label.BODY, 0.8)))
    assert facts["least_sure>0.72"] == pytest.approx(0.08)
    assert facts["least_sure>0.81"] == 0


def test_text_in_links_and_in_doubt_is_told_by_its_share() -> None:
    linked = Judged(Block(PARAGRAPH, line=1, link_density=1.0), Verdict(Label.BODY, "scorer", 0.8))
    facts = features([linked, *judged((Label.BODY, 0.9))])
    assert facts["linked_share"] == facts["doubted_share"] == 0.5


def test_captions_are_no_missing_paragraphs() -> None:
    facts = features(judged((Label.BODY, 0.8), (Label.CAPTION, 0.9), (Label.BODY, 0.8)))
    assert facts["log_dropped_inside"] == 0


LABELS = st.sampled_from([Label.BODY, Label.HEADING, Label.CAPTION, Label.RELATED])
VERDICTS = st.lists(st.tuples(LABELS, st.floats(0, 1)), max_size=8)


@given(VERDICTS, VERDICTS)
def test_any_verdicts_give_a_probability(
    above: Sequence[tuple[Label, float]], below: Sequence[tuple[Label, float]]
) -> None:
    story = Story(0, tuple(judged(*above, (Label.BODY, 0.7), *below)))
    for weights in shipped_models().confidence.values():
        assert 0 <= story_confidence(story, weights) <= 1


@pytest.mark.parametrize("kind", ["html", "text"])
def test_sure_verdicts_are_surer_than_a_story_full_of_doubt(kind: ContentType) -> None:
    weights = shipped_models().confidence[kind]
    plain, doubtful = judged(*[(Label.BODY, 0.99)] * 8), judged(*[(Label.BODY, 0.72), (Label.RELATED, 0.6)] * 8)
    assert story_confidence(Story(0, tuple(plain)), weights) > story_confidence(Story(0, tuple(doubtful)), weights)


def test_the_record_states_the_confidence_of_its_text() -> None:
    page = Page(f"<article><h1>Harbour bridge opens</h1><p>{PARAGRAPH}</p></article>", kind="html")
    cleaned = clean_page(page)
    story = Story(0, cleaned.blocks)
    expected = story_confidence(story, shipped_models().confidence["html"])
    assert [article.confidence for article in cleaned.articles] == [expected]
