"""Lines with structure as HTML: headings, paragraphs, lists, quotes, tables, links and emphasis, all text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from cleaners.data import Container, Line, Span
from cleaners.stories.body_markdown import table_row

_TAGS = {"strong": "strong", "emphasis": "em"}


def lines_html(lines: Iterable[Line]) -> str:
    """The lines as HTML.

    >>> lines_html([Line("Harbour & port", spans=(Span(0, 7, "link", "https://news.example/?a=1&b"),))])
    '<p><a href="https://news.example/?a=1&amp;b" rel="nofollow noopener">Harbour</a> &amp; port</p>'
    """
    written: list[str] = []
    around: tuple[Container, ...] = ()
    numbered = enumerate(lines)
    for _, group in groupby(numbered, key=lambda found: found[1].group or f"line {found[0]}"):
        chunk = [line for _, line in group]
        written += _between(around, chunk[0].containers)
        written.append(_chunk(chunk))
        around = chunk[0].containers
    return "\n".join([*written, *_between(around, ())])


def _between(old: Sequence[Container], new: Sequence[Container]) -> Iterator[str]:
    """The tags that leave some lists and quotes, and enter others."""
    shared = 0
    while shared < min(len(old), len(new)) and old[shared] == new[shared]:
        shared += 1
    old_list = old[shared].list if shared < len(old) and old[shared].kind == "item" else None
    stays = shared < len(new) and new[shared].kind == "item" and new[shared].list == old_list
    for depth in range(len(old) - 1, shared - 1, -1):
        yield "</li>" if stays and depth == shared else _end(old[depth])
    for depth in range(shared, len(new)):
        yield "<li>" if stays and depth == shared else _start(new[depth])


def _start(container: Container) -> str:
    if container.kind == "quote":
        return "<blockquote>"
    return "<ol>\n<li>" if container.ordered else "<ul>\n<li>"


def _end(container: Container) -> str:
    if container.kind == "quote":
        return "</blockquote>"
    return "</li>\n</ol>" if container.ordered else "</li>\n</ul>"


def _chunk(lines: Sequence[Line]) -> str:
    first = lines[0]
    if first.kind == "row":
        rows = (list(row) for _, row in groupby(lines, key=lambda line: line.row))
        return "\n".join(["<table>", *map(_row, rows), "</table>"])
    if first.kind == "preformatted":
        return f"<pre>{escape(chr(10).join(line.raw for line in lines))}</pre>"
    tag = f"h{first.level}" if first.kind == "heading" else "p"
    return f"<{tag}>{_inline(first.text, first.spans)}</{tag}>"


def _row(lines: Sequence[Line]) -> str:
    cells = (" ".join(_inline(*piece) for piece in pieces) for pieces in table_row(lines))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _inline(text: str, spans: Sequence[Span], start: int = 0, stop: int | None = None) -> str:
    """A piece of a line with its links and its emphasis, which lie in each other as on the page."""
    stop = len(text) if stop is None else stop
    written: list[str] = []
    still_open: list[Span] = []
    at = start
    inside = (span for span in spans if span.start >= start and span.stop <= stop)
    for span in [*sorted(inside, key=lambda span: (span.start, -span.stop)), Span(stop, stop, "emphasis")]:
        while still_open and still_open[-1].stop <= span.start:
            done = still_open.pop()
            written.append(f"{escape(text[at : done.stop])}</{_TAGS.get(done.kind, 'a')}>")
            at = done.stop
        written.append(escape(text[at : span.start]))
        at = span.start
        fits = span.start < span.stop and not (still_open and still_open[-1].stop < span.stop)
        if fits and not (span.kind == "link" and any(other.kind == "link" for other in still_open)):
            link = f'<a href="{escape(span.address or "")}" rel="nofollow noopener">'
            written.append(link if span.kind == "link" else f"<{_TAGS[span.kind]}>")
            still_open.append(span)
    return "".join(written)
