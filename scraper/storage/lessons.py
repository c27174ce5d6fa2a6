"""What pages teach of outlets until there are enough of them: hidden files in the data folder, one for each outlet.

A lesson is appended when its page is written, so that a crawl that is killed or stopped goes on with what it has. It is
not synced: a lesson that is lost only means that one more page is waited for.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from cleaners.data import ContentType
from cleaners.profiles import Lesson, lesson_line, parse_lesson

FOLDER = ".lessons"

MOST_OPEN = 1000
"""Outlets of which the stories are remembered at once, 50 KB each at most; those of others are read again."""


class Lessons:
    """The lessons of outlets that are not learned yet. `most` is how many of an outlet are kept."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder = folder / FOLDER
        self._most = most
        self._stories: OrderedDict[Path, set[str]] = OrderedDict()

    def add(self, outlet: str, lesson: Lesson) -> int:
        """Keep a lesson, unless it is of a story that was there before; how many there are. Raises OSError."""
        path = self._path(outlet, lesson.kind)
        stories = self._stories_in(path)
        if lesson.story not in stories and len(stories) < self._most:
            self._folder.mkdir(exist_ok=True)
            with path.open("ab") as file:
                file.write(lesson_line(lesson))
            stories.add(lesson.story)
        return len(stories)

    def of(self, outlet: str, kind: ContentType) -> Iterator[Lesson]:
        """The lessons of an outlet, the first ones first."""
        return _read(self._path(outlet, kind))

    def remove(self, outlet: str, kind: ContentType) -> None:
        """Forget an outlet."""
        path = self._path(outlet, kind)
        self._stories.pop(path, None)
        path.unlink(missing_ok=True)

    def _path(self, outlet: str, kind: ContentType) -> Path:
        name = blake2b(f"{kind} {outlet}".encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
        return self._folder / f"{name}.jsonl"

    def _stories_in(self, path: Path) -> set[str]:
        if path not in self._stories:
            self._stories[path] = {lesson.story for lesson in _read(path)}
            if len(self._stories) > MOST_OPEN:
                self._stories.popitem(last=False)
        self._stories.move_to_end(path)
        return self._stories[path]


def _read(path: Path) -> Iterator[Lesson]:
    """The lessons in a file. One that a kill has torn is cut off, so that the next stands on a line of its own."""
    if not path.exists():
        return
    with path.open("rb+") as file:
        end = 0
        for line in file:
            if not line.endswith(b"\n"):
                file.truncate(end)
                return
            end += len(line)
            if lesson := parse_lesson(line):
                yield lesson
