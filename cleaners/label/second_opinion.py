"""What trafilatura takes from a page; no other module imports trafilatura.

It is called last: it parses the page again, which takes longer than all that Copydesk does with it. On huge pages its
time grows with the square of their size, so that it gets only the beginning of them. It is loaded when it is first
asked: that takes a third of the time of cleaning one page from the shell, and most pages need no second opinion.
"""

from __future__ import annotations

import json
import logging
import re
from html import unescape

from cleaners.data import Metadata
from cleaners.words.patterns import lazy_pattern

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its results show what it could not do
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

MOST_TAGS = 25_000
"""Tags of a page that are looked at, opening and closing ones. The longest of 6,000 news pages has 21,646."""

MOST_CHARACTERS = 6_000_000
"""Characters of a page that are looked at. The longest of these pages has 5.4 million, most of them scripts."""

LONGEST_JSON = 20_000
"""Characters of JSON-LD in all that are looked at. Our own reader has read it before, whatever its length."""

LONGEST_BROKEN_JSON = 2_000
"""Characters of one script whose JSON is broken: trafilatura searches it in time that grows with the cube."""

LONG_META = 2_000
LONGEST_METAS = 10_000
"""Characters from which on a meta tag is long, and characters of all long ones that are looked at."""

_BEGINNING = lazy_pattern(rf"(?:[^<]*+<){{{MOST_TAGS}}}")


def load() -> None:
    """Load trafilatura now, before a process is copied."""
    import htmldate  # noqa: F401
    import trafilatura.metadata  # noqa: F401


def _beginning(html: str) -> str:
    """A page up to its last tag that is looked at."""
    html = html[:MOST_CHARACTERS]
    found = _BEGINNING.match(html)
    return html[: found.end() - 1] if found else html


_JSON = lazy_pattern(r"(<script\b(?=[^<>]*(?:ld|settings)\+json)[^<>]*+>)((?:[^<]++|<(?!/script))*+)", re.IGNORECASE)
_LONG_META = lazy_pattern(r"<meta\b[^<>]{%d,}+>" % LONG_META, re.IGNORECASE)  # noqa: UP031 (braces)


def _stated(html: str) -> str:
    """What a page states about itself, without the JSON-LD and the meta tags that would take long."""
    return _within(_LONG_META, LONGEST_METAS, _within(_JSON, LONGEST_JSON, _beginning(html)))


def _within(pattern: re.Pattern[str], budget: int, html: str) -> str:
    """The page with only so many characters of what the pattern finds, the first ones."""

    def keep(found: re.Match[str]) -> str:
        nonlocal budget
        if pattern is _JSON and len(found[2]) > LONGEST_BROKEN_JSON and not _is_json(found[2]):
            return ""
        budget -= len(found[0])
        return found[0] if budget >= 0 else ""

    return pattern.sub(keep, html)


def _is_json(script: str) -> bool:
    """Whether trafilatura, which decodes references and escapes first, will parse a script."""
    try:
        json.loads(unescape(script.replace("\\u0022", '"')), strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def main_text(html: str) -> str:
    """The main text as trafilatura sees it in its fast mode; empty where it finds none."""
    import trafilatura

    return trafilatura.extract(_beginning(html), include_comments=False, include_tables=True, fast=True) or ""


def date(html: str, address: str | None = None) -> str | None:
    """The day of publishing that trafilatura's reader of dates finds on a page, or in the address that the page gives
    for itself, in a third of the time that all facts take.

    Its thorough search is left off: on the pages of the corpora that had no date left to us it was right no more often
    (17 of 31 against 19), and gave a date to three times as many pages that state none.
    """
    import trafilatura
    from htmldate import find_date

    # The reader's own way would fetch a page that consists of an address.
    html = _beginning(html)
    tree = trafilatura.load_html(html)
    found = None if tree is None else find_date(tree, extensive_search=False, original_date=True, url=address)
    return found if found and _is_shown(found, f"{html} {address or ''}") else None


def _is_shown(day: str, text: str) -> bool:
    """Whether a page has a day that is the first of a month. The reader of dates also gives that day for a date that
    does not exist, such as 31 February, and for a month alone."""
    year, month, first = day[:10].split("-")
    if first != "01":
        return True
    figures = rf"{year}([-/.年]?)0?{int(month)}(?:\1|月)0?1(?!\d)|(?<!\d)0?1([-/.])0?{int(month)}\2{year}"
    return re.search(figures, text) is not None


def facts(html: str) -> Metadata:
    """The title, authors, date and publisher that trafilatura finds, without its thorough search for dates: for a page
    without a title, since it takes three times as long as the date alone."""
    from trafilatura.metadata import extract_metadata

    stated = _stated(html)
    found = extract_metadata(stated, extensive=False)
    authors = (name.strip() for name in (found.author or "").split(";"))
    return Metadata(
        title=found.title or None,
        summary=found.description or None,
        date_published=found.date if found.date and _is_shown(found.date, stated) else None,
        authors=tuple(name for name in authors if name),
        publisher=found.sitename or None,
    )
