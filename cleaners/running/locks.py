"""Files that one run alone may write."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import IO

from cleaners.errors import CannotResume


def open_locked(path: str) -> IO[bytes]:
    """Open a file to read and to append to, and lock it until it is closed. Raises CannotResume if another run has it.

    A run that finishes moves its file away: if that happens between opening and locking, the file is opened again.
    """
    while True:
        file = open(path, "a+b")  # noqa: SIM115 (the caller closes it)
        try:
            _lock(file)
            if _is_at(file, path):
                return file
        except BlockingIOError:
            file.close()
            raise CannotResume(f"another run is writing these outputs ({path} is locked): wait for its end") from None
        except BaseException:
            file.close()
            raise
        file.close()


def _is_at(file: IO[bytes], path: str) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(file.fileno()), os.stat(path))
    return False


def _lock(file: IO[bytes]) -> None:
    try:
        import fcntl
    except ImportError:  # only Unix has it
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
