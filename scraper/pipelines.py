"""Pages to cleaned pages, off the reactor's thread."""

from __future__ import annotations

import asyncio

from cleaners.batch import clean_or_reject
from scraper.items import CleanedItem, PageItem


class CleaningPipeline:
    """Cleans pages one at a time in the order in which they arrive, which is the order of the output.

    A thread keeps the reactor free for the network meanwhile. Cleaning is Python throughout, so several threads would
    not be faster.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Lock()  # whoever waits longest is next

    async def process_item(self, item: PageItem) -> CleanedItem:
        """The cleaned page, or its rejection. Never raises: a page that cannot be cleaned does not stop a run."""
        async with self._turn:
            return await asyncio.to_thread(clean_or_reject, item)
