"""What stands in the place of a page that cannot be read."""

from __future__ import annotations

from cleaners.data import Page, RejectedInput, Rejection
from cleaners.reading.files import MAX_PAGE_BYTES, now


def rejected(code: str, reason: str, source: str | None, url: str | None = None) -> RejectedInput:
    """An input that is rejected now, before it is cleaned."""
    return RejectedInput(Page(b"", url=url, source=source, retrieved_at=now()), Rejection(code, reason))


def too_large(what: str, source: str, advice: str) -> RejectedInput:
    """The rejection of a page that has more than MAX_PAGE_BYTES."""
    limit = f"{MAX_PAGE_BYTES // 1024**2} MB"
    return rejected("too-large", f"The {what} is larger than {limit}, which no page is. {advice}", source)


def unreadable(source: str, error: OSError) -> RejectedInput:
    """The rejection of a file that cannot be read."""
    return rejected("unreadable", f"The file cannot be read: {error.strerror or error}.", source)
