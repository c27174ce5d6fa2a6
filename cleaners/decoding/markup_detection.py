"""Whether decoded text is HTML."""

from __future__ import annotations

import re

from cleaners.data import ContentType
from cleaners.words.patterns import lazy_pattern

LOOKED_AT = 1 << 16
"""Characters of a page that are searched for tags. Markup shows long before; a dump may be megabytes long."""

MARKUP_DENSITY = 1 / 500
"""Block tags per character from which on text is markup. A paragraph of news is shorter than 500 characters, while a
dump that speaks of tags does not put two of them around each of its paragraphs."""

FEWEST_TAGS = 4
"""Block tags of a fragment that does not begin with one: two paragraphs have four."""

_DOCUMENT = lazy_pattern(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)

_FIRST_TAG = lazy_pattern(r"<(?:!--|\?xml\b|!doctype\s+html\b|/?[a-z][a-z0-9-]*(?=[\s/>]))", re.IGNORECASE)

_BLOCK_TAG = lazy_pattern(
    r"</?(?:p|div|article|section|main|header|footer|nav|aside|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|t[dh]"
    r"|blockquote|pre|figure|figcaption|form|html|head|title|body|script|style|br|hr)(?=[\s/>])",
    re.IGNORECASE,
)


def guess_kind(text: str) -> ContentType:
    """Return "html" for documents and for fragments built of block tags, "text" for all else.

    A dump that only mentions a tag, or shows a line of code, is text. Looks at the first 65,536 characters.

    >>> guess_kind("<p>The harbour reopened.</p>")
    'html'
    >>> guess_kind("A paragraph begins with <p>, its authors say.")
    'text'
    """
    head = text[:LOOKED_AT].lstrip()
    if _FIRST_TAG.match(head):
        return "html" if _BLOCK_TAG.search(head) or _DOCUMENT.search(head) else "text"
    tags = sum(1 for _ in _BLOCK_TAG.finditer(head))
    return "html" if tags >= FEWEST_TAGS and tags > MARKUP_DENSITY * len(head) else "text"
