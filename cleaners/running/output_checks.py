"""Keeps outputs from destroying anything: the rule that all commands share.

An output is never an input, two outputs are never the same file, and a file that exists is replaced only on request.
Files are compared by identity, so a link to a file counts as that file.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from cleaners.errors import MissingPath, OutputClash, OutputExists
from cleaners.reading.files import STDIN
from cleaners.reading.own_output import is_own_row
from cleaners.reading.paths import FileIdentity, files_of, identity
from cleaners.records.formats import SIGNS
from cleaners.records.row_files import numbered_rows

MOST_SIGN = max(map(len, SIGNS))

Walk = Callable[[str], Iterable[str]]
"""Gives the files that a command reads of one path: the file itself, or those of a folder or pattern."""


def read_files(path: str) -> Iterator[str]:
    """The files that `clean` and `explain` read of a path."""
    return files_of([path])


def check_outputs(
    outputs: Iterable[str],
    inputs: Iterable[str],
    *,
    overwrite: bool,
    walk: Walk = read_files,
    may_be_folders: bool = False,
    skips_own: bool = False,
) -> None:
    """Check that outputs are different files, none of them an input, and that none exists unless `overwrite`.

    Where a folder is an input, no file in it that would be read can be an output. With `skips_own`, the command leaves
    its outputs out when it reads a folder, and those of an earlier run (articles, an audit, rejects) may lie in it.
    Pipes and devices are not checked. Raises OutputExists, and OutputClash, also for a folder unless
    `may_be_folders`.
    """
    paths = list(outputs)
    for path in paths:
        if (os.path.isdir(path) or path.endswith(os.sep)) and not may_be_folders:
            raise OutputClash(f"{path} is a folder: name a file in it")
        if not may_be_folders:  # which are made
            check_folder(path)
    check_distinct(paths)
    there = {found: path for path in paths if (found := _identity_of(path))}
    if there:
        _refuse_inputs(there, inputs, walk, skips_own)
    if not overwrite:
        refuse_existing(paths)


def refuse_existing(outputs: Iterable[str], remedy: str = "--overwrite replaces it") -> None:
    """Raise OutputExists for the first output that is an existing file, with what can be done about it."""
    for path in outputs:
        if os.path.isfile(path):
            raise OutputExists(f"{path} exists: {remedy}")


def check_folder(path: str) -> None:
    """Raise MissingPath if the folder is missing in which an output is to stand, and PermissionError if nothing can be
    written there: what fails later is a hidden file beside it, whose name nobody knows.

    >>> check_folder("nowhere/articles.jsonl")
    Traceback (most recent call last):
    cleaners.errors.MissingPath: no such folder: nowhere (for nowhere/articles.jsonl)
    """
    folder = os.path.dirname(path.rstrip(os.sep))
    if folder and not os.path.isdir(folder):
        raise MissingPath(f"no such folder: {folder} (for {path})")
    if not os.path.lexists(path) and not os.access(folder or os.curdir, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)


def check_distinct(outputs: Iterable[str]) -> None:
    """Raise OutputClash if two outputs are the same file, or if standard output already goes to one of them."""
    names: set[FileIdentity | str] = set()
    for path in outputs:
        if _is_device(path):
            continue
        keys = {os.path.realpath(path), _identity_of(path)} - {None}
        if names & keys:
            raise OutputClash(f"each output needs a file of its own: {path} is given twice")
        if _standard_output() in keys:
            raise OutputClash(f"each output needs a file of its own: standard output goes to {path}, too")
        names.update(key for key in keys if key)


def _refuse_inputs(outputs: dict[FileIdentity, str], inputs: Iterable[str], walk: Walk, skips_own: bool) -> None:
    """Raise OutputClash if an input is one of the outputs, which exist."""
    for path in inputs:
        if (found := _identity_of(path)) in outputs:
            raise _clash(outputs[found])
        may_lie_here = skips_own and os.path.isdir(path)
        for file in walk(path):
            found = _identity_of(file)
            if found in outputs and not (may_lie_here and is_own_output(file)):
                raise _clash(outputs[found])


def _clash(output: str) -> OutputClash:
    return OutputClash(f"{output} is an input: give the output another name")


def is_own_output(path: str) -> bool:
    """Whether a file is empty or begins as articles do, an audit or rejects."""
    try:
        with open(path, "rb") as file:
            if file.peek(MOST_SIGN)[:MOST_SIGN].startswith(SIGNS):
                return True
            _, row = next(numbered_rows(file), (0, None))
    except OSError:
        return False
    if row is None:
        return os.path.getsize(path) == 0
    return isinstance(row, dict) and is_own_row(row.keys())


def _identity_of(path: str) -> FileIdentity | None:
    """The identity of a file or folder; None where there is none, or a pipe or a device."""
    try:
        status = os.fstat(0) if path == STDIN else os.stat(path)
    except OSError:
        return None
    return identity(status) if stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode) else None


def _standard_output() -> FileIdentity | None:
    """The identity of the file to which standard output goes; None for a terminal, a pipe or a device."""
    with suppress(OSError, ValueError, AttributeError):  # it may be closed, or replaced by an object
        status = os.fstat(sys.stdout.fileno())
        return identity(status) if stat.S_ISREG(status.st_mode) else None
    return None


def _is_device(path: str) -> bool:
    with suppress(OSError):
        return stat.S_ISCHR(os.stat(path).st_mode)
    return False
