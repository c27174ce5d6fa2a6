"""Which files of CC-NEWS hold the pages of some days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

LIST = "crawl-data/CC-NEWS/{year}/{month:02}/warc.paths.gz"
"""Where the list of a month's files stands on every mirror."""

_PATH = re.compile(
    r"(?:[\w-][\w.-]*/)*(?P<name>[\w-][\w.-]*?(?P<day>\d{8})(?:\d{6})?(?:-[\w-]+)?\.warc(?:\.gz|\.zst)?)"
)


class ArchiveFile(NamedTuple):
    """A file of the archive: its path on a mirror, its name, and the day on which it was begun."""

    path: str
    name: str
    day: date


def lists_between(first: date, last: date) -> Iterator[str]:
    """The paths of the lists of all months from one day to another.

    >>> list(lists_between(date(2025, 12, 31), date(2026, 1, 1)))
    ['crawl-data/CC-NEWS/2025/12/warc.paths.gz', 'crawl-data/CC-NEWS/2026/01/warc.paths.gz']
    """
    for month in range(12 * first.year + first.month - 1, 12 * last.year + last.month):
        yield LIST.format(year=month // 12, month=month % 12 + 1)


def archive_file(line: str) -> ArchiveFile | None:
    """The file that a line of a list names; None for what is no path of an archive with a day in its name, or one that
    leads out of the mirror.

    >>> archive_file("crawl-data/CC-NEWS/2026/01/CC-NEWS-20260102030405-00001.warc.gz").day
    datetime.date(2026, 1, 2)
    >>> archive_file("../../etc/CC-NEWS-20260102030405-00001.warc.gz")
    """
    found = _PATH.fullmatch(line.strip()) if len(line) < 1_000 else None
    if found is None:
        return None
    try:
        day = date.fromisoformat(found["day"])
    except ValueError:
        return None
    return ArchiveFile(found[0], found["name"], day)
