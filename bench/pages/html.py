"""Annotated pages as examples for the scorer of HTML blocks: their features, labels and gold texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from bench.metrics import words
from bench.pages.addresses import registered_domain
from bench.pages.aged import aged
from bench.pages.align import LEAST_AGREEMENT, agreement
from bench.pages.corpora import read_annotations, teaches
from bench.pages.folds import fold_of
from bench.paths import CORPORA
from cleaners.blocks.elements import HEADINGS
from cleaners.blocks.html import html_blocks, parse
from cleaners.data import Block
from cleaners.decoding.encodings import decode
from cleaners.label import second_opinion
from cleaners.label.html_features import Features, MetadataHints, features, overlap
from cleaners.label.html_scorer import FIGCAPTION

SNIPPETS = "multilingual"
"""The set that is annotated with snippets in place of texts."""

SETS = ("wcxb-dev-articles", "news-world", "wcxb-dev-other", SNIPPETS, "news-sites", "more-training")

UNLABELLED = "dates"
"""A set of pages whose blocks nobody has labelled."""

CLASSES = ("other", "body", "heading", "caption", "summary", "title", "byline")
UNKNOWN = -1
"""The class of a block that is not labelled."""

LINK_TRUST = 0.7
"""Weight in the alignment of a block that is mostly links, such as a teaser with the words of the headline."""


@dataclass(slots=True)
class HtmlExample:
    """A page: its blocks, their features without (`features`) and with (`hinted`) its metadata, and their classes.

    By block: `shares` is the share of its words in the annotated text, `opinion` the share in the text that another
    extractor takes from the page, `words` its number of words. `gold` is the annotated text, or None for a page that is
    annotated with snippets only (`wanted`, `unwanted`), or not at all. `aged` says that its markup was changed to that
    of an earlier time, and `taught` is what other networks say of its blocks (`bench.train.html_distillation`).
    """

    id: str
    source: str
    domain: str
    fold: int
    blocks: list[Block]
    features: Features
    hinted: Features
    classes: NDArray[np.int64]
    shares: NDArray[np.float32]
    opinion: NDArray[np.float32]
    words: NDArray[np.float32]
    figcaption: NDArray[np.bool_]
    gold: str | None
    wanted: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)
    aged: bool = False
    taught: NDArray[np.float32] | None = None


def examples(source: str, with_aged: bool = False) -> Iterator[HtmlExample]:
    """The pages of one corpus that there is something to learn from, in its order, each followed by its aged copy on
    demand. Raises MissingCorpusError."""
    for page, content in contents(source):
        if source != UNLABELLED and not teaches(page):
            continue
        yield from _read(page, source, content)
        if with_aged:
            older = aged(parse(content), Random(f"{page['id']}a"))
            for example in _read(page, source, etree.tostring(older, encoding="unicode", method="html")):
                yield replace(example, aged=True)


def _read(page: dict[str, Any], source: str, content: str) -> Iterator[HtmlExample]:
    """The page as an example; nothing if it has no blocks."""
    tree = parse(content)
    if blocks := html_blocks(tree):
        opinion = overlap([block.text for block in blocks], second_opinion.main_text(content))
        yield _example(dict(page), source, blocks, tree, opinion)


def contents(source: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The annotation of each page of one corpus, and its HTML."""
    for page, sample in read_annotations(CORPORA / f"{source}.jsonl.xz"):
        yield page, sample.html if isinstance(sample.html, str) else decode(sample.html)


def metadata_hints(tree: etree._Element) -> MetadataHints:
    """The story's text, title and summary by the page's metadata; a simpler reading than that of Copydesk itself."""
    hints: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name, content = meta.get("property") or meta.get("name"), meta.get("content")
        if name and content:
            hints.setdefault(name.lower(), content)
    return MetadataHints(
        article_body(tree),
        hints.get("og:title") or tree.findtext(".//title"),
        hints.get("og:description") or hints.get("description"),
    )


def article_body(tree: etree._Element) -> str | None:
    """The longest `articleBody` in the page's JSON-LD, where some publishers give the text of the story."""
    found: list[str] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and "articleBody" in (script.text or ""):
            try:
                todo = [json.loads(script.text or "", strict=False)]
            except ValueError:
                continue
            while todo:
                value = todo.pop()
                if isinstance(value, dict):
                    body = value.get("articleBody")
                    found += [body] if isinstance(body, str) else []
                    todo += value.values()
                elif isinstance(value, list):
                    todo += value
    return max(found, key=len, default=None)


def _example(
    page: dict[str, Any], source: str, blocks: list[Block], tree: etree._Element, opinion: NDArray[np.float32]
) -> HtmlExample:
    gold = page.get("text")
    split = [words(block.text) for block in blocks]
    trust = [LINK_TRUST if block.link_density > 0.5 else 1.0 for block in blocks]
    shares = np.array(agreement(split, gold, trust) if gold else [0.0] * len(blocks), np.float32)
    hints = metadata_hints(tree)
    domain = registered_domain(page.get("url") or page["id"])
    page.setdefault("summary", [hints.summary] if hints.summary else [])
    classes = _classes(page, blocks, split, shares) if gold else _weak_classes(page, blocks)
    return HtmlExample(
        id=page["id"],
        source=source,
        domain=domain,
        fold=fold_of(domain),
        blocks=[replace(block, surroundings=None) for block in blocks],
        features=features(blocks),
        hinted=features(blocks, hints),
        classes=classes,
        shares=shares,
        opinion=opinion,
        words=np.array([len(w) for w in split], np.float32),
        figcaption=np.array([FIGCAPTION in block.path for block in blocks]),
        gold=gold,
        wanted=page.get("must_have") or [],
        unwanted=page.get("must_not_have") or [],
    )


def _classes(
    page: dict[str, Any], blocks: list[Block], split: list[list[str]], shares: NDArray[np.float32]
) -> NDArray[np.int64]:
    headings = {" ".join(words(heading)) for heading in page.get("headings") or ()}
    title = words(page.get("title") or "")
    summary = set(words(" ".join(page.get("summary") or ())))
    names = {word for name in _authors(page) for word in words(name)}
    titled = False
    classes = []
    for block, own, share in zip(blocks, split, shares, strict=True):
        if share >= LEAST_AGREEMENT:
            name = "heading" if block.tag in HEADINGS or " ".join(own) in headings else "body"
        elif own and not titled and block.tag != "body" and _alike(own, title):
            name, titled = "title", True
        elif _is_caption(block):
            name = "caption"
        elif len(own) > 4 and sum(word in summary for word in own) > 0.8 * len(own):
            name = "summary"
        elif own and names and len(own) <= len(names) + 6 and names <= set(own):
            name = "byline"
        else:
            name = "other"
        classes.append(CLASSES.index(name))
    return np.array(classes, np.int64)


def _weak_classes(page: dict[str, Any], blocks: list[Block]) -> NDArray[np.int64]:
    """Other for blocks with an unwanted snippet, body or heading for those with a wanted one, UNKNOWN for the rest."""
    wanted, unwanted = ([_fold(s) for s in page.get(key) or ()] for key in ("must_have", "must_not_have"))
    classes = np.full(len(blocks), UNKNOWN, np.int64)
    for number, block in enumerate(blocks):
        text = _fold(block.text)
        if any(snippet in text for snippet in unwanted):
            classes[number] = CLASSES.index("other")
        elif any(snippet in text for snippet in wanted):
            classes[number] = CLASSES.index("heading" if block.tag in HEADINGS else "body")
    return classes


def _fold(text: str) -> str:
    return " ".join(text.split())


def _authors(page: dict[str, Any]) -> list[str]:
    authors = page.get("authors") or page.get("author") or []
    return [authors] if isinstance(authors, str) else list(authors)


def _alike(a: list[str], b: list[str]) -> bool:
    return len(set(a) & set(b)) >= 0.8 * max(len(set(a)), len(set(b)), 1)


CAPTION_NAMES = re.compile(r"caption|legend|bildunterschrift|legende", re.I)


def _is_caption(block: Block) -> bool:
    if "/figcaption" in block.path or "/figure" in block.path:
        return True
    around = block.surroundings
    return around is not None and bool(CAPTION_NAMES.search(around.box.names + " " + around.names))
