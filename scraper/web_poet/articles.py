"""A record as the `Article` of zyte-common-items. Importing it needs the extra `copydesk[web-poet]`.

What has no place there is left out: publisher, section, tags, licence, rights, captions and credits. What a record has
none of stays None: breadcrumbs, videos, audios, and the raw forms of names and dates.
"""

from __future__ import annotations

from datetime import UTC, datetime

from zyte_common_items import Article, ArticleMetadata, Author, Image

from cleaners.records.rows import Row
from cleaners.running.batch import CleanedLines

CERTAIN = frozenset({"article", "stub", "live"})
"""The kinds that are an article's. Of a page of another kind it is not known how likely it is one."""

MIDNIGHT = "T00:00:00"


def zyte_article(cleaned: CleanedLines, url: str) -> Article:
    """The page's own story. `cleaned` must hold the bodies as HTML; `url` is the address that answered.

    A page that gave no story gives an article of probability 0 whose metadata say why.
    """
    if not cleaned.articles:
        reason = cleaned.rejected["reason"] if cleaned.rejected else "The page holds no story."
        return empty_article(url, reason, cleaned.page.retrieved_at)
    record, html = cleaned.articles[0], cleaned.bodies[0]
    images = [Image(url=image["url"]) for image in record["images"]]
    published, modified = _moment(record["date_published"]), _moment(record["date_modified"])
    return Article(
        url=url,
        canonicalUrl=record["canonical_url"],
        headline=record["title"],
        description=record["summary"],
        datePublished=published or modified,
        dateModified=modified,
        authors=[Author(name=name) for name in record["authors"]] or None,
        inLanguage=_two_letters(record["language"]),
        mainImage=images[0] if images else None,
        images=images or None,
        articleBody=record["text"],
        articleBodyHtml=f"<article>\n\n{html}\n\n</article>",
        metadata=_metadata(record),
    )


def empty_article(url: str, reason: str, retrieved_at: str | None = None) -> Article:
    """What stands for a page without an article: its address, and why there is none."""
    messages = {"articleBody": [reason]}
    downloaded = _downloaded(retrieved_at)
    return Article(
        url=url, metadata=ArticleMetadata(probability=0.0, dateDownloaded=downloaded, validationMessages=messages)
    )


def _metadata(record: Row) -> ArticleMetadata:
    probability = 1.0 if record["kind"] in CERTAIN else None
    return ArticleMetadata(probability=probability, dateDownloaded=_downloaded(record["retrieved_at"]))


def _downloaded(retrieved_at: str | None) -> str | None:
    if retrieved_at is None:
        return None
    return f"{datetime.fromisoformat(retrieved_at).astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def _moment(stated: str | None) -> str | None:
    """A date as the format wants it, to the second: a day begins at midnight, a minute at its first second."""
    if stated is None:
        return None
    if "T" not in stated:
        return f"{stated}{MIDNIGHT}"
    return datetime.fromisoformat(stated).isoformat(timespec="seconds").replace("+00:00", "Z")


def _two_letters(language: str | None) -> str | None:
    """A code of ISO 639-1; the format has no place for one of three letters."""
    return language if language and len(language) == 2 else None
