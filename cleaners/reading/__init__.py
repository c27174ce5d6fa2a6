"""Files, folders and standard input to Pages, one at a time and always in the same order.

    paths ─► files ─► unpacked ─► what the first bytes say ─► pages

A format is added by a line in `formats.READERS`: a function that looks at the first bytes, and one that reads.
"""

from cleaners.reading.files import Known
from cleaners.reading.pages import BytesRead, find_pages, read_archives, read_pages
from cleaners.reading.paths import check_paths, size_of

__all__ = ["BytesRead", "Known", "check_paths", "find_pages", "read_archives", "read_pages", "size_of"]
