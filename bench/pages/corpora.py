"""Annotated pages: readers of our own corpora and of the layouts of public benchmarks.

Every reader takes a path and yields `Sample`s. The corpora lie beside the checkout and are never part of it;
docs/retraining.md says how to get them.
"""

from __future__ import annotations

import ast
import base64
import gzip
import json
import lzma
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.errors import BrokenCorpusError, MissingCorpusError
from bench.pages.addresses import site_name
from bench.paths import CORPORA

ARTICLES = CORPORA / "wcxb-dev-articles.jsonl.xz"
NEWS = CORPORA / "news-world.jsonl.xz"
MULTILINGUAL = CORPORA / "multilingual.jsonl.xz"
OTHERS = CORPORA / "wcxb-dev-other.jsonl.xz"
"""Pages that are not articles."""
NEWS_SITES = CORPORA / "news-sites.jsonl.xz"
MORE_TRAINING = CORPORA / "more-training.jsonl.xz"
MORE_MEASURING = CORPORA / "more-measuring.jsonl.xz"
"""Pages to measure on: their licences do not let weights be learned from them."""
DATES = CORPORA / "dates.jsonl.xz"
"""Pages with their day of publication only."""

LEAST_COVERAGE = 0.9
"""Share of its annotated text that a page must hold to be learned from."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One annotated page.

    `paragraphs` is the gold text, or None for a page that is annotated with snippets only; `optional` are the indices
    of paragraphs that an extraction may leave out. A right extraction contains the snippets `must_have` and none of
    `must_not_have`. `headings` are part of the gold text, `summary` is not.
    """

    id: str
    url: str
    html: str | bytes
    paragraphs: tuple[str, ...] | None = None
    optional: frozenset[int] = frozenset()
    must_have: tuple[str, ...] = ()
    must_not_have: tuple[str, ...] = ()
    page_type: str = "article"
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    summary: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    set: str = ""
    domain: str = ""

    @property
    def text(self) -> str | None:
        """The gold text, one paragraph per line, optional ones included."""
        return None if self.paragraphs is None else "\n".join(self.paragraphs)

    @property
    def site(self) -> str:
        """The name that pages of one owner share, `bbc` for bbc.co.uk and bbc.com; the id where neither is known."""
        return site_name(self.url) or self.domain or self.id


def read_jsonl(path: Path) -> Iterator[Sample]:
    """Our own layout: JSON Lines, one page a line, compressed by xz.

    Raises MissingCorpusError, or BrokenCorpusError where the file is cut off or has another layout.
    """
    return (sample for _, sample in read_annotations(path))


def read_annotations(path: Path) -> Iterator[tuple[dict[str, Any], Sample]]:
    """The pages of a file in our own layout, each with all fields of its line. Raises like `read_jsonl`."""
    try:
        with lzma.open(existing(path), "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield record, _from_record(record)
    except (lzma.LZMAError, EOFError, IsADirectoryError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise BrokenCorpusError(f"{path} cannot be read as JSON Lines compressed by xz: {error}") from error


def teaches(page: dict[str, Any]) -> bool:
    """Whether a line of our own layout has an annotation to learn from: most of it stands in the page, and no other
    corpus has the same page.

    >>> teaches({"text": "A story."}), teaches({"text": "A story.", "coverage": 0.5}), teaches({"url": "a"})
    (True, False, False)
    """
    return (
        bool(page.get("text") or page.get("must_have"))
        and page.get("coverage", 1.0) >= LEAST_COVERAGE
        and "dev_id" not in page
    )


def write_jsonl(path: Path, samples: Iterable[Sample]) -> None:
    """Write pages in our own layout, which `read_jsonl` reads. An existing file is not overwritten: FileExistsError."""
    with lzma.open(path, "xt", encoding="utf-8") as lines:
        for sample in samples:
            lines.write(json.dumps(_to_record(sample), ensure_ascii=False) + "\n")


def read_scrapinghub(path: Path) -> Iterator[Sample]:
    """scrapinghub/article-extraction-benchmark: `ground-truth.json` and `html/ID.html.gz`."""
    for identifier, page in _read_json(path / "ground-truth.json").items():
        yield Sample(
            id=identifier,
            url=page.get("url", ""),
            html=_read_gzip(path / "html" / f"{identifier}.html.gz"),
            paragraphs=_paragraphs(page.get("articleBody")),
        )


def read_wcxb(path: Path) -> Iterator[Sample]:
    """Murrough-Foley/web-content-extraction-benchmark, one split: `ground-truth/ID.json` and `html/ID.html.gz`."""
    for file in sorted(existing(path / "ground-truth").glob("*.json")):
        page = _read_json(file)
        truth = page["ground_truth"]
        yield Sample(
            id=file.stem,
            url=page["url"] or "",
            html=_read_gzip(path / "html" / f"{file.stem}.html.gz"),
            paragraphs=_paragraphs(truth.get("main_content")),
            must_have=tuple(truth.get("with", ())),
            must_not_have=tuple(truth.get("without", ())),
            page_type=page["_internal"]["page_type"]["primary"],
            title=truth.get("title"),
            authors=_names(truth.get("author")),
            date=truth.get("publish_date"),
        )


def read_fundus(path: Path) -> Iterator[Sample]:
    """dobbersc/fundus-evaluation, its `dataset` folder: `ground_truth.json` and `html/NAME.html.gz`.

    A paragraph in square brackets is optional.
    """
    for name, page in _read_json(path / "ground_truth.json").items():
        marked = {index for index, text in enumerate(page["body"]) if text.startswith("[") and text.endswith("]")}
        yield Sample(
            id=name.removesuffix(".html.gz"),
            url=page["url"],
            html=_read_gzip(path / "html" / name),
            paragraphs=tuple(text[1:-1] if index in marked else text for index, text in enumerate(page["body"])),
            optional=frozenset(marked),
        )


def read_trafilatura(path: Path) -> Iterator[Sample]:
    """adbar/trafilatura, its `tests` folder: `evaldata.py` or `evaldata.json`, pages in `cache` and `eval`.

    The Python file is parsed as a literal and not run. Pages without a file are left out, because the repository
    holds only part of the pages that it annotates.
    """
    for url, page in _read_evaldata(path).items():
        candidates = [path / folder / page["file"] for folder in ("cache", "eval")]
        file = next((candidate for candidate in candidates if candidate.is_file()), None)
        if file is not None:
            yield Sample(
                id=page["file"],
                url=url,
                html=file.read_bytes(),
                must_have=tuple(page["with"]),
                must_not_have=tuple(page["without"]),
            )


READERS: dict[str, Callable[[Path], Iterator[Sample]]] = {
    "jsonl": read_jsonl,
    "scrapinghub": read_scrapinghub,
    "wcxb": read_wcxb,
    "fundus": read_fundus,
    "trafilatura": read_trafilatura,
}


def _from_record(record: dict[str, Any]) -> Sample:
    encoded = record.get("html_base64")
    return Sample(
        id=record["id"],
        url=record.get("url") or "",
        html=base64.b64decode(encoded) if encoded else record["html"],
        paragraphs=_paragraphs(record.get("text")),
        must_have=tuple(record.get("must_have") or ()),
        must_not_have=tuple(record.get("must_not_have") or ()),
        page_type=record.get("page_type", "article"),
        title=record.get("title"),
        authors=_names(record.get("authors") or record.get("author")),
        date=record.get("date"),
        summary=tuple(record.get("summary") or ()),
        headings=tuple(record.get("headings") or ()),
        set=record.get("set", ""),
        domain=record.get("domain", ""),
    )


def _to_record(sample: Sample) -> dict[str, Any]:
    """The fields of a page that `_from_record` reads; those without a value are left out."""
    encoded = None if isinstance(sample.html, str) else base64.b64encode(sample.html).decode("ascii")
    record = {
        "id": sample.id,
        "url": sample.url,
        "page_type": sample.page_type,
        "html": sample.html if encoded is None else None,
        "html_base64": encoded,
        "text": sample.text,
        "must_have": sample.must_have,
        "must_not_have": sample.must_not_have,
        "title": sample.title,
        "authors": sample.authors,
        "date": sample.date,
        "summary": sample.summary,
        "headings": sample.headings,
        "set": sample.set,
        "domain": sample.domain,
    }
    return {name: value for name, value in record.items() if value not in (None, (), "") or name == "url"}


def _paragraphs(text: str | None) -> tuple[str, ...] | None:
    if text is None:  # one page of WCXB has no annotated content
        return None
    return tuple(line for line in text.splitlines() if line.strip())


def _names(value: str | Sequence[str] | None) -> tuple[str, ...]:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _read_evaldata(path: Path) -> dict[str, dict[str, Any]]:
    if (path / "evaldata.json").is_file():
        return _read_json(path / "evaldata.json")
    tree = ast.parse(existing(path / "evaldata.py").read_text(encoding="utf-8"))
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            pages: dict[str, dict[str, Any]] = ast.literal_eval(statement.value)
            return pages
    raise MissingCorpusError(f"No table of pages in {path / 'evaldata.py'}.")


def _read_json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(existing(path).read_text(encoding="utf-8"))
    return content


def _read_gzip(path: Path) -> bytes:
    return gzip.decompress(existing(path).read_bytes())


def existing(path: Path) -> Path:
    """The path itself. Raises MissingCorpusError where nothing is there."""
    if not path.exists():
        raise MissingCorpusError(f"There is no {path}. docs/retraining.md says how to get the corpora.")
    return path
