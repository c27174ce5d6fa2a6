"""The five seeds become what `../shared/gold/seeds.json` says: every line, every field."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cleaners import FIELDS, KEPT, Cleaned, Label, Page, clean_page
from cleaners.words.folding import fold_space
from tests.support.paths import ROOT, SHARED

GOLD = SHARED / "gold" / "seeds.json"

pytestmark = pytest.mark.skipif(not GOLD.exists(), reason=f"no gold at {GOLD}: it is not part of the repository")


def gold_pages() -> list[Any]:
    return json.loads(GOLD.read_text("utf-8")) if GOLD.exists() else []


def clean_seed(name: str) -> Cleaned:
    return clean_page(Page((ROOT / "seeds" / name).read_bytes(), source=f"seeds/{name}"))


def group(label: Label) -> str:
    """The labels that must not be mixed up; telling chrome from chrome is welcome and not asked for."""
    return label.value if label in KEPT | FIELDS else "chrome"


@pytest.mark.parametrize("gold", gold_pages(), ids=lambda gold: gold["file"][:3])
def test_every_line(gold: Any) -> None:
    blocks = clean_seed(gold["file"]).blocks
    found = [(block.block.line, group(block.label), block.story) for block in blocks]
    expected = [(block["line"], group(Label(block["label"])), block["story"]) for block in gold["blocks"]]
    assert found == expected
    assert all(
        block.text.startswith(fold_space(line["starts"])) for block, line in zip(blocks, gold["blocks"], strict=True)
    )


@pytest.mark.parametrize("gold", gold_pages(), ids=lambda gold: gold["file"][:3])
def test_every_field(gold: Any) -> None:
    articles = clean_seed(gold["file"]).articles
    assert len(articles) == len(gold["stories"])
    for article, story in zip(articles, gold["stories"], strict=True):
        record = article.to_dict()
        record["captions"] = len(record["captions"])
        assert {field: record[field] for field in story} == story


@pytest.mark.parametrize("gold", gold_pages(), ids=lambda gold: gold["file"][:3])
def test_kept_lines_are_the_text(gold: Any) -> None:
    page = (ROOT / "seeds" / gold["file"]).read_text("utf-8").splitlines()
    for index, article in enumerate(clean_seed(gold["file"]).articles):
        kept = [b["line"] for b in gold["blocks"] if b["story"] == index and Label(b["label"]) in KEPT]
        assert article.text == "\n".join(fold_space(page[line - 1]) for line in kept)
        assert article.story.index == index
        assert article.story.parent_id == (articles_id(gold["file"]) if index else None)


def articles_id(name: str) -> str:
    return clean_seed(name).articles[0].id
