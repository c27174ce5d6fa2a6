"""When a page was published and last changed: structured data first, then the dates that the page shows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TypedDict

from cleaners.metadata import schema_org
from cleaners.metadata.html_head import HtmlHead
from cleaners.metadata.json_ld import JsonObject
from cleaners.metadata.visible import Time, VisiblePage
from cleaners.words.dates import (
    PublicationDates,
    find_dates,
    find_publication_dates,
    is_about_something_else,
    is_publishing_line,
    read_date,
)

MAX_METAS = 30
"""Meta tags with dates that are read."""

NEAR = 40
"""Lines behind the headline among which a date line stands."""

CLOSE = 8
"""Lines behind the headline among which the date of the page itself stands."""

MAX_LEAD = 30
"""Characters of a line that may announce the date on the next one."""

MAX_DATE_LINE = 120
"""Characters of a date line."""

MAX_BESIDE = 40
"""Characters of a date line that belong to no date; a line with more is about something else."""

PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:publishtime", "cxenseparse:recs:publishtime",
    "shareaholic:article_published_time", "published-date", "w-published-date", "pub_date", "published",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date",
    "citation_publication_date", "citation_date", "citation_online_date", "publish-date", "publish_date",
    "publishdate", "published_time", "pubdate", "date_published", "article.published", "article_date_original",
    "article:publish_date", "date",
)  # fmt: skip
"""Meta tags that state the date of publishing, the surest first."""

MODIFIED = (
    "article:modified_time", "og:article:modified_time", "article:modified", "og:updated_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "last-modified", "revised",
)  # fmt: skip
"""Meta tags that state the date of the last change."""

MAX_BESIDE_ALONE = 10
"""The same for a line that stands far from the headline."""

_DIGIT = re.compile(r"\d")
_CHANGED = re.compile("modif|updat", re.IGNORECASE)
_DAY_FIRST_HOST = re.compile(
    r"^https?://[^/]*\.(?:uk|ie|au|nz|in|za|sg|my|ng|ke)(?:[:/]|$)|/en-(?:gb|au|nz|in|ie|za)/", re.IGNORECASE
)
_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?!\d)")


class Habit(TypedDict):
    """How a page writes dates: whether the day comes first in 03/04/2026, and in which language."""

    day_first: bool | None
    language: str | None


def choose_dates(
    head: HtmlHead, article: JsonObject, page: VisiblePage, title: str | None, url: str | None
) -> PublicationDates:
    """The dates of publishing and of the last change, each from the most trusted place that states it."""
    habit = Habit(day_first=_day_first(head.language, url), language=head.language)
    published = _first(_strings(article, "datePublished", "dateCreated"), head.values(*PUBLISHED), habit)
    modified = _first(_strings(article, "dateModified"), head.values(*MODIFIED), habit)
    if published:
        return PublicationDates(_shown_before(published, page, title, habit) or _in_own_zone(published, page), modified)
    shown = _shown(page, title, habit)
    return PublicationDates(shown.published or _url_date(url), modified or shown.modified)


def _strings(article: JsonObject, *keys: str) -> list[str]:
    return [text for key in keys for text in schema_org.strings(article.get(key))]


def _first(stated: Sequence[object], tags: Iterable[str], habit: Habit) -> str | None:
    """The first date that JSON-LD states, else the first in the meta tags."""
    values = chain(stated, islice(tags, MAX_METAS))
    return next((date for value in values if (date := read_date(value, **habit))), None)


def _shown_before(published: str, page: VisiblePage, title: str | None, habit: Habit) -> str | None:
    """The first date behind the headline, where it is of an earlier day than the stated one.

    Some systems state the day on which a page was moved or renewed, or in UTC the day after a date in the evening. Then
    the date below the headline is the older one. A later date there is that of a change.
    """
    lines = page.behind(title)[:CLOSE]
    for index, line in enumerate(lines):
        if _beside_dates(line) <= MAX_BESIDE:
            lead = lines[index - 1] if index and len(lines[index - 1]) < MAX_LEAD else ""
            if is_about_something_else(line) or is_about_something_else(lead):
                continue
            shown = find_publication_dates(f"{lead} {line}", **habit).published
            return shown if shown and _is_earlier(shown, published) else None
    return None


def _is_earlier(shown: str, published: str) -> bool:
    """Whether the shown date is of an earlier day and not the same one read in another way."""
    return shown[:10] < published[:10] and not _swapped(shown, published)


def _swapped(one: str, other: str) -> bool:
    """Whether two dates are one day read in two ways: 11 January and 1 November."""
    return one[:4] == other[:4] and one[5:7] == other[8:10] and one[8:10] == other[5:7]


def _in_own_zone(published: str, page: VisiblePage) -> str:
    """The same moment as a `time` element spells it in the page's own zone, where the statement is in UTC."""
    if not published.endswith("+00:00"):
        return published
    moment = dt.datetime.fromisoformat(published)
    for value, _ in page.times:
        date = read_date(value) if value.startswith(("19", "20")) else None
        if date and len(date) > len("2026-01-07T22:52") and dt.datetime.fromisoformat(date) == moment:
            return date
    return published


def _shown(page: VisiblePage, title: str | None, habit: Habit) -> PublicationDates:
    """What `time` elements and the date lines near the headline say; where both are silent, date lines elsewhere."""
    times = _from_times([*page.dated, *page.times], habit)
    if times.published:
        return times
    near = _from_lines(_near_lines(page, title), habit)
    shown = PublicationDates(near.published, times.modified or near.modified)
    return shown if shown != PublicationDates() else _from_lines(_far_lines(page), habit)


def _from_times(times: Iterable[Time], habit: Habit) -> PublicationDates:
    modified = None
    for value, hint in times:
        date = read_date(value, **habit)
        if date and not (_CHANGED.search(hint) or find_publication_dates(value, **habit).modified):
            return PublicationDates(date, modified)
        modified = modified or date
    return PublicationDates(None, modified)


def _from_lines(lines: Iterable[str], habit: Habit) -> PublicationDates:
    modified = None
    for line in lines:
        stated = find_publication_dates(line, **habit)
        modified = modified or stated.modified
        if stated.published:
            return PublicationDates(stated.published, modified)
    return PublicationDates(None, modified)


def _near_lines(page: VisiblePage, title: str | None) -> Iterator[str]:
    """The lines near the headline that hold little besides a date, those behind it first.

    A short line in front (`Updated`, `Published on`) is put before them, because it says which date it is.
    """
    start = page.title_index(title)
    lines = page.lines
    for index in [*range(start + 1, min(start + NEAR, len(lines))), *range(start - 1, max(-1, start - 10), -1)]:
        if _beside_dates(lines[index]) <= MAX_BESIDE and not is_about_something_else(lines[index]):
            yield f"{_lead(lines, index)} {lines[index]}".lstrip()


def _lead(lines: Sequence[str], index: int) -> str:
    """The short line in front of a line, unless its date is about something else."""
    lead = lines[index - 1] if index else ""
    return lead if len(lead) < MAX_LEAD and not (_DIGIT.search(lead) and is_about_something_else(lead)) else ""


def _far_lines(page: VisiblePage) -> Iterator[str]:
    """The lines with a word for publishing, then those that are a date alone."""
    yield from (line for line in page.lines if is_publishing_line(line))
    yield from (line for line in page.lines if _beside_dates(line) <= MAX_BESIDE_ALONE)


def _beside_dates(line: str) -> float:
    """How many characters of a line belong to no date; infinity where it holds none."""
    dates = find_dates(line, day_first=True) if len(line) <= MAX_DATE_LINE else []
    return len(line) - sum(date.end - date.start for date in dates) if dates else float("inf")


def _url_date(url: str | None) -> str | None:
    """The day in the path of an address: `/2026/01/07/`."""
    match = _URL_DATE.search(url or "")
    return read_date("-".join(match.groups())) if match else None


def _day_first(language: str | None, url: str | None) -> bool | None:
    """Whether the page writes a date like 03/04/2026 with the day first, by its language and country.

    None where neither is known.
    """
    code = (language or "").lower().replace("_", "-")
    if code in ("", "en") and _DAY_FIRST_HOST.search(url or ""):
        return True
    return None if not code else code not in ("en", "en-us")
