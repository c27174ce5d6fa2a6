"""JSON Lines to Pages, a record a line. See https://jsonlines.org/."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from cleaners.data import Input, RejectedInput
from cleaners.reading.files import MAX_PAGE_BYTES
from cleaners.reading.own_output import refuse_own
from cleaners.reading.page_records import record_page
from cleaners.reading.rejects import rejected, too_large
from cleaners.reading.unpacking import Stream

LONGEST_LINE = MAX_PAGE_BYTES
"""Bytes of a line above which it is passed over unread."""

LONGEST_SKIP = 16 * LONGEST_LINE
"""Bytes of a line above which the rest of the file is given up: packed, a line of any length costs nothing."""

_MARK = b"\xef\xbb\xbf"
_OBJECT = re.compile(rb'\{[ \t]*(?:"[^"]{0,200}(?:"[ \t]*(?::|\Z)|\Z)|\}[ \t]*\r?\Z|\Z)')
"""How a line that holds an object begins; the last of the first bytes may be cut anywhere."""


def is_json_lines(head: bytes) -> bool:
    """Whether what begins with these bytes holds a JSON object on each line.

    The first two lines are looked at: a page dump may begin with an object that a script left in it, but then goes on
    with words.
    """
    text = head.removeprefix(_MARK).lstrip()
    if not text.startswith(b"{"):
        return False
    lines = [line for line in text.split(b"\n", 20) if line.strip()][:2]
    return all(_OBJECT.match(line.lstrip()) for line in lines)


def json_line_pages(file: Stream, source: str, field: str | None) -> Iterator[Input]:
    """The pages of JSON Lines; each is named by the file and the number of its line.

    A line that is no record is rejected, and the lines behind it are read.
    """
    number = 0
    is_first = field is None  # who names the field knows what the file is
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        place = f"{source}:{number}"
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            yield too_large("line", place, "It is passed over.")
            if not _skip_line(file):
                yield rejected("too-large", "The line does not end; the rest of the file is not read.", place)
                return
        elif line.strip():
            if is_first and (refusal := _refuse_own(line, source)):
                yield refusal
                return
            is_first = False
            yield _line_page(line, place, field)


def _refuse_own(line: bytes, source: str) -> RejectedInput | None:
    """The rejection of a file that begins with this line, if Copydesk wrote it."""
    try:
        record = json.loads(line.removeprefix(_MARK))
    except (ValueError, RecursionError):
        return None
    return refuse_own(record.keys(), source) if isinstance(record, dict) else None


def _line_page(line: bytes, place: str, field: str | None) -> Input:
    try:
        record = json.loads(line.removeprefix(_MARK))
    except (ValueError, RecursionError):
        if line.endswith(b"\n"):
            return rejected("no-json", "The line is not JSON.", place)
        return rejected("cut-off", "The file ends in the middle of this line: it is cut off, or being written.", place)
    if not isinstance(record, dict):
        return rejected("no-json", "The line is not a JSON object.", place)
    return record_page(record, place, field)


def _skip_line(file: Stream) -> bool:
    """Read on to the end of the line; whether it was found."""
    skipped = 0
    while skipped < LONGEST_SKIP and (piece := file.readline(1 << 20)):
        if piece.endswith(b"\n"):
            return True
        skipped += len(piece)
    return skipped < LONGEST_SKIP
