"""What stands in the place of a page that cannot be read."""

from __future__ import annotations

from cleaners.data import Cleaned, Page, Rejection
from cleaners.reading.files import MAX_PAGE_BYTES, now


def rejected(code: str, reason: str, source: str) -> Cleaned:
    """A page that is rejected while it is read."""
    return Cleaned(Page(b"", source=source, retrieved_at=now()), rejection=Rejection(code, reason))


def too_large(what: str, source: str, advice: str) -> Cleaned:
    """The rejection of a page that has more than MAX_PAGE_BYTES."""
    limit = f"{MAX_PAGE_BYTES // 1024**2} MB"
    return rejected("too-large", f"The {what} is larger than {limit}, which no page is. {advice}", source)
