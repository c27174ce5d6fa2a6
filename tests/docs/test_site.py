"""The docs as a site: built with warnings as errors, links that lead somewhere, nothing loaded from elsewhere."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

import cleaners
from cleaners.cli import OWN
from cleaners.data import Label
from cleaners.records.schema import article_schema
from scraper import settings
from tests.support.browser import Browser, needs_chromium
from tests.support.paths import ROOT

pytestmark = pytest.mark.skipif(
    not all(map(importlib.util.find_spec, ("mkdocs", "material", "mkdocstrings"))),
    reason="MkDocs Material is not installed; pip install 'copydesk[docs]' brings it",
)

MOST_BYTES = 150_000
"""The most that a picture may have."""

SEARCH = """
new Promise((done) => {
  document.querySelector('label[for=__search]').click();
  const field = document.querySelector('input[name=query]');
  field.focus();
  field.value = 'WORDS';
  field.dispatchEvent(new Event('input', {bubbles: true}));
  field.dispatchEvent(new KeyboardEvent('keyup', {bubbles: true, key: 'e'}));
  const links = () => [...document.querySelectorAll('.md-search-result__link')].map((link) => link.href);
  const look = () => links().length ? done(links()) : setTimeout(look, 100);
  look();
})
"""
"""Types words into the search, and gives the addresses that it finds."""


def build(pages: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """Build the site with warnings as errors."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    environment = {**os.environ, "DOCS_PAGES": str(pages), "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "pages"
    subprocess.run([sys.executable, str(ROOT / "docs" / "site"), str(folder)], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="module")
def site(pages: Path) -> Path:
    folder = pages.parent / "site"
    built = build(pages, folder)
    assert built.returncode == 0, built.stdout + built.stderr
    assert "WARNING" not in built.stderr
    return folder


@pytest.fixture(scope="module")
def documents(site: Path) -> dict[Path, html.HtmlElement]:
    return {path: html.parse(path).getroot() for path in site.rglob("*.html") if path.name != "404.html"}


def test_links_lead_to_files_and_to_places_in_them(documents: dict[Path, html.HtmlElement], site: Path) -> None:
    places = {path: set(page.xpath("//@id | //a/@name")) for path, page in documents.items()}
    lost = []
    for path, page in documents.items():
        for link in page.xpath("//a/@href | //img/@src | //link/@href | //script/@src"):
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "mailto"):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            place = unquote(parts.fragment)
            if not target.is_file() or (place and target in places and place not in places[target]):
                lost.append(f"{path.relative_to(site)}: {link}")
    assert lost == []
    assert len(documents) > 30


def test_nothing_is_loaded_from_elsewhere(documents: dict[Path, html.HtmlElement], site: Path) -> None:
    loads = "//img/@src | //script/@src | //iframe/@src | //link[@rel != 'canonical']/@href | //source/@srcset"
    assert {link for page in documents.values() for link in page.xpath(loads) if urlsplit(link).netloc} == set()
    sheets = "".join(path.read_text("utf-8") for path in site.rglob("*.css"))
    assert "url(http" not in sheets
    assert "url(//" not in sheets


def test_lists_and_tables_are_no_paragraphs(documents: dict[Path, html.HtmlElement], site: Path) -> None:
    """Python-Markdown wants an empty line before a list or a table; GitHub does not."""
    raw = [
        f"{path.relative_to(site)}: {line}"
        for path, page in documents.items()
        for paragraph in page.xpath("//article//p")
        for line in paragraph.text_content().splitlines()
        if re.match(r" *(?:[-*|] |\d+\. |```)", line)
    ]
    assert raw == []


def test_the_reference_holds_all_that_there_is(documents: dict[Path, html.HtmlElement], site: Path) -> None:
    def text(name: str) -> str:
        return str(documents[site / "reference" / f"{name}.html"].text_content())

    headings = {place.rpartition(".")[2] for place in documents[site / "reference" / "python.html"].xpath("//@id")}
    assert set(cleaners.__all__) <= headings
    assert all(f"copydesk {name}" in text("commands") for name in (*OWN, "crawl", "get", "status"))
    assert all(name in text("record") for name in article_schema()["properties"])
    assert all(label in text("labels") for label in Label)
    assert all(name in text("settings") for name in vars(settings) if name.isupper())


def test_what_is_wrong_stops_the_build(pages: Path, tmp_path: Path) -> None:
    pages_with_a_lost_link = tmp_path / "pages"
    pages_with_a_lost_link.symlink_to(pages)
    security = pages / "SECURITY.md"
    whole = security.read_text("utf-8")
    security.write_text(f"{whole}\n[gone](docs/gone.md)\n", "utf-8")
    try:
        built = build(pages_with_a_lost_link, tmp_path / "site")
    finally:
        security.write_text(whole, "utf-8")
    assert built.returncode == 1
    assert "docs/gone.md" in built.stderr


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs" / "images").iterdir())
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > MOST_BYTES] == []


@needs_chromium
@pytest.mark.parametrize("width", [1200, 500])
@pytest.mark.parametrize("page", ["index.html", "reference/labels.html", "docs/start.html"])
def test_pages_fit_and_ask_for_nothing(browser: Browser, site: Path, page: str, width: int) -> None:
    browser.look(width)
    browser.open(site / page)
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    assert [address for address in browser.requested() if not address.startswith(("file:", "data:"))] == []
    assert browser.evaluate("[...document.images].every((image) => image.naturalWidth)")


@needs_chromium
def test_the_search_works_from_a_folder(browser: Browser, site: Path) -> None:
    browser.look(1200)
    browser.open(site / "docs" / "start.html")
    found = browser.call(
        "Runtime.evaluate",
        expression=SEARCH.replace("WORDS", "several stories on one page"),
        awaitPromise=True,
        returnByValue=True,
    )
    assert any("docs/quality.html" in link for link in found["result"]["value"])
    assert [address for address in browser.requested() if not address.startswith(("file:", "data:", "about:"))] == []
