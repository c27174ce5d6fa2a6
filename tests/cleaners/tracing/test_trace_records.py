"""Tracing: which lines are articles, and whose words an article says that it has."""

from __future__ import annotations

import pytest

from cleaners.records.reader import RejectedLine
from cleaners.records.row_files import parse_row
from cleaners.tracing.attribution import Attribution, attributions
from cleaners.tracing.inputs import TraceInput, to_input


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", "no-json"),
        (b"\xff\xfe", "no-json"),
        (b"[" * 100_000, "no-json"),
        (b"[]", "no-record"),
        (b"3", "no-record"),
        (b'{"text": "A text."}', "no-id"),
        (b'{"id": 7, "text": "A text."}', "no-id"),
        (b'{"id": "  ", "text": "A text."}', "no-id"),
        (b'{"id": "a"}', "no-text"),
        (b'{"id": "a", "text": null}', "no-text"),
        (b'{"id": "a", "text": " \\n"}', "no-text"),
    ],
)
def test_what_is_no_article(line: bytes, code: str) -> None:
    refused = to_input(parse_row(line), "file:1")
    assert isinstance(refused, RejectedLine)
    assert (refused.code, refused.source) == (code, "file:1")


@pytest.mark.parametrize(
    "date", ["2026-01-06", "2026-01-06T00:00+00:00", "yesterday", "9999-12-31T23:59-23:00", 7, None]
)
def test_records_of_any_schema_need_an_id_and_a_text(date: object) -> None:
    odd = {"dateline": "PARIS", "authors": "AP", "credits": [3, None], "replaces": 4, "date_published": date}
    record = to_input({"id": "a", "text": "A text.", **odd}, "")
    assert isinstance(record, TraceInput)
    assert record.published == (1767657600.0 if str(date).startswith("2026") else None) or record.published is not None
    assert (record.attributions, record.replaces) == ((), None)


def test_agencies_are_named_in_datelines_bylines_credits_and_signatures() -> None:
    text = "Rain fell. (Reuters) The AP reports more."
    record = {"text": text, "dateline": {"place": "PARIS", "agency": "AP"}, "authors": ["dpa"], "credits": ["AFP"]}
    assert attributions(record) == (
        Attribution("AP", "dateline"),
        Attribution("dpa", "byline"),
        Attribution("AFP", "credit"),
        Attribution("Reuters", "signature"),
    )
