"""Compares two runs over the same pages: what the later one gained and lost, by outlet, label, rule and page."""

from cleaners.comparing.changes import Change, find_changes
from cleaners.comparing.difference import Difference, PageChange, compare
from cleaners.comparing.difference_json import difference_row
from cleaners.comparing.difference_terminal import terminal_difference
from cleaners.comparing.pairs import pair_pages
from cleaners.comparing.run_output import Piece, ReadPage, RunOutput, open_run

__all__ = [
    "Change",
    "Difference",
    "PageChange",
    "Piece",
    "ReadPage",
    "RunOutput",
    "compare",
    "difference_row",
    "find_changes",
    "open_run",
    "pair_pages",
    "terminal_difference",
]
