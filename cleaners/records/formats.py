"""The formats in which articles are written, and what each makes of a story."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from cleaners.records.csv_rows import CSV_HEADER, csv_row
from cleaners.records.html_page import HTML_OPENING, html_article
from cleaners.records.markdown import markdown_file
from cleaners.records.rows import json_line


class Format(StrEnum):
    """A format of articles. `jsonl` and `parquet` hold whole records and can be read again; the others are for people
    and their programs."""

    JSONL = "jsonl"
    MD = "md"
    TXT = "txt"
    CSV = "csv"
    HTML = "html"
    PARQUET = "parquet"


READABLE = (Format.JSONL, Format.PARQUET)
"""The formats that hold whole records."""

ENDINGS = {
    "jsonl": Format.JSONL,
    "ndjson": Format.JSONL,
    "json": Format.JSONL,
    "md": Format.MD,
    "markdown": Format.MD,
    "txt": Format.TXT,
    "csv": Format.CSV,
    "html": Format.HTML,
    "htm": Format.HTML,
    "parquet": Format.PARQUET,
}
"""The format of a file by the ending of its name."""

PACKED = (".gz", ".zst")


def format_of(name: str) -> Format | None:
    """The format that the ending of a file's name asks for: JSON Lines where it has no ending, None where no format
    has this one. What packs a file (`.gz`, `.zst`) is left aside; Parquet packs by itself.

    >>> format_of("day/stories.md.gz"), format_of("stories"), format_of("stories.docx"), format_of("a.parquet.gz")
    (<Format.MD: 'md'>, <Format.JSONL: 'jsonl'>, None, None)
    """
    stem, ending = os.path.splitext(os.path.basename(name).lower())
    is_packed = ending in PACKED
    if is_packed:
        ending = os.path.splitext(stem)[1]
    found = ENDINGS.get(ending[1:]) if ending else Format.JSONL
    return None if is_packed and found is Format.PARQUET else found


def check_format(path: str) -> str | None:
    """What is wrong with the name of a file for articles, in words; None if its ending names a format.

    >>> check_format("stories.docx")
    'no format has the ending .docx: use .jsonl, .md, .txt, .csv, .html or .parquet, or name it by --format'
    """
    if format_of(path) is not None:
        return None
    if path.lower().endswith(PACKED) and os.path.splitext(path)[0].lower().endswith(".parquet"):
        return f"Parquet is packed already: write to {os.path.splitext(path)[0]}"
    ending = os.path.splitext(path.lower().removesuffix(".gz").removesuffix(".zst"))[1]
    *others, last = (f".{shape}" for shape in Format)
    known = f"{', '.join(others)} or {last}"
    return f"no format has the ending {ending}: use {known}, or name it by --format"


OPENINGS = {Format.CSV: CSV_HEADER, Format.HTML: HTML_OPENING}
"""What a file of a format begins with. None needs an ending, so that a file can be written on at any time."""

SIGNS = (HTML_OPENING, CSV_HEADER, b'---\nid: "')
"""What files of articles begin with that hold no records."""


def story_in(shape: Format, record: Mapping[str, Any], body: str) -> bytes:
    """A story as it stands in a file of many. `body` is its text as Markdown or HTML, where the format shows either."""
    if shape is Format.CSV:
        return csv_row(record)
    if shape is Format.HTML:
        return _encoded(html_article(record, body))
    if shape is Format.MD:
        return _encoded(f"{markdown_file(record, body)}\n")
    return _encoded(f"{text_file(record)}\n\n") if shape is Format.TXT else json_line(record)


def story_file(ending: str, record: Mapping[str, Any], body: str) -> bytes:
    """A story as a file of its own: `json`, `md`, `txt` or `html`."""
    if ending == "json":
        return _encoded(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    if ending == "html":
        return HTML_OPENING + _encoded(html_article(record, body))
    return _encoded(markdown_file(record, body) if ending == "md" else text_file(record))


def text_file(record: Mapping[str, Any]) -> str:
    """A story as plain text: headline, an empty line, and the text, one paragraph a line.

    >>> text_file({"title": "Harbour reopens", "text": "The harbour is open.\\nTraffic is back."})
    'Harbour reopens\\n\\nThe harbour is open.\\nTraffic is back.\\n'
    """
    title = f"{' '.join(record['title'].split())}\n\n" if record["title"] else ""
    return f"{title}{record['text']}\n"


def _encoded(text: str) -> bytes:
    """UTF-8; half a surrogate pair, which it cannot hold, becomes an escape."""
    return text.encode("utf-8", "backslashreplace")
