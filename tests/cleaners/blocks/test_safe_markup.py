"""What is taken out of a page before it is parsed, whoever parses it."""

from __future__ import annotations

import pytest

from cleaners import Page, clean_page
from cleaners.blocks.html import html_blocks, parse, parse_safe
from cleaners.blocks.safe_markup import LONG_TAG, MOST_ATTRIBUTES, safe_markup

MANY = 100_000

CROWDED = {
    "values": " ".join(f"a{number}=1" for number in range(MANY)),
    "bare": " ".join(f"a{number}" for number in range(MANY)),
    "closing brackets": " ".join(f'a{number}=">"' for number in range(MANY)),
    "tags": " ".join(f"a{number}='<p>'" for number in range(MANY)),
    "opening brackets": " ".join(f"<a{number}" for number in range(MANY)),
    "slashes": "/".join(f"a{number}" for number in range(MANY)),
    "line ends": "\n".join(f"a{number}" for number in range(MANY)),
}


@pytest.mark.parametrize("attributes", CROWDED.values(), ids=CROWDED)
@pytest.mark.parametrize("around", ["", "<i></i>" * 20_000])
def test_a_tag_of_100_000_attributes_loses_them(attributes: str, around: str) -> None:
    html = safe_markup(f"{around}<p {attributes}>The pier.</p>{around}")
    assert html == f"{around}<p>The pier.</p>{around}".encode()


def test_the_parse_that_all_share_takes_them_out() -> None:
    for page in (f"<p {CROWDED['tags']}>The pier.", f"<p {CROWDED['tags']}>The pier.".encode("utf-16")):
        (paragraph,) = parse(page).iter("p")
        assert not paragraph.keys()
        assert paragraph.text == "The pier."


@pytest.mark.parametrize(
    "html",
    [
        "<p class=a data-x='1 > 0'>a</p>" * 1_000,
        "<p " + " ".join(f"a{number}" for number in range(MOST_ATTRIBUTES // 2)) + ">a",
        f"<p data-x='{'x' * (LONG_TAG - 100)}'>a",
        "<p title='never closed>a</p>" + "<b>x</b> y = z " * 5_000,
        "<!-- <p " + "x " * 9_000 + "> -->",
        "<!-- never closed <p " + "x " * 9_000,
        "<script>if (a<b " + "c " * 9_000 + "> d) {}</script><p>a",
        "<p>a < b " + "c " * 9_000 + "> d",
        "</p " * 9_000,
    ],
)
def test_ordinary_markup_stays(html: str) -> None:
    assert safe_markup(html) == html.encode()


@pytest.mark.parametrize("letter", ["é", "字", "😀", "a"])
@pytest.mark.parametrize("size", [1, 39, 40, 41, 66, 67, 300])
def test_a_name_of_any_characters(letter: str, size: int) -> None:
    """Names were cut after 41 bytes, inside of a character, and trafilatura's adapter could not decode."""
    page = f"<x{letter * size} {'a ' * 35_000}>A short line.</p>"
    safe_markup(page).decode()
    assert [block.text for block in clean_page(Page(page, kind="html"), any_page=True).blocks] == ["A short line."]


HOSTILE = ["<", "<a ", "<a b", "<a b=", "<a b='", '<a b="', "<a b=c", "<a/", "<!--", "<!-- -", "<script>", "<style ",
           "<a '", "<a b='<a b=\"", "</", "<a <", "<a =", "a", " ", "\"", "<p a=b>", "<p a=' >"]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_markup_of_a_megabyte(piece: str) -> None:
    """Each of them takes hours if any part is read twice."""
    parse_safe(safe_markup(piece * (1_000_000 // len(piece))))


def test_bytes_that_are_no_text_are_a_page_of_nothing() -> None:
    assert html_blocks(parse(b"%PDF-1.7")) == []
