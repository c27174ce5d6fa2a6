"""First verdicts on an HTML page: the learned scorer decides, and rules on one block say what exactly a block is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from cleaners.blocks.elements import HEADINGS
from cleaners.data import DROPPED, KEPT, Block, Label, Verdict
from cleaners.label.html_features import MetadataHints, overlap
from cleaners.label.html_scorer import HtmlNetwork, score_html
from cleaners.label.passage import Passage
from cleaners.label.rules import judge, may_be
from cleaners.metadata.markup import Markup
from cleaners.words.shapes import Shape, shape

SURE = 0.9
"""Probability from which on the scorer keeps a block whatever a phrase says."""

RECURRING = 100
"""Characters up to which a block is remembered. What is longer is mostly a story's own, and comes once."""

TELLING = frozenset({Label.CAPTION, Label.BYLINE, Label.DATE, Label.CREDIT}) | DROPPED
"""Labels that a rule may give to a block of which the scorer says only that it is kept, or dropped."""


def html_passage(blocks: Sequence[Block], markup: Markup, network: HtmlNetwork, opinion: Callable[[], str]) -> Passage:
    """The blocks of an HTML page with their first verdicts; the markup's facts are hints for the scorer, and
    `opinion` gives another extractor's text of the page, where one is needed."""
    facts = markup.metadata
    scored = score_html(blocks, network, MetadataHints(markup.article_body, facts.title, facts.summary), opinion)
    looks = [_look(block.text, score) for block, score in zip(blocks, scored, strict=True)]
    verdicts = [
        verdict.revised(Label.CAPTION, "caption-class", CAPTION_CLASS) if marked_as_caption(block) else verdict
        for block, score, (_, rule) in zip(blocks, scored, looks, strict=True)
        for verdict in [score if rule is None else settle(score, rule)]
    ]
    return Passage(blocks, [form for form, _ in looks], verdicts)


def _look(text: str, score: Verdict) -> tuple[Shape, Verdict | None]:
    """A block's shape, and what the rules on one block say of it, as far as it can matter beside the score."""
    if len(text) <= RECURRING:
        return _look_at_short(text)
    form = shape(text)
    matters = not _surely_kept(score) or may_be(Label.CREDIT, text, form)
    return form, judge(text, form) if matters else None


@lru_cache(maxsize=10_000)
def _look_at_short(text: str) -> tuple[Shape, Verdict | None]:
    """The same for blocks that a page prints twice and a site on every page, its menus above all: on the pages of the
    corpora two blocks of five were seen before."""
    form = shape(text)
    return form, judge(text, form)


def _surely_kept(score: Verdict) -> bool:
    """Whether a block stays in the text unless a rule says that it is a credit."""
    return score.label in KEPT and score.confidence >= SURE


def settle(score: Verdict, rule: Verdict | None) -> Verdict:
    """One verdict from the scorer's and a rule's: a rule names what is dropped more exactly than the scorer can, and
    takes away a block of which the scorer is not sure, but never brings one back into the text."""
    if rule is None or rule.label is score.label or rule.label not in TELLING:
        return score
    if score.label in KEPT:
        keeps = _surely_kept(score) and rule.label is not Label.CREDIT
        return score if keeps else score.revised(rule.label, rule.rule, rule.confidence)
    if score.label in DROPPED and rule.label not in KEPT:
        return score.revised(rule.label, rule.rule, rule.confidence)
    return score


def with_opinion(passage: Passage, opinion: str) -> Passage:
    """The passage with what another extractor keeps as body text, for a page where the scorer sees none."""
    shares = overlap([block.text for block in passage.blocks], opinion)
    verdicts = [
        verdict.revised(Label.BODY, "second-opinion", 0.5) if share > AGREEING else verdict
        for share, verdict in zip(shares, passage.verdicts, strict=True)
    ]
    return Passage(passage.blocks, passage.shapes, verdicts)


AGREEING = 0.9
"""Share of a block that the other extractor must have kept."""

READABLE_WORDS = 5
"""Words from which on a line says something."""


def with_whatever_reads(passage: Passage) -> Passage:
    """The passage with all lines of some words that are no links as body text, or all lines where there is none: for a
    page of which something is wanted although nobody sees a main text on it."""
    lines = [block.text.count(" ") + 1 >= READABLE_WORDS and block.link_density < LINKED for block in passage.blocks]
    wanted = lines if any(lines) else [True] * len(lines)
    verdicts = [
        verdict.revised(Label.BODY, "any-page", 0.1) if keep else verdict
        for verdict, keep in zip(passage.verdicts, wanted, strict=True)
    ]
    return Passage(passage.blocks, passage.shapes, verdicts)


LINKED = 0.5
"""Share of a line inside links from which on it is a link."""

CAPTION_CLASS = 0.95
"""Share of the blocks with such a class name that are none of the text (145 of 153 outside of `figcaption`, in the 124
pages of news-world and a third of the WCXB articles)."""

_CAPTION_NAME = re.compile(
    r"(?:^|[\s_-])(?:(?:wp-|image-?|photo-?|fig-?)?caption(?:-text)?|bildunterschrift|bildtext|bildnachweis|l[eé]gende"
    r"|cutline|fotozeile|pie-?(?:de-?)?foto|(?:photo|image|img)-?credit)(?:$|[\s_-])",
    re.IGNORECASE,
)


def marked_as_caption(block: Block) -> bool:
    """Whether a block or the box around it is named as a caption; a heading is none, whatever its class."""
    around = block.surroundings
    if around is None or around.box.tag in HEADINGS:
        return False
    outer = around.box.parent
    return (
        _names_a_caption(around.box.names)
        or _names_a_caption(around.names)
        or (outer is not None and _names_a_caption(outer.names))
    )


@lru_cache(maxsize=20_000)
def _names_a_caption(names: str) -> bool:
    return _CAPTION_NAME.search(names) is not None
