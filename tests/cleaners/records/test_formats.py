"""The formats of articles: what a file of each holds, and that nothing a page says becomes more than text in it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from cleaners import clean_page
from cleaners.data import Caption, Dateline, Page
from cleaners.records.csv_rows import COLUMNS, CSV_HEADER, cell, csv_row
from cleaners.records.file_names import SLUG_BYTES, file_stem, slug
from cleaners.records.formats import Format, check_format, format_of, story_file, story_in
from cleaners.records.html_page import HTML_OPENING, article_html
from cleaners.records.markdown import article_markdown
from tests.support.bad_pages import SOUND
from tests.support.hostile import CONTROLS, MARKUP, URLS, article

CLEANED = clean_page(Page(SOUND, source="a.txt"))
RECORD = CLEANED.articles[0].to_dict()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.jsonl", "jsonl"),
        ("a.NDJSON.gz", "jsonl"),
        ("a", "jsonl"),
        ("a.gz", "jsonl"),
        ("a.md", "md"),
        ("a.2026.csv.zst", "csv"),
        ("a.b/c", "jsonl"),
        ("a.htm", "html"),
        ("a.txt", "txt"),
        ("a.parquet", "parquet"),
        ("a.xlsx", None),
        ("a.parquet.zst", None),
    ],
)
def test_the_ending_names_the_format(name: str, expected: str | None) -> None:
    assert format_of(name) == expected
    assert (check_format(name) is None) == (expected is not None)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_row_of_csv_has_flat_columns() -> None:
    record = article("x", title='a, "b"\nc', authors=("Ana", "Bo"), dateline=Dateline("PARIS", "AP")).to_dict()
    record["captions"] = [Caption("One."), Caption("Two.", "AP")]
    record["captions"] = [{"text": "One.", "credit": None}, {"text": "Two.", "credit": "AP"}]
    (row,) = rows(CSV_HEADER + csv_row({**record, "dropped": {"promo": 2, "legal": 1}}))
    assert list(row) == list(COLUMNS)
    assert (row["title"], row["authors"], row["captions"]) == ('a, "b"\nc', "Ana; Bo", "One.\nTwo.")
    assert (row["dateline_place"], row["dateline_agency"], row["dropped"]) == ("PARIS", "AP", "promo 2; legal 1")
    assert (row["story_index"], row["story_count"], row["parent_id"]) == ("0", "1", "")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", " =1", "\u200b=1", "\u202e=1", "\x00=1", "＝1+1", "|cmd", "%0A"],
)
def test_no_cell_is_a_formula(text: str) -> None:
    (row,) = rows(CSV_HEADER + csv_row({**RECORD, "title": text, "authors": [text]}))
    assert row["title"].startswith("'")
    assert row["authors"].startswith("'")


@given(st.text())
def test_a_cell_holds_the_text(text: str) -> None:
    shown = text.replace("\0", "")
    assert cell(text) in (shown, f"'{shown}")
    assert shown[:1] not in ("=", "+", "-", "@") or cell(text).startswith("'")


@pytest.mark.parametrize("text", MARKUP + CONTROLS + URLS)
def test_html_shows_the_text_and_nothing_else(text: str) -> None:
    record = {**article(text).to_dict(), "summary": text, "id": "00ff"}
    page = story_file("html", record, "<p>The text.</p>")
    tree = html.document_fromstring(page)
    allowed = {"html", "head", "meta", "title", "body", "article", "h1", "p", "strong", "small", "time", "a"}
    assert {element.tag for element in tree.iter()} <= allowed
    assert all(link.get("href").startswith(("http://", "https://")) for link in tree.iter("a"))
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert page.startswith(HTML_OPENING)


def test_the_body_of_html_is_escaped() -> None:
    page = f"<article><h1>Harbour</h1><p>{'The council met again on Monday. ' * 9}AT&amp;T &lt;script&gt;</p></article>"
    (body,) = article_html(clean_page(Page(page), any_page=True))
    assert body.endswith("AT&amp;T &lt;script&gt;</p>")


def test_text_is_the_headline_and_the_paragraphs() -> None:
    text = story_in(Format.TXT, RECORD, "").decode()
    assert text == f"{RECORD['title']}\n\n{RECORD['text']}\n\n\n"


def test_markdown_begins_with_all_facts() -> None:
    (body,) = article_markdown(CLEANED)
    facts = story_in(Format.MD, {**RECORD, "canonical_url": "https://news.example/a"}, body).decode().split("---\n")[1]
    assert 'canonical_url: "https://news.example/a"\n' in facts
    assert {line.partition(":")[0] for line in facts.splitlines()} >= {"id", "title", "kind", "story", "copydesk"}
    assert "text:" not in facts


@pytest.mark.parametrize(
    ("day", "title", "expected"),
    [
        ("2026-03-02T10:00", "A — B!", "2026-03-02-a-b"),
        (None, "../../etc/passwd", "etc-passwd"),
        ("2026-03-02", None, "2026-03-02"),
        ("2026-03-02", "?!", "2026-03-02"),
        (None, None, "00ff"),
        (None, "NUL", "nul-00ff"),
        (None, "मेरी कहानी", "मेरी-कहानी"),
        (None, "Ukraine’s allies", "ukraines-allies"),
    ],
)
def test_names_that_a_person_can_read(day: str | None, title: str | None, expected: str) -> None:
    assert file_stem({"id": "00ff", "date_published": day, "title": title}) == expected


@given(st.text())
def test_a_slug_is_a_name_everywhere(text: str) -> None:
    name = slug(text)
    assert len(name.encode()) <= SLUG_BYTES
    assert not set(name) & set('/\\:*?"<>|.\0 \n\u202e')
    assert not name.startswith("-")
