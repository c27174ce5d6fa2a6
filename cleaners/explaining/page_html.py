"""Explained pages as one HTML file, which loads nothing and runs only its own script.

The words of a page get into the file as text of elements that lxml serialises, never as markup. In addition a
Content-Security-Policy allows only this file's own style and script, by their digests: if some words were nevertheless
read as markup, a browser would neither run nor fetch anything.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from urllib.parse import urlsplit

from lxml import etree
from lxml.builder import E

from cleaners.data import Article, Cleaned, Judged, Label, Verdict
from cleaners.explaining.folding import dropped_runs, run_text
from cleaners.explaining.wording import (
    UNSURE_BELOW,
    StoryBoundary,
    boundary_text,
    facts_of,
    name_of,
    percent,
    reason,
    record_facts,
    side,
    story_boundaries,
    story_count,
)
from cleaners.words.display import printable


def html_opening() -> bytes:
    """The file up to its first page: the policy, the style, the legend and the filters."""
    style = _asset("page.css")
    head = E.head(
        E.meta(charset="utf-8"),
        E.meta({"http-equiv": "Content-Security-Policy", "content": content_security_policy()}),
        E.meta(name="viewport", content="width=device-width, initial-scale=1"),
        E.meta(name="referrer", content="no-referrer"),
        E.meta(name="generator", content="Copydesk"),
        E.title("Copydesk: what was kept, and why"),
        E.style(style),
    )
    return b'<!doctype html>\n<html lang="en">\n' + _bytes(head) + b"\n<body>\n" + _bytes(_toolbar()) + b"\n<main>\n"


def html_page(cleaned: Cleaned, number: int, *, unfolded: bool = False) -> Iterator[bytes]:
    """Page `number` of the file, counted from 1, in pieces: a long page as one tree would take a gigabyte.

    Runs of dropped blocks are folded, unless `unfolded`: then they are open.
    """
    yield b'<section class="page" id="p%d">\n' % number + _bytes(_page_header(cleaned))
    if cleaned.blocks:
        yield _bytes(_column_heads())
    yield b'\n<ol class="blocks">\n'
    yield from _items(cleaned, number, b" open" if unfolded else b"")
    yield b"</ol>\n</section>\n"


def _items(cleaned: Cleaned, number: int, is_open: bytes) -> Iterator[bytes]:
    """The blocks of a page, a band wherever a story starts or resumes, and a fold around each run of dropped ones."""
    count = story_count(cleaned.blocks)
    boundaries = {boundary.position: boundary for boundary in story_boundaries(cleaned.blocks)}
    records = {article.story.index: article for article in cleaned.articles}
    runs = dropped_runs(cleaned.blocks, boundaries)
    stop = 0
    for index, judged in enumerate(cleaned.blocks):
        record = records.get(judged.story)
        if boundary := boundaries.get(index):
            yield _bytes(_band(boundary, count, record)) + b"\n"
        if index in runs:
            stop = runs[index]
            summary = _bytes(E.summary(printable(run_text(cleaned.blocks[index:stop]))))
            yield b'<li class="run"><details class="fold"%s>%s\n<ol class="blocks">\n' % (is_open, summary)
        yield _bytes(_block(judged, f"p{number}-b{index + 1}", record.language if record else None)) + b"\n"
        if index + 1 == stop:
            yield b"</ol></details></li>\n"


def _band(boundary: StoryBoundary, count: int, record: Article | None) -> etree._Element:
    band = E.li({"class": "turn starts" if boundary.starts else "turn", "tabindex": "-1"})
    band.append(_quoted(boundary_text(boundary, count), "strong"))
    if boundary.starts and record:
        band.append(_quoted(record_facts(record)))
    return band


def html_closing() -> bytes:
    """The file after its last page."""
    return b"</main>\n" + _bytes(E.script(_asset("page.js"))) + b"\n</body>\n</html>\n"


@cache
def content_security_policy() -> str:
    """The policy that allows only the file's own style and script, and no loading."""
    style, script = _digest(_asset("page.css")), _digest(_asset("page.js"))
    return f"default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@cache
def _asset(name: str) -> str:
    return files("cleaners.explaining").joinpath(name).read_text("utf-8")


def _bytes(element: etree._Element) -> bytes:
    """An element as UTF-8. Texts and attributes are escaped, except our own style and script."""
    return etree.tostring(element, encoding="utf-8", method="html")


def _quoted(text: str, tag: str = "span") -> etree._Element:
    """Text that may come from a page, in an element that isolates its writing direction."""
    return E(tag, {"dir": "auto"}, printable(text))


def _toolbar() -> etree._Element:
    legend = E.div({"class": "legend", "role": "group", "aria-label": "Labels: press to show or hide"})
    for label in Label:
        legend.append(
            E.button(
                {"type": "button", "class": f"chip {label}", "data-toggle": label, "aria-pressed": "true"},
                E.span(label),
                E.span({"class": "count"}),
            )
        )
    legend.append(E.output({"id": "shown", "aria-live": "polite"}))
    return E.header(
        {"class": "toolbar"},
        E.h1("What was kept, and why"),
        E.div(
            {"class": "filters"},
            _choice("page", "Go to page", []),
            _choice(
                "show",
                "Show",
                [
                    ("all", "all blocks"),
                    ("kept", "kept in the text"),
                    ("taken", "not in the text"),
                    ("unsure", f"unsure (below {percent(UNSURE_BELOW)})"),
                    ("revised", "revised"),
                ],
            ),
            _choice("rule", "Rule", [("", "any rule")]),
        ),
        legend,
        E.details(
            {"class": "help"},
            E.summary("How to read this, and keys"),
            E.p(
                "The left column shows each block's label, the rule that gave it, and its confidence. The middle column"
                " is the text of the article. The right column is what went into other fields of the record or was"
                " dropped. Runs of dropped blocks are folded into a line, which a click opens. A band marks where a"
                " story starts or resumes. Press a label or a rule beside a block to see"
                " only blocks with the same one."
            ),
            _keys(),
        ),
    )


def _choice(name: str, heading: str, options: list[tuple[str, str]]) -> etree._Element:
    choice = E.select({"id": name}, *(E.option({"value": value}, text) for value, text in options))
    return E.label({"for": name, "id": f"{name}-label"}, f"{heading} ", choice)


_KEYS = {
    "j k": "next, previous block",
    "d D": "next, previous block that is not in the text",
    "u U": "next, previous unsure block",
    "s S": "next, previous story",
    "n N": "next, previous page",
    "a": "open or close what is folded",
    "l": "only blocks of this label",
    "r": "only blocks of this rule",
    "Esc": "show all again",
    "?": "this help",
}


def _keys() -> etree._Element:
    keys = E.dl({"class": "keys"})
    for names, meaning in _KEYS.items():
        keys.append(E.div(E.dt(*(E.kbd(name) for name in names.split())), E.dd(meaning)))
    return keys


def _page_header(cleaned: Cleaned) -> etree._Element:
    header = E.header(_quoted(name_of(cleaned), "h2"))
    if cleaned.page.url:
        header.append(E("p", {"class": "address"}, _link(cleaned.page.url)))
    header.append(E("p", {"class": "facts"}, facts_of(cleaned)))
    if cleaned.rejection:
        header.append(
            E(
                "p",
                {"class": "rejection"},
                E.strong(printable(cleaned.rejection.code)),
                _quoted(cleaned.rejection.reason),
            )
        )
    if story_count(cleaned.blocks) < 2:
        header.extend(_quoted(record_facts(article), "p") for article in cleaned.articles)
    return header


def _column_heads() -> etree._Element:
    heads = ("Label and rule", "In the text", "In other fields, or dropped")
    return E.div({"class": "heads", "aria-hidden": "true"}, *map(E.span, heads))


def _link(url: str) -> etree._Element:
    """An address as a link if it is a web address, otherwise as text."""
    if not _leads_to_the_web(url):
        return _quoted(url)
    link = _quoted(url, "a")
    link.set("href", printable(url))
    link.set("rel", "noopener noreferrer nofollow")
    return link


def _leads_to_the_web(url: str) -> bool:
    try:
        address = urlsplit(url)
    except ValueError:
        return False
    return address.scheme in ("http", "https") and bool(address.netloc) and printable(url) == url


def _block(judged: Judged, name: str, language: str | None) -> etree._Element:
    verdict = judged.verdict
    went = side(judged.label)
    text = E.p({"class": "text", "dir": "auto"}, printable(judged.text))
    if language and went == "kept":
        text.set("lang", language)
    facts = {
        "class": f"block {went} {judged.label}",
        "id": name,
        "tabindex": "-1",
        "data-label": judged.label,
        "data-rule": printable(verdict.rule),
        "data-side": went,
        **({"data-unsure": ""} if verdict.confidence < UNSURE_BELOW else {}),
        **({"data-revised": ""} if verdict.first else {}),
    }
    return E.li(facts, E.div({"class": "why"}, *_why(judged)), text)


def _why(judged: Judged) -> Iterator[etree._Element]:
    block, verdict = judged.block, judged.verdict
    yield E.button({"type": "button", "class": f"chip {judged.label}", "data-only": "label"}, judged.label)
    yield E.button({"type": "button", "class": "rule", "data-only": "rule"}, printable(verdict.rule))
    yield E.span({"class": "confidence"}, percent(verdict.confidence))
    yield E.span({"class": "line"}, f"line {block.line:,}")
    if verdict.first:
        yield E.span({"class": "first"}, _first(verdict.first))
    if block.path or block.tag:
        yield E.span({"class": "path"}, printable(block.path or block.tag))


def _first(first: Verdict) -> str:
    return printable(f"first {first.label} by {reason(first)}")
