"""Wrong values from Python: an error that says what is wanted, and never one for a page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from cleaners import Page, clean, clean_page
from cleaners.arguments import LONGEST_NAME
from tests.support.made_pages import STORY


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "not NoneType"),
        (7, "not int"),
        (["<p>a</p>"], "not list"),
        (Path("page.html"), r"not PosixPath; read the file: clean\(path.read_bytes\(\)\)"),
        (BytesIO(b"<p>a"), r"not BytesIO; read the file: clean\(file.read\(\)\)"),
        (bytearray(b"<p>a"), r"not bytearray; convert it: clean\(bytes\(content\)\)"),
        (Page("<p>a"), r"not Page; a Page goes to clean_page\(page\)"),
    ],
)
def test_what_is_no_content_is_named(content: Any, message: str) -> None:
    with pytest.raises(TypeError, match=f"the content of a page is str or bytes, {message}"):
        clean(content)


def test_content_inside_a_page_is_looked_at_too() -> None:
    with pytest.raises(TypeError, match="str or bytes, not PosixPath"):
        clean_page(Page(Path("page.html")))  # type: ignore[arg-type]


@pytest.mark.parametrize("page", ["<p>a</p>", b"<p>a</p>", None])
def test_clean_page_takes_a_page(page: Any) -> None:
    with pytest.raises(TypeError, match=f"clean_page takes a Page.* not {type(page).__name__}"):
        clean_page(page)


@pytest.mark.parametrize("kind", ["pdf", "HTML", "", 5, ["html"]])
def test_an_unknown_kind(kind: Any) -> None:
    with pytest.raises(ValueError, match="kind is 'html', 'text' or None"):
        clean("<p>a</p>", kind=kind)


@pytest.mark.parametrize("name", ["url", "charset", "language"])
def test_facts_of_another_type(name: str) -> None:
    with pytest.raises(TypeError, match=f"{name} is a str or None, not bytes"):
        clean_page(Page("a", **{name: b"utf-8"}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address", ["https://example.org/a.html", "HTTP://example.org", "http://[", "https://b.example/ö"]
)
def test_an_address_in_place_of_a_page(address: str) -> None:
    with pytest.raises(ValueError, match="an address and not the content"):
        clean(address)


def test_a_path_in_place_of_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a page.html").write_text("<p>a</p>")
    monkeypatch.chdir(tmp_path)
    for path in ("a page.html", "./a page.html", str(tmp_path / "a page.html")):
        with pytest.raises(ValueError, match="path of a file and not the content"):
            clean(path)


@pytest.mark.parametrize(
    "content",
    [
        "https://example.org/a.html\n",
        "See https://example.org/a.html",
        "https://example.org/a.html https://example.org/b.html",
        "https://",
        "https://example.org/" + "a" * LONGEST_NAME,
        b"https://example.org/a.html",
        "page.html",
        "/",
        ".",
        "tests",
        "Makefile",
        "a\0b.html",
        "\ud800/a.html",
        "x" * 300 + "/a.html",
        "",
        " ",
    ],
)
def test_a_page_is_never_taken_for_a_name(
    content: str | bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither a word that is also the name of a file or of a folder, nor an address among others, nor bytes."""
    (tmp_path / "Makefile").touch()
    (tmp_path / "tests").mkdir()
    monkeypatch.chdir(tmp_path)
    assert clean(content) == []


def test_a_story_whose_lines_are_addresses_and_names() -> None:
    page = "\n".join(["https://example.org/a.html", str(STORY.headline), *STORY.body, "/etc/hosts"])
    assert clean(page)[0].title == STORY.headline
