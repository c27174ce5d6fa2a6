"""Titles: which of the stated and shown headlines is the story's, and what is cut off it."""

from __future__ import annotations

import pytest

from tests.support.metadata_pages import metadata


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        ("<title>Harbour reopens - Example Times</title>", "", "Harbour reopens"),
        ("<title>Harbour reopens | World | Example</title>", "Harbour reopens", "Harbour reopens"),
        ('<meta property="og:title" content="Harbour reopens">', "Storm Harbour reopens", "Harbour reopens"),
        (
            '<meta property="og:title" content="Storm: Harbour reopens">',
            "Storm Harbour reopens",
            "Storm: Harbour reopens",
        ),
        ("<title>Ferries run as harbour reopens</title>", "Harbour reopens after days", "Harbour reopens after days"),
        ('<meta property="og:title" content="Harbour reopens at last">', "Example Times", "Harbour reopens at last"),
        ("", "Harbour reopens", "Harbour reopens"),
    ],
)
def test_the_headline_is_chosen_by_agreement(head: str, heading: str, title: str) -> None:
    site = '<meta property="og:site_name" content="Example Times">'
    assert metadata(site + head, f"<h1>{heading}</h1>").title == title


@pytest.mark.parametrize("title", ["…", "!!!", "—"])
def test_a_title_without_a_letter_is_compared_with_a_heading(title: str) -> None:
    assert metadata(f'<meta property="og:title" content="{title}">', "<h1>Harbour reopens after storm</h1>").title


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("橋梁今年春天重新開放_地方_範例日報", "橋梁今年春天重新開放"),
        ("橋が春に再開へ--見本新聞", "橋が春に再開へ"),
        ("Bridge reopens in the spring -- Example Times", "Bridge reopens in the spring"),
        ("Bridge reopens in the spring | Example Times", "Bridge reopens in the spring"),
    ],
)
@pytest.mark.parametrize("heading", ["", "Example Times"])
def test_a_title_without_a_heading_or_with_the_site_as_heading(title: str, headline: str, heading: str) -> None:
    if not heading or heading in title:
        assert metadata(f"<title>{title}</title>", f"<h1>{heading}</h1>").title == headline


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("<em>Harbour Gazette</em>’s guide to the <b>old</b> pier", "Harbour Gazette’s guide to the old pier"),
        ("<span>Hafen</span><span>: </span><span>Brücke offen</span>", "Hafen: Brücke offen"),
        ("<span>Avis</span><span>Le pont rouvre lundi</span>", "Avis Le pont rouvre lundi"),
        ("Qui a rouvert <i>le pont</i> ?", "Qui a rouvert le pont ?"),
        ("Puente (<i>viejo</i>) abierto", "Puente (viejo) abierto"),
    ],
)
def test_a_mark_beside_an_element_belongs_to_its_word(heading: str, title: str) -> None:
    assert metadata("", f"<h1>{heading}</h1>").title == title
