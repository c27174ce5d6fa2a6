"""Rules on neighbours: they revise the verdict on a block by the blocks around it.

A rule is a function that takes a passage and yields the verdicts that it would revise, as (index, label, confidence).
Its name, with dashes, is the rule in the audit. Rules run in the order of `PAGE_RULES` over the whole page; when the
stories are known, `STORY_RULES` run over each of them, since the first and last lines of a story are known by their
place in it. Here are the rules on what stands around a story, and the lists of all rules; `signed_lines`, `story_lines`
and the modules beside them hold the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from cleaners.data import DROPPED, Label
from cleaners.label.author_boxes import author_box
from cleaners.label.bare_links import bare_link, introduced_link
from cleaners.label.cards import cut_teaser, teaser_card
from cleaners.label.comment_threads import boxed_comments
from cleaners.label.comments import comments
from cleaners.label.footnotes import footnotes
from cleaners.label.headlines import DASHES, HEADLINE_WORDS
from cleaners.label.insets import inset
from cleaners.label.leads import read_also, read_also_line
from cleaners.label.outlying import outlying
from cleaners.label.passage import Passage, Revision
from cleaners.label.pitches import pitch
from cleaners.label.placeholders import placeholder
from cleaners.label.said_twice import pull_quote, pull_quote_line, said_twice
from cleaners.label.script_lines import script_line
from cleaners.label.short_stories import (
    answer,
    below_box,
    below_paragraph,
    beside_paragraph,
    only_paragraph,
    said_again,
    unmarked_line,
    unmarked_paragraph,
)
from cleaners.label.signatures import day_of_story, signature
from cleaners.label.signed_lines import agency_line, byline_line, date_line, signing_lines
from cleaners.label.story_lines import (
    after_the_end,
    alternative_headline,
    doubted_line,
    headline,
    lead_again,
    lines_in_the_head,
    masthead,
    name_line,
    site_behind_headline,
    standfirst,
)
from cleaners.label.subheadings import subheading, subheading_line
from cleaners.label.text_insets import bar_menu, introduced_lines, score_rows, table_rows
from cleaners.label.text_threads import comment_thread
from cleaners.words.shapes import PARAGRAPH_WORDS, Shape

TEASERS_IN_A_LIST = 3

CAPTION_WORDS = 3
"""Words from which on a line that is printed twice in a row is a caption; a shorter one is chrome."""

CUT_CAPTION_WORDS = 8
"""Words from which on a line is a printing of another that goes on where it ends."""

SIGNATURE_WORDS = 4
"""Words of a line that signs a picture, at most."""

QUOTE_WORDS = 8
"""Words from which on an unpunctuated line above `- said someone` is the quotation."""

NeighbourRule = Callable[[Passage], Iterator[Revision]]


def rule_name(rule: NeighbourRule) -> str:
    """The name of a rule in the audit."""
    return rule.__name__.replace("_", "-")


def revise(passage: Passage, rules: Sequence[NeighbourRule]) -> Passage:
    """A new passage with the verdicts that the rules revise, one rule after the other."""
    revised = Passage(passage.blocks, passage.shapes, list(passage.verdicts))
    for rule in rules:
        name = rule_name(rule)
        for index, label, confidence in rule(revised):
            revised.verdicts[index] = revised.verdicts[index].revised(label, name, confidence)
    return revised


def printed_twice(passage: Passage) -> Iterator[Revision]:
    """A picture and its enlargement print one caption twice in a row, once without its credit, or with a line between
    that signs it. So does a page with its headline, which is the first line of that length and stands elsewhere again,
    if anywhere."""
    headline = next((index for index in range(len(passage)) if _could_be_headline(passage, index)), None)
    headline_key = None if headline is None else passage.shapes[headline].key
    doubled = _doubled_paragraphs(passage)
    for index in range(1, len(passage)):
        above = index - 1
        if above and passage.label(above) in _SIGNING and passage.shapes[above].words <= SIGNATURE_WORDS:
            above -= 1
        if index in doubled or passage.shapes[index].key == headline_key:
            continue
        if not _same_caption(passage.shapes[above], passage.shapes[index]):
            continue
        if passage.label(index) not in DROPPED:
            yield above, Label.CAPTION, 0.85
            yield index, Label.CAPTION, 0.85


def _doubled_paragraphs(passage: Passage) -> frozenset[int]:
    """The paragraphs that stand right below the same one, if they are most of the text: a dump of a page that prints
    each for phones and for desks. Captions have a story beside them."""
    own = [index for index in range(len(passage)) if passage.is_paragraph(index)]
    keys = {index: passage.shapes[index].key for index in own}
    again = frozenset(index for index in own if keys.get(index - 1) == keys[index])
    doubled = 2 * sum(passage.shapes[index].words for index in again)
    return again if 2 * doubled > sum(passage.shapes[index].words for index in own) else frozenset()


_SIGNING = frozenset({Label.BYLINE, Label.CREDIT})


def _same_caption(one: Shape, other: Shape) -> bool:
    if one.key == other.key:
        return one.words >= CAPTION_WORDS
    short, long = sorted((one, other), key=lambda form: len(form.key))
    if not long.key.startswith(short.key) or _opens_paragraph(short, long):
        return False
    return short.words >= CUT_CAPTION_WORDS


def _opens_paragraph(line: Shape, paragraph: Shape) -> bool:
    """Whether a paragraph begins with the line and goes on for longer than a credit does: some sites print the headline
    again in front of the first sentence."""
    if line.ends_sentence or not paragraph.ends_sentence:
        return False
    return paragraph.words - line.words >= PARAGRAPH_WORDS


def signed_picture(passage: Passage) -> Iterator[Revision]:
    """A few words right below a caption that name a source credit the picture, not the story. (A bare agency may sign
    the next story instead.)"""
    for index in range(1, len(passage)):
        credit = passage.label(index) is Label.CREDIT and passage.shapes[index].words <= SIGNATURE_WORDS
        if credit and passage.label(index - 1) is Label.CAPTION:
            yield index, Label.CAPTION, 0.7


def _could_be_headline(passage: Passage, index: int) -> bool:
    return passage.open_line(index) and passage.shapes[index].words > HEADLINE_WORDS.start


def repeated_line(passage: Passage) -> Iterator[Revision]:
    """A short line that comes again and again is chrome."""
    counts = Counter(form.key for form in passage.shapes)
    for index, form in enumerate(passage.shapes):
        if counts[form.key] > 1 and form.words < HEADLINE_WORDS.start and passage.open_line(index):
            yield index, Label.NAVIGATION, 0.7


def quote_and_attribution(passage: Passage) -> Iterator[Revision]:
    """`- a spokesman said`: goes on from the unpunctuated line above, and both are body text."""
    for index, block in enumerate(passage.blocks):
        if not (block.text[:2] in DASHES and block.text[2:3].islower() and passage.shapes[index].words >= 3):
            continue
        yield index, Label.BODY, 0.8
        if index and passage.open_line(index - 1) and passage.shapes[index - 1].words >= QUOTE_WORDS:
            yield index - 1, Label.BODY, 0.8


def teaser_list(passage: Passage) -> Iterator[Revision]:
    """Headlines one under the other, with no paragraph between, tease other stories."""
    for start, stop in _runs(passage, Passage.teaser_like):
        above = passage.label(start - 1)
        if stop - start >= TEASERS_IN_A_LIST + (above is None):
            yield from ((index, Label.RELATED, 0.7) for index in range(start, stop))
        elif above is Label.RELATED and stop - start >= 1 and not _paragraph_at(passage, stop):
            yield from ((index, Label.RELATED, 0.65) for index in range(start, stop))


def menu(passage: Passage) -> Iterator[Revision]:
    """Short lines one under the other are a menu, a list of tags, a row of buttons."""
    for start, stop in _runs(
        passage, lambda passage, index: passage.open_line(index) and passage.shapes[index].words < 4
    ):
        chrome = passage.label(start - 1) in DROPPED or passage.label(stop) in DROPPED
        if stop - start >= (3 if chrome else 4):
            yield from ((index, Label.NAVIGATION, 0.7) for index in range(start, stop))


def _runs(passage: Passage, holds: Callable[[Passage, int], bool]) -> Iterator[tuple[int, int]]:
    start = None
    for index in range(len(passage) + 1):
        if index < len(passage) and holds(passage, index):
            start = index if start is None else start
        elif start is not None:
            yield start, index
            start = None


def _paragraph_at(passage: Passage, index: int) -> bool:
    return index < len(passage) and passage.verdicts[index].label is Label.BODY and not passage.open(index)


PAGE_RULES: tuple[NeighbourRule, ...] = (
    site_behind_headline,
    read_also_line,
    byline_line,
    date_line,
    comments,
    comment_thread,
    script_line,
    below_paragraph,
    placeholder,
    pitch,
    agency_line,
    printed_twice,
    signed_picture,
    quote_and_attribution,
    table_rows,
    score_rows,
    introduced_lines,
    below_paragraph,
    unmarked_line,
    footnotes,
    bar_menu,
    repeated_line,
    menu,
    teaser_list,
    said_twice,
    pull_quote_line,
    subheading_line,
)

STORY_RULES: tuple[NeighbourRule, ...] = (
    headline,
    alternative_headline,
    masthead,
    name_line,
    signing_lines,
    standfirst,
    after_the_end,
    lines_in_the_head,
    doubted_line,
    signature,
    day_of_story,
)

HTML_PAGE_RULES: tuple[NeighbourRule, ...] = (
    subheading,
    byline_line,
    lead_again,
    comments,
    boxed_comments,
    author_box,
    teaser_card,
    cut_teaser,
    outlying,
    only_paragraph,
    beside_paragraph,
    below_box,
    answer,
    unmarked_paragraph,
    inset,
    footnotes,
    said_again,
    read_also,
    introduced_link,
    bare_link,
    placeholder,
    pitch,
    pull_quote,
)

ARTICLE_RULES: tuple[NeighbourRule, ...] = (boxed_comments, author_box, cut_teaser, outlying)
"""Rules that take away what makes up pages of other kinds: the answers of a forum, the life of a person, the teasers of
a list, scattered offers."""

ANY_PAGE_RULES = tuple(rule for rule in HTML_PAGE_RULES if rule not in ARTICLE_RULES)
ON_ARTICLES = frozenset(map(rule_name, ARTICLE_RULES))

HTML_STORY_RULES: tuple[NeighbourRule, ...] = (signing_lines, after_the_end)
"""What is left to say about HTML, where the scorer has seen the neighbours."""
