"""How a page writes its dates: in which language, and whether the day comes first in 03/04/2026."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from cleaners.metadata.address_dates import address_month
from cleaners.metadata.visible import VisiblePage
from cleaners.words.dates import FoundDate, find_dates, read_date
from cleaners.words.patterns import lazy_pattern
from cleaners.words.publishing_dates import PublicationDates, find_publication_dates

MAX_NUMERIC = 200
"""Lines with a numeric date that are asked for the page's order of day and month."""

MAX_LINE = 300
"""Characters of such a line."""

FIRST_LINES, FIRST_CHARACTERS, FOREIGN_SHARE = 60, 3_000, 0.03
"""Lines and characters that tell the language, and the share of foreign letters from which on it is not English. Of
languages with such letters none writes the month first."""

NO_DATES = ("1970-01-01", "1969-12-31")
"""What a system states that has no date: its clock at 0, in whatever zone."""

_NUMERIC = lazy_pattern(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})[/-](?:\d\d){1,2}(?!\d)")
_FIGURES = lazy_pattern(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})[/-](\d\d(?:\d\d)?)(?!\d)")
_DAY_FIRST_HOST = lazy_pattern(
    r"^https?://[^/]*\.(?:uk|ie|au|nz|in|za|sg|my|ng|ke|gh|ug|tz|zm|zw|bd|lk|pk|np|jm|tt|mt|cy|hk|eg|ae|qa|om|bh)(?:[:/]|$)"
    r"|/en-(?:gb|au|nz|in|ie|za|sg|my|ng|ke|hk)/",
    re.IGNORECASE,
)
_MONTH_FIRST = frozenset(("en", "en-us", "en-ph", "en-pr", "es-pr", "es-us", "es-pa", "fil", "fil-ph", "tl", "tl-ph"))


@dataclass(frozen=True)
class DateHabit:
    """The language that a page states, its address, what it shows, and the last day on which it can have been
    published: a later one is that of an event."""

    language: str | None = None
    url: str | None = None
    page: VisiblePage | None = None
    latest: str | None = None

    @cached_property
    def day_first(self) -> bool | None:
        """The order by the page's own dates of which only one order makes a day, else by its language and country.

        None where nothing tells.
        """
        own = self._own_order()
        if own is None:
            own = self._order_of_address()
        if own is None:
            own = by_place(self.language, self.url)
        return True if own is None and not self.language and self._is_in_no_english() else own

    def _is_in_no_english(self) -> bool:
        """Whether the first lines of a page that names no language have many letters which English has not."""
        head = "".join(self.page.lines[:FIRST_LINES])[:FIRST_CHARACTERS] if self.page else ""
        return sum(character.isalpha() and character > "\x7f" for character in head) >= FOREIGN_SHARE * len(head) > 0

    def _own_order(self) -> bool | None:
        lines = (line for line in (self.page.lines if self.page else ()) if len(line) <= MAX_LINE)
        figures = (match.groups() for line in lines for match in _NUMERIC.finditer(line))
        orders = {int(first) > 12 for first, second in islice(figures, MAX_NUMERIC) if _one_way(first, second)}
        return orders.pop() if len(orders) == 1 else None

    def _order_of_address(self) -> bool | None:
        """The order in which the first figures that hold the year of the page's address hold its month, too."""
        if self.page is None or (stated := address_month(self.url)) is None:
            return None
        year, month = stated
        for line in self.page.lines:
            for first, second, last in _FIGURES.findall(line) if len(line) <= MAX_LINE else ():
                if last in (year, year[2:]) and first != second and month in (int(first), int(second)):
                    return int(second) == month
        return None

    def _order(self, text: object) -> bool | None:
        return self.day_first if is_ambiguous(text) else None

    def read(self, value: object) -> str | None:
        """The first date in an attribute or a JSON value."""
        date = read_date(value, day_first=self._order(value), language=self.language)
        return None if date and date.startswith(NO_DATES) else date

    def first(self, values: Iterable[object]) -> str | None:
        """The first date in any of the values."""
        return next((date for value in values if (date := self.read(value))), None)

    def find(self, text: str) -> list[FoundDate]:
        """All dates in a text."""
        return find_dates(text, day_first=self._order(text), language=self.language)

    def publication(self, text: str) -> PublicationDates:
        """When a date line says that its story was published and changed."""
        dates = find_publication_dates(text, day_first=self._order(text), language=self.language)
        return PublicationDates(None, dates.modified) if self.is_to_come(dates.published) else dates

    def is_to_come(self, date: str | None) -> bool:
        """Whether a date lies behind the last day on which the page can have been published.

        >>> DateHabit(latest="2026-01-07").is_to_come("2026-01-08T09:00"), DateHabit().is_to_come("2099-01-01")
        (True, False)
        """
        return date is not None and self.latest is not None and date[:10] > self.latest


def is_ambiguous(text: object) -> bool:
    """Whether a text holds a date in figures of which both orders make a day.

    >>> is_ambiguous("03/04/2026"), is_ambiguous("13/04/2026"), is_ambiguous("2026-04-03")
    (True, False, False)
    """
    figures = (match.groups() for match in _NUMERIC.finditer(text)) if isinstance(text, str) else ()
    return any(first != second and not _one_way(first, second) for first, second in figures)


def _one_way(first: str, second: str) -> bool:
    """Whether only one of two figures can be a month."""
    return (int(first) > 12) != (int(second) > 12)


def by_place(language: str | None, url: str | None) -> bool | None:
    """Whether pages in the language and of the address's country write the day first; None where neither is known.

    >>> by_place("en-US", None), by_place("en", "https://gazette.co.uk/"), by_place("fr", None), by_place("", "")
    (False, True, True, None)
    """
    code = (language or "").lower().replace("_", "-")
    if code in ("", "en") and _DAY_FIRST_HOST.search(url or ""):
        return True
    return None if not code else code not in _MONTH_FIRST
