"""How often a date is read right in 73 languages and countries, beside dateparser.

Babel writes twelve days, one of each month, in the four lengths that the Unicode CLDR has for each of 73 languages and
countries. Both sides know the language. dateparser gets the date alone; Copydesk finds it in the middle of a line. The
last rows count right dates by length.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bench.tables import table
from cleaners.metadata.date_habits import by_place
from cleaners.words.dates import find_dates

LOCALES = (
    "af am ar az be bg bn bs ca cs cy da de el en_US en_GB es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka"
    " kk km kn ko lo lt lv mk ml mn mr ms my ne nl no pa pl pt_BR ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi zh"
).split()
THEIR_CODES = {"no": "nb"}
LENGTHS = ("full", "long", "medium", "short")
YEAR = 2025
DAYS = tuple(dt.date(YEAR, month, 2 * month + 1) for month in range(1, 13))
"""3 January to 25 December: days that may be months, and days that may not."""


class Written(NamedTuple):
    """A day as a language writes it."""

    locale: str
    length: str
    text: str
    day: dt.date


def written() -> Iterator[Written]:
    """Every day in every length and language."""
    from babel import Locale
    from babel.dates import format_date

    for code in LOCALES:
        for length in LENGTHS:
            for day in DAYS:
                yield Written(code, length, format_date(day, length, locale=Locale.parse(code)), day)


def ours(date: Written) -> str | None:
    """The day that Copydesk reads in a line."""
    language = date.locale.replace("_", "-")
    found = find_dates(f"| {date.text} |", day_first=by_place(language, None), language=language)
    return found[0].iso[:10] if found else None


def theirs(date: Written) -> str | None:
    """The day that dateparser reads; None too where it does not know the language."""
    import dateparser

    language, _, country = date.locale.partition("_")
    known = [date.locale.replace("_", "-")] if (language, country) == ("en", "GB") else None
    try:
        found = dateparser.parse(date.text, languages=[THEIR_CODES.get(language, language)], locales=known)
    except ValueError:
        return None
    return found.date().isoformat() if found else None


SIDES = {"Copydesk": ours, "dateparser": theirs}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--wrong", action="store_true", help="list the dates that Copydesk reads wrong")
    parser.add_argument("--only", action="append", choices=SIDES, help="only this side; may be repeated")


def run(options: argparse.Namespace) -> Iterator[str]:
    """The wrong dates if they are asked for, then a table."""
    warnings.filterwarnings("ignore")
    rows = {name: [] for name in (*LOCALES, *LENGTHS, "all", "µs a date")}  # type: dict[str, list[str | float | None]]
    names = options.only or list(SIDES)
    for name in names:
        right: Counter[str] = Counter()
        pages: Counter[str] = Counter()
        seconds = 0.0
        for date in written():
            start = time.process_time()
            found = SIDES[name](date)
            seconds += time.process_time() - start
            keys = (date.locale, date.length, "all")
            pages.update(keys)
            if found == date.day.isoformat():
                right.update(keys)
            elif options.wrong and name == "Copydesk":
                yield f"{date.locale:6}{date.length:7}{date.text}: {date.day}, found {found}"
        for key, cells in rows.items():
            cells.append(right[key] / pages[key] if key in pages else f"{1e6 * seconds / pages['all']:.0f}")
    yield table(["", *names], [[key, *cells] for key, cells in rows.items()])
