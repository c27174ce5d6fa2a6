"""Titles, names, dates and the rest of a story's metadata, read from a page's markup or from its text."""

from cleaners.metadata.markup import Markup, read_markup
from cleaners.words.dates import FoundDate, find_dates, read_date
from cleaners.words.names import find_names
from cleaners.words.publishing_dates import PublicationDates, find_publication_dates

__all__ = [
    "FoundDate",
    "Markup",
    "PublicationDates",
    "find_dates",
    "find_names",
    "find_publication_dates",
    "read_date",
    "read_markup",
]
