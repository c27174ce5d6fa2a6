"""Sizes and checksums of outputs, by which a run that resumes knows that they are as they were left."""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import IO, NamedTuple

CHUNK = 1024 * 1024

GATHERED = 256 * 1024
"""Bytes that are hashed and written at once: page by page both take longer, and little memory is spent on so many."""


class Checksum(NamedTuple):
    """The size of a file in bytes, and a digest of them."""

    size: int
    digest: str


def checksum_of_bytes(content: bytes) -> Checksum:
    """The checksum of a file with this content."""
    return Checksum(len(content), blake2b(content, digest_size=16).hexdigest())


EMPTY = checksum_of_bytes(b"")


class HashedFile:
    """A file to append to that keeps the checksum of all its bytes; `size` is how many were kept and written."""

    def __init__(self, file: IO[bytes]) -> None:
        """`file` is open to read and to append."""
        self.file = file
        self.size = 0
        self._digest = blake2b(digest_size=16)
        self._waiting: list[bytes] = []
        self._bytes_waiting = 0

    def write(self, content: bytes) -> int:
        """Append to the file, at the latest when it is flushed."""
        self._waiting.append(content)
        self._bytes_waiting += len(content)
        self.size += len(content)
        if self._bytes_waiting >= GATHERED:
            self._hand_on()
        return len(content)

    def flush(self) -> None:
        """Hand everything to the system."""
        self._hand_on()
        self.file.flush()

    def _hand_on(self) -> None:
        gathered, self._waiting, self._bytes_waiting = b"".join(self._waiting), [], 0
        self._digest.update(gathered)
        self.file.write(gathered)

    @property
    def checksum(self) -> Checksum:
        """The checksum of all that was kept and written."""
        self._hand_on()
        return Checksum(self.size, self._digest.hexdigest())

    def keep(self, size: int) -> Checksum:
        """Keep the first bytes of what the file held before, and cut off the rest; the checksum of what is kept."""
        self.file.seek(0)
        while self.size < size and (chunk := self.file.read(min(CHUNK, size - self.size))):
            self._digest.update(chunk)
            self.size += len(chunk)
        self.file.truncate(self.size)
        return self.checksum


def checksum_of(path: str) -> Checksum | None:
    """The checksum of a file; None if there is no such file."""
    if not os.path.isfile(path):
        return None
    digest, size = blake2b(digest_size=16), 0
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Checksum(size, digest.hexdigest())


def difference(found: Checksum | None, expected: Checksum) -> str:
    """How a file differs from what is expected, in words."""
    if found is None:
        return "is missing"
    if found.size != expected.size:
        return f"has {found.size:,} bytes instead of {expected.size:,}"
    return "has changed"
