"""First verdicts on an HTML page: the learned scorer decides, rules on one block give the exact label."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from cleaners.blocks.elements import HEADINGS
from cleaners.blocks.embedded import MARKER
from cleaners.data import DROPPED, KEPT, Block, Label, Verdict
from cleaners.label.captions import BY_CLASS, without_strays
from cleaners.label.html_features import MetadataHints, overlap
from cleaners.label.html_scorer import HtmlNetwork, score_html
from cleaners.label.passage import LINKED, Passage
from cleaners.label.rules import is_by_rule, judge, may_be, overruling
from cleaners.metadata.markup import Markup
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import PARAGRAPH_WORDS, Shape, comparable, count_words, shape

SURE = 0.9
"""Probability at or above which the scorer keeps a block whatever rule matches it."""

SIGNED_CAPTION = "any/credited-caption"
"""The rule for lines that end in the credit of a picture: no caption gets into the text, however sure the scorer is."""

RECURRING = 100
"""Characters up to which the result for a block is cached. Longer blocks mostly belong to one story and occur once."""

TELLING = frozenset({Label.CAPTION, Label.BYLINE, Label.DATE, Label.CREDIT}) | DROPPED
"""Labels that a rule may give to a block; the scorer only decides whether the block is kept or dropped."""


def html_passage(blocks: Sequence[Block], markup: Markup, network: HtmlNetwork, opinion: Callable[[], str]) -> Passage:
    """The blocks of an HTML page with their first verdicts; the markup's facts are hints for the scorer, and
    `opinion` gives another extractor's text of the page, if it is needed."""
    facts = markup.metadata
    scored = score_html(blocks, network, MetadataHints(markup.article_body, facts.title, facts.summary), opinion)
    looks = [_look(block.text, score) for block, score in zip(blocks, scored, strict=True)]
    title = comparable(facts.title or "")
    verdicts = [
        verdict.revised(Label.CAPTION, BY_CLASS, CAPTION_CLASS) if marked_as_caption(block) else verdict
        for block, score, (form, rule) in zip(blocks, scored, looks, strict=True)
        for verdict in [_as_headline(score, block, form.key == title) if rule is None else settle(score, rule)]
    ]
    return Passage(blocks, [form for form, _ in looks], without_strays(blocks, verdicts, [rule for _, rule in looks]))


def _as_headline(score: Verdict, block: Block, says_title: bool) -> Verdict:
    """A heading that says what the metadata give as the title is the headline; so is an `h1` that the scorer drops."""
    dropped = score.label is Label.NAVIGATION and block.tag == "h1"
    if says_title and (score.label is Label.HEADING or dropped):
        return score.revised(Label.TITLE, "title-again", score.confidence)
    return score


def _look(text: str, score: Verdict) -> tuple[Shape, Verdict | None]:
    """A block's shape, and the verdict of the rules on one block, if it can change the result."""
    if len(text) <= RECURRING:
        return _look_at_short(text)
    form = shape(text)
    matters = not _surely_kept(score) or may_be(Label.CREDIT, text, form) or is_by_rule(SIGNED_CAPTION, text, form)
    return form, judge(text, form) if matters else None


@lru_cache(maxsize=10_000)
def _look_at_short(text: str) -> tuple[Shape, Verdict | None]:
    """The same for short blocks, with a cache: menus are repeated on every page of a site. On the pages of the corpora
    two blocks of five were seen before."""
    form = shape(text)
    return form, judge(text, form)


def _surely_kept(score: Verdict) -> bool:
    """Whether a block stays in the text unless a rule says that it is a credit."""
    return score.label in KEPT and score.confidence >= SURE


def settle(score: Verdict, rule: Verdict | None) -> Verdict:
    """One verdict from the scorer's and a rule's. A rule gives a dropped block a more exact label, and drops a block of
    which the scorer is not sure, but never brings a block back into the text.

    >>> scored, rule = Verdict(Label.BODY, "scorer", 0.6), Verdict(Label.PROMO, "en/newsletter", 0.95)
    >>> settle(scored, rule).label, settle(scored._replace(confidence=0.95), rule).label
    (<Label.PROMO: 'promo'>, <Label.BODY: 'body'>)
    """
    if rule is None or rule.label is score.label or rule.label not in TELLING:
        return score
    if score.label in KEPT:
        keeps = _surely_kept(score) and rule.label is not Label.CREDIT and rule.rule not in overruling()
        return score if keeps else score.revised(rule.label, rule.rule, rule.confidence)
    if score.label in DROPPED and rule.label not in KEPT:
        return score.revised(rule.label, rule.rule, rule.confidence)
    return score


def with_opinion(passage: Passage, opinion: str) -> Passage:
    """The passage with the blocks that another extractor keeps as body text, for a page where the scorer keeps none."""
    shares = overlap([block.text for block in passage.blocks], opinion)
    verdicts = [
        verdict.revised(Label.BODY, "second-opinion", 0.5) if share > AGREEING else verdict
        for share, verdict in zip(shares, passage.verdicts, strict=True)
    ]
    return Passage(passage.blocks, passage.shapes, verdicts)


def with_embedded(passage: Passage) -> Passage:
    """The passage with the paragraphs that stand only in the page's data as body text. What the page shows of them is
    dropped, since they say it again."""
    inside = [_is_embedded(block) for block in passage.blocks]
    story = "\n".join(block.text for block, here in zip(passage.blocks, inside, strict=True) if here)
    verdicts = []
    for block, form, verdict, here in zip(passage.blocks, passage.shapes, passage.verdicts, inside, strict=True):
        if here and (verdict.label in KEPT or form.paragraph):
            label = verdict.label if verdict.label in KEPT else Label.BODY
            verdict = verdict.revised(label, "embedded-story", EMBEDDED)
        elif not here and verdict.label is Label.BODY and block.text.rstrip(" .…")[:TEASER] in story:
            verdict = verdict.revised(Label.RELATED, "embedded-again", EMBEDDED)
        elif not here and verdict.label is Label.BODY and form.words <= LOADING_WORDS and block.text.endswith(LOADING):
            verdict = verdict.revised(Label.NAVIGATION, "loading", EMBEDDED)
        verdicts.append(verdict)
    return Passage(passage.blocks, passage.shapes, verdicts)


LOADING_WORDS, LOADING = 4, ("…", "...")
"""Words of what a page shows while its text is loaded, at most, and how it ends."""

TEASER = 200
"""Characters of a line that is looked for in the story that the page's data hold."""

EMBEDDED = 0.8
"""Confidence in a paragraph that a page holds in its data and does not show."""


def _is_embedded(block: Block) -> bool:
    return any(box.names == MARKER for box in block.boxes(EMBEDDED_DEPTH + 1))


EMBEDDED_DEPTH = 8
"""Boxes around a paragraph inside of an embedded story, at most."""

AGREEING = 0.9
"""Share of a block that the other extractor must have kept."""

READABLE_WORDS = 5
"""Words that a line needs to be read as text."""


def with_whatever_reads(passage: Passage) -> Passage:
    """The passage with all lines of READABLE_WORDS or more that are not links as body text, or all lines if there are
    none: for `any_page`, where neither the scorer nor the other extractor finds a main text."""
    lines = [count_words(block.text) >= READABLE_WORDS and block.link_density < LINKED for block in passage.blocks]
    return _with_body(passage, lines if any(lines) else [True] * len(lines), "any-page")


def with_paragraphs(passage: Passage) -> Passage:
    """The passage with all lines of PARAGRAPH_WORDS or more that are not links as body text: for an article in which
    neither the scorer nor the other extractor finds a story, such as a picture with one sentence below it."""
    pairs = zip(passage.blocks, passage.shapes, strict=True)
    wanted = [form.words >= PARAGRAPH_WORDS and block.link_density < LINKED for block, form in pairs]
    return _with_body(passage, wanted, "paragraph")


def _with_body(passage: Passage, wanted: Sequence[bool], rule: str) -> Passage:
    """The passage with the lines that are wanted as body text, by a rule that is hardly ever right."""
    verdicts = [
        verdict.revised(Label.BODY, rule, 0.1) if keep else verdict
        for verdict, keep in zip(passage.verdicts, wanted, strict=True)
    ]
    return Passage(passage.blocks, passage.shapes, verdicts)


CAPTION_CLASS = 0.95
"""Share of the blocks with such a class name that are none of the text (145 of 153 outside of `figcaption`, in the 124
pages of news-world and a third of the WCXB articles)."""

_CAPTION_NAME = lazy_pattern(
    r"(?:^|[\s_-])(?:(?:wp-|image-?|photo-?|fig-?)?caption(?:-text)?|bildunterschrift|bildtext|bildnachweis|l[eé]gende"
    r"|cutline|fotozeile|pie-?(?:de-?)?foto|(?:photo|image|img)-?credit"
    r"|(?:img|image|photo|pic)[_-]desc(?:ription)?|didascalia|(?:foto)?bijschrift|billedtekst|bild(?:e)?tekst|kuvateksti"
    r")(?:$|[\s_-])",
    re.IGNORECASE,
)


def marked_as_caption(block: Block) -> bool:
    """Whether the class names of a block or of a box around it are those of a caption. A heading is never a caption."""
    around = block.surroundings
    if around is None or around.box.tag in HEADINGS:
        return False
    outer = around.box.parent
    return _name_a_caption(around.box.names, around.names, outer.names if outer else "")


@lru_cache(maxsize=20_000)
def _name_a_caption(*names: str) -> bool:
    return any(map(_CAPTION_NAME.search, names))
