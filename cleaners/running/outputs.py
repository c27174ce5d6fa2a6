"""All outputs of a run together: each page is in all of them or in none, whatever ends the run."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Literal

from cleaners.data import Waiting, page_of
from cleaners.errors import CannotResume, OutputExists
from cleaners.records.formats import READABLE, Format, format_of
from cleaners.records.parquet import check_pyarrow
from cleaners.running.atomic_files import part_name
from cleaners.running.batch import CleanedLines, Tally, as_duplicate
from cleaners.running.checksums import EMPTY, Checksum
from cleaners.running.journal import Journal, JournalState, Save, Settings, id_digest, page_digest
from cleaners.running.output_checks import refuse_existing
from cleaners.running.resuming import settle, unfinished_part, written_pages
from cleaners.running.sinks import ArticleFolder, PartFile, RowKind, Sink, Split, part_size, stream_of

Mode = Literal["new", "overwrite", "resume"]
"""What is to happen to outputs that are there already: they are refused, replaced, or continued."""

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

    def __init__(self, sinks: list[Sink], journal: Journal | None, state: JournalState, *, keep_journal: bool) -> None:
        self.tally = Tally.from_dict(state.tally or {})
        self._saved = state.pages.total()
        self._sinks = sinks
        self._journal = journal
        self._keep_journal = keep_journal
        self._may_replace = state.replaces
        self._done = state.pages
        self._ids = state.ids
        self._unsaved: list[int] = []
        self._unsaved_ids: list[int] = []
        self._saved_at = monotonic()

    @property
    def pages_kept(self) -> int:
        """How many pages a run that resumes now would skip."""
        return self._saved if self._journal else 0

    def left_to_do(self, pages: Iterable[Waiting]) -> Iterator[Waiting]:
        """The pages that no earlier run has written."""
        for page in pages:
            digest = page_digest(page_of(page))
            if self._done.get(digest):
                self._done[digest] -= 1
            else:
                yield page

    def write(self, page: CleanedLines) -> CleanedLines:
        """Write a page to all outputs, and return what was written: a rejection if its articles are there already."""
        written = self._without_duplicate(page)
        for sink in self._sinks:
            sink.write(written)
        self.tally.merge(written.tally)
        self._unsaved.append(page_digest(page.page))
        if monotonic() - self._saved_at >= SECONDS_BETWEEN_SAVES:
            self.save()
        return written

    def _without_duplicate(self, page: CleanedLines) -> CleanedLines:
        """The page, or a rejection of it if one with the same address and content was written before."""
        if page.article_id is None:
            return page
        page_id = id_digest(page.article_id)
        if page_id in self._ids:
            return as_duplicate(page)
        self._ids.add(page_id)
        self._unsaved_ids.append(page_id)
        return page

    def save(self) -> None:
        """Bring all that was written to the disk, and note it."""
        self._note([sink.save() for sink in self._sinks])

    def _note(self, checksums: Iterable[Mapping[str, Checksum]], *, finished: bool = False) -> None:
        if self._journal:
            changed = {name: checksum for each in checksums for name, checksum in each.items()}
            tally = self.tally.to_dict()
            self._journal.add(Save(self._unsaved, self._unsaved_ids, changed, tally, finished, self._may_replace))
        self._saved += len(self._unsaved)
        self._unsaved, self._unsaved_ids = [], []
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
        self._seal()
        for sink in self._sinks:
            sink.finish()
        if self._journal:
            (self._journal.close if self._keep_journal else self._journal.discard)()

    def _seal(self) -> None:
        """Complete all files, and note that only putting them in their places is left to do."""
        self.save()
        if not self._may_replace:
            refuse_existing(
                (sink.target for sink in self._sinks if isinstance(sink, PartFile)), "it was not there before"
            )
        self._note([sink.seal() for sink in self._sinks], finished=True)

    def _give_up(self) -> None:
        """Leave what a later run can resume, and nothing else."""
        keep = self.pages_kept
        for sink in self._sinks:
            (sink.close if keep else sink.discard)()
        if self._journal:
            (self._journal.close if keep else self._journal.discard)()


@dataclass(frozen=True)
class _Plan:
    """Where the rows go and in which formats: `files` are those of the `paths` that are files, or will be."""

    paths: Paths
    files: Mapping[RowKind, str]
    formats: Mapping[RowKind, Format]
    split: Split | None


def open_outputs(
    paths: Paths, mode: Mode, settings: Settings, split: Split | None = None, shape: Format | None = None
) -> Outputs:
    """Open the outputs: files, or with `split` a folder with a file for each article.

    `shape` is the format of the articles, which the ending of their file names if it is None; other outputs are JSON
    Lines, or Parquet if they are named so. Parquet needs pyarrow. `settings` is all that the rows depend on beside the
    pages; a run resumes only with the same. Raises OutputExists for a file that is there in mode "new", CannotResume
    where a run cannot be resumed or another one is writing, and OSError for an output that cannot be written.
    """
    plan = _plan(paths, split, shape)
    files = plan.files
    if Format.PARQUET in plan.formats.values():
        check_pyarrow()
    if not (main := paths.get("articles")) or not (split or "articles" in files):
        if mode == "resume":
            raise CannotResume("only a run that writes its articles to a file or a folder can be resumed: name it, -o")
        if mode == "new":
            refuse_existing(paths[rows] for rows in files)
            _refuse_parts(files)
        return Outputs(_begun(plan), None, JournalState(replaces=mode != "new"), keep_journal=False)
    journal_path = _journal_path(main, split)
    if mode == "new":
        _refuse_what_exists(paths, files, journal_path, split)
        _refuse_parts(files)
    if split:
        os.makedirs(main, exist_ok=True)
    journal = Journal(journal_path)
    try:
        told = None if plan.formats["articles"] in READABLE else plan.formats["articles"].value
        return _open_with(journal, plan, mode, {**settings, "outputs": dict(paths), "split": split, "format": told})
    except BaseException:
        (journal.close if os.path.getsize(journal_path) else journal.discard)()
        raise


def _plan(paths: Paths, split: Split | None, shape: Format | None) -> _Plan:
    files = {rows: os.path.realpath(path) for rows, path in paths.items() if _is_file(path, rows, split)}
    named = {rows: format_of(path) or Format.JSONL for rows, path in paths.items()}
    formats: dict[RowKind, Format] = {
        rows: found if rows == "articles" or found is Format.PARQUET else Format.JSONL for rows, found in named.items()
    }
    formats["articles"] = shape or formats.get("articles", Format.JSONL)
    return _Plan(paths, files, formats, split)


def _open_with(journal: Journal, plan: _Plan, mode: Mode, settings: Settings) -> Outputs:
    if mode == "resume":
        return _resumed(journal, plan, settings)
    sinks = _begun(plan, replaces=mode == "overwrite")
    replaces = mode == "overwrite"
    journal.begin(settings, replaces=replaces)
    return Outputs(sinks, journal, JournalState(replaces=replaces), keep_journal=False)


def _resumed(journal: Journal, plan: _Plan, settings: Settings) -> Outputs:
    """The outputs as the journal says that they were; where there is none, as the rows of finished files say."""
    state = journal.read()
    is_noted = state.settings is not None
    files = plan.files
    if state.settings is not None:
        _check_settings(state.settings, settings, plan.paths["articles"])
    elif journal.is_new:
        _refuse_parts(files)
    for rows, target in files.items() if state.finished else ():
        settle(target, plan.formats[rows], state.checksums[rows])
    is_finished = state.finished or not is_noted
    if is_noted and not is_finished and not state.replaces:
        refuse_existing(
            files.values(), "the interrupted run did not write it: move it away, or --overwrite replaces it"
        )
    sinks = _sinks(plan, replaces=state.replaces and not is_finished)
    try:
        _resume_sinks(sinks, state, is_finished=is_finished)
        unnoted: list[int] = []
        if not is_noted:
            parts = {sink.rows: sink for sink in sinks if isinstance(sink, PartFile)}
            state.pages, state.ids = written_pages(parts)
            unnoted = list(state.pages)
            journal.begin(settings, replaces=any(map(os.path.exists, files.values())))
        if is_finished:
            state.replaces = state.replaces or any(map(os.path.exists, files.values()))
            checksums = {name: checksum for sink in sinks for name, checksum in sink.save().items()}
            ids = list(state.ids) if unnoted else []
            journal.add(Save(unnoted, ids, checksums, state.tally or Tally().to_dict(), replaces=state.replaces))
    except BaseException:
        _close(sinks, are_copies=is_finished)
        raise
    return Outputs(sinks, journal, state, keep_journal=True)


def _resume_sinks(sinks: Iterable[Sink], state: JournalState, *, is_finished: bool) -> None:
    for sink in sinks:
        if isinstance(sink, ArticleFolder):
            sink.check({name: checksum for name, checksum in state.checksums.items() if "." in name})
        elif isinstance(sink, PartFile) and is_finished:
            sink.take_up()
        elif isinstance(sink, PartFile):
            sink.resume(state.checksums.get(sink.rows, EMPTY))


def _begun(plan: _Plan, *, replaces: bool = False) -> list[Sink]:
    """The outputs of a run that begins anew."""
    sinks = _sinks(plan, replaces=replaces)
    for sink in sinks:
        if isinstance(sink, PartFile):
            sink.begin()
    return sinks


def _sinks(plan: _Plan, *, replaces: bool) -> list[Sink]:
    """A sink for each path, in their order, and standard output if no path is named for the articles."""
    sinks: list[Sink] = []
    paths = plan.paths
    try:
        for rows, path in paths.items():
            shape = plan.formats[rows]
            if rows in plan.files:
                sinks.append(PartFile(plan.files[rows], rows, shape))
            elif rows == "articles" and plan.split:
                sinks.append(ArticleFolder(path, plan.split, replaces=replaces))
            else:
                sinks.append(stream_of(open(path, "wb"), rows, shape))  # noqa: SIM115
    except BaseException:
        _close(sinks)
        raise
    if "articles" not in paths:
        sinks.append(stream_of(sys.stdout.buffer, "articles", plan.formats["articles"]))
    return sinks


def _close(sinks: Iterable[Sink], *, are_copies: bool = False) -> None:
    """Leave outputs that could not all be opened as they were. Parts that hold nothing, or a copy, are removed."""
    for sink in sinks:
        is_spare = isinstance(sink, PartFile) and (are_copies or not part_size(sink.target))
        (sink.discard if is_spare else sink.close)()


def _refuse_parts(files: Mapping[RowKind, str]) -> None:
    """Raise OutputExists for the unfinished output of a run that is not this one."""
    if part := unfinished_part(list(files.values())):
        raise OutputExists(
            f"{part} is the unfinished output of another run: resume that run, or --overwrite replaces it"
        )


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
        raise OutputExists(f"{paths['articles']} was begun before: --resume resumes it, --overwrite begins anew")
    if split and os.path.isdir(paths["articles"]) and os.listdir(paths["articles"]):
        raise OutputExists(f"{paths['articles']} exists: {REMEDY}")
    refuse_existing((paths[rows] for rows in files), REMEDY)


def _check_settings(earlier: Settings, settings: Settings, main: str) -> None:
    other = sorted(name for name in settings if earlier.get(name) != settings[name])
    if other:
        what = ", ".join(name.replace("_", "-") for name in other)
        raise CannotResume(f"{main} was begun with other options ({what}): give the same, or --overwrite it")
