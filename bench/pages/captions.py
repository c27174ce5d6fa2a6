"""The captions of a page, and how many of them an extractor kept out of the text and found as captions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lxml import html

from bench.metrics import words
from bench.pages.renderers import decoded

CAPTION_CLASS = re.compile(r"(?:^|[-_])(?:fig)?(?:caption|bildunterschrift|bildtext|legende)(?:[-_]?text)?$", re.I)
LONGEST = 1000
"""Characters. What is longer is an article inside a figure, not its caption."""
HELD = 0.5
"""A text holds a caption when it has this share of the caption's runs of words."""

FOUND = 0.6
"""A caption is found when one that was given has this share of its words: what is left off is `Photo:` and the like."""


class CaptionCounts(NamedTuple):
    """The captions of a page, those kept out of the text, and those given as captions."""

    captions: int
    kept_out: int
    found: int


def count_captions(page: str | bytes, gold: str, text: str, given: Iterable[str]) -> CaptionCounts:
    """Count the captions of a page that are not part of its gold text.

    `text` is what was extracted as the article, `given` what was extracted as captions.
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
    """The different captions of a page: `figcaption` elements and those whose class says caption, white space folded.

    A caption has at least three words, so that it can be told from chrome ("Photo").
    """
    tree = html.document_fromstring(decoded(page).encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    texts = (" ".join(element.text_content().split()) for element in _caption_elements(tree))
    return list(dict.fromkeys(text for text in texts if len(text) <= LONGEST and len(words(text)) >= 3))


def _caption_elements(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for element in tree.iter("figcaption", "div", "span", "p"):
        if element.tag == "figcaption" or any(map(CAPTION_CLASS.search, element.get("class", "").split())):
            yield element


def _is_among(given: Sequence[Counter[str]], caption: Counter[str]) -> bool:
    return any((caption & bag).total() >= FOUND * caption.total() for bag in given)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of three words of a text."""
    tokens = words(text)
    return frozenset(zip(tokens, tokens[1:], tokens[2:], strict=False))


def _holds(text: frozenset[tuple[str, ...]], caption: frozenset[tuple[str, ...]]) -> bool:
    return len(caption & text) >= HELD * len(caption)
