"""Which outlet a record belongs to: one rule for every command that groups by outlet."""

from __future__ import annotations

from pathlib import PurePath

from cleaners.records.rows import Row
from cleaners.words.addresses import host_of, without_www

NOT_STATED = "not stated"
"""What stands for an outlet, or another fact, that a record does not state."""

_WEB = ("http://", "https://")


def outlet_of(record: Row) -> str:
    """The outlet of a record, from `canonical_url`, `url`, `publisher` and `source`; else `NOT_STATED`.

    It is the host of the canonical address, which a page shares with its AMP, mobile and mirrored copies, or else of
    the address that the page was fetched from, both without `www.`; or else the publisher that the page names; or else
    the folder of its file.

    >>> outlet_of({"canonical_url": "https://www.example.org/a", "url": "https://amp.example.org/a"})
    'example.org'
    >>> outlet_of({"publisher": "Example Post", "source": "dumps/post/1.txt"})
    'Example Post'
    >>> outlet_of({"source": "dumps/post/1.txt"})
    'dumps/post'
    """
    for key in ("canonical_url", "url"):
        if host := _web_host(record.get(key)):
            return host
    publisher = record.get("publisher")
    if isinstance(publisher, str) and publisher.strip():
        return publisher.strip()
    return _folder(record.get("source")) or NOT_STATED


def _web_host(address: object) -> str:
    if not (isinstance(address, str) and address.lower().startswith(_WEB)):
        return ""
    return without_www(host_of(address))


def _folder(source: object) -> str:
    """The folder of a file; empty for a file without one and for an address."""
    if not isinstance(source, str) or "://" in source:
        return ""
    folder = PurePath(source).parent.as_posix()
    return "" if folder == "." else folder
