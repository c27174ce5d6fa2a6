"""All outputs of a run together: each page is in all of them or in none, whatever ends the run."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Literal

from cleaners.data import Input, page_of
from cleaners.errors import CannotResume, OutputExists
from cleaners.records.parquet import check_pyarrow
from cleaners.running.batch import CleanedLines, Tally
from cleaners.running.finished import digests_of_rows
from cleaners.running.journal import Journal, Settings, Written, page_digest
from cleaners.running.output_checks import refuse_existing
from cleaners.running.parts import ArticleFolder, PartFile, RowKind, Sink, Split, Stream, part_size, take_up_finished
from cleaners.running.whole_files import part_name

Mode = Literal["new", "overwrite", "resume"]
"""What is to happen to outputs that are there already: they are refused, replaced, or gone on with."""

SECONDS_BETWEEN_SAVES = 1.0
"""So much work an interruption may cost."""

REMEDY = "--overwrite replaces it, --resume adds to it"
"""What can be done about an output that exists."""

Paths = Mapping[RowKind, str]
"""Where the rows go that are asked for; articles that are not named here go to standard output."""


class Outputs:
    """The outputs of a run, to be used in a `with` block: at its end they are put in their places.

    Where an exception ends the block, what was saved stays beside the outputs for a run that resumes; where articles
    go to a stream, nothing stays. `tally` counts the pages of all runs that wrote here.
    """

    def __init__(self, sinks: list[Sink], journal: Journal | None, written: Written, *, keep_journal: bool) -> None:
        self.tally = Tally.from_dict(written.tally or {})
        self._saved = written.pages.total()
        self._sinks = sinks
        self._journal = journal
        self._keep_journal = keep_journal
        self._done = written.pages
        self._unsaved: list[int] = []
        self._saved_at = monotonic()

    @property
    def pages_kept(self) -> int:
        """How many pages a run that resumes now would skip."""
        return self._saved if self._journal else 0

    def left_to_do(self, pages: Iterable[Input]) -> Iterator[Input]:
        """The pages that no earlier run has written. A page that is given twice is written twice."""
        for page in pages:
            digest = page_digest(page_of(page))
            if self._done[digest]:
                self._done[digest] -= 1
            else:
                yield page

    def write(self, page: CleanedLines) -> None:
        """Write a page to all outputs."""
        for sink in self._sinks:
            sink.write(page)
        self.tally.merge(page.tally)
        self._unsaved.append(page_digest(page.page))
        if monotonic() - self._saved_at >= SECONDS_BETWEEN_SAVES:
            self.save()

    def save(self, *, finished: bool = False) -> None:
        """Bring all that was written to the disk, and note it."""
        sizes = [sink.save() for sink in self._sinks]
        if self._journal:
            self._journal.add(self._unsaved, sizes, self.tally.to_dict(), finished=finished)
        self._saved += len(self._unsaved)
        self._unsaved = []
        self._saved_at = monotonic()

    def __enter__(self) -> Outputs:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if error is None:
            try:
                self._finish()
            except BaseException:
                self._give_up()
                raise
        else:
            self._give_up()

    def _finish(self) -> None:
        self.save(finished=True)
        for sink in self._sinks:
            sink.finish()
        if self._journal:
            (self._journal.close if self._keep_journal else self._journal.discard)()

    def _give_up(self) -> None:
        """Leave what a run that resumes can go on with, and nothing else."""
        keep = self.pages_kept
        for sink in self._sinks:
            (sink.close if keep else sink.discard)()
        if self._journal:
            (self._journal.close if keep else self._journal.discard)()


def open_outputs(paths: Paths, mode: Mode, settings: Settings, split: Split | None = None) -> Outputs:
    """Open the outputs: files, or with `split` a folder with a file for each article; what is named `.parquet` needs
    pyarrow.

    `settings` is all that the rows depend on beside the pages; a run resumes only with the same. Raises OutputExists
    for a file that is there in mode "new", CannotResume where one cannot be gone on with, OSError for one that cannot
    be written.
    """
    if any(path.endswith(".parquet") for path in paths.values()):
        check_pyarrow()
    files = {rows: os.path.realpath(path) for rows, path in paths.items() if _is_file(path, rows, split)}
    if not (main := paths.get("articles")) or not (split or "articles" in files):
        if mode == "resume":
            raise CannotResume("only a run that writes its articles to a file or a folder can be resumed: name it, -o")
        if mode == "new":
            refuse_existing(path for rows, path in paths.items() if rows in files)
        return Outputs(_sinks(paths, files, split, {}), None, Written(), keep_journal=False)
    journal_path = _journal_path(main, split)
    if mode == "new":
        _refuse_what_exists(paths, files, journal_path, split)
    if split:
        os.makedirs(main, exist_ok=True)
    journal = Journal(journal_path)
    try:
        return _open_with(journal, paths, files, mode, {**settings, "outputs": dict(paths), "split": split}, split)
    except BaseException:
        (journal.close if os.path.getsize(journal_path) else journal.discard)()
        raise


def _open_with(
    journal: Journal, paths: Paths, files: Mapping[RowKind, str], mode: Mode, settings: Settings, split: Split | None
) -> Outputs:
    if mode == "resume":
        return _resumed(journal, paths, files, settings, split)
    journal.begin(settings)
    return Outputs(_sinks(paths, files, split, {}), journal, Written(), keep_journal=False)


def _resumed(
    journal: Journal, paths: Paths, files: Mapping[RowKind, str], settings: Settings, split: Split | None
) -> Outputs:
    """The outputs as the journal says that they were; where there is none, as the rows of finished files say."""
    written = journal.read([part_size(files[rows]) if rows in files else 0 for rows in paths])
    unnoted: list[int] = []
    if written.settings is None:
        journal.begin(settings)
        for target in files.values():
            Path(part_name(target)).unlink(missing_ok=True)
            take_up_finished(target)
        written.pages = digests_of_rows(files)
        unnoted = list(written.pages)
    else:
        _check_settings(written.settings, settings, paths["articles"])
    if written.finished:
        for target in files.values():
            take_up_finished(target)
    is_taken_up = bool(written.finished or unnoted)
    sizes = dict(zip(paths, written.sizes, strict=False))
    if is_taken_up:
        sizes = {rows: part_size(target) for rows, target in files.items()}
    outputs = Outputs(_sinks(paths, files, split, sizes), journal, written, keep_journal=True)
    if is_taken_up:
        journal.add(unnoted, [sizes.get(rows, 0) for rows in paths], outputs.tally.to_dict(), finished=False)
    return outputs


def _sinks(paths: Paths, files: Mapping[RowKind, str], split: Split | None, sizes: Mapping[RowKind, int]) -> list[Sink]:
    """A sink for each path, in their order, and standard output if no path is named for the articles."""
    sinks: list[Sink] = []
    for rows, path in paths.items():
        if rows in files:
            sinks.append(PartFile(files[rows], rows, sizes.get(rows, 0)))
        elif rows == "articles" and split:
            sinks.append(ArticleFolder(path, split))
        else:
            sinks.append(Stream(open(path, "wb"), rows))  # noqa: SIM115
    return sinks if "articles" in paths else [*sinks, Stream(sys.stdout.buffer, "articles")]


def _is_file(path: str, rows: RowKind, split: Split | None) -> bool:
    """Whether an output is a file, or will be one: no folder of articles, no pipe and no device."""
    if rows == "articles" and split:
        return False
    return not os.path.exists(path) or stat.S_ISREG(os.stat(path).st_mode)


def _journal_path(main: str, split: Split | None) -> str:
    target = os.path.realpath(main)
    return os.path.join(target, ".journal") if split else part_name(target).removesuffix("part") + "journal"


def _refuse_what_exists(paths: Paths, files: Mapping[RowKind, str], journal: str, split: Split | None) -> None:
    if os.path.exists(journal):
        raise OutputExists(f"{paths['articles']} was begun before: --resume goes on with it, --overwrite begins anew")
    if split and os.path.isdir(paths["articles"]) and os.listdir(paths["articles"]):
        raise OutputExists(f"{paths['articles']} exists: {REMEDY}")
    refuse_existing((paths[rows] for rows in files), REMEDY)


def _check_settings(earlier: Settings, settings: Settings, main: str) -> None:
    other = sorted(name for name in settings if earlier.get(name) != settings[name])
    if other:
        what = ", ".join(name.replace("_", "-") for name in other)
        raise CannotResume(f"{main} was begun with other options ({what}): give the same, or --overwrite it")
