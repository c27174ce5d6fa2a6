"""What spiders yield, and what it is after the pipeline.

A spider yields a `Page`, or a `Cleaned` that says why a page could not be read. The pipeline makes every one a
`Cleaned`, which is what feeds, signals and extensions receive. Both are the library's own values, since Scrapy takes
any dataclass for an item: there is nothing to translate.
"""

from __future__ import annotations

from typing import TypeAlias

from cleaners.data import Cleaned, Page

PageItem: TypeAlias = Page | Cleaned
CleanedItem: TypeAlias = Cleaned
