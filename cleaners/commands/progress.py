"""How far a run is, for a person who watches."""

from __future__ import annotations

import sys
from types import TracebackType

from tqdm import tqdm

from cleaners.commands.messages import error_line


class _Bar(tqdm):  # type: ignore[type-arg]
    def __del__(self) -> None:
        """Nothing: `Progress` closes its bar, and one that Ctrl-C met while it was being made cannot be closed."""


class Progress:
    """A bar on standard error with the pages done, their rate and the time that is left; nothing where standard error
    is no terminal. To be used in a `with` block."""

    def __init__(self, done: int = 0, *, quiet: bool = False) -> None:
        """`done` pages were done by an earlier run. There is no bar if it is to be `quiet`."""
        tqdm.monitor_interval = 0  # no thread of its own
        self.is_watched = sys.stderr.isatty() and not quiet
        self._bar = _Bar(unit=" pages", disable=not self.is_watched, dynamic_ncols=True, smoothing=0.05, initial=done)

    def add(self, share: float | None) -> None:
        """One more page is done, and with it this share of the input (None: nobody knows).

        How many pages there are is estimated by it, as a file may hold any number.
        """
        if share:
            self._bar.total = max(self._bar.n + 1, round((self._bar.n + 1) / share))
        self._bar.update()

    def report_error(self, message: str) -> None:
        """Say in one line what is wrong, above the bar."""
        self.say(error_line(message))

    def say(self, line: str) -> None:
        """Say a line above the bar."""
        if self.is_watched:
            tqdm.write(line, file=sys.stderr)
        else:
            print(line, file=sys.stderr)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._bar.close()
