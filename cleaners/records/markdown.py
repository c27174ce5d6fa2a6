"""Articles as Markdown that shows the page's words as they are. See https://spec.commonmark.org/."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from cleaners.data import KEPT, Cleaned, Label
from cleaners.records.selection import stories_of
from cleaners.stories.articles import story_lines

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
    "replaces",
)
"""The fields that stand above the text, as YAML, in which every value of JSON is one."""

_INLINE = re.compile(r"[\\`*_\[\]<>&~$|]")
_NUMBERED = re.compile(r"^([0-9]{1,9})([.)])")
_LINE_ENDS = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_NOT_IN_YAML = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def article_markdown(cleaned: Cleaned, kept: frozenset[Label] = KEPT) -> Iterator[str]:
    """The text of each article of a page: its paragraphs, and its headings as headings."""
    stories = stories_of(cleaned)
    for article in cleaned.articles:
        lines = story_lines(stories[article.story.index], kept)
        yield "\n\n".join(("## " if label is Label.HEADING else "") + escaped(text) for label, text in lines)


def markdown_file(record: Mapping[str, Any], text: str) -> str:
    """A file of an article: facts, headline, summary, text. `text` is Markdown already."""
    facts = "".join(f"{name}: {_yaml(record[name])}\n" for name in FACTS if record.get(name))
    title = f"# {escaped(record['title'])}\n\n" if record["title"] else ""
    summary = f"**{escaped(record['summary']).strip()}**\n\n" if record["summary"] else ""
    return f"---\n{facts}---\n\n{title}{summary}{text}\n"


def escaped(text: str) -> str:
    """One line of text so that Markdown shows these characters and no others: no markup, link or HTML comes of it."""
    line = _INLINE.sub(r"\\\g<0>", " ".join(_LINE_ENDS.split(text)))
    if _NUMBERED.match(line):
        return _NUMBERED.sub(r"\1\\\2", line, count=1)
    return f"\\{line}" if line.startswith(("#", "+", "=", "-")) else line


def _yaml(value: object) -> str:
    """A value as JSON, which YAML reads too once what it forbids is escaped."""
    written = json.dumps(value, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda character: f"\\u{ord(character[0]):04x}", written)
