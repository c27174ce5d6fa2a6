"""Feed exports: cleaned pages to the lines of the three output files.

See https://docs.scrapy.org/en/latest/topics/feed-exports.html for what can be set, such as compression or other
storages.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from scrapy import Spider
from scrapy.exporters import BaseItemExporter

from cleaners.writing import Rows, article_rows, audit_rows, rejected_rows, whole_file, write_rows
from scraper.items import CleanedItem


def uri_params(params: dict[str, Any], spider: Spider) -> dict[str, Any]:
    """What feed addresses may hold: Scrapy's own `%(name)s` and `%(time)s`, and `%(data_dir)s`."""
    return {**params, "data_dir": spider.settings["DATA_DIR"]}


class _LinesExporter(BaseItemExporter):
    """Writes the rows that a cleaned page gives, as JSON Lines."""

    rows: Rows

    def __init__(self, file: IO[bytes], **options: Any) -> None:
        super().__init__(dont_fail=True, **options)
        self.file = file
        self._lost: OSError | None = None

    def export_item(self, item: CleanedItem) -> None:
        """Write one cleaned page."""
        try:
            write_rows(self.file, type(self).rows(item))
        except OSError as error:
            self._lost = error
            raise

    def finish_exporting(self) -> None:
        """Raise what went wrong on the way: a file that lacks lines must not take the place of a whole one."""
        if self._lost:
            raise self._lost


class ArticleExporter(_LinesExporter):
    """One line per story: the record."""

    rows = staticmethod(article_rows)


class AuditExporter(_LinesExporter):
    """One line per block."""

    rows = staticmethod(audit_rows)


class RejectedExporter(_LinesExporter):
    """One line per page that gave no article."""

    rows = staticmethod(rejected_rows)


class WholeFileStorage:
    """A local file that takes its place when the run has ended, in good order or by Ctrl-C.

    It is always written anew: half of a feed's purpose is that two runs give the same bytes.
    """

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:
        self.path = Path(uri)
        self._open_file = ExitStack()

    def open(self, spider: Spider) -> IO[bytes]:
        """Open the file for writing, under a name of its own until it is stored."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return self._open_file.enter_context(whole_file(self.path))

    def store(self, file: IO[bytes]) -> None:
        """Put the file in its place."""
        self._open_file.close()
