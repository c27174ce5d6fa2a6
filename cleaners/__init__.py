"""Copydesk's cleaners: a page in, its stories out.

    from cleaners import clean

    for article in clean(open("page.txt", "rb").read()):
        print(article.title, article.text)

`clean` gives the articles, `clean_page` everything: each block with its verdict, and why there is no article.
`read_articles` reads again what was written.
"""

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
