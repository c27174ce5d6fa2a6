"""`clean` and `clean_page`, which load the cleaners when they are first called: `import cleaners` takes no time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaners.data import Article, Cleaned, ContentType, Page

if TYPE_CHECKING:
    from cleaners.models import Models

__all__ = ["clean", "clean_page"]


def clean(
    content: str | bytes,
    *,
    url: str | None = None,
    kind: ContentType | None = None,
    any_page: bool = False,
    models: Models | None = None,
) -> list[Article]:
    """The articles on a page: the page's own story first, then those that the site appended to it.

    `content` is the page as it was fetched or read, `kind` is "html" or "text" (detected if None). The list is empty if
    the page holds no article, as a section front does; `clean_page` gives the reason. `any_page` takes the main content
    of any page. `models` are the learned models, the shipped ones if None. No content of a page raises an error.
    TypeError and ValueError say that something else was given: a path, an address, an open file, an unknown kind.
    `BadWeights` is raised if the shipped models cannot be read.

    >>> text = '''Harbour bridge opens after four years
    ... By Ana Example
    ... LISBON (AP) — The harbour bridge opened to traffic on Monday after four years of work, the city council said.
    ... Some 12,000 cars a day are expected to use it, about half of them on their way to the port.
    ... Copyright 2026 Example Times. All rights reserved.'''
    >>> article, = clean(text)
    >>> article.title, article.authors, article.dateline.place
    ('Harbour bridge opens after four years', ('Ana Example',), 'LISBON')
    >>> len(article.text.splitlines())
    2
    """
    from cleaners import pipeline

    return pipeline.clean(content, url=url, kind=kind, any_page=any_page, models=models)


def clean_page(page: Page, *, any_page: bool = False, models: Models | None = None) -> Cleaned:
    """A page's articles, every block with its verdict, and the reason if there is no article.

    `any_page` and `models` are those of `clean`.

    >>> text = "The harbour bridge opened to traffic on Monday after four years of work, the city council said."
    >>> page = Page(f"<article><h1>Harbour bridge opens</h1><p>{text}</p><p>Share this story</p></article>")
    >>> [str(block.label) for block in clean_page(page).blocks]
    ['title', 'body', 'navigation']
    >>> clean_page(Page(b"%PDF-1.7")).rejection.code
    'not-text'
    """
    from cleaners import pipeline

    return pipeline.clean_page(page, any_page=any_page, models=models)
