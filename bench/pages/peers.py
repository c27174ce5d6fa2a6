"""The other extractors ("peers"), each as a function from a page to its main text, and Copydesk beside them.

A peer is imported on its first call, so that a missing one only leaves its own row out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from bench.pages.renderers import blocks, decoded


class MissingCopydeskError(ImportError):
    """`cleaners.pipeline` cannot be imported."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an extractor takes from a page: the text, and the captions, or None if it does not separate them."""

    text: str
    captions: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Peer:
    """An extractor: its name in the table, its distribution, and a function from HTML to text."""

    name: str
    package: str
    extract: Callable[[str | bytes], str]

    @property
    def version(self) -> str | None:
        """The installed version, None if it is not installed."""
        try:
            return version(self.package)
        except PackageNotFoundError:
            return None


def copydesk(page: str | bytes, any_page: bool = False) -> Extraction:
    """Copydesk's first article of the page; an empty text if the page is rejected.

    `any_page` takes the main content of pages that are not articles, too. Raises MissingCopydeskError if the library
    cannot be imported.
    """
    articles = _clean()(page, kind="html", any_page=any_page)
    if not articles:
        return Extraction("", ())
    captions = tuple(" ".join(filter(None, (caption.text, caption.credit))) for caption in articles[0].captions)
    return Extraction(articles[0].text, captions)


@cache
def _clean() -> Callable[..., Sequence[Any]]:
    try:
        clean: Callable[..., Sequence[Any]] = import_module("cleaners").clean
    except (ImportError, AttributeError) as error:
        raise MissingCopydeskError(f"cleaners.pipeline cannot be imported, Copydesk is skipped: {error}") from error
    return clean


def trafilatura(page: str | bytes) -> str:
    """trafilatura without comments, as in its own evaluation."""
    from trafilatura import extract

    return extract(page, include_comments=False) or ""


def trafilatura_fast(page: str | bytes) -> str:
    """trafilatura without its fallbacks."""
    from trafilatura import extract

    return extract(page, include_comments=False, fast=True) or ""


def trafilatura_with_metadata(page: str | bytes) -> str:
    """trafilatura with metadata (title, authors, date and others)."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    document = bare_extraction(page, include_comments=False, with_metadata=True)
    return document.text or "" if isinstance(document, Document) else ""


def resiliparse(page: str | bytes) -> str:
    """resiliparse's main content."""
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(decoded(page), main_content=True, comments=False, alt_texts=False)


def newspaper4k(page: str | bytes) -> str:
    """newspaper4k, without network access."""
    from newspaper import Article

    article = Article("https://example.org/", fetch_images=False)
    article.download(input_html=decoded(page))
    article.parse()
    return article.text or ""


def readability(page: str | bytes) -> str:
    """readability-lxml's summary, converted from HTML to plain text."""
    from readability import Document

    return blocks(Document(decoded(page)).summary())


def justext(page: str | bytes) -> str:
    """jusText with the stop words of all its languages, because the language of a page is not known beforehand."""
    from justext import justext

    paragraphs = justext(page, _stop_words())
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


def goose3(page: str | bytes) -> str:
    """goose3, without network access."""
    from goose3 import Goose

    with Goose({"enable_image_fetching": False}) as goose:
        return goose.extract(raw_html=decoded(page)).cleaned_text or ""


PEERS = (
    Peer("trafilatura", "trafilatura", trafilatura),
    Peer("trafilatura, fast", "trafilatura", trafilatura_fast),
    Peer("trafilatura with metadata", "trafilatura", trafilatura_with_metadata),
    Peer("resiliparse", "resiliparse", resiliparse),
    Peer("newspaper4k", "newspaper4k", newspaper4k),
    Peer("readability-lxml", "readability-lxml", readability),
    Peer("jusText", "justext", justext),
    Peer("goose3", "goose3", goose3),
)


@cache
def _stop_words() -> frozenset[str]:
    from justext import get_stoplist, get_stoplists

    return frozenset().union(*(get_stoplist(language) for language in get_stoplists()))
