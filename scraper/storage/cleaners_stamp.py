"""A stamp of the cleaners: while it stays the same, a page that has not changed need not be cleaned again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

from cleaners.version import VERSION

DECIDING = (
    "version.py",
    "errors.py",
    "data",
    "words",
    "decoding",
    "blocks",
    "metadata",
    "label",
    "kind",
    "rights/crawlers.py",
    "rights/crawlers.toml",
    "rights/signals.py",
    "stories",
    "weights",
    "models.py",
    "arguments.py",
    "collecting.py",
    "pipeline.py",
    "records/rows.py",
)
"""The files and folders of `cleaners/` that decide what the records of a page are.

A test compares this list with what `cleaners.pipeline` and `cleaners.records.rows` import. Commands, reports and traces
are not in it: a new help text is no reason to clean every page again.
"""

NOT_READ = (".md", ".pyc")
"""Files in these folders that decide nothing: the cards of the models, and compiled modules."""


@cache
def cleaners_stamp() -> str:
    """The stamp of the installed cleaners: their version, and a digest of the rules, the data and the weights."""
    return f"{VERSION} {digest_of_cleaners(files('cleaners'))}"


def digest_of_cleaners(package: Traversable) -> str:
    """A digest of the files in the folder `package` that decide what the records of a page are (16 hex digits)."""
    digest = blake2b(digest_size=8)
    for path, file in deciding_files(package):
        content = file.read_bytes()
        digest.update(f"{path} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def deciding_files(package: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Each file of the cleaners that counts, with its path inside `package`, in the same order everywhere."""
    for path in DECIDING:
        yield from _files_below(path, package.joinpath(*path.split("/")))


def _files_below(path: str, entry: Traversable) -> Iterator[tuple[str, Traversable]]:
    if entry.is_dir():
        for inner in sorted(entry.iterdir(), key=lambda inner: inner.name):
            yield from _files_below(f"{path}/{inner.name}", inner)
    elif not path.endswith(NOT_READ):
        yield path, entry
