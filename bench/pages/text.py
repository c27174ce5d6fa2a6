"""Annotated pages as plain dumps: the examples for training and measuring the scorer of text lines.

Each page is rendered in several ways. A line belongs to the gold text by the share of its words in the longest common
subsequence of dump and gold text. So a line may be a part of a paragraph, and a teaser that repeats a sentence of the
story does not count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
from lxml import etree, html
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from bench.metrics import count_snippets, words, words_or_characters
from bench.pages.captions import captions_of
from bench.pages.corpora import (
    ARTICLES,
    MORE_TRAINING,
    MULTILINGUAL,
    NEWS,
    NEWS_SITES,
    Sample,
    read_annotations,
    teaches,
)
from bench.pages.peers import trafilatura
from bench.pages.renderers import RENDERERS, decoded
from cleaners import clean
from cleaners.blocks.text import text_blocks
from cleaners.data import Label
from cleaners.label.network import CLASSES
from cleaners.label.text_features import SPACING_COLUMNS, Lines, text_features

KEPT_SHARE = 0.5
"""A line is kept if this share of its words is in the gold text."""

CAPTION_SHARE = 0.6
"""A line is a caption if this share of its runs of three words is in the captions of the page."""

COPY_WORDS = 4
"""Least words of a repeated line for which the copy next to the story is chosen."""

NEAR = 6
"""Lines to each side that decide which of two copies belongs to the story."""

LONGEST_HEADING, LONGEST_BYLINE, SHORTEST_SUMMARY = 30, 12, 5
"""Most words of a heading and of a byline, least words of a summary."""

PSEUDO_LABELLED_WORDS = 80
"""Least words of an extracted text that can replace a gold text."""

SOURCES = {
    "articles": ARTICLES,
    "news": NEWS,
    "multilingual": MULTILINGUAL,
    "news sites": NEWS_SITES,
    "many languages": MORE_TRAINING,
}
MEASURED = ("articles", "news")
DISGUISED_FROM = "blocks"
"""The renderer whose dumps are disguised."""

DISGUISED = "disguised"
"""The renderer's name of an example in an invented script."""

JOINED = "joined"
"""The renderer's name of an example with another story appended to its own."""

CHROME_BETWEEN = 8
"""Most lines of chrome that stay between a story and the one that is appended to it."""

_LETTERS = re.compile(r"[^\W\d_]+")
_INDIC_STOPS = str.maketrans({".": "।"})
_EAST_ASIAN_STOPS = str.maketrans({".": "。", ",": "、", " ": None})


@dataclass(frozen=True, slots=True)
class DumpExample:
    """One page by one renderer: the dump, its lines with their features and labels, and the gold text.

    `shares` is the share of each line's words in the gold text, `classes` the index of its label in CLASSES, `sizes`
    its number of words. `spaces` is the white space before each line; `bare` are the feature columns of white space as
    they are for a dump whose lines are stripped.
    """

    id: str
    site: str
    source: str
    renderer: str
    dump: str
    lines: tuple[str, ...]
    spaces: tuple[str, ...]
    features: Lines
    bare: NDArray[np.float32]
    shares: NDArray[np.float32]
    classes: NDArray[np.int64]
    sizes: NDArray[np.float32]
    gold: str


def examples(source: str) -> Iterator[DumpExample]:
    """The pages of one corpus by all renderers, without pages that have no gold or pseudo-labelled text."""
    for page, sample in read_annotations(SOURCES[source]):
        if not teaches(page):
            continue
        gold = sample.text if sample.text is not None else pseudo_labelled_text(sample)
        if gold is None:
            continue
        facts = _Facts(sample)
        for name, render in RENDERERS.items():
            dump = render(sample.html)
            if not dump or dump.isspace():
                continue
            example = _example(sample, source, name, dump, gold, facts)
            yield example
            if name == DISGUISED_FROM:
                yield disguised(example)


def dump_lines(dump: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of a dump as the cleaners see them, cut at seams and folded, and the white space before each.

    >>> dump_lines("Home\\n  It opened.Traffic  was light.")
    (('Home', 'It opened.', 'Traffic was light.'), ('', '\\n  ', ''))
    """
    blocks, _ = text_blocks(dump)
    return tuple(block.text for block in blocks), tuple(block.before for block in blocks)


def bare(lines: Sequence[str], spaces: Sequence[str]) -> NDArray[np.float32]:
    """The feature columns of white space for a dump whose lines are stripped and whose blank lines are left out."""
    stripped = ["\n" if len(f"{space}.".splitlines()) > 1 else space for space in spaces]
    return text_features(lines, stripped).dense[:, -SPACING_COLUMNS:]


def disguised(example: DumpExample) -> DumpExample:
    """The example as a page in a script without capitals, with unknown words only.

    Half of the pages become Indic in appearance, with spaces, and half East Asian, without spaces. The corpora hold few
    such pages; disguised ones teach the network to judge lines by their shape alone.
    """
    spaced = crc32(example.id.encode()) % 2 == 0
    lines = tuple(map(_indic if spaced else _east_asian, example.lines))
    features, stripped = text_features(lines, example.spaces), bare(lines, example.spaces)
    return replace(example, renderer=DISGUISED, dump="", lines=lines, features=features, bare=stripped)


def joined(upper: DumpExample, lower: DumpExample) -> DumpExample:
    """The page of `upper` to a few lines below its story, followed by that of `lower` from its headline or its first
    paragraph, as on a site that appends whole stories."""
    draw = crc32(f"{upper.id} {lower.id}".encode())
    above = _kept_lines(upper)[-1] + 1 + draw % CHROME_BETWEEN
    first = _kept_lines(lower)[0]
    titles = [index for index in range(first) if CLASSES[lower.classes[index]] == Label.TITLE]
    below = titles[-1] if titles and draw // CHROME_BETWEEN % 2 else first
    lines, spaces = upper.lines[:above] + lower.lines[below:], upper.spaces[:above] + lower.spaces[below:]
    return replace(
        upper,
        renderer=JOINED,
        dump="",
        lines=lines,
        spaces=spaces,
        features=text_features(lines, spaces),
        bare=bare(lines, spaces),
        shares=np.concatenate([upper.shares[:above], lower.shares[below:]]),
        classes=np.concatenate([upper.classes[:above], lower.classes[below:]]),
        sizes=np.concatenate([upper.sizes[:above], lower.sizes[below:]]),
        gold=f"{upper.gold}\n{lower.gold}",
    )


def _kept_lines(example: DumpExample) -> list[int]:
    return np.flatnonzero(example.shares >= KEPT_SHARE).tolist()


def can_be_joined(example: DumpExample) -> bool:
    """Whether an example has a story and was not made from another example."""
    return example.renderer in RENDERERS and bool((example.shares >= KEPT_SHARE).any())


def _indic(line: str) -> str:
    return _LETTERS.sub(lambda word: "".join(map(_indic_letter, word[0])), line).translate(_INDIC_STOPS)


def _indic_letter(letter: str) -> str:
    return chr(0x915 + ord(letter.lower()[0]) % 37)


def _east_asian(line: str) -> str:
    return _LETTERS.sub(_ideographs, line).translate(_EAST_ASIAN_STOPS) or line


def _ideographs(word: re.Match[str]) -> str:
    code = crc32(word[0].lower().encode("utf-8", "surrogatepass"))
    return chr(0x4E00 + code % 0x5000) + chr(0x4E00 + (code >> 16) % 0x5000)


def pseudo_labelled_text(sample: Sample) -> str | None:
    """A substitute for the gold text of a page that is annotated with snippets only: Copydesk's text of its HTML, else
    trafilatura's, provided that it contains every wanted snippet and no unwanted one. None if neither does.
    """
    return next((text for text in _texts_of(sample) if _sound(sample, text)), None)


def _texts_of(sample: Sample) -> Iterator[str]:
    yield "".join(article.text for article in clean(sample.html, kind="html", any_page=True)[:1])
    yield trafilatura(sample.html)


def _sound(sample: Sample, text: str) -> bool:
    counts = count_snippets(sample.must_have, sample.must_not_have, text)
    return counts.found == counts.wanted and not counts.leaked and len(words(text)) >= PSEUDO_LABELLED_WORDS


def shares_in(lines: Sequence[Sequence[str]], gold: Sequence[str]) -> NDArray[np.float32]:
    """The share of each line's words that are in the longest common subsequence of the page and the gold text."""
    numbers: dict[str, int] = {}
    page = [numbers.setdefault(word, len(numbers)) for line in lines for word in line]
    wanted = [numbers.setdefault(word, len(numbers)) for word in gold]
    common = np.zeros(len(page) + 1, np.float32)
    for step in LCSseq.opcodes(page, wanted):
        if step.tag == "equal":
            common[step.src_start : step.src_end] = 1
    sizes = np.array([len(line) for line in lines], np.int64)
    sums = np.concatenate([[0], np.cumsum(common)])
    stops = np.cumsum(sizes)
    shares: NDArray[np.float32] = ((sums[stops] - sums[stops - sizes]) / np.maximum(sizes, 1)).astype(np.float32)
    return _moved_to_the_story(lines, shares, sizes)


def _moved_to_the_story(
    lines: Sequence[Sequence[str]], shares: NDArray[np.float32], sizes: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Where one of several copies of a line is kept, move its share to the copy with the most kept words around."""
    copies = defaultdict(list)
    for number, line in enumerate(lines):
        if len(line) >= COPY_WORDS:
            copies[tuple(line)].append(number)
    kept = sizes * (shares >= KEPT_SHARE)
    moved = shares.copy()
    for indices in copies.values():
        chosen = [index for index in indices if kept[index]]
        if len(indices) == 1 or len(chosen) != 1:
            continue
        others = kept.copy()
        others[indices] = 0
        around = {index: int(others[max(0, index - NEAR) : index + NEAR + 1].sum()) for index in indices}
        best = max(indices, key=lambda index: around[index])
        if around[best] > 2 * around[chosen[0]]:
            moved[best], moved[chosen[0]] = moved[chosen[0]], 0
    return moved


class _Facts:
    """The annotated and marked-up parts of a page besides the gold text, as keys: words joined by spaces."""

    def __init__(self, sample: Sample) -> None:
        tree = html.document_fromstring(decoded(sample.html).encode(), parser=html.HTMLParser(encoding="utf-8"))
        self.headings = _keys(sample.headings) | _keys(_texts(tree, "h1", "h2", "h3", "h4", "h5", "h6"))
        self.titles = _keys([sample.title or ""]) | _keys(_texts(tree, "h1"))
        self.captions = _keys(captions_of(sample.html))
        self.caption_runs = {run for caption in self.captions for run in _runs(caption)}
        self.summaries = _keys(sample.summary)
        self.authors = _keys(sample.authors)

    def label(self, line: Sequence[str], kept: bool) -> Label:
        """The label of a line of words; NAVIGATION stands for everything else that is dropped."""
        key = " ".join(line)
        if kept:
            return Label.HEADING if len(line) < LONGEST_HEADING and key in self.headings else Label.BODY
        if key in self.titles:
            return Label.TITLE
        if self._is_caption(key):
            return Label.CAPTION
        if len(line) >= SHORTEST_SUMMARY and any(key in summary for summary in self.summaries):
            return Label.SUMMARY
        if len(line) <= LONGEST_BYLINE and any(f" {author} " in f" {key} " for author in self.authors):
            return Label.BYLINE
        return Label.NAVIGATION

    def _is_caption(self, key: str) -> bool:
        runs = _runs(key)
        return key in self.captions or (
            len(runs) > 2 and sum(run in self.caption_runs for run in runs) >= CAPTION_SHARE * len(runs)
        )


def _example(sample: Sample, source: str, renderer: str, dump: str, gold: str, facts: _Facts) -> DumpExample:
    lines, spaces = dump_lines(dump)
    split = [words(line) for line in lines]
    shares = shares_in([words_or_characters(line) for line in lines], words_or_characters(gold))
    labels = (facts.label(line, share >= KEPT_SHARE) for line, share in zip(split, shares, strict=True))
    return DumpExample(
        id=sample.id,
        site=sample.site,
        source=source,
        renderer=renderer,
        dump=dump,
        lines=lines,
        spaces=spaces,
        features=text_features(lines, spaces),
        bare=bare(lines, spaces),
        shares=shares,
        classes=np.array([CLASSES.index(label) for label in labels], np.int64),
        sizes=np.array([len(line) for line in split], np.float32),
        gold=gold,
    )


def _texts(tree: etree._Element, *tags: str) -> list[str]:
    return ["".join(element.itertext()) for element in tree.iter(*tags)]


def _keys(texts: Sequence[str]) -> set[str]:
    return {" ".join(words(text)) for text in texts} - {""}


def _runs(key: str) -> list[tuple[str, str, str]]:
    line = key.split()
    return list(zip(line, line[1:], line[2:], strict=False))
