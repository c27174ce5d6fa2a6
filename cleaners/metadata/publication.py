"""When a page was published and last changed: structured data first, then the dates that the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleaners.metadata.dates import StatedDates, find_dates, read_date, stated_dates
from cleaners.metadata.head import Head
from cleaners.metadata.json_ld import JsonObject
from cleaners.metadata.visible import Visible

NEAR = 40
"""Lines behind the headline among which a date line stands."""

MAX_DATE_LINE = 90
"""A longer line that holds a date tells of something else."""

PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date",
    "dcterms.date", "citation_publication_date", "citation_date", "citation_online_date", "publish-date", "publish_date", "publishdate", "published_time", "pubdate",
    "date_published", "article.published", "article_date_original", "article:publish_date", "date",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:article:modified_time", "article:modified", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "revised",
)  # fmt: skip
_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?!\d)")


def choose_dates(head: Head, article: JsonObject, page: Visible, title: str | None, url: str | None) -> StatedDates:
    """The dates of publishing and of the last change, each from the most trusted place that states it."""
    day_first = _day_first(head.language)
    published = _first([article.get("datePublished"), article.get("dateCreated"), *head.values(*PUBLISHED)], day_first)
    modified = _first([article.get("dateModified"), *head.values(*MODIFIED)], day_first)
    if not published:
        shown = _shown(page, title, day_first)
        published = shown.published or _url_date(url)
        modified = modified or shown.modified
    return StatedDates(published, modified)


def _first(values: Iterable[object], day_first: bool | None) -> str | None:
    return next((date for value in values if (date := read_date(value, day_first=day_first))), None)


def _shown(page: Visible, title: str | None, day_first: bool | None) -> StatedDates:
    """What `time` elements and date lines say, the former first."""
    published = modified = None
    for value, hint in page.times:
        date = read_date(value, day_first=day_first)
        if date and re.search("modif|updat", hint, re.IGNORECASE) and "publ" not in hint:
            modified = modified or date
        else:
            published = published or date
    if published:
        return StatedDates(published, modified)
    for line in _date_lines(page, title):
        stated = stated_dates(line, day_first=day_first)
        modified = modified or stated.modified
        if stated.published:
            return StatedDates(stated.published, modified)
    return StatedDates(None, modified)


def _date_lines(page: Visible, title: str | None) -> Iterator[str]:
    """The short lines that might hold the page's date, those behind the headline first."""
    start = page.place(title)
    lines = page.lines
    for index in [*range(start, min(start + NEAR, len(lines))), *range(max(0, start - 10), start), *range(start + NEAR, len(lines))]:
        if len(lines[index]) <= MAX_DATE_LINE:
            label = lines[index - 1] if index and len(lines[index - 1]) < 30 else ""
            yield f"{label} {lines[index]}"


def _url_date(url: str | None) -> str | None:
    """The day in the path of an address: `/2026/01/07/`."""
    match = _URL_DATE.search(url or "")
    return read_date("-".join(match.groups())) if match else None


def _day_first(language: str | None) -> bool | None:
    """The order of a date like 03/04/2026 by the page's language; None where English does not say of which country."""
    code = (language or "").lower().replace("_", "-")
    if code in ("en-us", "en"):
        return False
    return bool(code) or None
