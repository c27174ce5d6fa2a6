"""Paths and patterns to the files that are meant, in the order of their names."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Collection, Iterable, Iterator
from operator import attrgetter
from pathlib import Path

from cleaners.errors import CopydeskError, MissingPath
from cleaners.reading.files import STDIN

FileIdentity = tuple[int, int]
"""The device and the number by which the system knows a file or a folder, whatever its name."""


def identity(status: os.stat_result) -> FileIdentity:
    """The identity of what has this status."""
    return status.st_dev, status.st_ino


def check_paths(paths: Iterable[str | Path]) -> None:
    """Raise MissingPath for the first of the paths that does not exist, or pattern that nothing matches, and
    CopydeskError for a named pipe: reading it would wait for somebody who writes to it."""
    for path in map(str, paths):
        if is_named_pipe(path):
            raise CopydeskError(f"{path} is a named pipe, which may never end: read it with cat {path} | copydesk …")
        if path != STDIN and not (os.path.exists(path) or any(_matches(path))):
            if path.lower().startswith(("http://", "https://")):
                raise MissingPath(f"this is an address: use copydesk get {path}")
            what = "nothing matches the pattern" if glob.has_magic(path) else "no such file or folder"
            raise MissingPath(f"{what}: {path}")


def is_named_pipe(path: str) -> bool:
    """Whether a path is that of a pipe in a folder. What a shell makes of `<(command)` is none: it has its writer."""
    try:
        is_pipe = stat.S_ISFIFO(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False
    return is_pipe and not os.path.realpath(path).startswith(("/dev/", "/proc/"))


def files_of(paths: Iterable[str], leave_out: Collection[FileIdentity] = ()) -> Iterator[str]:
    """The files that the paths name: files themselves, those below folders, and those that match patterns.

    A path that exists is never taken for a pattern. Links to folders are not followed, so no walk goes in circles, and
    folders of the identities `leave_out` are not walked.
    """
    for path in paths:
        given = [path] if path == STDIN or os.path.lexists(path) else sorted(_matches(path))
        for match in given:
            yield from _walk(match, leave_out)


def size_of(paths: Iterable[str | Path]) -> int | None:
    """The bytes of all files, packed as they are; None if there is one whose size nobody knows, such as a pipe."""
    total = 0
    for path in files_of(map(str, paths)):
        if path == STDIN or (os.path.exists(path) and not os.path.isfile(path)):
            return None
        total += os.path.getsize(path) if os.path.isfile(path) else 0
    return total


def _matches(pattern: str) -> Iterator[str]:
    """What matches a pattern. `**` finds folders as well as what is in them, which is not to be read twice."""
    found = (path for path in glob.iglob(pattern, recursive=True) if not is_named_pipe(path))
    return (path for path in found if not os.path.isdir(path)) if "**" in pattern else found


def _walk(given: str, leave_out: Collection[FileIdentity]) -> Iterator[str]:
    waiting = [(given, True)]
    while waiting:
        path, may_be_folder = waiting.pop()
        is_folder = may_be_folder and os.path.isdir(path)
        if is_folder and leave_out and identity(os.stat(path)) in leave_out:
            continue
        if is_folder and (listed := _listed(path)) is not None:
            waiting.extend(reversed(listed))
        else:
            yield path


def _listed(folder: str) -> list[tuple[str, bool]] | None:
    """The paths in a folder that are read, in the order of their names, and which of them are folders. None if it may
    not be listed (reading it then says why)."""
    try:
        with os.scandir(folder) as entries:
            wanted = sorted(filter(_is_wanted, entries), key=attrgetter("name"))
            return [(entry.path, entry.is_dir(follow_symlinks=False)) for entry in wanted]
    except OSError:
        return None


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    """Whether a folder's entry is read: nothing hidden, no link to a folder, no pipe or device, which might not end."""
    if entry.name.startswith("."):
        return False
    broken_link = entry.is_symlink() and not os.path.exists(entry.path)  # or one that leads in a circle
    return broken_link or entry.is_dir(follow_symlinks=False) or entry.is_file()
