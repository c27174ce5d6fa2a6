"""Raw responses to web archives: WARC 1.1 files in `DATA_DIR/archive/`, from which `scrapy crawl warc` cleans anew.

The records of a response (see `scraper.archive.warc_records`) are handed to the operating system before its page goes
on, so a crawl that is killed leaves no page in the output that is not in the archive, and at most one record cut off at
the end of a file.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from cleaners.reading.files import now
from scraper.archive.warc_records import LONGEST_LINE, exchange, warcinfo
from scraper.storage.store import store_of

logger = logging.getLogger(__name__)


class ArchiveMiddleware:
    """Keeps every response that comes from the network. It stands closest to the downloader.

    A failure to write ends the crawl: it is reported once, and `flush` raises it from then on, so that no page is taken
    for done that is not in the archive.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._archive = Archive(Path(settings["DATA_DIR"]) / "archive", settings.getint("ARCHIVE_FILE_BYTES"))
        self._failure: OSError | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveMiddleware:
        """Make the middleware, unless the setting `ARCHIVE` is off."""
        if not crawler.settings.getbool("ARCHIVE"):
            raise NotConfigured
        middleware = cls(crawler)
        crawler.signals.connect(middleware.close, signal=signals.spider_closed)
        return middleware

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the response, and note in the request when it came; the response goes on as it is."""
        request.meta["retrieved_at"] = now()
        if _is_from_network(response) and not self._failure:
            self._keep(request, response)
        return response

    def flush(self) -> None:
        """Return when every response so far is in the archive. Raises OSError if one could not be written."""
        if self._failure:
            raise self._failure

    def close(self) -> None:
        """Close the file that is being written."""
        self._archive.close()

    def _keep(self, request: Request, response: Response) -> None:
        count = self._crawler.stats.inc_value
        if len(response.url) > LONGEST_LINE or len(request.url) > LONGEST_LINE:
            count("archive/left_out")
            logger.warning("Not archived, since no reader takes an address this long: %s...", response.url[:100])
            return
        source = request.meta.get("source") or (self._crawler.spider.name if self._crawler.spider else "")
        records = exchange(request, response, str(source))
        try:
            self._archive.append(records)
        except OSError as failure:
            self._fail(failure)
        else:
            count("archive/responses")
            count("archive/bytes", len(records))

    def _fail(self, failure: OSError) -> None:
        self._failure = failure
        self._crawler.stats.set_value("archive/failure", str(failure))
        store_of(self._crawler).give_up(failure)


class Archive:
    """WARC files in a folder, each begun anew when the last has reached its size, under names that are never reused.

    Neither the folder nor a file is made before there is something to write.
    """

    def __init__(self, folder: Path, file_bytes: int) -> None:
        self.folder = folder
        self.file_bytes = file_bytes
        self._run = f"{datetime.now(UTC):%Y%m%d%H%M%S}-{uuid4().hex[:8]}"
        self._files = 0
        self._descriptor: int | None = None
        self._length = 0

    def append(self, records: bytes) -> None:
        """Write whole records to the end. Raises OSError if there is no room; then none of them is left there."""
        if self._descriptor is not None and self._length >= self.file_bytes:
            self.close()
        if self._descriptor is None:
            self._descriptor = self._next_file()
            self._write(self._descriptor, warcinfo(self._name()))
        self._write(self._descriptor, records)

    def close(self) -> None:
        """Put the file on the disk and close it."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            with suppress(OSError):  # such as for a device
                os.fsync(descriptor)
            os.close(descriptor)

    def _next_file(self) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._files += 1
        self._length = 0
        return os.open(self.folder / self._name(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)

    def _name(self) -> str:
        return f"copydesk-{self._run}-{self._files:05}.warc.gz"

    def _write(self, descriptor: int, content: bytes) -> None:
        left = memoryview(content)
        try:
            while left:
                left = left[os.write(descriptor, left) :]
        except OSError:
            with suppress(OSError):
                os.ftruncate(descriptor, self._length)
                os.lseek(descriptor, self._length, os.SEEK_SET)
            raise
        self._length += len(content)


def _is_from_network(response: Response) -> bool:
    return response.url.startswith(("http://", "https://")) and "cached" not in response.flags
