"""What spiders yield, and what it is afterwards.

A spider yields a `Page`, or a `Cleaned` that says why a page could not be read. The pipeline makes every one
`CleanedLines`, which is what feeds, signals and extensions receive: the records that were written, and the counts.
All are the library's own values, since Scrapy takes any dataclass for an item: there is nothing to translate.
"""

from __future__ import annotations

from typing import TypeAlias

from cleaners.data import Cleaned, Page
from cleaners.running.batch import CleanedLines

PageItem: TypeAlias = Page | Cleaned
CleanedItem: TypeAlias = CleanedLines
