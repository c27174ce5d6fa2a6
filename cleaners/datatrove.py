"""Cleaning as steps of a datatrove pipeline, which runs them over many machines (`pip install copydesk[datatrove]`).

    ReadPages ─► CleanPages ─► WriteRecords
                     └─► rejects: WriteRecords

datatrove's executors (local, Slurm, Ray) give each task a share of the files, keep what each has counted, and skip in
a second run the tasks that are finished. See docs/clusters.md for the commands, and
https://github.com/huggingface/datatrove for its own words.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import astuple, fields, replace
from datetime import date
from itertools import islice
from tempfile import TemporaryDirectory
from typing import IO, Any

try:
    from datatrove.data import Document, Media, MediaType
    from datatrove.io import DataFolderLike
    from datatrove.pipeline.base import PipelineStep
    from datatrove.pipeline.readers.base import BaseDiskReader
    from datatrove.pipeline.writers.disk_base import DiskWriter
    from datatrove.utils.logging import logger
    from datatrove.utils.typeshelper import StatHints
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        f"{missing.name} is not installed: pip install 'copydesk[datatrove]'", name=missing.name
    ) from missing

from cleaners.ccnews.mirror import COMMON_CRAWL, Mirror, NotThere
from cleaners.ccnews.run import FilePages, files_between
from cleaners.data import Article, Input, Page, RejectedInput, Rejection, Signal, page_of
from cleaners.profiles import profiles_named
from cleaners.reading import read_pages
from cleaners.records.rows import Row, json_line
from cleaners.running.batch import CleanedLines, CleaningOptions
from cleaners.running.workers import MEGABYTES, SECONDS, Workers

_FIELDS = tuple(field.name for field in fields(Article))


def pipeline(
    pages: DataFolderLike, output: DataFolderLike, *, any_page: bool = False, outlets: str | None = None
) -> list[PipelineStep]:
    """The steps from a folder of pages to `articles/` and `rejected/` below the output folder, a file for each task."""
    output = str(output).rstrip("/")
    return [
        ReadPages(pages),
        CleanPages(rejects=WriteRecords(f"{output}/rejected"), any_page=any_page, outlets=outlets),
        WriteRecords(f"{output}/articles"),
    ]


class ReadPages(BaseDiskReader):  # type: ignore[misc]
    """Reads files as `copydesk clean` reads them; what could not be read, `CleanPages` rejects with its reason.

    A page's bytes are the document's first medium, where datatrove keeps what is not text; `metadata` holds what else
    is known of the page. Its own WarcReader asks libmagic what a record is, which takes HTML for JavaScript, and leaves
    out what it cannot decode without a word. Files that are not local are copied to a temporary folder one by one.

    Takes all that datatrove's BaseDiskReader takes: `paths_file`, `limit`, `glob_pattern` and the like.
    """

    name = "📰 Pages"

    def read_file(self, filepath: str) -> Iterator[Document]:
        """The pages of one file of the folder."""
        path = self.data_folder.resolve_paths(filepath)
        if self.data_folder.is_local():
            yield from map(page_document, read_pages([path]))
            return
        with TemporaryDirectory() as folder:
            copy = os.path.join(folder, os.path.basename(filepath))
            with self.data_folder.open(filepath, "rb") as there, open(copy, "wb") as here:
                shutil.copyfileobj(there, here)
            for page in read_pages([copy]):
                yield page_document(_named(page, copy, path))


class ReadCcNews(PipelineStep):  # type: ignore[misc]
    """Reads the files of CC-NEWS that were begun from one day to another, each task its share, as `copydesk ccnews`.

    A file is fetched into a temporary folder, read and removed, so that a task has one on its disk. Files that are
    missing or damaged are logged and counted; one that cannot be fetched, or a list, fails its task, which a further
    run of the pipeline repeats. `hosts` leaves out the pages of others, and `mirror` is an address or a folder that all
    machines see.
    """

    type = "📖 - READER"
    name = "📰 CC-NEWS"

    def __init__(self, first: date, last: date, *, hosts: Collection[str] = (), mirror: str = COMMON_CRAWL) -> None:
        super().__init__()
        self.first = first
        self.last = last
        self.hosts = tuple(hosts)
        self.mirror = mirror

    def run(self, data: Iterable[Document] | None = None, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """The documents that came before, then the pages of this task's files."""
        yield from data or ()
        mirror = Mirror(self.mirror)
        for file in islice(files_between(mirror, self.first, self.last, logger.warning), rank, None, world_size):
            try:
                with TemporaryDirectory() as folder, mirror.file(file.path, folder) as path:
                    pages = FilePages(path, file.name, self.hosts)
                    yield from map(page_document, pages)
            except NotThere as error:
                logger.warning(str(error))
                self.stat_update("files_missing")
                continue
            self.stat_update("files")
            if pages.damage:
                logger.warning(f"{file.name}: {pages.damage}")
                self.stat_update("files_damaged")


class CleanPages(PipelineStep):  # type: ignore[misc]
    """Cleans each page and gives its articles, one document each; pages that gave none go to `rejects`.

    Each task has a process of its own for this (`cleaners.running.workers`), in which a page may take so many seconds
    and megabytes: a page that kills it, hangs it or fills its memory is rejected and costs itself alone. datatrove's
    BaseExtractor does so too, but limits no memory, counts such pages without saying which they were, reads the next
    page only when one is done, and gives one text for one text.

    Documents of other readers are taken too: their text is the page, and `url` in their metadata its address. `outlets`
    is a file of profiles that all machines see (`copydesk outlets learn`); each task reads it, and raises BadProfile if
    it is none.
    """

    type = "🧹 - CLEAN"
    name = "📰 Copydesk"

    def __init__(
        self,
        rejects: DiskWriter | None = None,
        *,
        any_page: bool = False,
        respect: Collection[str] = (),
        outlets: str | None = None,
        seconds: float = SECONDS,
        megabytes: int = MEGABYTES,
    ) -> None:
        super().__init__()
        self.rejects = rejects
        self.any_page = any_page
        self.respect = frozenset(respect)
        self.outlets = outlets
        self.seconds = seconds
        self.megabytes = megabytes

    def run(self, data: Iterable[Document] | None, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """The articles of the documents, in their order."""
        try:
            with Workers(1, seconds=self.seconds, megabytes=self.megabytes) as workers:
                for cleaned in self._cleaned(workers, data or ()):
                    yield from self._handed_on(cleaned, rank)
        finally:
            if self.rejects:
                self.rejects.close()

    def _cleaned(self, workers: Workers, documents: Iterable[Document]) -> Iterator[CleanedLines]:
        """One page is in work at a time, so that no other can be lost with it; meanwhile the next is read, and what the
        last gave is written."""
        in_work: Future[CleanedLines] | None = None
        profiles = profiles_named(self.outlets)
        for page in profiles.put_on_all(map(document_page, documents)):
            last = self._awaited(in_work) if in_work else None
            in_work = workers.clean(page, CleaningOptions(any_page=self.any_page, audit=False, respect=self.respect))
            if last:
                yield last
        if in_work:
            yield self._awaited(in_work)

    def _awaited(self, cleaned: Future[CleanedLines]) -> CleanedLines:
        with self.track_time():
            return cleaned.result()

    def _handed_on(self, cleaned: CleanedLines, rank: int) -> Iterator[Document]:
        self.stat_update(StatHints.total, "pages")
        for record in cleaned.articles:
            article = article_document(record)
            self.stat_update(StatHints.forwarded)
            self.update_doc_stats(article)
            yield article
        if cleaned.rejected:
            self.stat_update(StatHints.dropped, f"rejected_{cleaned.rejected['code']}")
            if self.rejects:
                self.rejects.write(Document(text="", id="", metadata=cleaned.rejected), rank)


class WriteRecords(DiskWriter):  # type: ignore[misc]
    """Writes articles and rejects as `copydesk clean` does, a file for each task.

    datatrove's JsonlWriter has a layout of its own, and fails on half a surrogate pair, which pages hold.
    """

    name = "📰 Records"
    default_output_filename = "${rank}.jsonl"

    def __init__(self, output_folder: DataFolderLike, compression: str | None = "gzip", **more: Any) -> None:
        super().__init__(output_folder, compression=compression, mode="wb", **more)

    def _default_adapter(self, document: Document) -> Row:
        return document_record(document)

    def _write(self, document: Row, file_handler: IO[bytes], _: str) -> None:
        file_handler.write(json_line(document))


def page_document(page: Input) -> Document:
    """A page, or what stands in the place of one that could not be read, as a document for `CleanPages`."""
    known = page_of(page)
    name = known.source or known.url or ""
    metadata: Row = {"url": known.url, "source": known.source, "date": known.retrieved_at}
    metadata |= {"kind": known.kind, "charset": known.charset, "signals": [astuple(each) for each in known.signals]}
    if isinstance(page, RejectedInput):
        metadata["rejection"] = (page.rejection.code, page.rejection.reason)
    if isinstance(known.content, str):
        return Document(text=known.content, id=name, metadata=metadata)
    medium = Media(id=name, type=MediaType.DOCUMENT, url=known.url or "", media_bytes=known.content)
    return Document(text="", id=name, media=[medium], metadata=metadata)


def document_page(document: Document) -> Input:
    """The page that a document holds: its first medium's bytes, else its text."""
    known = document.metadata
    content = document.media[0].media_bytes if document.media else None
    page = Page(
        document.text if content is None else content,
        url=_text(known.get("url")),
        kind=known.get("kind") if known.get("kind") in ("html", "text") else None,
        source=_text(known.get("source") or known.get("file_path")),
        retrieved_at=_text(known.get("date")),
        charset=_text(known.get("charset")),
        signals=tuple(Signal(*each) for each in known.get("signals") or ()),
    )
    rejection = known.get("rejection")
    return RejectedInput(page, Rejection(*rejection)) if rejection else page


def article_document(record: Row) -> Document:
    """An article's record as a document: its text, its id, and the rest as metadata."""
    rest = {name: value for name, value in record.items() if name not in ("text", "id")}
    return Document(text=record["text"], id=record["id"], metadata=rest)


def document_record(document: Document) -> Row:
    """What `article_document` was made from; of a document without a text, such as a reject, the metadata alone."""
    if not document.text:
        return dict(document.metadata)
    record = {"id": document.id, "text": document.text, **document.metadata}
    known = {name: record.pop(name) for name in _FIELDS if name in record}
    return {**known, **record}


def _named(page: Input, copy: str, path: str) -> Input:
    """The page under the name of the file that it was copied from."""
    if isinstance(page, RejectedInput):
        return replace(page, page=replace(page.page, source=_renamed(page.page.source, copy, path)))
    return replace(page, source=_renamed(page.source, copy, path))


def _renamed(source: str | None, copy: str, path: str) -> str | None:
    """Sources below the working directory are relative to it, so the end of the copy's name is looked for."""
    _, found, after = (source or "").partition(os.path.join(*copy.split(os.sep)[-2:]))
    return f"{path}{after}" if found else source


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
