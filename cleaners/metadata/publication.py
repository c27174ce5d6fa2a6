"""When a page was published and last changed: structured data first, then the dates that the page shows."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from cleaners.metadata import schema_org
from cleaners.metadata.date_habits import DateHabit, is_ambiguous
from cleaners.metadata.html_head import HtmlHead
from cleaners.metadata.json_ld import JsonObject
from cleaners.metadata.shown_dates import Opener, days_between, opener, shown_dates, shows
from cleaners.metadata.visible import VisiblePage
from cleaners.words.publishing_dates import PublicationDates

MAX_METAS = 30
"""Meta tags with dates that are read."""

MOST_DAYS_EARLIER = 7
"""Days by which a shown date may be earlier than the stated one and still be the page's own. Where the page was only
changed on the stated day, it may be earlier by any number of days."""

MOST_DAYS_LATER = 60
"""Days by which a shown date may be later than that of the meta tags and still be the page's own."""

RENEWED = 3
"""Days between the stated dates of publishing and of the last change up to which the former may be that of a change."""

HOURS_APART = 14
"""Hours between UTC and the clocks that are farthest ahead."""

EUROPEAN_EVENING = 22
"""Hour in UTC from which on the next day has begun in most of Europe."""

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


class Stated(NamedTuple):
    """What a page states in structured data: the dates, whether the first is from JSON-LD or microdata, whether its day
    is sure, and the texts of its meta tags with dates of publishing."""

    published: str
    modified: str | None
    is_structured: bool
    is_sure: bool
    tags: Sequence[str]


def choose_dates(
    head: HtmlHead,
    article: JsonObject,
    page: VisiblePage,
    title: str | None,
    url: str | None,
    retrieved_at: str | None = None,
) -> PublicationDates:
    """The dates of publishing and of the last change, each from the most trusted place that states it. What a page
    shows is no date of publishing where it lies behind the day on which the page was retrieved."""
    habit = DateHabit(head.language, url, page, last_day(retrieved_at))
    stated = _stated(head, article, habit)
    if isinstance(stated, Stated):
        shown = opener(page, title, habit, only_h1=stated.is_structured)
        return PublicationDates(_settled(stated, shown, page, habit), stated.modified)
    found = shown_dates(page, title, habit)
    return PublicationDates(found.published, stated or found.modified)


WRITTEN = "2026-11-30"
"""The day on which this was written. A clock that says an earlier one is wrong."""

NEVER = "9999-12-31"
"""Behind every date that a page shows."""


def last_day(retrieved_at: str | None) -> str:
    """The last day on which a page can have been published: the day after it was retrieved, since its clock may be
    ahead of ours. A page of which nobody knows when that was is retrieved today, unless the clock is wrong.

    >>> last_day("2026-01-07T22:52:00+00:00")
    '2026-01-08'
    """
    known = _next_day(retrieved_at[:10]) if retrieved_at else None
    return known or _day_after(time.strftime("%Y-%m-%d", time.gmtime()))


def _day_after(today: str) -> str:
    """The day after the one of the clock; NEVER where the clock is wrong.

    >>> _day_after("2027-01-01"), _day_after("1970-01-01")
    ('2027-01-02', '9999-12-31')
    """
    return _next_day(today) or NEVER if today >= WRITTEN else NEVER


@lru_cache(maxsize=64)
def _next_day(day: str) -> str | None:
    """The day behind a day, None where the text is none."""
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return None


def _stated(head: HtmlHead, article: JsonObject, habit: DateHabit) -> Stated | str | None:
    """What the page states of its publishing; of its last change alone where it states no other."""
    modified = habit.first(_strings(article, "dateModified")) or habit.first(islice(head.values(*MODIFIED), MAX_METAS))
    structured = _strings(article, "datePublished", "dateCreated")
    tags = list(islice(head.values(*PUBLISHED), MAX_METAS))
    for value in (*structured, *tags):
        if published := habit.read(value):
            tag = habit.read(tags[0]) if tags and modified and modified[:10] == published[:10] else None
            first = tag if tag and days_between(tag, published) > 1 else published  # the other one is that of a change
            return Stated(first, modified, value in structured, not is_ambiguous(value), tags)
    return modified


def _strings(article: JsonObject, *keys: str) -> list[str]:
    return [text for key in keys for text in schema_org.strings(article.get(key))]


def _settled(stated: Stated, shown: Opener | None, page: VisiblePage, habit: DateHabit) -> str:
    """The date of publishing by what the page states and what it shows by its headline.

    Some systems state the day on which a page was moved or renewed, or in UTC the day after a date in the evening.
    """
    published = shown.dates.published if shown else None
    if shown and published and published[:10] != stated.published[:10]:
        if _swapped(published, stated.published):
            believed = shown.is_sure or not stated.is_sure
        elif published < stated.published:
            believed = _is_own_earlier(published, shown, stated, page, habit)
        else:
            believed = _is_own_later(published, shown, stated, page, habit)
        if believed:
            return published
    return _in_own_zone(stated, page, habit)


def _swapped(one: str, other: str) -> bool:
    """Whether two dates are one day read in two ways: 11 January and 1 November."""
    return one[:4] == other[:4] and one[5:7] == other[8:10] and one[8:10] == other[5:7]


def _is_own_earlier(published: str, shown: Opener, stated: Stated, page: VisiblePage, habit: DateHabit) -> bool:
    """Whether a shown date that is earlier than the stated one is that of the page's publishing."""
    days = days_between(published, stated.published)
    if days <= MOST_DAYS_EARLIER:
        return days > 1 or _may_be_one_moment(published, stated.published)
    if not stated.modified and shown.is_alone and shown.is_sure and not shown.is_above:
        return True
    renewed = stated.modified and abs(days_between(stated.modified, stated.published)) <= RENEWED
    return bool(renewed and not shows(page, stated.published[:10], habit))


def _is_own_later(published: str, shown: Opener, stated: Stated, page: VisiblePage, habit: DateHabit) -> bool:
    """Whether a shown date that is later than the stated one is that of the page's publishing, and not of a change."""
    days = days_between(stated.published, published)
    changed = bool(stated.modified and stated.modified[:10] == published[:10])
    if days == 1 and stated.published.endswith("+00:00"):
        hour = EUROPEAN_EVENING if changed and len(published) == 10 else 24 - HOURS_APART
        if int(stated.published[11:13]) >= hour and _may_be_one_moment(published, stated.published):
            return True
    if shown.is_above and shown.distance:
        return False
    if changed:
        return days <= MOST_DAYS_EARLIER and shown.dates.modified is None
    others = (habit.read(value) for value in (*stated.tags, *(time.value for time in page.times)))
    if any(date is not None and date[:10] == published[:10] for date in others):
        return True
    return not stated.is_structured and shown.is_alone and days <= MOST_DAYS_LATER


def _may_be_one_moment(shown: str, stated: str) -> bool:
    """Whether a shown date may be the stated moment on another clock. Of a day without a time, any may be."""
    if len(shown) == len("2026-01-07") or not stated.endswith("+00:00"):
        return True
    apart = _apart(shown, stated)
    beyond = apart % dt.timedelta(minutes=15)
    close = min(beyond, dt.timedelta(minutes=15) - beyond) < dt.timedelta(minutes=2)
    return close and abs(apart) <= dt.timedelta(hours=HOURS_APART)


def _apart(one: str, other: str) -> dt.timedelta:
    """How far the clocks of two dates are apart, whatever their zones."""
    return dt.datetime.fromisoformat(one).replace(tzinfo=None) - dt.datetime.fromisoformat(other).replace(tzinfo=None)


def _in_own_zone(stated: Stated, page: VisiblePage, habit: DateHabit) -> str:
    """The stated moment as a meta tag or a `time` element spells it in the page's own zone, if it is stated in UTC."""
    published = stated.published
    if len(published) < len("2026-01-07T22:52+00:00") or not published.endswith("+00:00"):
        return published
    moment = dt.datetime.fromisoformat(published)
    times = (value for value, _ in page.times if value.startswith(("19", "20")))
    for date in map(habit.read, chain(stated.tags, times)):
        if not date or date.endswith("+00:00"):
            continue
        if len(date) > len("2026-01-07T22:52:07"):
            if dt.datetime.fromisoformat(date) == moment:
                return date
        elif len(date) == len("2026-01-07T22:52:07") and (offset := _offset(_apart(date, published))):
            return date + offset
    return published


def _offset(apart: dt.timedelta) -> str | None:
    """The offset of a zone that is so far ahead of UTC, None where no zone is."""
    minutes, seconds = divmod(int(apart.total_seconds()), 60)
    if seconds or minutes % 15 or not 0 < abs(minutes) <= 60 * HOURS_APART:
        return None
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
