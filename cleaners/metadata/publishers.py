"""Who publishes a page: the name of the outlet.

Where no metadata names it, the part of `<title>` behind the headline is used, or the copyright line. A host is not used
as a name: the address is in the record anyway.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.metadata import schema_org
from cleaners.metadata.copyright import copyright_owners
from cleaners.metadata.html_head import HtmlHead
from cleaners.metadata.json_ld import JsonObject
from cleaners.metadata.title_parts import title_parts
from cleaners.metadata.visible import VisiblePage
from cleaners.words.folding import squeeze

MAX_WORDS = 5
"""Words of a guessed name at most; a longer one is a slogan or a headline."""

_TAGS = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
)


def choose_publisher(head: HtmlHead, article: JsonObject, page: VisiblePage, title: str | None) -> str | None:
    """The outlet's name from the most trusted place that has one, or None."""
    return next(_stated(head, article), None) or next(_guessed(head, page, title), None)


def _stated(head: HtmlHead, article: JsonObject) -> Iterator[str]:
    """What the article, the meta tags and the page's other objects name."""
    yield from schema_org.names(article.get("publisher"), head.objects)
    yield from (name for name in head.values(*_TAGS) if "/" not in name)
    for item in head.objects:
        if schema_org.is_organization(item):
            yield from schema_org.strings(item.get("name"))


def _guessed(head: HtmlHead, page: VisiblePage, title: str | None) -> Iterator[str]:
    """The part of `<title>` that stands beside the headline, then the owners of the copyright."""
    parts = title_parts(head.title)
    if title and len(parts) > 1 and squeeze(parts[0]) == squeeze(title) and len(parts[-1].split()) <= MAX_WORDS:
        yield parts[-1]
    yield from (owner for owner in copyright_owners(page.lines) if len(owner.split()) <= MAX_WORDS)
