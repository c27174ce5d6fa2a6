"""Two runs over the same pages: what the later one gained and lost, by outlet, label and rule, and where."""

from cleaners.comparing.changes import Change, changes
from cleaners.comparing.difference import Difference, PageChange, compare
from cleaners.comparing.pages import Piece, ReadPage, Run, open_run
from cleaners.comparing.pairs import paired
from cleaners.comparing.row import difference_row
from cleaners.comparing.terminal import terminal_difference

__all__ = [
    "Change",
    "Difference",
    "PageChange",
    "Piece",
    "ReadPage",
    "Run",
    "changes",
    "compare",
    "difference_row",
    "open_run",
    "paired",
    "terminal_difference",
]
