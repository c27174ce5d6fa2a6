"""Records to a corpus in a folder.

The input is read twice, and nothing of it is held in memory: first to filter, and to index what is left; then, when
copies are known, to write. What a run has done so far stands in `.work` in the folder, so that the same call goes on
after any interruption; the corpus appears under its names when it is whole, its card last.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from cleaners.corpus.card import MARK, card
from cleaners.corpus.counts import CorpusCounts, outlet_of
from cleaners.corpus.entries import Entries, Prefer
from cleaners.corpus.wanted import Wanted
from cleaners.errors import CannotResume, CopydeskError, OutputClash, OutputExists
from cleaners.reading import check_paths
from cleaners.reading.files import STDIN
from cleaners.records.parquet import check_pyarrow, to_parquet
from cleaners.records.reader import RejectedLine, article_files, read_file
from cleaners.records.rows import Row, json_line
from cleaners.running.atomic_files import atomic_file
from cleaners.running.locks import open_locked
from cleaners.tracing.index import Index
from cleaners.tracing.inputs import to_input

CARD, DATA, LEFT_OUT, _WORK = "README.md", "data", "left-out", ".work"

ROWS_A_SAVE = 10_000
"""Records after which the work so far is made permanent, which an interruption costs at most."""

SHARD_ROWS, SHARD_BYTES = 100_000, 512 * 1024 * 1024
"""The most records of a shard, and about the most bytes that they have as JSON."""

Tell = Callable[[str], object]
"""Is given what a person who waits may want to know, a line at a time."""


@dataclass(frozen=True, slots=True)
class CorpusOptions:
    """Which records are wanted, and which of a cluster of copies is kept."""

    wanted: Wanted = field(default_factory=Wanted)
    prefer: Prefer = "earliest"


def build_corpus(
    paths: list[str], folder: str, options: CorpusOptions, *, overwrite: bool = False, tell: Tell = lambda _: None
) -> CorpusCounts:
    """Make a corpus of the records in files and folders, or go on with one that was interrupted.

    Raises MissingPath, OutputExists for a folder that holds a corpus (unless `overwrite`), OutputClash for one that
    holds something else or is read, CannotResume if another run is at it or an interrupted one had other inputs or
    options, and CopydeskError where there is nothing to keep, or no pyarrow.
    """
    check_pyarrow()
    check_paths(paths)
    if STDIN in paths:
        raise CopydeskError("a corpus is made of files, which are read twice; standard input can be read once")
    files = [file for path in paths for file in article_files(path)]
    _check_folder(folder, files, overwrite)
    work = os.path.join(folder, _WORK)
    os.makedirs(work, exist_ok=True)
    with open_locked(os.path.join(work, "lock")):
        if overwrite:
            _empty(work)
        with closing(Entries(os.path.join(work, "entries"))) as entries:
            entries.begin({"files": [_identity(file) for file in files], "prefer": options.prefer, **_asked(options)})
            with closing(Index(os.path.join(work, "index"))) as index:
                _read(files, options.wanted, entries, index, tell)
                tell("comparing")
                index.compare()
                entries.choose(index.all_articles(), options.prefer)
            counts = _write(files, entries, work, tell)
        if not counts.records:
            raise CopydeskError("no record is left to make a corpus of")
        _put_in_place(work, folder, card(counts, options.wanted, options.prefer))
        shutil.rmtree(work)
    return counts


def _asked(options: CorpusOptions) -> Row:
    return options.wanted.to_dict()


def _read(files: list[str], wanted: Wanted, entries: Entries, index: Index, tell: Tell) -> None:
    """Filter the records that no earlier run has read, and index those that are wanted."""
    done = entries.done
    for position, found in enumerate(_records(files)):
        if position < done:
            continue
        _take(position, found, wanted, entries, index)
        done = position + 1
        if done % ROWS_A_SAVE == 0:
            _save(done, entries, index)
            tell(f"{done:,} records read")
    _save(done, entries, index)


def _save(done: int, entries: Entries, index: Index) -> None:
    """Make the work so far permanent; the index first, since to index an article again does no harm."""
    index.flush()
    entries.commit(done)


def _take(position: int, found: Row | RejectedLine, wanted: Wanted, entries: Entries, index: Index) -> None:
    article = found if isinstance(found, RejectedLine) else to_input(found, str(found.get("id")))
    if isinstance(found, RejectedLine) or isinstance(article, RejectedLine):
        entries.add(position, _name(found), "no-record")
    elif reason := wanted.why_not(found):
        entries.add(position, article.id, reason)
    elif index.add(article):
        entries.add(position, article.id, "id-taken")
    elif entries.has(article.id):
        entries.add(position, article.id, "same-record")
    else:
        entries.take(position, article, found.get("publisher"))


def _name(found: Row | RejectedLine) -> str:
    return found.source if isinstance(found, RejectedLine) else str(found.get("id"))


def _records(files: list[str]) -> Iterator[Row | RejectedLine]:
    """The records of the files in their order, and what stands in the place of those that are none."""
    return (record for file in files for record in read_file(file))


def _write(files: list[str], entries: Entries, work: str, tell: Tell) -> CorpusCounts:
    """Write the shards and what was left out into the folder of the work."""
    counts = CorpusCounts()
    for name in (DATA, LEFT_OUT):
        shutil.rmtree(os.path.join(work, name), ignore_errors=True)
        os.makedirs(os.path.join(work, name))
    left_out = os.path.join(work, "left-out.jsonl")
    with open(left_out, "wb") as left, closing(_Shards(work)) as shards:
        records, outcomes = _records(files), entries.outcomes()
        for outcome in outcomes:
            record = next(records, None)
            if record is None or _name(record) != outcome.id:
                raise CannotResume("the input has changed while the corpus was made: --overwrite begins anew")
            if outcome.reason is None and isinstance(record, dict):
                counts.add(record)
                shards.write(record)
            else:
                counts.left_out[str(outcome.reason)] += 1
                left.write(json_line(_left_out_row(record, str(outcome.reason), outcome.kept)))
        shards.finish()
    tell(f"{counts.records:,} records written")
    to_parquet(left_out, os.path.join(work, LEFT_OUT, _shard_name(0)), "left-out")
    return counts


def _left_out_row(record: Row | RejectedLine, reason: str, kept: str | None) -> Row:
    if isinstance(record, RejectedLine):
        return {"id": None, "source": record.source, "reason": reason, "kept": None}
    facts = {name: record.get(name) for name in ("id", "url", "source", "date_published", "language", "publisher")}
    facts = {name: value if isinstance(value, str) else None for name, value in facts.items()}
    return {**facts, "outlet": outlet_of(record) or None, "reason": reason, "kept": kept}


class _Shards:
    """Writes records to Parquet files of bounded size, by way of a file of lines."""

    def __init__(self, work: str) -> None:
        self._folder = os.path.join(work, DATA)
        self._path = os.path.join(work, "shard.jsonl")
        self._lines = open(self._path, "wb")  # noqa: SIM115 (closed by `close`)
        self._shards = self._rows = 0

    def write(self, record: Row) -> None:
        """One more record."""
        self._lines.write(json_line(record))
        self._rows += 1
        if self._rows >= SHARD_ROWS or self._lines.tell() >= SHARD_BYTES:
            self.finish()

    def finish(self) -> None:
        """Make a shard of the records since the last one, if there are any."""
        if self._rows:
            self._lines.flush()
            to_parquet(self._path, os.path.join(self._folder, _shard_name(self._shards)), "articles")
            self._lines.seek(0)
            self._lines.truncate()
            self._shards, self._rows = self._shards + 1, 0

    def close(self) -> None:
        """Close the file of lines."""
        self._lines.close()


def _shard_name(number: int) -> str:
    return f"part-{number:05}.parquet"


def _identity(file: str) -> list[object]:
    """By what an interrupted run knows that a file is still the same."""
    status = os.stat(file)
    return [os.path.realpath(file), status.st_size, status.st_mtime_ns]


def _check_folder(folder: str, files: list[str], overwrite: bool) -> None:
    """Raise OutputClash for a folder that is read, or has something else where the corpus goes; OutputExists for one
    with a corpus."""
    inside = os.path.realpath(folder) + os.sep
    if clash := next((file for file in files if os.path.realpath(file).startswith(inside)), None):
        raise OutputClash(f"{clash} is an input: give the corpus a folder of its own")
    if os.path.exists(folder) and not os.path.isdir(folder):
        raise OutputClash(f"{folder} is no folder")
    readme = Path(folder, CARD)
    if readme.exists() and MARK not in readme.read_text("utf-8", "replace"):
        raise OutputClash(f"{readme} is not the card of a corpus: give the corpus a folder of its own")
    for name in (DATA, LEFT_OUT):
        others = [path for path in Path(folder, name).glob("*") if not path.match("part-*.parquet")]
        if others:
            raise OutputClash(f"{others[0]} is no part of a corpus: give the corpus a folder of its own")
    is_there = readme.exists() or (Path(folder, DATA).exists() and not Path(folder, _WORK).exists())
    if is_there and not overwrite and not Path(folder, _WORK).exists():
        raise OutputExists(f"{folder} holds a corpus: --overwrite replaces it")


def _empty(work: str) -> None:
    """Forget what an interrupted run did; the lock stays."""
    for name in os.listdir(work):
        path = os.path.join(work, name)
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif name != "lock":
            os.remove(path)


def _put_in_place(work: str, folder: str, text: str) -> None:
    """Let the corpus take the place of an earlier one; the card goes first and comes last."""
    Path(folder, CARD).unlink(missing_ok=True)
    for name in (DATA, LEFT_OUT):
        shutil.rmtree(os.path.join(folder, name), ignore_errors=True)
        os.replace(os.path.join(work, name), os.path.join(folder, name))
    with atomic_file(os.path.join(folder, CARD)) as file:
        file.write(text.encode())
