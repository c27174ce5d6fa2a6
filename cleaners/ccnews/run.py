"""The pages of some days of CC-NEWS to records in a folder.

Each file of the archive gives `articles/NAME.jsonl.gz` and `rejects/NAME.jsonl.gz`, and a row in `files.jsonl` when it
is done. An interrupted run leaves the file that it was at half fetched or half cleaned, and the same call goes on
there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from cleaners.ccnews.listing import ArchiveFile, archive_file, lists_between
from cleaners.ccnews.mirror import BadList, Mirror, NotFetched, NotThere
from cleaners.ccnews.state import DAMAGED, DONE, FAILED, MISSING, FileCounts, State
from cleaners.data import Input, RejectedInput, page_of
from cleaners.errors import describe
from cleaners.profiles import NO_PROFILES, Profiles
from cleaners.reading.archived_pages import ends_archive, without_listings
from cleaners.reading.pages import read_archives
from cleaners.running.atomic_files import part_name
from cleaners.running.batch import CleaningOptions
from cleaners.running.interrupts import interrupts_held
from cleaners.running.locks import open_locked
from cleaners.running.outputs import Mode, open_outputs
from cleaners.running.workers import PAGES_A_TASK, Workers
from cleaners.words.addresses import host_of
from cleaners.words.display import counted

Tell = Callable[[str], object]
"""Is given, a line at a time, what is wrong with a list or a file, or what came of each file."""


@dataclass(frozen=True, slots=True)
class CcNewsOptions:
    """Which pages are wanted, and how they are cleaned: those of files that were begun from the day `first` to the day
    `last`, on `hosts` and below them (empty: all), with the `profiles` of their outlets."""

    first: date
    last: date
    hosts: tuple[str, ...] = ()
    cleaning: CleaningOptions = field(default_factory=lambda: CleaningOptions(audit=False))
    profiles: Profiles = NO_PROFILES

    def settings(self) -> dict[str, object]:
        """All that the records of a file depend on, as JSON holds it."""
        selection = self.cleaning.selection
        return {
            "hosts": sorted(self.hosts),
            "languages": sorted(selection.languages),
            "min_words": selection.min_words,
            "min_confidence": selection.min_confidence,
            "respect": sorted(self.cleaning.respect),
            **({"outlets": self.profiles.digest} if len(self.profiles) else {}),
        }


def clean_ccnews(
    folder: str,
    options: CcNewsOptions,
    mirror: Mirror,
    *,
    processes: int | None = None,
    tell: Tell = print,
    progress: Tell = lambda _: None,
) -> State:
    """Clean all files of the days that are not done yet, one after the other, and return what came of each.

    Files that are missing, damaged or cannot be fetched, and lists that are missing or damaged, are told and do not
    stop the run. Raises NotFetched for a list, and CannotResume if the folder was begun with other options, or another
    run is writing there.
    """
    for name in ("articles", "rejects"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    with open_locked(os.path.join(folder, ".lock")), Workers(processes, pages_a_task=PAGES_A_TASK) as workers:
        state = State(folder)
        state.begin(options.settings())
        for file in files_between(mirror, options.first, options.last, tell):
            if not state.is_finished(file.name):
                counts = _cleaned(file, folder, options, mirror, workers)
                state.note(counts)
                if counts.reason:
                    tell(f"{file.name}: {counts.reason}")
                progress(f"{file.name}: {counted(counts.pages, 'page')}, {counts.stories:,} stories")
    return state


def files_between(mirror: Mirror, first: date, last: date, tell: Tell = print) -> Iterator[ArchiveFile]:
    """The files of a mirror that were begun from one day to another, each once, in the order of the lists.

    A month whose list is missing or damaged is told. Raises NotFetched where a list cannot be fetched.
    """
    seen: set[str] = set()
    for path in lists_between(first, last):
        try:
            lines = mirror.lines(path)
        except (NotThere, BadList, OSError) as error:
            tell(f"no list of files for this month: {describe(error)}")
            continue
        found = [(line, archive_file(line)) for line in lines if line.strip()]
        if wrong := [line for line, file in found if file is None]:
            tell(f"{path}: {counted(len(wrong), 'line')} that name no file of the archive, such as {wrong[0][:100]!r}")
        for _, file in found:
            if file and first <= file.day <= last and file.name not in seen:
                seen.add(file.name)
                yield file


def _cleaned(file: ArchiveFile, folder: str, options: CcNewsOptions, mirror: Mirror, workers: Workers) -> FileCounts:
    """Fetch a file and clean it, or go on with it. Never raises for what is wrong with the file."""
    try:
        with mirror.file(file.path, os.path.join(folder, ".fetched")) as path:
            return _clean_file(file, path, folder, options, workers)
    except NotThere as error:
        return FileCounts(file.name, MISSING, reason=str(error))
    except NotFetched as error:
        return FileCounts(file.name, FAILED, reason=str(error))


def _clean_file(file: ArchiveFile, path: str, folder: str, options: CcNewsOptions, workers: Workers) -> FileCounts:
    articles = os.path.join(folder, "articles", f"{file.name}.jsonl.gz")
    paths = {"articles": articles, "rejects": os.path.join(folder, "rejects", f"{file.name}.jsonl.gz")}
    journal = part_name(os.path.realpath(articles)).removesuffix("part") + "journal"
    mode: Mode = "resume" if os.path.exists(journal) else "overwrite"
    pages = FilePages(path, file.name, options.hosts)
    with interrupts_held() as release_interrupts:
        outputs = open_outputs(paths, mode, {"file": file.name, **options.settings()})  # type: ignore[arg-type]
        with outputs:
            release_interrupts()
            waiting = options.profiles.put_on_all(outputs.left_to_do(pages))
            for page in workers.clean_all(waiting, options.cleaning):
                outputs.write(page)
    with suppress(FileNotFoundError):
        os.remove(journal)  # a run that was resumed keeps it, but the counts say that the file is done
    tally = outputs.tally
    return FileCounts(
        file.name,
        DAMAGED if pages.damage else DONE,
        pages=tally.pages + pages.other_hosts,
        other_hosts=pages.other_hosts,
        stories=tally.stories,
        rejected=dict(sorted(tally.rejected.items())),
        left_out=dict(sorted(tally.left_out.items())),
        reason=f"read up to where it is damaged: {pages.damage}" if pages.damage else None,
    )


class FilePages:
    """The pages of a file on the wanted hosts, under the name of the file, with what is wrong with the file."""

    def __init__(self, path: str, name: str, hosts: Sequence[str]) -> None:
        self._path = path
        self._name = name
        self._hosts = hosts
        self.other_hosts = 0
        self.damage: str | None = None

    def __iter__(self) -> Iterator[Input]:
        for page in without_listings(read_archives([self._path])):
            if isinstance(page, RejectedInput) and ends_archive(page.rejection):
                self.damage = page.rejection.reason
                yield self._named(page)
            elif not self._hosts or is_below(page_of(page).url, self._hosts):
                yield self._named(page)
            else:
                self.other_hosts += 1

    def _named(self, page: Input) -> Input:
        if isinstance(page, RejectedInput):
            return replace(page, page=replace(page.page, source=self._name))
        return replace(page, source=self._name)


def is_below(url: str | None, hosts: Sequence[str]) -> bool:
    """Whether an address is on one of the hosts, or on one below it.

    >>> is_below("https://www.gazette.example/a", ["gazette.example"]), is_below("https://a.example/", ["b.example"])
    (True, False)
    """
    host = host_of(url)
    return any(host == each or host.endswith(f".{each}") for each in hosts)
