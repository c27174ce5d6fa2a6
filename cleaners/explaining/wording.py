"""How a page, its stories and its verdicts are described, in the same words in every output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from cleaners.data import FIELDS, KEPT, Article, Cleaned, Judged, Label, Verdict

Side = Literal["kept", "field", "dropped"]
"""Where a block went: into the text, into a field of the record, or nowhere."""


UNSURE_BELOW = 0.6
"""Verdicts below this confidence are marked as unsure; the rules on neighbours treat them as guesses too."""

NO_NAME = "(no name)"
"""The name of a page that has neither a file nor an address."""


def side(label: Label | str) -> Side:
    """Where blocks with a label go. Labels that this version does not know count as dropped.

    >>> side(Label.BODY), side(Label.BYLINE), side(Label.PROMO)
    ('kept', 'field', 'dropped')
    """
    if label in KEPT:
        return "kept"
    return "field" if label in FIELDS else "dropped"


def percent(share: float) -> str:
    """A share from 0 to 1 in percent.

    >>> percent(0.954)
    '95%'
    """
    return f"{share:.0%}"


def reason(verdict: Verdict) -> str:
    """The rule and its confidence, and the first verdict if a later rule revised it.

    >>> reason(Verdict(Label.PROMO, "en/newsletter", 0.95))
    'en/newsletter, 95%'
    """
    first = f"; first {verdict.first.label} by {_by_rule(verdict.first)}" if verdict.first else ""
    return _by_rule(verdict) + first


def _by_rule(verdict: Verdict) -> str:
    return f"{verdict.rule}, {percent(verdict.confidence)}"


def name_of(cleaned: Cleaned) -> str:
    """The name of a page: its file or its address, as in the audit."""
    return cleaned.page.source or cleaned.page.url or NO_NAME


def facts_of(cleaned: Cleaned) -> str:
    """A page in one line: its kind, its number of stories, and where its words went."""
    words: Counter[Side] = Counter()
    for judged in cleaned.blocks:
        words[side(judged.label)] += len(judged.text.split())
    count = story_count(cleaned.blocks)
    stories = "1 story" if count == 1 else f"{count} stories"
    kind = f"{cleaned.page.kind or 'unread'} page"
    if cleaned.rejection:
        return f"{kind} · no article" + (
            f", though {words['kept']:,} words are labelled as text" if words["kept"] else ""
        )
    return (
        f"{kind} · {stories} · {words['kept']:,} words kept, {words['field']:,} in fields, {words['dropped']:,} dropped"
    )


def story_count(blocks: Sequence[Judged]) -> int:
    """How many stories the blocks of a page belong to."""
    return len({judged.story for judged in blocks})


class StoryBoundary(NamedTuple):
    """Where the page changes to another story: `story` starts or resumes at the block with index `position`."""

    position: int
    story: int
    starts: bool
    confidence: float


def story_boundaries(blocks: Sequence[Judged]) -> Iterator[StoryBoundary]:
    """Where the stories of a page start and resume, in reading order; nothing on a page with one story."""
    if story_count(blocks) < 2:
        return
    seen = {blocks[0].story}
    yield StoryBoundary(0, blocks[0].story, True, blocks[0].story_confidence)
    for position, (above, below) in enumerate(pairwise(blocks), start=1):
        if above.story != below.story:
            yield StoryBoundary(position, below.story, below.story not in seen, below.story_confidence)
            seen.add(below.story)


def boundary_text(boundary: StoryBoundary, count: int) -> str:
    """What happens at a boundary on a page with `count` stories.

    >>> boundary_text(StoryBoundary(7, 1, True, 0.8), 2)
    'story 2 of 2 starts here, 80% sure'
    """
    story = f"story {boundary.story + 1} of {count}"
    if not boundary.starts:
        return f"back to {story}"
    if boundary.story == 0:
        return f"{story}, the page's own"
    return f"{story} starts here, {percent(boundary.confidence)} sure"


def record_facts(article: Article) -> str:
    """The main facts of a record beside its text, in one line."""
    facts = [article.title, article.date_published, ", ".join(article.authors), article.publisher, article.language]
    return " · ".join(fact for fact in facts if fact)
