"""The reasons why a page gives no article, in words that a person can act on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cleaners.data import DROPPED, Block, Judged, Label, Rejection
from cleaners.kind.decision import KindVerdict, PageKind

MOST_BLOCKS = 100_000
"""Blocks above which a page is a list or a data file; the longest live blogs have a few thousand."""

FEWEST_WORDS = 12
"""Words of body text below which a page holds no story."""

_EMPTY = Rejection("empty", "The page is empty: no character but white space. Was the download cut off?")
_NO_TEXT = Rejection(
    "no-text", "The page's markup holds no text: a frame set, or a shell that a script fills in a browser."
)
_TOO_MANY_BLOCKS = Rejection(
    "too-many-blocks",
    f"The page has more than {MOST_BLOCKS:,} lines: a list or a data file, not a page. Split it if it is several.",
)
_ONLY_CAPTIONS = Rejection(
    "only-captions", "The page holds picture captions and no story: a gallery, or a cut-off page."
)
_ONLY_CHROME = Rejection(
    "only-navigation",
    "The page holds navigation and teasers and no story: a section front, or a page whose text is loaded by a script.",
)
_TOO_SHORT = Rejection("too-short", f"The page holds fewer than {FEWEST_WORDS} words of running text.")


def refused(blocks: Sequence[Block], text: str) -> Rejection | None:
    """Why a page of this text is rejected before labelling, or None.

    >>> refused([], "").code
    'empty'
    """
    if not blocks:
        return _EMPTY if text.isspace() or not text else _NO_TEXT
    return _TOO_MANY_BLOCKS if len(blocks) > MOST_BLOCKS else None


def no_story(judged: Sequence[Judged]) -> Rejection:
    """What a page without a story holds instead.

    >>> no_story([]).code
    'only-navigation'
    """
    labels = Counter(block.label for block in judged)
    if labels[Label.CAPTION] > sum(labels[label] for label in DROPPED):
        return _ONLY_CAPTIONS
    return _TOO_SHORT if labels[Label.BODY] else _ONLY_CHROME


PYTHON_OPTION = "any_page=True"
"""What Python is given to take the main content of any page; each way to clean puts its own option in this place."""


def not_an_article(kind: KindVerdict) -> Rejection:
    """Why a page of another kind is rejected; the code names the kind.

    >>> not_an_article(KindVerdict(PageKind.COOKIE_WALL, "phrase-cookie-wall", 0.9)).code
    'kind-cookie-wall'
    """
    return Rejection(
        f"kind-{kind.kind.value.replace(' ', '-')}",
        f"The page is no article but {_KINDS[kind.kind]} ({kind.confidence:.0%} sure, by {kind.rule})."
        f" With {PYTHON_OPTION} its main content is taken all the same.",
    )


_KINDS = {
    PageKind.INDEX: "an index or a section front",
    PageKind.GALLERY: "a gallery",
    PageKind.VIDEO: "a video page",
    PageKind.PRODUCT: "a product page",
    PageKind.FORUM: "a forum thread",
    PageKind.SEARCH: "a page of search results",
    PageKind.ERROR: "an error page",
    PageKind.COOKIE_WALL: "a wall that asks for consent",
    PageKind.SCRIPT_SHELL: "a shell whose text is loaded by a script",
}
