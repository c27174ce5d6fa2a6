"""Which joins of a page start a story, and with which probability."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from math import log1p
from typing import NamedTuple

from cleaners.data import DROPPED, Block, Judged, Story, Verdict
from cleaners.label.passage import Passage
from cleaners.stories.joins import Join, content_type_of, find_joins
from cleaners.stories.model import JoinModel, StoryModels

STORY_WORDS = 40
"""Words of body text that a story has at least; a split that would leave fewer is not made."""


SIGNED_WORDS = 20
"""The same below a headline of the page's kind that has byline and date: a brief."""


NEAR = 150
"""Words on both sides of a join within which one story starts, and hardly two: on grafted pages most second ones there
were a subheading or a box of the first story."""

SURE = 0.8
"""Probability from which on two stories may start that near to each other, as briefs do."""

LEADING = 0.8
"""Share of the threshold that the most probable join reaches alone, where the sum of those near it decides."""


class Start(NamedTuple):
    """Where a story starts: the index of its first block, the probability that a story starts there (1 for the page's
    own), the indices of its headline, one for each printing, and the index of its first paragraph."""

    first: int
    confidence: float = 1.0
    titles: tuple[int, ...] = ()
    text: int = 0


def find_starts(passage: Passage, models: StoryModels) -> list[Start]:
    """Where the stories of a page start: always at 0, and where an appended one begins, in reading order."""
    joins = find_joins(passage, models)
    if not joins:
        return [Start(0)]
    model = models.joins[content_type_of(passage.blocks)]
    probabilities = join_probabilities(joins, model)
    threshold = model.threshold_of([join.features for join in joins])
    chosen = choose_joins(joins, probabilities, threshold)
    appended = ((joins[index], probabilities[index]) for index in chosen)
    return [
        Start(0),
        *(Start(join.start, round(probability, 3), join.titles, join.gap.stop) for join, probability in appended),
    ]


def join_probabilities(joins: Sequence[Join], model: JoinModel) -> list[float]:
    """The probability of each join that a story starts there: the model's, at least FORM where its form alone shows it,
    and 0 where the page's own story begins, or an entry of a live column."""
    probabilities = model.probabilities([join.features for join in joins])
    return [
        0.0
        if join.opens_page or join.opens_entry
        else max(probability, FORM)
        if _is_agency_copy(join) or _is_new_head(join)
        else probability
        for probability, join in zip(probabilities, joins, strict=True)
    ]


FORM = 0.9
"""Probability of a start where the blocks around it have the form of agency copy, or of the head of another story."""

NEW_TOPIC = 0.25
"""Share of the words below a join that also stand above it, below which the topic is a new one."""


def _is_agency_copy(join: Join) -> bool:
    """Below the line that names a story's contributors, a dateline or another topic opens the next one."""
    seen = join.features
    return bool(seen["contributors"]) and (bool(seen["dateline"]) or seen["words_known"] < NEW_TOPIC)


OTHER_TOPIC = 0.15
"""The same for a story in an `article` of its own, which may be one of the entries of a live column."""

FEW_STORIES = log1p(3)
"""Headlines on a page, as a feature, up to which each in an `article` of its own may head a story."""


def _is_new_head(join: Join) -> bool:
    """A headline with byline and date above another topic opens another story; so does a signed heading of the kind of
    the page's headline if it is an `h1` or has both, and an `article` beside the first one that has such a heading or a
    signed one, and another topic.

    On the annotated pages of one story (news-world, news-sites, more-training, WCXB articles: 1,554, and 1,564 of their
    dumps) no headline in the text has byline and date, and no signed heading is of the headline's kind. Of made and
    grafted pages with several stories 548 of 555 such headlines open one.
    """
    seen = join.features
    if seen["title_signed_twice"] and (seen["headline_again"] or seen["words_known"] < NEW_TOPIC):
        return True
    if seen["headline_again"] and seen["h1"] and (seen["byline"] or seen["date"]):
        return True
    headed = seen["heading"] and (seen["title_signed"] or seen["headline_again"])
    other = seen["words_known"] < OTHER_TOPIC and seen["titles"] <= FEW_STORIES
    return bool(seen["box_article"] and headed and other)


def choose_joins(joins: Sequence[Join], probabilities: Sequence[float], threshold: float) -> list[int]:
    """The indices of the joins that start a story, in reading order.

    The most probable join is chosen first. Often only the place is in doubt, not that a story starts: the joins within
    `NEAR` words share their probability, so their sum counts. Where one of them is chosen, another one that near must
    be `SURE`. One that would leave fewer than `STORY_WORDS` words between itself and another chosen one, or an end of
    the page, is skipped; below a signed headline `SIGNED_WORDS` are enough.
    """
    words = [join.words for join in joins]
    edges = [0, joins[0].end]
    settled = [False] * len(joins)
    chosen = []
    for index in sorted(range(len(joins)), key=lambda index: -probabilities[index]):
        if probabilities[index] < LEADING * threshold:
            break
        near = range(bisect_left(words, words[index] - NEAR), bisect_right(words, words[index] + NEAR))
        shared = sum(probabilities[each] for each in near if not settled[each])
        if (probabilities[index] < SURE) if settled[index] else (shared < threshold):
            continue
        after = bisect_left(edges, words[index])
        enough = after and words[index] - edges[after - 1] >= STORY_WORDS
        if enough and edges[after] - words[index] >= _least_words(joins[index]):
            insort(edges, words[index])
            chosen.append(index)
            for each in near:
                settled[each] = True
    return sorted(chosen)


def _least_words(join: Join) -> int:
    """The words that the story below a join has at least."""
    seen = join.features
    return SIGNED_WORDS if seen["title_signed_twice"] and seen["headline_again"] else STORY_WORDS


def assign_stories(blocks: Sequence[Block], verdicts: Sequence[Verdict], starts: Sequence[Start]) -> list[Judged]:
    """Every block with its verdict and its story. What a page puts below its last story belongs to the page's own."""
    judged: list[Judged] = []
    for number, (own_start, stop) in enumerate(zip(starts, story_stops(starts, len(blocks)), strict=True)):
        start = own_start.first
        own = [index for index in range(start, stop) if verdicts[index].label not in DROPPED]
        end = own[-1] if own else start - 1
        for index in range(start, stop):
            story, sure = (number, own_start.confidence) if index <= end else (0, 1.0)
            judged.append(Judged(blocks[index], verdicts[index], story, sure))
    return judged


def story_stops(starts: Sequence[Start], end: int) -> list[int]:
    """Where each story ends: where the next one starts, the last one at `end`.

    >>> story_stops([Start(0), Start(7)], end=12)
    [7, 12]
    """
    return [*(start.first for start in starts[1:]), end]


def group_by_story(judged: Sequence[Judged]) -> list[Story]:
    """The stories of a page, the page's own first."""
    count = 1 + max((block.story for block in judged), default=0)
    return [Story(number, tuple(block for block in judged if block.story == number)) for number in range(count)]
