"""Reads what a run wrote, page by page: its audit, or its articles where there is no audit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal, NamedTuple

from cleaners.comparing.disk_queues import DiskQueues
from cleaners.data import DROPPED, KEPT
from cleaners.errors import CopydeskError, MissingPath
from cleaners.explaining.wording import NO_NAME
from cleaners.records.audit import BadRow, judged_of, located_rows
from cleaners.records.outlets import outlet_of
from cleaners.records.reader import article_files

OutputKind = Literal["audit", "articles"]
"""What a file holds."""

ENDINGS = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")

NAMES: Mapping[str, tuple[str, ...]] = {
    kind: tuple(f"{stem}{ending}" for stem in stems for ending in ENDINGS)
    for kind, stems in {
        "audit": ["audit"],
        "articles": ["articles"],
        "rejected": ["rejected", "rejects"],
        "trace": ["trace"],
    }.items()
}
"""The names that the files of a run have in its folder."""

REJECTED = "rejected"
"""The label of all words of a page that gave no article: none of them is in a record."""

COMPARED_FIELDS = (
    "title",
    "summary",
    "authors",
    "date_published",
    "date_modified",
    "publisher",
    "section",
    "language",
    "credits",
)
"""The fields of a record that are compared, beside its text, its captions and embeds, and of its updates the time and
the headline."""


class Piece(NamedTuple):
    """Some words of a page and where they went: a block with its label and rule, or one field of a record.

    `kept` says whether they are in the text of the record, `taken` whether they are anywhere in the record.
    """

    text: str
    label: str
    rule: str = ""
    story: int = 0
    kept: bool = False
    taken: bool = False


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page of a run: its name, its outlet (see `records.outlets`), and all its pieces in reading order."""

    name: str
    outlet: str
    pieces: tuple[Piece, ...]

    @property
    def stories(self) -> int:
        """How many stories have words in the text."""
        return len({piece.story for piece in self.pieces if piece.kept})


@dataclass(frozen=True, slots=True)
class RunOutput:
    """What a run wrote: the path and kind of the file, and its pages in file order, which can be read once."""

    path: str
    kind: OutputKind | None
    pages: Iterator[ReadPage]


def open_run(path: str) -> RunOutput:
    """Open an audit, a file of articles, or a folder that holds the files of a run under their usual names.

    In a folder the audit is preferred, and `rejected.jsonl` says which pages gave no article. `kind` is None if the
    file is empty. Raises MissingPath if there is no such file, and BadRow, now or while the pages are read, if a line
    is damaged or of another kind.
    """
    rejects = None
    if os.path.isdir(path):
        folder = path
        path = file_of_run(folder, "audit") or file_of_run(folder, "articles") or ""
        if not path:
            return _open_articles(folder)
        rejects = file_of_run(folder, "rejected")
    kind = _kind_of(path)
    pages = _article_pages(path) if kind == "articles" else _audit_pages(path)
    if rejects and kind == "audit":
        pages = _with_rejects(pages, rejects)
    return RunOutput(path, kind, pages)


def _open_articles(folder: str) -> RunOutput:
    """The articles of a folder under any name, as `--split json` writes them."""
    files = list(article_files(folder))
    if not files:
        raise MissingPath(f"neither audit.jsonl nor articles.jsonl is in {folder}, nor any other file of articles")
    kinds = {_kind_of(file) for file in files}
    if not kinds <= {"articles", None}:
        raise BadRow(f"{folder} holds files of other rows than articles: name the file")
    pages = (page for file in files for page in _article_pages(file))
    return RunOutput(folder, "articles", pages)


def file_of_run(folder: str, stem: str) -> str | None:
    """The file of a folder that has one of the NAMES of this kind."""
    paths = (os.path.join(folder, name) for name in NAMES[stem])
    return next(filter(os.path.exists, paths), None)


def _kind_of(path: str) -> OutputKind | None:
    for location, row in located_rows(path):
        if {"page", "label", "text"} <= row.keys():
            return "audit"
        if {"id", "text", "story"} <= row.keys():
            return "articles"
        raise BadRow(f"{location}: this is a row neither of an audit nor of articles")
    return None


def _audit_pages(path: str) -> Iterator[ReadPage]:
    rows = ((str(row.get("page") or NO_NAME), _piece(row, location)) for location, row in located_rows(path))
    for name, group in groupby(rows, key=lambda row: row[0]):
        yield ReadPage(name, outlet_of({"source": name, "url": name}), tuple(piece for _, piece in group))


def _piece(row: Mapping[str, Any], location: str) -> Piece:
    judged = judged_of(row, location)
    label = judged.label
    return Piece(judged.text, str(label), judged.verdict.rule, judged.story, label in KEPT, label not in DROPPED)


def _with_rejects(pages: Iterable[ReadPage], path: str) -> Iterator[ReadPage]:
    """The pages; on those that gave no article, words of the record get the label REJECTED."""
    with DiskQueues() as rejects:
        for _, row in located_rows(path):
            rejects.put(str(row.get("source") or row.get("url")), str(row.get("code")))
        for page in pages:
            code = rejects.take(page.name)
            yield page if code is None else replace(page, pieces=tuple(_rejected(page.pieces, code)))


def _rejected(pieces: Iterable[Piece], code: str) -> Iterator[Piece]:
    for piece in pieces:
        yield Piece(piece.text, REJECTED, code, piece.story) if piece.taken else piece


def _article_pages(path: str) -> Iterator[ReadPage]:
    rows = ((_page_name(row), (location, row)) for location, row in located_rows(path))
    for name, group in groupby(rows, key=lambda row: row[0]):
        records = [record for _, record in group]
        pieces = tuple(piece for location, row in records for piece in _pieces(row, location))
        yield ReadPage(name, outlet_of(records[0][1]), pieces)


def _page_name(row: Mapping[str, Any]) -> str:
    story = row.get("story")
    page_id = (story.get("parent_id") if isinstance(story, dict) else None) or row.get("id")
    return str(row.get("source") or row.get("url") or page_id)


def _pieces(row: Mapping[str, Any], location: str) -> Iterator[Piece]:
    """A record as pieces: its fields, its captions, and each line of its text."""
    try:
        index = int(row["story"]["index"])
        for fact in COMPARED_FIELDS:
            value = row.get(fact)
            for text in value if isinstance(value, list) else [value] if value else []:
                yield Piece(str(text), fact, story=index, taken=True)
        for caption in row.get("captions") or []:
            yield Piece(str(caption["text"]), "captions", story=index, taken=True)
        for update in row.get("updates") or []:
            told = " ".join(update[name] for name in ("time", "title") if update.get(name))
            yield Piece(told or "untitled", "updates", story=index, taken=True)
        for embed in row.get("embeds") or []:
            yield Piece(f"{embed['kind']} {embed['url']}", "embeds", story=index, taken=True)
        for line in row["text"].split("\n"):
            yield Piece(line, "text", story=index, kept=True, taken=True)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadRow(f"{location}: this is no record of an article ({type(error).__name__}: {error})"[:300]) from error


def check_alike(old: RunOutput, new: RunOutput) -> None:
    """Raise CopydeskError if one run is an audit and the other one articles: they cannot be compared."""
    if old.kind and new.kind and old.kind != new.kind:
        contents = " and ".join(f"{run.path} holds {_kind_name(run.kind)}" for run in (old, new))
        raise CopydeskError(f"{contents}: compare two audits or two files of articles")


def _kind_name(kind: OutputKind | None) -> str:
    return "an audit" if kind == "audit" else "articles"
