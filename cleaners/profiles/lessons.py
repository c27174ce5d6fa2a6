"""What one page teaches of its outlet: a value that can leave the process that cleaned the page, and be kept in a file.

A lesson holds no more than the counts need: each line with its place, and whether it was kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Any, NamedTuple

from cleaners.data import KEPT, Cleaned, ContentType, Judged
from cleaners.label.profile import find_profile, places_of
from cleaners.words.addresses import host_of, without_www
from cleaners.words.shapes import SAMPLE, shape

MOST_ROWS = 4000
"""Lines of a page that are learned from: with their texts they take 2 MB at most."""


class Row(NamedTuple):
    """A line: how its text begins, the key by which it is compared, its place, its words, and whether it was kept in
    the text of the page's own story."""

    text: str
    key: str
    box: str
    words: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Lesson:
    """The lines of a page, and a digest of its headline and its text, by which a story printed twice is known."""

    kind: ContentType
    story: str
    rows: tuple[Row, ...]


def why_no_lesson(cleaned: Cleaned) -> str | None:
    """Why nothing is learned from a page, as what a page is "without" or "of"; None if something is."""
    if cleaned.page.kind is None or not cleaned.articles:
        return "without an article"
    return "of another host" if _is_elsewhere(cleaned) else None


def lesson_of(cleaned: Cleaned) -> Lesson:
    """The lesson of a page that gave an article. It was cleaned without a profile."""
    assert cleaned.page.kind
    first = cleaned.articles[0]
    story = blake2b(f"{first.title}\n{first.text}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return Lesson(cleaned.page.kind, story, tuple(islice(_rows(cleaned.blocks), MOST_ROWS)))


def new_lesson(cleaned: Cleaned) -> Lesson | None:
    """The lesson of a page, if one is to be had, and the page has no profile of its kind already."""
    kind = cleaned.page.kind
    if why_no_lesson(cleaned) or (kind and find_profile(cleaned.page.profiles, kind)):
        return None
    return lesson_of(cleaned)


def lesson_line(lesson: Lesson) -> bytes:
    """The lesson as a line of JSON."""
    rows = [(row.text, row.box, row.words, row.kept) for row in lesson.rows]
    return json.dumps({"kind": lesson.kind, "story": lesson.story, "rows": rows}).encode() + b"\n"


def parse_lesson(line: bytes) -> Lesson | None:
    """The lesson that `lesson_line` gave a line for; None for what is none, as a line that was torn."""
    try:
        found: Any = json.loads(line)
        rows = tuple(Row(text, shape(text).key, box, words, kept) for text, box, words, kept in found["rows"])
        return Lesson(found["kind"], found["story"], rows)
    except (ValueError, TypeError, KeyError):
        return None


def _rows(blocks: tuple[Judged, ...]) -> Iterator[Row]:
    shapes = [shape(judged.text) for judged in blocks]
    boxes = places_of([judged.block for judged in blocks], shapes, [False] * len(blocks))
    for judged, form, box in zip(blocks, shapes, boxes, strict=True):
        kept = judged.story == 0 and judged.label in KEPT
        yield Row(judged.text[:SAMPLE], form.key, box, form.words, kept)


def _is_elsewhere(cleaned: Cleaned) -> bool:
    """Whether the page names an address of its own under another name than the one that it was fetched from."""
    own = without_www(host_of(cleaned.articles[0].canonical_url))
    fetched = without_www(host_of(cleaned.page.url))
    return bool(own and fetched) and own.split(".")[-2:] != fetched.split(".")[-2:]
