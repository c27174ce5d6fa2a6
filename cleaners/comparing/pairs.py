"""The pages of two runs, brought together by their names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from cleaners.comparing.pages import Piece, ReadPage
from cleaners.comparing.store import Store

Pair = tuple[ReadPage | None, ReadPage | None]
"""A page as the old and as the new run has it; None where a run lacks it."""


def paired(old: Iterable[ReadPage], new: Iterable[ReadPage]) -> Iterator[Pair]:
    """Each page of both runs, with itself in the other; at the end those that one of them lacks.

    Both are read side by side, so that runs in the same order take the memory of two pages. A page whose turn has not
    come in the other run waits on disk. Pages of the same name are paired in the order of each run.
    """
    with Store() as waiting_old, Store() as waiting_new:
        for old_page, new_page in zip_longest(old, new):
            if old_page and new_page and _side_by_side(old_page, new_page, waiting_old, waiting_new):
                yield old_page, new_page
                continue
            if old_page:
                yield from ((old_page, match) for match in _met(old_page, waiting_new, waiting_old))
            if new_page:
                yield from ((match, new_page) for match in _met(new_page, waiting_old, waiting_new))
        yield from ((page, None) for page in _rest(waiting_old))
        yield from ((None, page) for page in _rest(waiting_new))


def _side_by_side(old: ReadPage, new: ReadPage, waiting_old: Store, waiting_new: Store) -> bool:
    """Whether two pages that are read at once are the same one, and none of its name waits for its turn."""
    return old.name == new.name and not waiting_old.holds(old.name) and not waiting_new.holds(old.name)


def _met(page: ReadPage, others: Store, own: Store) -> Iterator[ReadPage]:
    """The page of the same name that waits among the others; where there is none, the page itself waits."""
    if text := others.take(page.name):
        yield _page(text)
    else:
        own.put(page.name, _text(page))


def _rest(waiting: Store) -> Iterator[ReadPage]:
    while text := waiting.take_any():
        yield _page(text)


def _text(page: ReadPage) -> str:
    return json.dumps([page.name, page.outlet, page.pieces])


def _page(text: str) -> ReadPage:
    name, outlet, pieces = json.loads(text)
    return ReadPage(name, outlet, tuple(Piece(*piece) for piece in pieces))
