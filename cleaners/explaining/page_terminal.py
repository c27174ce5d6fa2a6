"""An explained page in a terminal: its blocks in reading order, each with its label, rule and confidence.

Blocks kept in the text are marked with `+`, those that feed a field with `=`, dropped ones with `-`, so that no fact
depends on colour alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from rich.console import Console
from rich.text import Text

from cleaners.data import Cleaned, Judged, Label
from cleaners.explaining.folding import dropped_runs, run_text
from cleaners.explaining.wording import (
    boundary_text,
    facts_of,
    name_of,
    reason,
    record_facts,
    side,
    story_boundaries,
    story_count,
)
from cleaners.words.display import counted, printable

STYLES = {
    Label.BODY: "default",
    Label.HEADING: "bold",
    Label.CREDIT: "italic",
    Label.TITLE: "bold green",
    Label.SUMMARY: "green",
    Label.BYLINE: "cyan",
    Label.DATE: "cyan",
    Label.CAPTION: "blue",
    Label.NAVIGATION: "bright_black",
    Label.RELATED: "yellow",
    Label.PROMO: "magenta",
    Label.COUNTER: "bright_black",
    Label.COMMENT: "red",
    Label.LEGAL: "bright_black",
}
"""A colour for each label, of the sixteen that follow the terminal's own theme."""

SIDE_MARKS = {"kept": "+", "field": "=", "dropped": "-"}

FOLD = 600
"""Blocks with more characters are shown without their middle: 600 are ten lines at 80 columns."""

HEAD, TAIL = 360, 160
"""Characters that are shown of the start and of the end of such a block."""

NARROW = 60
"""Columns below which the label stands before the text, in the same column."""

_LINE_DIGITS = 6
_FEWER_DIGITS = 4
_LABEL_LETTERS = max(map(len, Label))


def terminal_page(
    cleaned: Cleaned, console: Console, *, only: Collection[str] = (), whole: bool = False, unfolded: bool = False
) -> Iterator[Text]:
    """The lines that explain a page, as wide as the console.

    `only` names the labels and rules whose blocks are shown (all if empty). With `whole`, long blocks are shown in
    full. Runs of dropped blocks are one line, unless they are `unfolded` or names are given.
    """
    yield from _header(cleaned, console)
    count = story_count(cleaned.blocks)
    boundaries = {boundary.position: boundary for boundary in story_boundaries(cleaned.blocks)}
    records = {article.story.index: record_facts(article) for article in cleaned.articles}
    runs = {} if only or unfolded else dropped_runs(cleaned.blocks, boundaries)
    left_out = folded_up_to = 0
    for index, judged in enumerate(cleaned.blocks):
        boundary = boundaries.get(index)
        shown = not only or is_one_of(judged, only)
        if left_out and (shown or boundary):
            yield _left_out(left_out)
            left_out = 0
        if boundary:
            yield Text()
            yield from _paragraph(boundary_text(boundary, count).upper(), "bold reverse", console)
            if boundary.starts and boundary.story in records:
                yield from _paragraph(records[boundary.story], "dim", console)
        if index in runs:
            hint = "" if folded_up_to else " (--all shows them)"
            folded_up_to = runs[index]
            yield from _folded(run_text(cleaned.blocks[index:folded_up_to]) + hint, console)
        if index < folded_up_to:
            continue
        if shown:
            yield from _block(judged, console, whole=whole)
        else:
            left_out += 1
    if left_out:
        yield _left_out(left_out)
    yield Text()


def is_one_of(judged: Judged, names: Collection[str]) -> bool:
    """Whether a block's label or rule, or those of its first verdict, are among the names."""
    return any(name in names for name in names_of([judged]))


def names_of(blocks: Iterable[Judged]) -> Iterator[str]:
    """The labels and rules of blocks, also in their first verdicts."""
    for judged in blocks:
        for verdict in (judged.verdict, judged.verdict.first):
            if verdict:
                yield from (verdict.label, verdict.rule)


def _header(cleaned: Cleaned, console: Console) -> Iterator[Text]:
    yield from _paragraph(name_of(cleaned), "bold underline", console)
    if cleaned.page.url and cleaned.page.source:
        yield from _paragraph(cleaned.page.url, "dim", console)
    yield from _paragraph(facts_of(cleaned), "", console)
    if cleaned.rejection:
        yield from _paragraph(f"{cleaned.rejection.code}: {cleaned.rejection.reason}", "bold red", console)
    if story_count(cleaned.blocks) < 2:
        for article in cleaned.articles:
            yield from _paragraph(record_facts(article), "dim", console)
    if cleaned.blocks:
        yield Text()


def _paragraph(text: str, style: str, console: Console) -> Iterator[Text]:
    for line in Text(printable(text), style).wrap(console, console.width):
        line.rstrip()
        yield line


def _block(judged: Judged, console: Console, *, whole: bool) -> Iterator[Text]:
    label, style = judged.label, STYLES[judged.label]
    narrow = console.width < NARROW
    gutter = f"{judged.block.line:>{_FEWER_DIGITS if narrow else _LINE_DIGITS}} {SIDE_MARKS[side(label)]} "
    labels = "" if narrow else f"{label:<{_LABEL_LETTERS}}  "
    line = Text(f"{label}: ", style) if narrow else Text()
    for piece, piece_style in [*_pieces(judged.text, style, whole=whole), (f"  ← {reason(judged.verdict)}", "dim")]:
        line.append(printable(piece), piece_style)
    for number, wrapped in enumerate(line.wrap(console, console.width - len(gutter + labels))):
        start = Text(gutter, "dim") if number == 0 else Text(" " * len(gutter))
        start.append(labels if number == 0 else " " * len(labels), style)
        wrapped.rstrip()
        yield start + wrapped


def _pieces(text: str, style: str, *, whole: bool) -> list[tuple[str, str]]:
    """The text of a block with its styles: all of it, or its start, its end and the number of words between."""
    if whole or len(text) <= FOLD:
        return [(text, style)]
    head, tail = text[:HEAD], text[-TAIL:]
    if " " in head:
        head = head[: head.rindex(" ")]
    if " " in tail:
        tail = tail[tail.index(" ") + 1 :]
    words = len(text[len(head) : len(text) - len(tail)].split())
    return [(head, style), (f" … {words:,} more words … ", "dim"), (tail, style)]


def _folded(text: str, console: Console) -> Iterator[Text]:
    """The line in the place of a run of dropped blocks."""
    gutter = f"{'⋮':>{_FEWER_DIGITS if console.width < NARROW else _LINE_DIGITS}} - "
    for number, wrapped in enumerate(Text(text, "dim").wrap(console, console.width - len(gutter))):
        wrapped.rstrip()
        yield Text(gutter if number == 0 else " " * len(gutter), "dim") + wrapped


def _left_out(count: int) -> Text:
    return Text(f"{'⋮':>{_LINE_DIGITS}}   {counted(count, 'block')}", "dim")
