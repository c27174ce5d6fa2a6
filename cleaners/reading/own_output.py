"""Recognizes what Copydesk itself wrote: articles, audits and rejects are no pages to clean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from cleaners.data import Input, RejectedInput
from cleaners.reading.rejects import rejected
from cleaners.reading.unpacking import Stream

OWN_ROWS = {
    "articles": frozenset({"id", "text", "story", "copydesk"}),
    "an audit": frozenset({"page", "label", "rule", "text"}),
    "rejects": frozenset({"source", "url", "code", "reason"}),
}
"""The keys by which rows of articles, audits and rejects are recognized."""

_REMEDIES = {
    "articles": "Their text is clean; `copydesk trace`, `report` and `diff` read them.",
    "an audit": "`copydesk explain --audit FILE` shows it.",
    "rejects": "`copydesk report ARTICLES --rejects FILE` shows them.",
}

_PAGE_FIELDS = frozenset({"html", "raw_html", "html_content", "raw_content", "content", "body"})
"""A record with one of these was made of ours and holds a page."""

_INDENTED_ARTICLE = re.compile(rb'\{\r?\n "id": "[0-9a-f]{1,64}",\r?\n "url": ')
"""How a file of `--split json` begins."""


OWN_MARK = b'<meta name="generator" content="Copydesk">'
"""What stands in the head of each HTML file that Copydesk writes."""

_OWN_OPENINGS = (b'---\nid: "', b'\xef\xbb\xbf"id","url","canonical_url",')
"""How articles in Markdown and in CSV begin."""


def is_own_row(keys: Collection[str]) -> bool:
    """Whether a row with these keys is one of articles, an audit or rejects.

    >>> is_own_row({"source", "url", "code", "reason"}), is_own_row({"url", "html"})
    (True, False)
    """
    return _own_kind(keys) is not None


def refuse_own(keys: Collection[str], source: str) -> RejectedInput | None:
    """The rejection of a file whose first row has these keys, if Copydesk wrote it."""
    kind = _own_kind(keys)
    if kind is None or _PAGE_FIELDS & set(keys):
        return None
    return rejected("own-output", f"The file holds {kind} that Copydesk wrote, and no pages. {_REMEDIES[kind]}", source)


def is_own_article(head: bytes) -> bool:
    """Whether what begins with these bytes is an article in a file of its own, as `--split json` writes it."""
    return bool(_INDENTED_ARTICLE.match(head))


def is_own_document(head: bytes) -> bool:
    """Whether what begins with these bytes was written by Copydesk for people: Markdown, CSV or HTML."""
    return head.startswith(_OWN_OPENINGS) or OWN_MARK in head


def own_document(_: Stream, source: str, __: str | None) -> Iterator[Input]:
    """The rejection of such a file."""
    yield rejected("own-output", "The file is one that Copydesk wrote for people, and no page to clean.", source)


def own_article(_: Stream, source: str, __: str | None) -> Iterator[Input]:
    """The rejection of such a file."""
    if refusal := refuse_own(OWN_ROWS["articles"], source):
        yield refusal


def _own_kind(keys: Collection[str]) -> str | None:
    return next((kind for kind, own in OWN_ROWS.items() if own.issubset(keys)), None)
