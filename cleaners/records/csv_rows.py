"""Articles as rows of CSV that a spreadsheet opens, and in which it finds no formula. See RFC 4180."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

COLUMNS = (
    "id",
    "url",
    "canonical_url",
    "source",
    "retrieved_at",
    "title",
    "summary",
    "text",
    "language",
    "date_published",
    "date_modified",
    "authors",
    "publisher",
    "section",
    "dateline_place",
    "dateline_agency",
    "credits",
    "captions",
    "kind",
    "story_index",
    "story_count",
    "parent_id",
    "dropped",
    "copydesk",
    "rights_reserved",
    "replaces",
    "image",
    "tags",
    "free",
    "license",
    "words",
    "embeds",
    "updates",
)
"""The columns, in the order of the record; nested fields lie flat."""

_NESTED = ("captions", "dropped", "embeds", "updates")

_FORMULA = frozenset("=+-@＝＋－＠|%")
"""What a cell begins with that a spreadsheet takes for a formula or a command, wide forms included."""

BETWEEN = "; "
"""What stands between the items of a list."""


def csv_row(record: Mapping[str, Any]) -> bytes:
    """The record as one row, in the order of `COLUMNS`.

    Lists are joined by semicolons. A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    flat = flattened(record)
    return _line(cell(flat.get(column)) for column in COLUMNS)


def flattened(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record as flat columns: each value a string, a number or None."""
    dateline, story = record.get("dateline") or {}, record.get("story") or {}
    captions = (caption["text"] for caption in record.get("captions") or ())
    dropped = (f"{label} {count}" for label, count in (record.get("dropped") or {}).items())
    flat = {name: BETWEEN.join(value) if isinstance(value, list) else value for name, value in _simple(record)}
    return flat | {
        "dateline_place": dateline.get("place"),
        "dateline_agency": dateline.get("agency"),
        "captions": "\n".join(captions),
        "story_index": story.get("index"),
        "story_count": story.get("count"),
        "parent_id": story.get("parent_id"),
        "dropped": BETWEEN.join(dropped),
        "image": next((image["url"] for image in record.get("images") or ()), None),
        "embeds": BETWEEN.join(embed["url"] for embed in record.get("embeds") or ()),
        "updates": len(record.get("updates") or ()),
        "rights_reserved": BETWEEN.join((record.get("rights") or {}).get("reserved") or ()),
    }


def _simple(record: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return ((name, value) for name, value in record.items() if name in COLUMNS and name not in _NESTED)


def cell(value: object) -> str:
    """A value as the text of a cell that is no formula, whatever a page says.

    >>> cell("=HYPERLINK(1)"), cell(" \\u200b+1"), cell("1 + 1"), cell(None), cell(3)
    ("'=HYPERLINK(1)", "' \\u200b+1", '1 + 1', '', '3')
    """
    if value is None:
        return ""
    text = str(value).replace("\0", "")
    first = next((character for character in text if not _is_blank(character)), "")
    return f"'{text}" if first in _FORMULA else text


def _is_blank(character: str) -> bool:
    """Whether a spreadsheet may look past a character: white space, and what is not shown."""
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")


def _line(cells: Iterable[str]) -> bytes:
    line = io.StringIO(newline="")
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode("utf-8", "backslashreplace")


CSV_HEADER = b"\xef\xbb\xbf" + _line(COLUMNS)
"""The names of the columns, behind the byte order mark by which a spreadsheet knows UTF-8."""
