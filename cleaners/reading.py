"""Files, folders, web archives and standard input to Pages, one at a time and always in the same order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from cleaners.data import Cleaned, Page, Rejection
from cleaners.errors import MissingPath
from cleaners.files import MAX_PAGE_BYTES, STDIN, now, source_name, unreadable
from cleaners.warc import Entry, is_warc, read_entries, warc_pages


def read_pages(paths: Iterable[str | Path]) -> Iterator[Page | Cleaned]:
    """The pages of files and, file by file in the order of their names, of folders; there, hidden files are left out.

    A file that cannot be read gives a rejected Cleaned in its place. Raises MissingPath at once, before anything is
    read, if one of the paths does not exist.
    """
    given_paths = [str(path) for path in paths]
    check_paths(given_paths)
    return (page for path in _files_of(given_paths) for page in read_pages_of(path))


def read_archives(paths: Iterable[str | Path]) -> Iterator[Entry]:
    """The pages and listings of WARC files, and of those in folders, in the order of their names.

    A file that is none gives a rejected Cleaned. Raises MissingPath, before anything is read, for a path that does not
    exist.
    """
    given_paths = [str(path) for path in paths]
    check_paths(given_paths)
    return (entry for path in _files_of(given_paths) for entry in read_entries(path))


def check_paths(paths: Iterable[str | Path]) -> None:
    """Raise MissingPath for the first of the paths that does not exist."""
    for path in paths:
        if str(path) != STDIN and not os.path.exists(path):
            raise MissingPath(f"no such file or folder: {path}")


def read_pages_of(path: str) -> Iterator[Page | Cleaned]:
    """The pages of one file: as many as it holds where it is a WARC file, else the file itself.

    A file that cannot be read gives a rejected Cleaned in its place.
    """
    source = source_name(path)
    try:
        with open(0 if path == STDIN else path, "rb", closefd=path != STDIN) as file:
            if is_warc(file.peek()):
                yield from warc_pages(file, source, MAX_PAGE_BYTES)
            else:
                yield _page(file.read(MAX_PAGE_BYTES + 1), source)
    except OSError as error:
        yield unreadable(source, error)


def _page(content: bytes, source: str) -> Page | Cleaned:
    """The page that a file is, unless it holds more bytes than a page may have."""
    if len(content) > MAX_PAGE_BYTES:
        limit = f"{MAX_PAGE_BYTES // 1024**2} MB"
        reason = f"The file is larger than {limit}, which no page is. Split it into one file per page."
        return Cleaned(Page(b"", source=source, retrieved_at=now()), rejection=Rejection("too-large", reason))
    return Page(content, source=source, retrieved_at=now())


def _files_of(paths: Iterable[str]) -> Iterator[str]:
    return (file for path in paths for file in _files(path))


def _files(given: str) -> Iterator[str]:
    """The path itself, or the files below a folder. Links to folders are not followed, so no walk goes in circles."""
    waiting = [given]
    while waiting:
        path = waiting.pop()
        if os.path.isdir(path) and (names := _listed(path)) is not None:
            waiting.extend(os.path.join(path, name) for name in reversed(names))
        else:
            yield path


def _listed(folder: str) -> list[str] | None:
    """The names in a folder that are read, sorted, or None if it may not be listed (reading it then says why)."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if _is_wanted(entry))
    except OSError:
        return None


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    """Whether a folder's entry is read: nothing hidden, no link to a folder, no pipe or device, which might not end."""
    if entry.name.startswith("."):
        return False
    broken_link = entry.is_symlink() and not os.path.exists(entry.path)
    return entry.is_dir(follow_symlinks=False) or entry.is_file() or broken_link
