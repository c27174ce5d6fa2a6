"""What the Markdown of articles holds of a page's structure.

On every page of every corpus, as HTML and as a dump: the Markdown must show the text character for character but for
white space in two parsers, and lead nowhere but to http and https. Of the blocks in list items, quotes, cells and
preformatted text that are kept, it is counted how many are marked as such, and of the links of kept blocks how many are
links in the Markdown. Cells of a table of one column, and of one that holds stories, lists or preformatted texts,
are those of a layout: they are counted by themselves. trafilatura's Markdown of the same pages stands beside it on
demand.
"""

from __future__ import annotations

import argparse
import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, takewhile
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bench.pages import corpora
from bench.pages.renderers import blocks as as_dump
from bench.pages.renderers import decoded
from bench.tables import Cell, table
from cleaners import Page, clean_page
from cleaners.data import KEPT, Article, Cleaned, Judged, Line
from cleaners.words.addresses import web_address

CORPORA = {
    "news-world": corpora.NEWS,
    "wcxb articles": corpora.ARTICLES,
    "wcxb others": corpora.OTHERS,
    "multilingual": corpora.MULTILINGUAL,
    "news-sites": corpora.NEWS_SITES,
    "more-training": corpora.MORE_TRAINING,
    "more-measuring": corpora.MORE_MEASURING,
}

HEAD = ("pages", "broken law", "links astray", "li", "quote", "cell", "pre", "links", "cells of layouts")
KINDS = {"li": ("li",), "quote": ("blockquote",), "cell": ("td", "th", "tr"), "pre": ("pre",)}
TRAFILATURA_PAGES = 100

LONG = 800
"""Characters of a cell that is a part of a story."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--pages", type=int, metavar="N", help="only the first N pages of each corpus")
    parser.add_argument(
        "--peer", action="store_true", help="count what trafilatura's Markdown of 100 pages has instead"
    )


def run(options: argparse.Namespace) -> Iterator[str]:
    """A row for each corpus, or the table beside trafilatura."""
    if options.peer:
        yield beside_trafilatura()
        return
    rows: list[tuple[Cell, ...]] = []
    for name, path in CORPORA.items():
        counts = corpus_counts(path, options.pages)
        shares = [f"{counts['marked ' + kind]} of {counts[kind]}" for kind in (*KINDS, "links")]
        rows.append((name, counts["pages"], counts["broken"], counts["astray"], *shares, counts["layout"]))
    yield table(("corpus", *HEAD), rows)


def corpus_counts(path: Path, most: int | None = None) -> Counter[str]:
    """What the articles of a corpus have, and how much of it their Markdown shows."""
    counts: Counter[str] = Counter()
    for sample in islice(corpora.read_jsonl(path), most):
        page = decoded(sample.html)
        cleaned = clean_page(Page(page, url=sample.url, kind="html"), any_page=True)
        dump = clean_page(Page(as_dump(page), kind="text"))
        counts["pages"] += 1
        for article in (*cleaned.articles, *dump.articles):
            counts["broken"] += not keeps_the_law(article)
            counts["astray"] += sum(not link.startswith(("http://", "https://")) for link in links(article))
        for article in cleaned.articles:
            counts.update(_marked(cleaned, article))
    return counts


def keeps_the_law(article: Article) -> bool:
    """Whether the Markdown shows the text in both parsers, and each link's words stand at its span."""
    markdown, text = article.markdown or "", folded(article.text)
    if [line.text for line in article.lines] != article.text.split("\n"):
        return False
    return folded(shown_by_markdown_it(markdown)) == text and folded(shown_by_cmark(markdown)) == text


def folded(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def shown_by_markdown_it(markdown: str) -> str:
    """The text that a reader sees, by markdown-it."""
    return _without_tags(_parser().render(markdown))


def shown_by_cmark(markdown: str) -> str:
    """The text that a reader sees, by cmark, the reference of CommonMark, with pipe tables."""
    import cmarkgfm

    return _without_tags(cmarkgfm.markdown_to_html_with_extensions(markdown, extensions=["table"]))


def _without_tags(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", page))


def links(article: Article) -> list[str]:
    """The addresses of the links in an article's Markdown."""
    return [str(token.attrGet("href")) for token in inline_tokens(article.markdown or "") if token.type == "link_open"]


def inline_tokens(markdown: str) -> Iterator[Token]:
    """The tokens inside the paragraphs of a Markdown text."""
    for token in _parser().parse(markdown):
        yield from token.children or ()


def _marked(cleaned: Cleaned, article: Article) -> Counter[str]:
    """The kept blocks of an article by what they stand in, and how many are marked so; the links likewise."""
    counts: Counter[str] = Counter()
    kept = [block for block in cleaned.blocks if block.story == article.story.index and block.label in KEPT]
    layouts = _layouts(kept)
    for judged, line in zip(kept, article.lines, strict=True):
        for kind, tags in KINDS.items():
            if kind == "cell" and _table(judged) in layouts:
                counts["layout"] += _table(judged) is not None  # rows and cells without a table are no table's
            elif any(box.tag in tags for box in judged.block.boxes(100)):
                counts[kind] += 1
                counts[f"marked {kind}"] += _is_marked(line, kind)
        counts["links"] += _stated_links(judged, cleaned.page.url)
    counts["marked links"] = len(links(article))
    return counts


def _table(judged: Judged) -> int | None:
    """The number of the innermost table around a block."""
    return next((box.number for box in judged.block.boxes(100) if box.tag == "table"), None)


def _layouts(kept: Sequence[Judged]) -> set[int | None]:
    """The tables that are layouts, and None for no table: their rows have one cell with kept words, or most of their
    words stand in long cells, in lists or in preformatted texts inside the cells."""
    rows: dict[int | None, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    sizes: Counter[int | None] = Counter()
    held: Counter[int | None] = Counter()
    in_cells: Counter[tuple[int, int]] = Counter()
    for judged in kept:
        if (table := _table(judged)) is None:
            continue
        inside = list(takewhile(lambda box: box.tag != "table", judged.block.boxes(100)))
        row = next((box.number for box in inside if box.tag == "tr"), 0)
        cell = next((box.number for box in inside if box.tag in ("td", "th")), 0)
        in_pre = any(box.tag == "pre" for box in judged.block.boxes(100))
        rows[table][row].update(range(_cells(judged)) if _cells(judged) > 1 else [-cell])
        sizes[table] += len(judged.text)
        if any(box.tag in ("li", "pre") for box in inside) or in_pre:
            held[table] += len(judged.text)
        elif cell:
            in_cells[table, cell] += len(judged.text)
    for (table, _), size in in_cells.items():
        held[table] += size if size > LONG else 0
    narrow = {table for table, cells in rows.items() if max(map(len, cells.values())) == 1}
    return {None} | narrow | {table for table, size in sizes.items() if held[table] > size / 2}


def _cells(judged: Judged) -> int:
    """How many cells of a row a block holds."""
    inside = judged.block.surroundings and judged.block.surroundings.inside
    return len(inside.cells) if inside else 0


def _is_marked(line: Line, kind: str) -> bool:
    if kind == "cell":
        return line.kind == "row"
    if kind == "pre":
        return line.kind == "preformatted"
    wanted = "item" if kind == "li" else "quote"
    return any(container.kind == wanted for container in line.containers)


def _stated_links(judged: Judged, url: str | None) -> int:
    """Links that lead somewhere and show words, unlike those without text and those around a picture."""
    inside = judged.block.surroundings and judged.block.surroundings.inside
    if not inside:
        return 0
    found, still_open = [], []
    for at, tag, href in [*inside.marks, *[(len(inside.parts), "", "")] * len(inside.marks)]:
        if tag:
            still_open.append((at, tag == "a" and web_address(href, url) is not None))
        elif still_open:
            start, is_link = still_open.pop()
            found.append(is_link and "".join(inside.parts[start:at]).strip())
    return sum(map(bool, found))


def beside_trafilatura() -> str:
    """What the Markdown of 100 annotated articles has, ours and trafilatura's."""
    from trafilatura import extract

    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    for sample in islice(corpora.read_jsonl(corpora.ARTICLES), TRAFILATURA_PAGES):
        page = decoded(sample.html)
        for article in clean_page(Page(page, url=sample.url, kind="html")).articles[:1]:
            ours.update(_elements(article.markdown or ""))
        theirs.update(_elements(extract(page, output_format="markdown", include_links=True, url=sample.url) or ""))
    return table(
        ("element", "Copydesk", "trafilatura"), [(name, ours[name], theirs[name]) for name in sorted(ours | theirs)]
    )


_ELEMENTS = {
    "list_item_open": "list items",
    "blockquote_open": "quotes",
    "tr_open": "table rows",
    "th_open": "table cells",
}
_ELEMENTS |= {"td_open": "table cells", "heading_open": "headings", "fence": "preformatted"}


def _elements(markdown: str) -> Counter[str]:
    counts = Counter(_ELEMENTS[token.type] for token in _parser().parse(markdown) if token.type in _ELEMENTS)
    counts["links"] = sum(token.type == "link_open" for token in inline_tokens(markdown))
    return counts
