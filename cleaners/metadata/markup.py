"""The metadata of an HTML page: from JSON-LD, Open Graph, microdata and meta tags, then from what the page shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml import etree

from cleaners.data import Metadata, Signal
from cleaners.metadata import microdata, schema_org
from cleaners.metadata.author_texts import (
    guessed_texts,
    last_texts,
    listed_texts,
    opening_texts,
    others_texts,
    signed_texts,
    structured_texts,
    visible_texts,
)
from cleaners.metadata.authors import AuthorSources, choose_authors, owner_as_author, without_headlines
from cleaners.metadata.embeds import read_embeds
from cleaners.metadata.html_head import HtmlHead, read_head
from cleaners.metadata.images import Pictures, read_pictures
from cleaners.metadata.json_ld import JsonObject
from cleaners.metadata.language import language_code
from cleaners.metadata.live import update_objects
from cleaners.metadata.publication import choose_dates
from cleaners.metadata.publishers import choose_publisher
from cleaners.metadata.rights import markup_signals
from cleaners.metadata.sections import choose_section
from cleaners.metadata.tags import read_tags
from cleaners.metadata.title_parts import MAX_SITE_WORDS, title_parts
from cleaners.metadata.titles import TitleCandidates, choose_title
from cleaners.metadata.visible import VisiblePage
from cleaners.words.addresses import host_of, web_address, without_www
from cleaners.words.folding import one_line, squeeze
from cleaners.words.shapes import count_words

MAX_OUTLETS = 50
"""Names of the outlet that are read; a page has three or four."""


LONGEST_LICENSE = 200
"""Characters of the name of a licence."""


@dataclass(frozen=True, slots=True)
class Markup:
    """What a page's markup says about it.

    `article_body` is the text that the publisher gives in JSON-LD, `types` are the schema.org and Open Graph types
    as the page spells them, and `is_free` is False where the publisher says that the text is behind a paywall.
    `signals` are about the use of the page, `pictures` those that it states and those of its figures, and `free` says
    whether the text may be read for free, as the page states it in whatever way. `updates` are the entries of a live
    column, as they stand in JSON-LD. `other_days` are the days in `time` elements of events and other stories, where
    no day of publishing is known.
    """

    metadata: Metadata
    article_body: str | None = None
    types: frozenset[str] = field(default_factory=frozenset)
    is_free: bool | None = None
    headings: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()
    pictures: Pictures = field(default_factory=Pictures)
    free: bool | None = None
    updates: tuple[JsonObject, ...] = ()
    other_days: frozenset[str] = frozenset()


def read_markup(tree: etree._Element, url: str | None = None, retrieved_at: str | None = None) -> Markup:
    """What the markup of a parsed page says about it; `url` is where the page came from, `retrieved_at` when, in ISO
    8601. It never raises."""
    head = read_head(tree)
    page = VisiblePage(tree)
    article = _article(head, page)
    outlets = _outlets(head, article, url)
    title = choose_title(_title_candidates(head, article, page, outlets))
    dates = choose_dates(head, article, page, title, url, retrieved_at)
    named = choose_authors(_author_sources(head, article, page, title), [*outlets, *_site_in_title(head, title)])
    authors = without_headlines(named, title)
    publisher = choose_publisher(head, article, page, title)
    metadata = Metadata(
        title=title,
        summary=_first(article, "description") or head.first("og:description", "description", "twitter:description"),
        canonical_url=_canonical(head, url),
        language=_language(head, article),
        date_published=dates.published,
        date_modified=dates.modified,
        authors=authors or owner_as_author(publisher),
        publisher=publisher,
        section=choose_section(head, article, page, title),
        tags=read_tags(tree, head, article, outlets),
        license=_license(head, article, url),
        embeds=read_embeds(tree, url),
    )
    return Markup(
        metadata=metadata,
        article_body=_first(article, "articleBody"),
        types=_types(head),
        is_free=_is_free(head.objects),
        headings=tuple(page.headings),
        signals=markup_signals(head, tree, article, url),
        pictures=read_pictures(tree, head, article, url),
        free=_stated_free(head),
        updates=update_objects(head.objects),
        other_days=frozenset() if dates.published else page.other_days,
    )


def _article(head: HtmlHead, page: VisiblePage) -> JsonObject:
    """What JSON-LD says about the page's article, and microdata where JSON-LD is silent."""
    titles = [*page.headings, *head.values("og:title"), head.title]
    stated = schema_org.find_article(head.objects, titles)
    marked = schema_org.find_article(microdata.articles(page.tree), titles, only=True)
    return {**marked, **{key: value for key, value in stated.items() if value}}


def _first(article: JsonObject, key: str) -> str | None:
    """The first string that the article has under the key, its entities and tags decoded."""
    return next((schema_org.plain(text) for text in schema_org.strings(article.get(key))), None)


def _types(head: HtmlHead) -> frozenset[str]:
    """The schema.org types of all objects, and the Open Graph types with `og:` in front."""
    stated = (name for item in head.objects for name in schema_org.types(item))
    return frozenset(stated) | frozenset(f"og:{kind}" for kind in head.values("og:type"))


def _outlets(head: HtmlHead, article: JsonObject, url: str | None) -> list[str]:
    """The names of the outlet that the page gives, and its host."""
    names = [
        *head.values("og:site_name", "application-name", "apple-mobile-web-app-title"),
        without_www(host_of(url)),
        *schema_org.names(article.get("publisher"), head.objects),
        *(
            name
            for item in head.objects
            if schema_org.is_organization(item)
            for name in schema_org.strings(item.get("name"))
        ),
    ]
    return list(dict.fromkeys(name for name in names if name))[:MAX_OUTLETS]


def _site_in_title(head: HtmlHead, title: str | None) -> list[str]:
    """The last part of the `<title>`, if it is a few words behind the headline: the site's name."""
    parts = title_parts(head.title or "")
    last = parts[-1].strip() if len(parts) > 1 else ""
    return [last] if 1 < count_words(last) <= MAX_SITE_WORDS and squeeze(last) not in squeeze(title or "") else []


def _title_candidates(head: HtmlHead, article: JsonObject, page: VisiblePage, outlets: list[str]) -> TitleCandidates:
    return TitleCandidates(
        headings=page.headings,
        headline=next(iter(schema_org.headlines(article)), None),
        og=_decoded(head.first("og:title")),
        twitter=_decoded(head.first("twitter:title")),
        title=_decoded(head.title),
        outlets=outlets,
        lines=lambda: page.lines,
        subheadings=lambda: page.subheadings,
        pieces=page.pieces,
    )


def _decoded(text: str | None) -> str | None:
    """The text of a site that encodes its entities twice, as `&amp;#8217;`."""
    return schema_org.plain(text) if text else None


def _author_sources(head: HtmlHead, article: JsonObject, page: VisiblePage, title: str | None) -> AuthorSources:
    named = schema_org.names(schema_org.persons_of(article.get("author") or article.get("creator")), head.objects)
    return AuthorSources(
        structured=structured_texts(named, head),
        listed=listed_texts(page, title),
        opening=opening_texts(page, title),
        elements=page.author_texts(),
        others=others_texts(page, title),
        last=last_texts(page, head, title),
        visible=visible_texts(page, title),
        signed=signed_texts(page, title),
        guessed=guessed_texts(page, head, title),
    )


def _canonical(head: HtmlHead, url: str | None) -> str | None:
    """The http or https address that the page gives for itself, made absolute: by its canonical link, else by og:url.

    None if it gives none that can be fetched: readers of a record follow this address, so it never holds a script.
    Where the page's own address is unknown, a relative address stays as the page writes it.
    """
    for stated in (head.links.get("canonical"), head.first("og:url")):
        if stated and (address := _web_address(stated, url)):
            return address
    return None


def _web_address(stated: str, url: str | None) -> str | None:
    """A stated address made absolute; None if it is malformed or has a scheme that is neither http nor https."""
    try:
        address = urljoin(url or "", stated)
        scheme = urlsplit(address).scheme
    except ValueError:
        return None
    return address if scheme in ("", "http", "https") else None


def _language(head: HtmlHead, article: JsonObject) -> str | None:
    """The code that the page states for itself."""
    stated = (head.language or "", *head.values("content-language", "og:locale"), _first(article, "inLanguage") or "")
    return next(filter(None, map(language_code, stated)), None)


def _is_free(items: list[JsonObject]) -> bool | None:
    """False where any object says that the text is not accessible for free, None where none says anything."""
    stated = [str(value).lower() for item in items if (value := item.get("isAccessibleForFree")) is not None]
    return "false" not in stated if stated else None


_TIERS = {"free": True, "locked": False}
"""What `article:content_tier` says of the access to a text; `metered` says neither."""


def _stated_free(head: HtmlHead) -> bool | None:
    """Whether the text may be read for free, as the page states it."""
    stated = _is_free(head.objects)
    return _TIERS.get((head.first("article:content_tier") or "").lower()) if stated is None else stated


def _license(head: HtmlHead, article: JsonObject, url: str | None) -> str | None:
    """The licence that the page states for the story: an address, else a name."""
    stated = [head.links.get("license") or "", *schema_org.strings(article.get("license"))]
    name = next((one_line(text) for text in stated if text.strip()), None)
    return name and (web_address(name, url if name.startswith("/") else None) or name[:LONGEST_LICENSE])
