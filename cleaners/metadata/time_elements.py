"""What `time` elements and dates in microdata state."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from lxml import etree

from cleaners.metadata.visible_text import MAX_LINE, text_of
from cleaners.words.folding import one_line
from cleaners.words.patterns import lazy_pattern
from cleaners.words.publishing_dates import is_about_something_else, speaks_of_publishing

MAX_TIME_LEAD = 40
"""Characters in front of a `time` element that may say what it is the time of."""

_ISO_TITLE = lazy_pattern(r"(?:19|20)\d\d-\d\d-\d\d")


class Time(NamedTuple):
    """What a `time` element or a date in microdata states, and its property or class."""

    value: str
    hint: str


def time_of(element: etree._Element) -> Time:
    """What an element states: in an attribute, else in its title or its text."""
    value = element.get("datetime") or element.get("content") or iso_title(element) or text_of(element)[:MAX_LINE]
    return Time(value, element.get("itemprop") or element.get("class") or "")


def is_of_something_else(element: etree._Element) -> bool:
    """Whether the words of a `time` element or right in front of it say that it is no date of publishing, or are those
    of a sentence that it ends; or the box around it is that of an event."""
    before, parent = element.getprevious(), element.getparent()
    if is_about_something_else(text_of(element)[:MAX_LINE]) or element.get("itemprop", "").lower() in _OF_EVENTS:
        return True
    if any(map(_is_of_event, islice(element.iterancestors(), 3))):
        return True
    if before is not None:
        words = (before.tail or "").strip() or (before.text or "" if isinstance(before.tag, str) else "")
    else:
        words = "" if parent is None else parent.text or ""
    lead = one_line(words[-MAX_TIME_LEAD:])
    return bool(lead) and (is_about_something_else(lead) or _ends_a_sentence(element, words))


_OF_EVENTS = frozenset({"startdate", "enddate", "doortime", "birthdate", "deathdate"})
_EVENT = lazy_pattern(
    r"(?:^|[\s_-])(?:events?|agenda|calendar|kalender|calendrier|calendario|veranstaltung(?:en)?|termine?|eventos?|événements?"
    r"|evenement(?:en)?|when|schedule|showtimes?|fixtures?)(?:$|[\s_-])",
    re.IGNORECASE,
)


def _is_of_event(box: etree._Element) -> bool:
    return box.tag not in _WHOLE and _EVENT.search(box.get("class") or "") is not None


_WHOLE = frozenset({"html", "body", "main", "article"})
"""Elements whose class says what the whole page is about."""


def _ends_a_sentence(element: etree._Element, before: str) -> bool:
    """Whether a paragraph says what happens at the time, and not that the page was published then."""
    parent = element.getparent()
    if parent is None or parent.tag != "p" or not (element.tail or "").lstrip().startswith((".", ",", "。", "،")):
        return False
    words = before.split()
    return len(words) >= SENTENCE_WORDS and not speaks_of_publishing(before)


SENTENCE_WORDS = 4
"""Words in front of a `time` element that are a sentence's."""


def iso_title(element: etree._Element) -> str | None:
    """The date that an element shows in other words and states in its title, as microformats and blogs do."""
    title = element.get("title") or ""
    return title if _ISO_TITLE.match(title) else None
