"""Files that appear under their names only when they are whole."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def errors_name(path: str) -> Iterator[None]:
    """Have an error of the operating system name the output, where it names no file: a full disk does not say whose."""
    try:
        yield
    except OSError as error:
        if error.errno and not error.filename:
            error.filename = path
        raise


@contextmanager
def atomic_file(path: str | Path) -> Iterator[BinaryIO]:
    """A binary file to write to that takes the place of `path` when the block ends without an exception.

    Until then it stands beside it under a hidden name of its own, and an earlier file is left as it is. Pipes and
    devices are written to directly. Raises OSError if the file cannot be written. Whether an earlier file may be
    replaced at all is for `cleaners.running.output_checks` to say.
    """
    target = os.path.realpath(path)
    if os.path.exists(target) and not stat.S_ISREG(os.stat(target).st_mode):
        with open(target, "wb") as stream:
            yield stream
        return
    part = part_name(f"{target}.{secrets.token_hex(4)}")  # no other run writes there, and none left it to resume
    try:
        with errors_name(str(path)), open(part, "xb") as file:
            yield file
        os.replace(part, target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def part_name(target: str) -> str:
    """Where a file is written until it is whole."""
    folder, name = os.path.split(target)
    return os.path.join(folder, f".{name}.part")
