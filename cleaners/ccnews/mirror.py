"""A mirror of Common Crawl's files: a web address or a folder.

Files of a web address are fetched whole before they are read, and go on after an interruption where they were; those of
a folder are read where they are.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from gzip import GzipFile
from http.client import HTTPException
from io import BytesIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from cleaners.decoding.signatures import GZIP
from cleaners.errors import CopydeskError
from cleaners.reading.unpacking import DAMAGED
from cleaners.version import VERSION

COMMON_CRAWL = "https://data.commoncrawl.org"

MOST_LIST_BYTES = 16 * 1024 * 1024
"""Bytes of a list, unpacked; that of a month has about 50 kB."""

WAITS = (1.0, 5.0, 25.0, 125.0)
"""Seconds before each further try. A server that is overloaded is left alone for longer each time."""

TIMEOUT = 60.0
"""Seconds without a byte after which a download has failed."""

_CHUNK = 1 << 20
_GONE = (401, 404, 410)
_WHOLE, _PART, _BEHIND_END = 200, 206, 416


class NotThere(CopydeskError):
    """A file is not on the mirror."""


class BadList(CopydeskError):
    """A list of files is damaged, or none."""


class NotFetched(CopydeskError):
    """A file could not be fetched, or not to its end, however often it was tried."""


class Mirror:
    """A mirror at an address (https, http) or in a folder. `waits` are the seconds before each further try."""

    def __init__(self, root: str = COMMON_CRAWL, *, waits: Sequence[float] = WAITS) -> None:
        self.root = root.rstrip("/") or "/"
        self.waits = waits
        self.is_remote = root.startswith(("https://", "http://"))

    def lines(self, path: str) -> list[str]:
        """The lines of a list, packed with gzip or not. Raises NotThere, NotFetched, and BadList for what is none."""
        packed = self._list(path)
        try:
            with GzipFile(fileobj=BytesIO(packed)) as file:
                content = file.read(MOST_LIST_BYTES + 1) if packed.startswith(GZIP) else packed
        except (EOFError, *DAMAGED) as error:
            raise BadList(f"{path} is damaged: {error}") from None
        if len(content) > MOST_LIST_BYTES:
            raise BadList(f"{path} is too long for a list")
        return content.decode("utf-8", "replace").splitlines()

    def _list(self, path: str) -> bytes:
        """A list as it stands on the mirror, and no more than one chunk of it that is too much."""
        if not self.is_remote:
            with self._local(path).open("rb") as file:
                return file.read(MOST_LIST_BYTES + 1)
        content = b""
        for chunk in self._remote(path, 0):
            content = content + chunk if chunk else b""
            if len(content) > MOST_LIST_BYTES:
                break
        return content

    @contextmanager
    def file(self, path: str, folder: str) -> Iterator[str]:
        """A file on this machine: in the mirror, or fetched into a folder and removed when the block ends as it should.

        What an interrupted block has fetched stays there, for the next one. Raises NotThere and NotFetched.
        """
        if not self.is_remote:
            yield str(self._local(path))
            return
        os.makedirs(folder, exist_ok=True)
        target = os.path.join(folder, os.path.basename(path))
        for other in set(os.listdir(folder)) - {os.path.basename(path)}:
            os.remove(os.path.join(folder, other))  # at most one file is on the disk
        with open(target, "ab", buffering=0) as file:  # a kill loses nothing that has come
            for chunk in self._remote(path, file.tell()):
                if not chunk:
                    file.truncate(0)
                file.write(chunk)
        yield target
        os.remove(target)

    def _local(self, path: str) -> Path:
        found = Path(self.root, path)
        if not found.is_file():
            raise NotThere(f"{found} is not there")
        return found

    def _remote(self, path: str, have: int) -> Iterator[bytes]:
        """The bytes of a file behind those that are there already, over as many connections as it takes.

        Where a server begins anew, a chunk without bytes comes first.
        """
        url, error = f"{self.root}/{path}", "it ended too early"
        for wait in (0.0, *self.waits):
            time.sleep(wait)
            try:
                for chunk in _chunks(url, have):
                    have = have + len(chunk) if chunk else 0
                    yield chunk
                return
            except HTTPError as failure:
                if failure.code in _GONE:
                    raise NotThere(f"{url} is not there (status {failure.code})") from None
                error = f"status {failure.code}"
            except (OSError, HTTPException) as failure:
                error = str(getattr(failure, "reason", "") or failure) or type(failure).__name__
        raise NotFetched(f"{url} cannot be fetched: {error}")


def _chunks(url: str, have: int) -> Iterator[bytes]:
    """What one connection gives. Raises OSError where it breaks off, HTTPException for what is no HTTP."""
    headers = {"User-Agent": f"Copydesk/{VERSION}"}
    if have:
        headers["Range"] = f"bytes={have}-"
    try:
        response = urlopen(Request(url, headers=headers), timeout=TIMEOUT)
    except HTTPError as failure:
        if failure.code == _BEHIND_END and have and f"/{have}" in failure.headers.get("Content-Range", ""):
            return  # all of it is there
        raise
    with response:
        if have and response.status != _PART:
            yield b""
        left = response.headers.get("Content-Length")
        missing = int(left) if left and left.isdigit() else None
        while chunk := response.read(_CHUNK):
            missing = missing - len(chunk) if missing is not None else None
            yield chunk
        if missing:
            raise OSError(f"{missing:,} bytes are missing")
