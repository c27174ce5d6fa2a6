"""Records to JSON Lines: articles, the audit of every block, and the pages that gave no article.

A line is always valid UTF-8 JSON and never broken by a separator inside it, and its keys stand in a fixed order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any

from cleaners.data import Block, Cleaned, Judged, Verdict
from cleaners.stories.lines import story_text

Row = dict[str, Any]
"""A line of an output as an object of JSON: an article (the record), a block of the audit, or a reject."""

Rows = Callable[[Cleaned], Iterator[Row]]

_SEPARATORS = {char: f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}
"""What some readers take for a line end, though JSON does not."""


def article_rows(cleaned: Cleaned, *, with_markdown: bool = False) -> Iterator[Row]:
    """One record per article, as `article.schema.json` describes it."""
    return (article.to_dict(with_markdown=with_markdown) for article in cleaned.articles)


def audit_rows(cleaned: Cleaned) -> Iterator[Row]:
    """One row per block of the page, in order, from which `reassemble` makes the page's text again.

    `before` is the white space in front of a block, `raw` its exact characters where they are not those of `text`, and
    `after`, on the page's last row, the white space that follows. They belong to text pages; `tag` and `path` to HTML.
    """
    page = cleaned.page.source or cleaned.page.url
    last = len(cleaned.blocks) - 1
    for number, judged in enumerate(cleaned.blocks):
        yield {"page": page, **_audit_row(judged), "after": cleaned.after if number == last else ""}


def rejected_rows(cleaned: Cleaned, *, with_text: bool = False) -> Iterator[Row]:
    """One row that says why the page gave no article, or none if it gave one.

    `with_text` adds the `text` that the record would have had: empty, if the page was rejected unread.
    """
    if cleaned.rejection:
        yield {
            "source": cleaned.page.source,
            "url": cleaned.page.url,
            "retrieved_at": cleaned.page.retrieved_at,
            "code": cleaned.rejection.code,
            "reason": cleaned.rejection.reason,
            **({"text": story_text(cleaned.blocks)} if with_text else {}),
        }


def reassemble(rows: Iterable[Mapping[str, Any]]) -> str:
    """The exact text of a text page from its audit rows, in order."""
    pieces = ((row["before"], row["text"] if row["raw"] is None else row["raw"], row["after"]) for row in rows)
    return "".join(piece for row in pieces for piece in row)


def json_line(record: Mapping[str, Any]) -> bytes:
    """The record as one line of JSON. Half a surrogate pair, which UTF-8 cannot hold, is written as JSON's escape."""
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    for separator, escape in _SEPARATORS.items():
        line = line.replace(separator, escape)
    return line.encode("utf-8", "backslashreplace") + b"\n"


def write_rows(file: IO[bytes], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write each row as a line of its own, in one piece."""
    for row in rows:
        file.write(json_line(row))


def _audit_row(judged: Judged) -> Row:
    block, verdict = judged.block, judged.verdict
    return {
        "line": block.line,
        **_verdict_row(verdict),
        "story": judged.story,
        "story_confidence": judged.story_confidence,
        "text": block.text,
        "before": block.before,
        "raw": _raw(block),
        "first": _verdict_row(verdict.first) if verdict.first else None,
        "tag": block.tag or None,
        "path": block.path or None,
    }


def _verdict_row(verdict: Verdict) -> Row:
    return {"label": str(verdict.label), "rule": verdict.rule, "confidence": round(verdict.confidence, 3)}


def _raw(block: Block) -> str | None:
    return block.raw if block.raw and block.raw != block.text else None
