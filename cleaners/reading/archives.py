"""Web archives and nothing else: what a replay of a crawl reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from cleaners.reading.paths import check_paths, files_of
from cleaners.warc import Entry, read_entries


def read_archives(paths: Iterable[str | Path]) -> Iterator[Entry]:
    """The pages and listings of WARC files, and of those in folders, in the order of their names.

    A file that is none gives a rejected Cleaned. Raises MissingPath, before anything is read, for a path that does not
    exist.
    """
    given = [str(path) for path in paths]
    check_paths(given)
    return (entry for path in files_of(given) for entry in read_entries(path))
