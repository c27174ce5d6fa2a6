from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from cleaners import Page, clean_page
from cleaners.data import DROPPED, Article, Caption, Dateline, Embed, Label, Signal, StoryPosition, Update
from cleaners.records.parquet import to_parquet
from cleaners.records.rows import article_rows, json_line
from cleaners.records.schema import article_schema
from cleaners.rights.signals import rights_of
from tests.support.paths import SEEDS

VALIDATOR = Draft202012Validator(article_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def record(**changes: Any) -> dict[str, Any]:
    """A record with every field filled, with some of them changed."""
    article = Article(
        id="0123456789abcdef-1",
        url="https://example.org/a",
        canonical_url="https://example.org/a.html",
        source="a.html",
        retrieved_at="2026-01-07T22:52:00+00:00",
        title="A headline",
        summary="A standfirst.",
        text="A paragraph.",
        language="en",
        date_published="2026-01-07T22:52",
        date_modified="2026-01-07T22:52:10+05:30",
        authors=("Ana Example",),
        publisher="The Example",
        section="World",
        dateline=Dateline("PARIS", "AP"),
        credits=("Tom Muster",),
        captions=(Caption("A picture.", "Lia Sample"), Caption("Another.")),
        kind="article",
        confidence=0.75,
        story=StoryPosition(1, 2, "0123456789abcdef"),
        dropped={"promo": 2},
        copydesk="0.1.0",
        rights=rights_of([Signal("tdm", "reserved", "meta", "tdm-reservation: 1")]),
        embeds=(Embed("video", "https://video.example/a"),),
        updates=(Update("2026-01-07T22:52", "A headline", "A paragraph."), Update(None, None, "")),
    )
    written: dict[str, Any] = json.loads(json_line(article.to_dict()))
    return {**written, **changes}


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(article_schema())


def test_the_schema_has_the_fields_of_the_record_in_their_order() -> None:
    assert list(record()) == list(article_schema()["properties"]) == article_schema()["required"]


def described(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each field of the schema with its path, those inside others too."""
    for name, field in schema.get("properties", {}).items():
        yield f"{path}{name}", field
        for inner in (field, field.get("items", {}), *field.get("oneOf", ())):
            yield from described(inner, f"{path}{name}.")


FIELDS = dict(described(article_schema()))


def test_fields_inside_of_fields_are_found() -> None:
    assert {"dateline.place", "images.url", "rights.signals.use", "story.index", "updates.time"} <= FIELDS.keys()


@pytest.mark.parametrize("name", FIELDS)
def test_each_field_is_described_and_its_examples_are_valid(name: str) -> None:
    field = FIELDS[name]
    assert field["description"].endswith(".")
    assert field["examples"]
    validator = VALIDATOR.evolve(schema={**field, "$defs": article_schema()["$defs"]})
    for example in field["examples"]:
        validator.validate(example)


@pytest.mark.parametrize("name", list(article_schema()["properties"]))
def test_a_record_of_the_examples_is_valid(name: str) -> None:
    for example in article_schema()["properties"][name]["examples"]:
        VALIDATOR.validate(record(**{name: example}))


def test_parquet_has_the_fields_of_the_record_in_their_order(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    lines, target = tmp_path / "articles.jsonl", tmp_path / "articles.parquet"
    lines.write_bytes(json_line(record()))
    to_parquet(str(lines), str(target), "articles")
    assert parquet.read_schema(target).names == list(record())


def test_the_schema_knows_the_labels_that_are_dropped() -> None:
    names = article_schema()["properties"]["dropped"]["propertyNames"]["enum"]
    assert names == [label.value for label in Label if label in DROPPED]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_the_records_of_the_seeds_are_valid(path: Path) -> None:
    rows = [json.loads(json_line(row)) for row in article_rows(clean_page(Page(path.read_bytes(), source=path.name)))]
    assert rows
    for row in rows:
        VALIDATOR.validate(row)


@pytest.mark.parametrize(
    "date", [None, "2026-01-07", "2026-01-07T22:52", "2026-01-07T22:52:10", "2026-01-07T22:52+05:30"]
)
def test_dates_are_as_precise_as_the_page_states_them(date: str | None) -> None:
    VALIDATOR.validate(record(date_published=date, date_modified=date))


@pytest.mark.parametrize(
    "change",
    [
        {"title": "None"},
        {"title": ""},
        {"text": ""},
        {"text": None},
        {"id": "1"},
        {"language": "english"},
        {"date_published": "7 January 2026"},
        {"date_published": "2026-01-07 22:52"},
        {"date_published": "2026-01"},
        {"authors": None},
        {"authors": [""]},
        {"credits": ["Ana", "Ana"]},
        {"captions": ["A picture."]},
        {"dateline": {"place": "PARIS"}},
        {"dropped": {"body": 1}},
        {"dropped": {"promo": 0}},
        {"story": {"index": -1, "count": 1, "parent_id": None}},
        {"updates": [{"time": "22:52", "title": None, "text": ""}]},
        {"extra": 1},
    ],
    ids=str,
)
def test_what_is_no_record_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        VALIDATOR.validate(record(**change))
