"""What came of each file of the archive so far, in a file that a person can read."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from cleaners.errors import CannotResume
from cleaners.records.rows import json_line
from cleaners.running.atomic_files import atomic_file

DONE, DAMAGED, MISSING, FAILED = "done", "damaged", "missing", "failed"
"""What can come of a file. A damaged one is read up to the damage; a missing or failed one is asked for again."""


@dataclass(frozen=True, slots=True)
class FileCounts:
    """What came of a file: its pages, how many were of other hosts, the stories written, the rejects and the stories
    left out by code, and in words what is wrong with it, if anything is."""

    file: str
    status: str
    pages: int = 0
    other_hosts: int = 0
    stories: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    reason: str | None = None


class State:
    """The counts of all files of a folder, in `files.jsonl`, and the options they were cleaned with."""

    def __init__(self, folder: str) -> None:
        self.path = os.path.join(folder, "files.jsonl")
        self._settings: dict[str, Any] | None = None
        self.files: dict[str, FileCounts] = {}
        if os.path.exists(self.path):
            self._read()

    def begin(self, settings: dict[str, Any]) -> None:
        """Note the options. Raises CannotResume if the folder was begun with others."""
        if self._settings not in (None, settings):
            raise CannotResume(f"{self.path} was begun with other options: give the same, or another folder")
        self._settings = settings

    def is_finished(self, name: str) -> bool:
        """Whether nothing is left to do for a file."""
        return name in self.files and self.files[name].status in (DONE, DAMAGED)

    def note(self, counts: FileCounts) -> None:
        """Note what came of a file, for good."""
        self.files[counts.file] = counts
        with atomic_file(self.path) as file:
            file.write(json_line({"settings": self._settings}))
            file.writelines(json_line(asdict(self.files[name])) for name in sorted(self.files))
            file.flush()
            os.fsync(file.fileno())

    def total(self, name: str) -> int:
        """The sum of a count over all files."""
        return sum(getattr(counts, name) for counts in self.files.values())

    def statuses(self) -> Counter[str]:
        """How many files have which status."""
        return Counter(counts.status for counts in self.files.values())

    def _read(self) -> None:
        try:
            with open(self.path, "rb") as file:
                first, *rest = map(json.loads, file)
            self._settings = first["settings"]
            self.files = {row["file"]: FileCounts(**row) for row in rest}
        except (ValueError, KeyError, TypeError) as error:
            raise CannotResume(
                f"{self.path} is none that copydesk ccnews has written ({error}): move it away"
            ) from None
