"""Profiles of outlets that a crawl learns as it goes: from the first pages of an outlet, for those that follow."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from scrapy.settings import BaseSettings
from scrapy.statscollectors import StatsCollector

from cleaners.data import ContentType, Page
from cleaners.errors import CopydeskError
from cleaners.label.profile import FEWEST_PAGES
from cleaners.profiles import (
    LearnedProfile,
    Lesson,
    ProfileLearner,
    outlet_of_page,
    profiles_so_far,
    write_profile,
    write_profiles,
)
from cleaners.profiles.learning import MOST_PAGES
from cleaners.reading.files import now
from cleaners.running.atomic_files import atomic_file
from cleaners.words.display import counted
from scraper.storage.lessons import Lessons

FILE = "profiles.toml"
"""The file in the data folder that learned profiles are written to."""

MOST_PROFILES = 1000
"""Profiles in the file, 10 KB each, beyond which no more are learned: each crawl holds them all."""

LEARNED = "copydesk/profiles_learned"
"""The stat that counts the profiles that a run has learned."""

TOLD = "copydesk/profiles_learned_when"
"""The stat that holds a sentence on each of the first of them."""

MOST_TOLD = 20

_log = logging.getLogger(__name__)


def pages_to_learn_from(settings: BaseSettings) -> int:
    """The pages of an outlet from which its profile is learned; 0 if none is. Raises CopydeskError."""
    given = str(settings.get("CLEANING_LEARN") or "0").strip()
    pages = int(given) if given.isdecimal() and len(given) <= len(str(MOST_PAGES)) else -1
    if pages and not FEWEST_PAGES <= pages <= MOST_PAGES:
        wanted = f"0, or {FEWEST_PAGES} to {MOST_PAGES} pages of an outlet"
        raise CopydeskError(f"CLEANING_LEARN: this is to be {wanted}; not {given[:60]!r}")
    return pages


def check_learning(settings: BaseSettings) -> None:
    """Raise CopydeskError for a number of pages that cannot be, or where the file that a crawl would add to holds no
    profiles; OSError if it cannot be read."""
    file = Path(settings["DATA_DIR"]) / FILE
    if pages_to_learn_from(settings):
        profiles_so_far(file)


class Learning:
    """The profiles in the data folder, and what is learned to be added to them.

    An outlet's profile is learned once, from its first `pages` pages that teach anything, and stays as it is in the
    file, where a person may edit it between two runs. Raises BadProfile where the file is none.
    """

    def __init__(self, folder: Path, pages: int, stats: StatsCollector) -> None:
        self._file = folder / FILE
        self._pages = pages
        self._stats = stats
        self._lessons = Lessons(folder, pages)
        self._profiles = profiles_so_far(self._file)

    def put_on(self, page: Page) -> Page:
        """The page with what was learned of its outlet, behind the profiles that it has: of one kind the first
        counts."""
        learned = self._profiles.of(outlet_of_page(page))
        return replace(page, profiles=(*page.profiles, *learned)) if learned else page

    def take(self, page: Page, lesson: Lesson) -> None:
        """Learn from a page that was written. Raises OSError where that cannot be kept."""
        outlet, kind = outlet_of_page(page), lesson.kind
        is_known = any(profile.kind == kind for profile in self._profiles.of(outlet))
        if is_known or len(self._profiles) >= MOST_PROFILES:  # or the page was on its way when it was learned
            return
        if self._lessons.add(outlet, lesson) >= self._pages:
            self._learn(outlet, kind)

    def _learn(self, outlet: str, kind: ContentType) -> None:
        learner = ProfileLearner()
        for lesson in self._lessons.of(outlet, kind):
            learner.take(outlet, lesson)
        for each in learner.profiles():  # one, or none if somebody took the lessons away
            learned = replace(each, at=now())
            self._profiles = self._profiles.with_profile(outlet, learned.profile)
            self._write(learned)
            self._tell(learned)
        self._lessons.remove(outlet, kind)

    def _write(self, learned: LearnedProfile) -> None:
        """Add it to the file, what stands in it as it is: a person may have written there."""
        before = self._file.read_bytes() if self._file.exists() else b""
        pieces = write_profile(learned) if before else write_profiles([learned])
        with atomic_file(self._file) as file:
            file.write(before)
            file.writelines(piece.encode() for piece in pieces)
            file.flush()
            os.fsync(file.fileno())

    def _tell(self, learned: LearnedProfile) -> None:
        sentence = told(learned)
        _log.info("%s; later pages of it are cleaned with the profile", sentence)
        self._stats.inc_value(LEARNED)
        sentences = self._stats.get_value(TOLD, [])
        if len(sentences) < MOST_TOLD:
            self._stats.set_value(TOLD, [*sentences, sentence])


def told(learned: LearnedProfile) -> str:
    """What was learned, and when.

    >>> told(LearnedProfile("gazette.example", "html", 30, 30, (), {}, at="2026-01-31T09:30:00+00:00"))
    'gazette.example: learned from 30 pages at 2026-01-31T09:30:00+00:00; 0 lines recur, 0 kept in a text'
    """
    kept = sum(line.kept > 0 for line in learned.lines)
    outlet = f"{learned.outlet} (dumps)" if learned.kind == "text" else learned.outlet
    lines = f"{counted(len(learned.lines), 'line')} recur, {kept} kept in a text"
    return f"{outlet}: learned from {learned.pages} pages at {learned.at}; {lines}"


def summary_of(stats: StatsCollector) -> Iterator[str]:
    """What the summary of a crawl says of the profiles that it has learned."""
    sentences = stats.get_value(TOLD, [])
    yield from sentences
    if (more := stats.get_value(LEARNED, 0) - len(sentences)) > 0:
        yield f"and {counted(more, 'outlet')} more: {FILE} in the output names them"
