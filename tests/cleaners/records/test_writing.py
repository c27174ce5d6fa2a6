from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import clean_page
from cleaners.blocks.text import text_blocks
from cleaners.data import Block, Cleaned, Judged, Label, Page, Rejection, Verdict
from cleaners.records.rows import article_rows, audit_rows, json_line, reassemble, rejected_rows
from cleaners.running.atomic_files import atomic_file
from tests.support.paths import SEEDS


def judged(text: str) -> Cleaned:
    """A text page cut into blocks, all of them body."""
    blocks, after = text_blocks(text)
    verdicts = [Judged(block, Verdict(Label.BODY, "made", 1.0)) for block in blocks]
    return Cleaned(Page(text, source="made.txt"), blocks=tuple(verdicts), after=after)


def through_json(cleaned: Cleaned) -> list[dict[str, object]]:
    return [json.loads(json_line(row)) for row in audit_rows(cleaned)]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_a_seed_is_put_together_again_from_its_audit(path: Path) -> None:
    content = path.read_bytes()
    assert reassemble(through_json(clean_page(Page(content)))) == content.decode()


@given(st.text(st.sampled_from(" \t\r\n\u00a0\u2028\u0085\ufeff\x0b\x1cab\ud800é"), min_size=1).filter(str.strip))
def test_any_page_is_put_together_again(text: str) -> None:
    assert reassemble(through_json(judged(text))) == text


def test_an_audit_row_says_everything_about_a_block() -> None:
    block = Block("A line.", line=3, before="\n\n", raw="A  line.")
    verdict = Verdict(Label.BODY, "long-line", 1 / 3).revised(Label.CAPTION, "twice", 0.9)
    (row,) = audit_rows(Cleaned(Page("", source="a.txt"), blocks=(Judged(block, verdict, story=1),), after="\n"))
    assert list(row.items()) == [
        ("page", "a.txt"),
        ("line", 3),
        ("label", "caption"),
        ("rule", "twice"),
        ("confidence", 0.9),
        ("story", 1),
        ("story_confidence", 1.0),
        ("text", "A line."),
        ("before", "\n\n"),
        ("raw", "A  line."),
        ("first", {"label": "body", "rule": "long-line", "confidence": 0.333}),
        ("tag", None),
        ("path", None),
        ("after", "\n"),
    ]


def test_an_html_block_says_where_it_stands() -> None:
    block = Block("Menu", line=1, tag="li", path="html/body/nav/ul")
    (row,) = audit_rows(
        Cleaned(Page("", url="https://example.org/"), blocks=(Judged(block, Verdict(Label.BODY, "r", 1)),))
    )
    assert (row["page"], row["tag"], row["path"], row["raw"]) == (
        "https://example.org/",
        "li",
        "html/body/nav/ul",
        None,
    )


def test_what_follows_the_last_block_is_on_the_last_row_only() -> None:
    assert [row["after"] for row in audit_rows(judged("one\ntwo\n\n"))] == ["", "\n\n"]


def test_a_rejected_page_gives_a_row_with_its_reason() -> None:
    page = Page(b"", source="a.pdf", retrieved_at="2026-01-07T10:00:00+00:00")
    cleaned = Cleaned(page, rejection=Rejection("not-text", "a PDF document"))
    assert list(article_rows(cleaned)) == []
    assert [*rejected_rows(cleaned)] == [
        {
            "source": "a.pdf",
            "url": None,
            "retrieved_at": "2026-01-07T10:00:00+00:00",
            "code": "not-text",
            "reason": "a PDF document",
        }
    ]


@given(st.text(st.characters()))
def test_a_line_is_one_line_of_utf8_whatever_it_holds(text: str) -> None:
    line = json_line({"text": text})
    assert json.loads(line) == {"text": text}
    assert len(line.decode().splitlines()) == 1


def test_words_are_written_as_they_are() -> None:
    assert json_line({"text": "„Größe“ 大"}) == '{"text":"„Größe“ 大"}\n'.encode()


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    with atomic_file(target) as file:
        file.write(b"new")
        file.flush()
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert os.listdir(tmp_path) == ["out.jsonl"]


def test_a_failed_run_leaves_the_earlier_file_alone(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    with pytest.raises(TypeError), atomic_file(target) as file:
        file.write("half a line, as no file of bytes takes it")  # type: ignore[arg-type]
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.jsonl"]


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    with atomic_file(link) as file:
        file.write(b"x")
    assert link.is_symlink()
    assert (tmp_path / "real").read_bytes() == b"x"
    with atomic_file(os.devnull) as file:
        file.write(b"x")
    assert not Path(os.devnull).is_file()
