"""Copydesk's cleaners: from a page to its stories.

    from cleaners import clean

    for article in clean(open("page.txt", "rb").read()):
        print(article.title, article.text)

`clean` gives the articles, `clean_page` also each block with its verdict, and the reason if there is no article.
`read_articles` reads the records that were written.
"""

from typing import TYPE_CHECKING, Any

from cleaners.clean import clean, clean_page
from cleaners.data import (
    DROPPED,
    FIELDS,
    KEPT,
    Article,
    Block,
    Caption,
    Cleaned,
    Dateline,
    Judged,
    Label,
    Metadata,
    Page,
    Rejection,
    Story,
    StoryPosition,
    Verdict,
)
from cleaners.errors import CopydeskError, MissingPath, NotText

if TYPE_CHECKING:
    from cleaners.records.reader import read_articles

__all__ = [
    "DROPPED",
    "FIELDS",
    "KEPT",
    "Article",
    "Block",
    "Caption",
    "Cleaned",
    "CopydeskError",
    "Dateline",
    "Judged",
    "Label",
    "Metadata",
    "MissingPath",
    "NotText",
    "Page",
    "Rejection",
    "Story",
    "StoryPosition",
    "Verdict",
    "clean",
    "clean_page",
    "read_articles",
]


def __getattr__(name: str) -> Any:
    """`read_articles`, whose readers are loaded when it is first asked for."""
    if name != "read_articles":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from cleaners.records.reader import read_articles

    return read_articles
