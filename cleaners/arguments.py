"""What callers from Python may pass; anything else is an error that says what is wanted."""

from __future__ import annotations

import os
import re
from typing import get_args

from cleaners.data import ContentType, Page

LONGEST_NAME = 4_096
"""Characters of an address or of a path; systems open no longer paths."""

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def check_page(page: object) -> None:
    """Raise TypeError or ValueError if this is no Page, or one whose content or kind cannot be cleaned.

    >>> check_page(Page("The harbour reopened.", kind="pdf"))
    Traceback (most recent call last):
    ValueError: kind is 'html', 'text' or None, not 'pdf'
    """
    if not isinstance(page, Page):
        raise TypeError(f"clean_page takes a Page, as in clean_page(Page(content)), and not {_type(page)}")
    check_content(page.content)
    if page.kind is not None and page.kind not in get_args(ContentType):
        raise ValueError(f"kind is 'html', 'text' or None, not {page.kind!r}")
    for name in ("url", "charset", "language"):
        value = getattr(page, name)
        if not isinstance(value, str | None):
            raise TypeError(f"{name} is a str or None, not {_type(value)}")


def check_content(content: object) -> None:
    """Raise TypeError if this is not the content of a page.

    >>> check_content(None)
    Traceback (most recent call last):
    TypeError: the content of a page is str or bytes, not NoneType
    """
    if isinstance(content, str | bytes):
        return
    remedy = ""
    if isinstance(content, Page):
        remedy = "; a Page goes to clean_page(page)"
    elif isinstance(content, os.PathLike):
        remedy = "; read the file: clean(path.read_bytes())"
    elif hasattr(content, "read"):
        remedy = "; read the file: clean(file.read())"
    elif isinstance(content, bytearray | memoryview):
        remedy = "; convert it: clean(bytes(content))"
    raise TypeError(f"the content of a page is str or bytes, not {_type(content)}{remedy}")


def check_no_name(content: object) -> None:
    """Raise ValueError if a str is the address or the path of a page in place of its content.

    A page is never mistaken: one that consists of an address and nothing else holds no article, and a path has to be
    that of a file that is there. Bytes were read from something, and are content.

    >>> check_no_name("https://example.org/harbour.html")
    Traceback (most recent call last):
    ValueError: this is an address and not the content of a page: `copydesk get` fetches pages
    """
    if not isinstance(content, str) or len(content) > LONGEST_NAME or content != content.strip():
        return
    if _ADDRESS.fullmatch(content):
        raise ValueError("this is an address and not the content of a page: `copydesk get` fetches pages")
    if _looks_like_path(content) and os.path.isfile(content):
        raise ValueError("this is the path of a file and not the content of a page: open(path, 'rb').read() gives that")


def _looks_like_path(text: str) -> bool:
    """Whether a text has a folder or an ending, as no page of a single word has."""
    return text.isprintable() and (os.sep in text or bool(os.path.splitext(text)[1]))


def _type(value: object) -> str:
    return type(value).__name__
