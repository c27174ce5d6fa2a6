"""The captions of a page, and how many an extractor keeps out of the text and finds as captions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lxml import html

from bench.metrics import words
from bench.pages.renderers import decoded

CAPTION_CLASS = re.compile(r"(?:^|[-_])(?:fig)?(?:caption|bildunterschrift|bildtext|legende)(?:[-_]?text)?$", re.I)
"""Class names of elements that hold a caption."""

LONGEST = 1000
"""Most characters of a caption. A longer text is an article inside a figure."""

LINKED = 0.9
"""A caption that has this share of its characters in links inside of it is a link."""

HELD = 0.5
"""A text contains a caption if it has this share of the caption's runs of three words."""

FOUND = 0.6
"""A caption is found if one of the extracted captions has this share of its words; extractors leave out `Photo:`."""


class CaptionCounts(NamedTuple):
    """The captions of a page, those kept out of the text, and those found as captions."""

    captions: int
    kept_out: int
    found: int


def count_captions(page: str | bytes, gold: str, text: str, given: Iterable[str]) -> CaptionCounts:
    """Count the captions of a page that are not part of its gold text.

    `text` is the extracted article, `given` are the extracted captions.
    """
    in_gold, in_text = _runs(gold), _runs(text)
    captions = [caption for caption in captions_of(page) if not _holds(in_gold, _runs(caption))]
    bags = [Counter(words(caption)) for caption in given]
    return CaptionCounts(
        captions=len(captions),
        kept_out=sum(not _holds(in_text, _runs(caption)) for caption in captions),
        found=sum(_is_among(bags, Counter(words(caption))) for caption in captions),
    )


def captions_of(page: str | bytes) -> list[str]:
    """The distinct captions of a page, white space folded: `figcaption` elements and those with a class of captions.

    A caption has at least three words, which excludes labels such as "Photo", and is no link, as the headline below the
    picture of another story is.

    >>> captions_of("<figure><figcaption>The bridge at dawn</figcaption></figure>")
    ['The bridge at dawn']
    """
    tree = html.document_fromstring(decoded(page).encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    texts = (" ".join(element.text_content().split()) for element in _caption_elements(tree) if not _is_link(element))
    return list(dict.fromkeys(text for text in texts if len(text) <= LONGEST and len(words(text)) >= 3))


def _caption_elements(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for element in tree.iter("figcaption", "div", "span", "p"):
        if element.tag == "figcaption" or any(map(CAPTION_CLASS.search, element.get("class", "").split())):
            yield element


def _is_link(element: html.HtmlElement) -> bool:
    if next(element.iterancestors("a"), None) is not None:
        return True
    linked = "".join(link.text_content() for link in element.iter("a"))
    return len("".join(linked.split())) >= LINKED * len("".join(element.text_content().split()))


def _is_among(given: Sequence[Counter[str]], caption: Counter[str]) -> bool:
    return any((caption & bag).total() >= FOUND * caption.total() for bag in given)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of three words of a text."""
    tokens = words(text)
    return frozenset(zip(tokens, tokens[1:], tokens[2:], strict=False))


def _holds(text: frozenset[tuple[str, ...]], caption: frozenset[tuple[str, ...]]) -> bool:
    return len(caption & text) >= HELD * len(caption)
