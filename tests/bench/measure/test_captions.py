"""Which captions of records the bench doubts, on pages judged by hand."""

from __future__ import annotations

from bench.measure.captions import Found, captions_of, compare, report
from cleaners import Page, clean_page

TEXT = "The bridge over the Example opened on Friday after four years of work, and pupils crossed it first."


def found(text: str, *areas: str, in_text: bool = False) -> Found:
    return Found("news", "1", text, None, areas, in_text)


def test_what_is_doubtful() -> None:
    assert found("About the people who make this page", "nav").is_doubtful
    assert found("Old bridge").is_doubtful
    assert not found("The old bridge").is_doubtful
    assert not found("Bridge", "figure").is_doubtful


def test_the_place_of_a_caption() -> None:
    figure = "<figure><img><figcaption>Pupils cross the bridge.</figcaption></figure>"
    page = clean_page(Page(f"<article><h1>Bridge opens</h1><p>{TEXT}</p>{figure}<p>{TEXT[4:]}</p></article>"))
    (only,) = captions_of(page, "news", "1")
    assert only == found("Pupils cross the bridge.", "figure", "figcaption")


def test_what_a_change_loses_and_gains() -> None:
    before, after = [found("A"), found("B")], [found("B"), found("C", "figure")]
    assert list(compare(before, after)) == ["- 1 [] A", "+ 1 [figure] C"]


def test_the_table_counts() -> None:
    rows = report([found("Shop"), found("The old bridge", in_text=True)], {"news": 3}).splitlines()
    assert rows[-1].split("|")[1:-1] == rows[-2].replace("news", "all ").split("|")[1:-1]
    assert [cell.strip() for cell in rows[-1].split("|")[2:-1]] == ["3", "2", "1", "50.000", "1"]
