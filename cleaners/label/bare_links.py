"""Links alone on a line in the middle of a story: most lead to other stories, some are what the story speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.data import KEPT, Block, Label
from cleaners.label.leads import FULL_STOPS, LINK, find_lead
from cleaners.label.own_links import hosts_of_menus, is_of_site
from cleaners.label.passage import HARDLY_DECIDED, TEASER_WORDS, Passage
from cleaners.words.patterns import lazy_pattern

MOST_LINES = 5
"""Lines of a page at most that are links to other stories. A round-up has more."""

MOSTLY_LINK = 0.8
"""Share of a line in links from which on the rest may be an arrow, a bullet or an icon."""

MOST_IN_A_ROW = 2
"""Links beside such a line from which on they are a list, and the story may be about it."""

FLOWING = frozenset({"p", "div", "strong", "section"})
"""Boxes of paragraphs. Items of lists and cells of tables are left alone, as headings are."""


def bare_link(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """A line between two paragraphs of a story that is one link as a whole, without a lead: another story's headline.

    A headline says something and ends without a full stop. Items of a list and headings may link to what they name, and
    where a story has many such lines, it is about them.
    """
    lines = [
        index
        for index in passage.kept()
        if passage.blocks[index].link_density >= MOSTLY_LINK and _is_one_link(passage.blocks[index])
    ]
    if len(lines) > MOST_LINES:
        return
    found = [
        index
        for index in lines
        for block in [passage.blocks[index]]
        if passage.shapes[index].words in TEASER_WORDS
        and not block.text.rstrip('"”»’)').endswith(FULL_STOPS)
        and _between_paragraphs(passage, index)
        and not _is_introduced(passage, index)
    ]
    if found:
        hosts = hosts_of_menus(passage)
        yield from ((index, Label.RELATED, 0.8) for index in found if is_of_site(passage.blocks[index], hosts))


def _is_one_link(block: Block) -> bool:
    around = block.surroundings
    if around is None or around.links != 1:
        return False
    if (block.tag not in FLOWING or _LISTED.search(block.path)) and not _is_only_item(block):
        return False
    return around.linked >= sum(map(str.isalnum, block.text))


def _is_only_item(block: Block) -> bool:
    """Whether a line is a list of one item."""
    around = block.surroundings
    if around is None or block.tag != "li" or around.box.parent is None:
        return False
    return around.box.parent.stop - around.box.parent.start == 1


_LISTED = lazy_pattern(r"/(?:li|table|dl|blockquote|figure|pre)/")


def _between_paragraphs(passage: Passage, index: int) -> bool:
    """Whether the nearest kept lines above and below are paragraphs; another such link may stand between."""
    ends = [_nearest_text(passage, index, step) for step in (-1, 1)]
    if sum(links for _, links in ends) >= MOST_IN_A_ROW:
        return False
    return all(end is not None and passage.is_paragraph(end) for end, _ in ends)


def _nearest_text(passage: Passage, index: int, step: int) -> tuple[int | None, int]:
    """The nearest kept line that is no link, and the links before it."""
    links = 0
    for other in range(index + step, index + step * (FAR + 1), step):
        if passage.label(other) is None or links >= MOST_IN_A_ROW:
            break
        if passage.label(other) in KEPT:
            if passage.blocks[other].link_density < MOSTLY_LINK:
                return other, links
            links += 1
    return None, links


FAR = 12
"""Lines in which the next paragraph stands."""


def introduced_link(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """A link that the scorer can hardly decide on, between a line of the story that ends in a colon and one that goes
    on: the story says what the link is."""
    for index in passage.dropped_in_doubt(HARDLY_DECIDED):
        near = [passage.label(other) is Label.BODY for other in (index - 1, index + 1)]
        if all(near) and _is_introduced(passage, index):
            yield index, Label.BODY, 0.6


INTRODUCING_WORDS = 4
"""Words of a line that introduces a link, at least."""


def _is_introduced(passage: Passage, index: int) -> bool:
    """Whether the line above a link is a sentence that ends in a colon, and no lead."""
    above = passage.blocks[index - 1].text
    if not above.endswith((":", "：")) or passage.shapes[index - 1].words < INTRODUCING_WORDS:
        return False
    return passage.blocks[index].link_density >= LINK and find_lead(above) is None
