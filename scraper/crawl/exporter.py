"""Feed exports: where else the records of a crawl go, as in any Scrapy project (`scrapy crawl … -o FILE`).

See https://docs.scrapy.org/en/latest/topics/feed-exports.html for formats and storages. A feed holds what this run has
written; the files in the data folder hold everything (`scraper.storage.output`).
"""

from __future__ import annotations

from typing import IO, Any

from scrapy.exporters import BaseItemExporter

from cleaners.records.rows import write_rows
from cleaners.running.batch import CleanedLines


class ArticleExporter(BaseItemExporter):
    """JSON Lines, one per story: the record."""

    def __init__(self, file: IO[bytes], **options: Any) -> None:
        super().__init__(dont_fail=True, **options)
        self.file = file

    def export_item(self, item: CleanedLines) -> None:
        """Write one cleaned page."""
        write_rows(self.file, item.articles)
