"""The places at which a story may end and another begin, and the features of each.

Sites print whole stories below the one that was requested. The end of a story is marked by what closes it (the line
that names its contributors, a run of captions), the start of the next one by what opens it (a headline, a byline and a
date, a dateline, a box that starts over), and both by a new topic. None of these is enough alone: a round-up has many
datelines, a feature many subheadings, and a long story more than one topic. So this module computes features of each
join, and `cleaners.stories.split` decides by a small network.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log1p

from cleaners.data import Block, ContentType
from cleaners.label.passage import Passage
from cleaners.metadata.datelines import find_dateline
from cleaners.stories.boxes import FAR
from cleaners.stories.heads import Head, find_head, title_line, unmarked_features
from cleaners.stories.layout import heading_kind, layout_of
from cleaners.stories.line_features import line_features
from cleaners.stories.model import StoryModels
from cleaners.stories.topic_features import Wording, topic_features
from cleaners.words.clocks import clock_place


@dataclass(frozen=True, slots=True)
class Join:
    """A place between two paragraphs.

    `gap` are the blocks between them, `start` is where the head of a story that begins here begins, and `titles` are
    the indices of its headline: none, one, or one for each printing. `words` and `end` count the words of text above
    and on the whole page, and `features` are those that the network weighs, by name. `opens_page` states that the first
    `h1` of an HTML page is here and no headline stands above it, so that the text above is a banner and no story, and
    `opens_entry` that the headline begins with a time of day, as those of a live column's entries do.
    """

    gap: range
    start: int
    titles: tuple[int, ...]
    words: int
    end: int
    features: dict[str, float]
    opens_page: bool = False
    opens_entry: bool = False


def content_type_of(blocks: Sequence[Block]) -> ContentType:
    """Whether blocks are those of an HTML page or of a dump, which has no boxes."""
    return "html" if any(block.surroundings for block in blocks[:1]) else "text"


def find_joins(passage: Passage, models: StoryModels) -> list[Join]:
    """Every place between two paragraphs of a page, in reading order."""
    page = layout_of(passage)
    gaps = [range(last + 1, first) for last, first in pairwise(page.text.indices)]
    unmarked = unmarked_features(page)
    heads = [find_head(page, gap, unmarked) for gap in gaps]
    words, end = [page.text.above[gap.stop] for gap in gaps], page.text.above[-1]
    wording = Wording(
        texts=[passage.blocks[index].text for index in page.text.indices],
        sizes=page.text.sizes,
        titles=[title_line(passage, gap, head) for gap, head in zip(gaps, heads, strict=True)],
        headline=page.title,
    )
    kind = content_type_of(passage.blocks)
    topics = topic_features(wording, kind, models)
    far = _distances(words, [bool(head.titles) and not head.features["title_dropped"] for head in heads], end)
    among = _among_titles(passage, heads)
    names = {"names": log1p(page.names)}
    return [
        Join(
            gap,
            head.start,
            head.titles,
            above,
            end,
            {
                **about,
                **head.features,
                **kin,
                **distances,
                **names,
                **(line_features(page, gap, head.titles) if kind == "text" else {}),
                **_sizes(above, end),
                **_dateline(passage.blocks[gap.stop]),
            },
            page.first_h1 in gap and not page.title,
            any(clock_place(passage.blocks[index].text, leads=True) for index in head.titles),
        )
        for gap, head, about, above, distances, kin in zip(gaps, heads, topics, words, far, among, strict=True)
    ]


def _among_titles(passage: Passage, heads: Sequence[Head]) -> list[dict[str, float]]:
    """For each headline how many others on the page are of its kind, and how much longer it is than they are in the
    mean: subheadings are short, and there are several of a kind."""
    titles = [head.titles[0] for head in heads if head.titles]
    kinds = Counter(heading_kind(passage.blocks[index]) for index in titles)
    lengths = {index: log1p(passage.shapes[index].words) for index in titles}
    whole, others = sum(lengths.values()), max(1, len(lengths) - 1)
    features = {
        index: {
            "titles_alike": log1p(kinds[heading_kind(passage.blocks[index])] - 1),
            "title_longer": length - (whole - length) / others if len(lengths) > 1 else 0.0,
        }
        for index, length in lengths.items()
    }
    return [features[head.titles[0]] if head.titles else _NO_TITLE for head in heads]


_NO_TITLE = {"titles_alike": 0.0, "title_longer": 0.0}


def _sizes(above: int, end: int) -> dict[str, float]:
    return {"above": log1p(min(FAR, above)), "below": log1p(min(FAR, end - above))}


def _dateline(first: Block) -> dict[str, float]:
    dateline = find_dateline(first.text)
    return {
        "dateline": float(dateline is not None and dateline.certain),
        "place": float(dateline is not None and not dateline.certain),
    }


def _distances(words: Sequence[int], titled: Sequence[bool], end: int) -> list[dict[str, float]]:
    """For each join the words to the nearest headlines above and below, and how many headlines the page has: a round-up
    has them close together. `words` count the text above each join, `titled` marks the joins with a headline."""
    edges = [0, *(above for above, title in zip(words, titled, strict=True) if title), end]
    many = log1p(len(edges) - 2)
    found = []
    passed = 0
    for above, title in zip(words, titled, strict=True):
        since = log1p(min(FAR, above - edges[passed]))
        passed += title
        until = log1p(min(FAR, edges[passed + 1] - above)) if title else 0.0
        found.append({"titles": many, "since_title": since, "until_title": until})
    return found
