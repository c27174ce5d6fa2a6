"""How far a run is, for a person who watches. The bar is loaded only where somebody does."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

from cleaners.commands.messages import error_line

if TYPE_CHECKING:
    from cleaners.commands.progress_bar import Bar


class Progress:
    """A bar on standard error with the pages done, their rate and the time that is left; nothing where standard error
    is no terminal. To be used in a `with` block."""

    def __init__(self, done: int = 0, *, quiet: bool = False) -> None:
        """`done` pages were done by an earlier run. There is no bar if it is to be `quiet`."""
        self.is_watched = sys.stderr.isatty() and not quiet
        self._bar: Bar | None = None
        if self.is_watched:
            from cleaners.commands.progress_bar import Bar

            self._bar = Bar(unit=" pages", dynamic_ncols=True, smoothing=0.05, initial=done)

    def add(self, share: float | None) -> None:
        """One more page is done, and with it this share of the input (None: nobody knows).

        How many pages there are is estimated by it, as a file may hold any number.
        """
        if self._bar is None:
            return
        if share:
            self._bar.total = max(self._bar.n + 1, round((self._bar.n + 1) / share))
        self._bar.update()

    def report_error(self, message: str) -> None:
        """Say in one line what is wrong, above the bar."""
        self.say(error_line(message))

    def say(self, line: str) -> None:
        """Say a line above the bar."""
        if self._bar is None:
            print(line, file=sys.stderr)
        else:
            self._bar.write(line, file=sys.stderr)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()
