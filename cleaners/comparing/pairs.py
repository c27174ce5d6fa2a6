"""Pairs the pages of two runs by their names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from cleaners.comparing.disk_queues import DiskQueues
from cleaners.comparing.run_output import Piece, ReadPage

PagePair = tuple[ReadPage | None, ReadPage | None]
"""A page in the old and in the new run; None where a run does not have it."""


def pair_pages(old: Iterable[ReadPage], new: Iterable[ReadPage]) -> Iterator[PagePair]:
    """Each page of both runs with its counterpart in the other run; pages that only one run has come last.

    Both runs are read side by side, so that runs in the same order take the memory of two pages. A page whose
    counterpart has not come yet waits on disk. Several pages with the same name are paired in the order of each run.

    >>> one, other = ReadPage("a.html", "example.org", ()), ReadPage("b.html", "example.org", ())
    >>> [(old and old.name, new and new.name) for old, new in pair_pages([one], [one, other])]
    [('a.html', 'a.html'), (None, 'b.html')]
    """
    with DiskQueues() as waiting_old, DiskQueues() as waiting_new:
        for old_page, new_page in zip_longest(old, new):
            if old_page and new_page and _side_by_side(old_page, new_page, waiting_old, waiting_new):
                yield old_page, new_page
                continue
            if old_page:
                yield from ((old_page, match) for match in _match_or_wait(old_page, waiting_new, waiting_old))
            if new_page:
                yield from ((match, new_page) for match in _match_or_wait(new_page, waiting_old, waiting_new))
        yield from ((page, None) for page in _rest(waiting_old))
        yield from ((None, page) for page in _rest(waiting_new))


def _side_by_side(old: ReadPage, new: ReadPage, waiting_old: DiskQueues, waiting_new: DiskQueues) -> bool:
    """Whether two pages read at the same time have the same name, and no page of that name waits."""
    return old.name == new.name and not waiting_old.holds(old.name) and not waiting_new.holds(old.name)


def _match_or_wait(page: ReadPage, others: DiskQueues, own: DiskQueues) -> Iterator[ReadPage]:
    """The waiting page of the other run with the same name; if there is none, the page itself is made to wait."""
    if text := others.take(page.name):
        yield _page(text)
    else:
        own.put(page.name, _text(page))


def _rest(waiting: DiskQueues) -> Iterator[ReadPage]:
    while text := waiting.take_any():
        yield _page(text)


def _text(page: ReadPage) -> str:
    return json.dumps([page.name, page.outlet, page.pieces])


def _page(text: str) -> ReadPage:
    name, outlet, pieces = json.loads(text)
    return ReadPage(name, outlet, tuple(Piece(*piece) for piece in pieces))
