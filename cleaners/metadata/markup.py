"""The metadata of an HTML page: JSON-LD, Open Graph, microdata and meta tags first, then what the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml import etree

from cleaners.data import Metadata
from cleaners.metadata import schema_org
from cleaners.metadata.authors import byline_texts, guessed_texts, choose_authors, is_person
from cleaners.metadata.publication import choose_dates
from cleaners.metadata.folding import clean
from cleaners.metadata.head import Head, read_head
from cleaners.metadata.json_ld import JsonObject
from cleaners.metadata.names import find_names
from cleaners.metadata.titles import Claims, choose_title
from cleaners.metadata.visible import Visible


@dataclass(frozen=True, slots=True)
class Markup:
    """What a page's markup says about it.

    `article_body` is the text that the publisher gives in JSON-LD, `types` are the schema.org and Open Graph types
    as the page spells them, and `is_free` is False where the publisher says that the text is behind a paywall.
    """

    metadata: Metadata
    article_body: str | None = None
    types: frozenset[str] = field(default_factory=frozenset)
    is_free: bool | None = None
    headings: tuple[str, ...] = ()


AUTHOR_METAS = (
    "sailthru.author", "parsely-author", "byl", "cxenseparse:author", "dable:author", "mrf:authors",
    "shareaholic:article_author_name", "vr:author", "article:author_name", "og:article:author", "og:author", "article:author",
)  # fmt: skip

_SLUG = re.compile(r"https?:\S*|[a-z]+(?:[-_.][a-z]+)+")


def read_markup(tree: etree._Element, url: str | None = None) -> Markup:
    """What the markup of a parsed page says about it; `url` is where the page came from. It never raises."""
    head = read_head(tree)
    page = Visible(tree)
    article = schema_org.find_article(head.objects, [*page.headings, *head.values("og:title"), head.title])
    outlets = _outlets(head, article, url)
    title = choose_title(_claims(head, article, page, outlets))
    dates = choose_dates(head, article, page, title, url)
    metadata = Metadata(
        title=title,
        summary=next(iter(schema_org.strings(article.get("description"))), None) or head.first("og:description", "description", "twitter:description"),
        canonical_url=_canonical(head, url),
        language=_language(head, article),
        date_published=dates.published,
        date_modified=dates.modified,
        authors=choose_authors(_stated_authors(head, article), _shown_authors(page, title), _guessed_authors(head, page, title), outlets),
        publisher=_publisher(head, article),
        section=next(iter(schema_org.strings(article.get("articleSection"))), None) or head.first("article:section"),
    )
    return Markup(
        metadata=metadata,
        article_body=_body(article),
        types=frozenset(name for item in head.objects for name in schema_org.types(item)) | frozenset(f"og:{kind}" for kind in head.values("og:type")),
        is_free=_is_free(head.objects),
        headings=tuple(page.headings),
    )


def _outlets(head: Head, article: JsonObject, url: str | None) -> list[str]:
    """The names of the outlet that the page gives, and its host."""
    host = (urlsplit(url).hostname or "") if url else ""
    names = [
        *head.values("og:site_name", "application-name", "apple-mobile-web-app-title"),
        host.removeprefix("www."),
        *schema_org.names(article.get("publisher"), head.objects),
        *(name for item in head.objects if schema_org.is_organization(item) for name in schema_org.strings(item.get("name"))),
    ]
    return list(dict.fromkeys(name for name in names if name))


def _claims(head: Head, article: JsonObject, page: Visible, outlets: list[str]) -> Claims:
    return Claims(
        headings=page.headings,
        headline=next(iter(schema_org.headlines(article)), None),
        og=head.first("og:title"),
        twitter=head.first("twitter:title"),
        title=head.title,
        outlets=outlets,
    )


def _stated_authors(head: Head, article: JsonObject) -> Iterator[list[str]]:
    yield schema_org.names(article.get("author") or article.get("creator"), head.objects)
    yield [name for name in head.values("twitter:data1") if not any(map(str.isdigit, name))][:1]
    plain = [name for name in head.values(*AUTHOR_METAS, "author") if not _SLUG.fullmatch(name)]
    yield from ([name] for name in plain if all(map(is_person, find_names(name))))


def _shown_authors(page: Visible, title: str | None) -> Iterator[str]:
    yield from byline_texts(page.lines, page.place(title))
    yield from page.author_texts


def _guessed_authors(head: Head, page: Visible, title: str | None) -> Iterator[str]:
    yield from guessed_texts(page.lines, page.place(title))
    yield from head.values("author")


def _canonical(head: Head, url: str | None) -> str | None:
    stated = head.links.get("canonical") or head.first("og:url")
    return urljoin(url or "", stated) if stated else None


def _language(head: Head, article: JsonObject) -> str | None:
    for stated in (head.language, head.first("content-language"), head.first("og:locale"), *schema_org.strings(article.get("inLanguage"))):
        code = (stated or "").strip()[:2].lower()
        if len(code) == 2 and code.isalpha():
            return code
    return None


def _publisher(head: Head, article: JsonObject) -> str | None:
    names = schema_org.names(article.get("publisher"), head.objects)
    return names[0] if names else head.first("og:site_name", "application-name")


def _body(article: JsonObject) -> str | None:
    texts = schema_org.strings(article.get("articleBody"))
    return schema_org.plain(texts[0]) if texts else None


def _is_free(items: list[JsonObject]) -> bool | None:
    """False where any object says that the text is not accessible for free, None where none says anything."""
    stated = [str(value).lower() for item in items if (value := item.get("isAccessibleForFree")) is not None]
    return "false" not in stated if stated else None
