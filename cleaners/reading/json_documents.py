"""JSON that is spread over lines to Pages: an array of records, or one record. `jq` and databases write such files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from cleaners.data import Input, Page
from cleaners.reading.files import MAX_PAGE_BYTES, now
from cleaners.reading.own_output import refuse_own
from cleaners.reading.page_records import record_page
from cleaners.reading.rejects import rejected, too_large
from cleaners.reading.unpacking import Stream, read_at_most

_MARK = b"\xef\xbb\xbf"
_DOCUMENT = re.compile(rb'\s*(?:\[\s*\{\s*"|\{[ \t]*\r?\n\s*"[^"\n]{1,200}"\s*:)')


def is_json_document(head: bytes) -> bool:
    """Whether what begins with these bytes looks like an array of objects, or an object over several lines.

    >>> is_json_document(b'[{"url": "https://gazette.example/a"'), is_json_document(b"[Photo: the harbour]")
    (True, False)
    """
    return bool(_DOCUMENT.match(head.removeprefix(_MARK)))


def json_document_pages(file: Stream, source: str, field: str | None) -> Iterator[Input]:
    """The pages of the records; each is named by the file and the number of its record, if there are several.

    What only begins like JSON is a page: a dump may begin with an object that a script left in it.
    """
    content = read_at_most(file, MAX_PAGE_BYTES + 1)
    if len(content) > MAX_PAGE_BYTES:
        yield too_large("JSON document", source, "Write it as JSON Lines, a record a line.")
        return
    try:
        document = json.loads(content.removeprefix(_MARK))
    except (ValueError, RecursionError):
        yield Page(content, source=source, retrieved_at=now())
        return
    if isinstance(document, dict):
        yield refuse_own(document.keys(), source) or record_page(document, source, field)
    else:
        yield from _records(document, source, field)


def _records(records: list[Any], source: str, field: str | None) -> Iterator[Input]:
    first = records[0] if records else None
    if field is None and isinstance(first, dict) and (refusal := refuse_own(first.keys(), source)):
        yield refusal
        return
    for number, record in enumerate(records, 1):
        place = f"{source}:{number}"
        if isinstance(record, dict):
            yield record_page(record, place, field)
        else:
            yield rejected("no-json", "The element is not a JSON object.", place)
