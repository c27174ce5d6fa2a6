"""The entries of a live column that JSON-LD states: `liveBlogUpdate` of a `LiveBlogPosting`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleaners.data import Update
from cleaners.metadata import schema_org
from cleaners.metadata.json_ld import JsonObject
from cleaners.words.dates import read_date

MOST_UPDATES = 5_000
"""Entries that are read."""


def update_objects(items: Iterable[JsonObject]) -> tuple[JsonObject, ...]:
    """The objects of the entries that a page states, as they stand there."""
    lists = (stated for item in items if (stated := item.get("liveBlogUpdate")))
    return tuple(entry for stated in lists for entry in _objects(stated))[:MOST_UPDATES]


def _objects(stated: object) -> Iterator[JsonObject]:
    values = stated if isinstance(stated, list) else [stated]
    return (value for value in values if isinstance(value, dict))


def stated_updates(objects: Iterable[JsonObject]) -> list[Update]:
    """What these objects say; without those that have neither a headline nor a text.

    >>> stated_updates([{"headline": "Fire out", "datePublished": "2026-01-07T16:48Z", "articleBody": "All are safe."}])
    [Update(time='2026-01-07T16:48+00:00', title='Fire out', text='All are safe.')]
    """
    updates = (
        Update(
            read_date(item.get("datePublished") or item.get("dateCreated")),
            next(iter(schema_org.headlines(item)), None),
            _lines(item.get("articleBody") or item.get("text")),
        )
        for item in objects
    )
    return [update for update in updates if update.title or update.text]


def _lines(body: object) -> str:
    """A text with its lines as they are, entities and tags decoded."""
    if not isinstance(body, str):
        return ""
    return "\n".join(line for part in body.split("\n") if (line := schema_org.plain(part)))
