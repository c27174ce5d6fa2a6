"""Files that hold one page, read by the process that cleans it: bytes that nobody hands on cost nobody time."""

from __future__ import annotations

import os
import stat
from dataclasses import replace

from cleaners.data import FileState, Input, Page, PageFile, RejectedInput, Waiting
from cleaners.reading.files import MAX_PAGE_BYTES, STDIN, now
from cleaners.reading.rejects import rejected, too_large, unreadable
from cleaners.reading.unpacking import DAMAGED, Stream, read_at_most, unpacked

FAULTS = (EOFError, *DAMAGED, OSError)
"""What an input that cannot be read raises."""

_OF_A_PROCESS = ("/dev/", "/proc/")
"""Where paths begin that may mean another file in another process, such as /dev/fd/3."""


def found_file(path: str, source: str, status: os.stat_result) -> PageFile | None:
    """A file of this status to be read by somebody else; None for one that only this process can read, such as a pipe,
    or a file that is its standard input."""
    if path == STDIN or path.startswith(_OF_A_PROCESS) or not stat.S_ISREG(status.st_mode):
        return None
    return PageFile(Page(b"", source=source, retrieved_at=now()), os.path.join(os.getcwd(), path), _state(status))


def read_waiting(given: Waiting) -> Input:
    """What waits to be cleaned, read if it was not yet."""
    return read_page_file(given) if isinstance(given, PageFile) else given


def read_page_file(given: PageFile) -> Input:
    """The page in a file; a rejection if it cannot be read, or is not the file any more that was found."""
    source = str(given.page.source)
    try:
        with open(given.path, "rb") as file:
            page = whole_page(unpacked(file), source)
            if _state(os.fstat(file.fileno())) != given.state:
                return rejected("changed", "The file changed while the run went on: clean it again.", source)
    except FAULTS as error:
        return why_unread(error, source)
    return page if isinstance(page, RejectedInput) else replace(given.page, content=page.content)


def whole_page(file: Stream, source: str) -> Input:
    """The whole file as a page, unless it holds more bytes than a page may have."""
    content = read_at_most(file, MAX_PAGE_BYTES + 1)
    if len(content) > MAX_PAGE_BYTES:
        return too_large("file", source, "Split it into one file per page.")
    return Page(content, source=source, retrieved_at=now())


def why_unread(error: Exception, source: str) -> RejectedInput:
    """The rejection of a file for one of FAULTS."""
    if isinstance(error, EOFError):
        return rejected("cut-off", "The packed file ends too early: it is cut off, or being written.", source)
    if isinstance(error, DAMAGED):
        return rejected("damaged", f"The packed file is damaged; the rest is not read: {error}.", source)
    assert isinstance(error, OSError)
    return unreadable(source, error)


def _state(status: os.stat_result) -> FileState:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
