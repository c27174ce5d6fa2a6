"""Records of other collections (a line of JSON, a row of Parquet) to Pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from cleaners.data import Input, Page, RejectedInput
from cleaners.reading.files import MAX_PAGE_BYTES, now
from cleaners.reading.rejects import rejected, too_large

CONTENT_FIELDS = ("html", "raw_html", "html_content", "raw_content", "content", "body", "page", "text")
"""Where a page is looked for in a record, the first that is there: the whole page before what others made of it."""

URL_FIELDS = ("url", "uri", "page_url", "source_url", "link", "WARC-Target-URI", "canonical_url")
"""Where the page's address is looked for."""

TIME_FIELDS = ("retrieved_at", "fetched_at", "crawled_at", "WARC-Date")
"""Where it is looked for when the page was fetched."""

_NAMES_SHOWN = 300


def content_field(names: Iterable[str], wanted: str | None) -> str | None:
    """The field that holds the page, or None if there is none of those names."""
    there = set(names)
    return next((name for name in ([wanted] if wanted else CONTENT_FIELDS) if name in there), None)


def record_page(record: Mapping[str, Any], source: str, wanted: str | None) -> Input:
    """The page that a record holds in the field `wanted`, or in one of CONTENT_FIELDS if that is None.

    Address and time are taken from the record where it has them. A record without such a field is rejected.
    """
    filled = (name for name, value in record.items() if isinstance(value, str | bytes))
    name = content_field(filled, wanted)
    if name is None:
        return no_content(record, source, wanted)
    content: str | bytes = record[name]
    if len(content) > MAX_PAGE_BYTES:
        return too_large(f"field {name!r}", source, "Is it several pages?")
    return Page(content, _url(record), source=source, retrieved_at=_time(record) or now())


def no_content(names: Iterable[str], source: str, wanted: str | None) -> RejectedInput:
    """The rejection of a record whose fields hold no page."""
    shown = ", ".join(names)[:_NAMES_SHOWN]
    missing = f"no text in a field {wanted!r}" if wanted else "no field of a usual name with a page"
    return rejected("no-content", f"The record has {missing}. Name one with --field; there are: {shown}.", source)


def _url(record: Mapping[str, Any]) -> str | None:
    found = (record.get(name) for name in URL_FIELDS)
    return next((url for url in found if isinstance(url, str) and url.startswith(("http://", "https://"))), None)


def _time(record: Mapping[str, Any]) -> str | None:
    """When the page was fetched, where the record says so in full: a time without a zone could be any."""
    for value in map(record.get, TIME_FIELDS):
        try:
            time = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        except ValueError:
            continue
        if time.tzinfo:
            return time.isoformat(timespec="seconds")
    return None
