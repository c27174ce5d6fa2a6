"""Articles as Markdown that shows the page's words as they are. See https://spec.commonmark.org/."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cleaners.data import Cleaned
from cleaners.words.markdown import escaped, heading
from cleaners.words.patterns import lazy_pattern

__all__ = ["FACTS", "article_markdown", "escaped", "markdown_file"]

FACTS = (
    "id",
    "url",
    "canonical_url",
    "source",
    "retrieved_at",
    "title",
    "summary",
    "language",
    "date_published",
    "date_modified",
    "authors",
    "publisher",
    "section",
    "dateline",
    "credits",
    "captions",
    "kind",
    "story",
    "copydesk",
    "rights",
    "replaces",
    "images",
    "tags",
    "free",
    "license",
    "words",
    "embeds",
)
"""The fields that stand above the text, as YAML, in which every value of JSON is one."""

NO_RIGHTS: dict[str, list[object]] = {"reserved": [], "signals": []}
"""What a page that reserves nothing says."""

_NOT_IN_YAML = lazy_pattern(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def article_markdown(cleaned: Cleaned) -> Iterator[str]:
    """The text of each article of a page as Markdown."""
    return (article.markdown or "" for article in cleaned.articles)


def markdown_file(record: Mapping[str, Any], text: str) -> str:
    """A file of an article: facts, headline, summary, text. `text` is Markdown already."""
    facts = "".join(
        f"{name}: {_yaml(record[name])}\n"
        for name in FACTS
        if (record.get(name) or record.get(name) is False) and record[name] != NO_RIGHTS
    )
    title = f"{heading(1, escaped(record['title']))}\n\n" if record["title"] else ""
    summary = f"**{escaped(record['summary']).strip()}**\n\n" if record["summary"] else ""
    return f"---\n{facts}---\n\n{title}{summary}{text}\n"


def _yaml(value: object) -> str:
    """A value as JSON, which YAML reads too once what it forbids is escaped."""
    written = json.dumps(value, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda character: f"\\u{ord(character[0]):04x}", written)
