"""Titles, names, dates and the rest of a story's metadata, read from a page's markup or from its text."""

from cleaners.metadata.markup import Markup, read_markup
from cleaners.words.dates import FoundDate, StatedDates, find_dates, read_date, stated_dates
from cleaners.words.names import find_names

__all__ = ["FoundDate", "Markup", "StatedDates", "find_dates", "find_names", "read_date", "read_markup", "stated_dates"]
