"""What docs/record.md says that fields are called in other tools is so, as far as these are installed."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from trafilatura.settings import Document

from cleaners.records.schema import article_schema
from tests.support.doc_pages import read

TABLE = read("docs/record.md").partition("## Names elsewhere")[2]
ROWS = [[cell.strip() for cell in row.strip("|").split("|")] for row in re.findall(r"^\|.*\|$", TABLE, re.MULTILINE)]
HEAD, _, *NAMES = ROWS
OURS_ALONE = {"confidence", "story", "dropped", "copydesk", "rights", "replaces"}


JSON_FEED = frozenset(
    "id url external_url title content_html content_text summary image banner_image date_published date_modified"
    " authors tags language attachments".split()
)
"""The members of an item in version 1.1, beside the deprecated `author` (https://www.jsonfeed.org/version/1.1/)."""

SCHEMA_ORG = {
    "Thing": "identifier url mainEntityOfPage description image",
    "CreativeWork": "headline inLanguage datePublished dateModified author publisher contributor keywords license"
    " isAccessibleForFree video audio",
    "Article": "articleBody articleSection wordCount",
    "NewsArticle": "dateline",
    "LiveBlogPosting": "liveBlogUpdate",
    "MediaObject": "caption",
    "JSON-LD": "@type",
}
"""Properties of schema.org by the type that has them (https://schema.org/NewsArticle and its ancestors)."""


def test_each_field_is_in_the_table_unless_no_other_tool_has_it() -> None:
    assert {row[0] for row in NAMES} | OURS_ALONE == set(article_schema()["properties"])


@pytest.mark.parametrize("row", NAMES, ids=lambda row: row[0])
def test_each_tool_has_a_cell(row: list[str]) -> None:
    assert len(row) == len(HEAD)
    assert all(row)


@pytest.mark.parametrize("cell", [row[1] for row in NAMES if row[1] != "—"])
def test_trafilatura_has_such_a_field(cell: str) -> None:
    assert re.match(r"\w+", cell)[0] in Document.__slots__  # type: ignore[index]


@pytest.mark.parametrize("cell", [row[5] for row in NAMES if row[5] != "—"])
def test_datatrove_has_such_a_field(cell: str) -> None:
    data = pytest.importorskip("datatrove.data")
    assert re.match(r"\w+", cell)[0] in {field.name for field in fields(data.Document)}  # type: ignore[index]


@pytest.mark.parametrize("cell", [row[2] for row in NAMES if row[2] not in ("—", "title of the feed")])
def test_json_feed_has_such_a_member(cell: str) -> None:
    words = re.findall(r"\w+", cell.replace("objects with a name", "").replace(", one", ""))
    assert words
    assert JSON_FEED.issuperset(words)


@pytest.mark.parametrize("cell", [row[3] for row in NAMES if row[3] != "—"])
def test_schema_org_has_such_a_property(cell: str) -> None:
    known = {name for names in SCHEMA_ORG.values() for name in names.split()}
    words = re.findall(r"@?\w+", cell.replace(" of ", " "))
    assert words
    assert known.issuperset(words)
