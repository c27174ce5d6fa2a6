"""The dataset card: README.md with what `datasets` and the Hub read of it, and what people have to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cleaners.corpus.counts import NONE, CorpusCounts
from cleaners.corpus.entries import Prefer
from cleaners.corpus.wanted import Wanted
from cleaners.records.schema import article_schema
from cleaners.version import VERSION
from cleaners.words.display import one_line

MARK = "<!-- made by copydesk corpus -->"
"""By this line a card is known as one that a later run may replace."""

SHOWN = 50
"""Rows of a table; the rest are summed up in one."""

REASONS = {
    "same-text": "the same words as a record that is kept",
    "near-duplicate": "half the words or more in common with a record that is kept, or with another such copy of it",
    "same-record": "a record with the same id and the same words was read before",
    "id-taken": "a record with the same id and other words was read before",
    "no-record": "the line is no record with an id and a text",
    "language": "in none of the wanted languages",
    "kind": "of none of the wanted kinds of page",
    "too-few-words": "fewer words than wanted",
    "confidence": "it is less sure than wanted that the text is right, or the record does not say",
    "reserved-ai-train": "the page reserves training of models",
    "reserved-tdm": "the page reserves text and data mining",
    "reserved-noindex": "the page asks to stay out of indexes",
}
"""What the reasons mean for which records are left out."""

_PREFERENCES: dict[Prefer, str] = {
    "earliest": "the one that was published first",
    "longest": "the longest",
    "agency": "the agency's own, if there is one",
}


def card(counts: CorpusCounts, wanted: Wanted, prefer: Prefer) -> str:
    """The card of a corpus, as Markdown. The same corpus has the same card."""
    return "\n".join([*_head(counts), *_story(counts, wanted, prefer), *_fields(), *_tables(counts)]) + "\n"


def _head(counts: CorpusCounts) -> Iterator[str]:
    """The metadata that `datasets` and the Hub read (https://huggingface.co/docs/hub/datasets-cards)."""
    yield "---"
    yield "configs:"
    yield from ("- config_name: default", "  data_files: data/*.parquet", "  default: true")
    yield from ("- config_name: left-out", "  data_files: left-out/*.parquet")
    if languages := sorted(code for code in counts.languages if code.isascii() and code.isalpha()):
        yield from ("language:", *(f"- {code!r}" for code in languages))
    yield from (
        "license: other",
        "license_name: see-rights",
        "tags:",
        "- news",
        "task_categories:",
        "- text-generation",
    )
    yield from ("---", MARK, "")


def _story(counts: CorpusCounts, wanted: Wanted, prefer: Prefer) -> Iterator[str]:
    left = counts.left_out.total()
    yield _OPENING.format(records=counts.records, words=counts.words, left=left, version=VERSION)
    yield from _table("version", counts.versions)
    yield _CHOICE.format(kept=_PREFERENCES[prefer])
    asked = {name.replace("_", " "): value for name, value in wanted.to_dict().items() if value}
    for name, value in asked.items():
        yield f"- wanted {name}: {', '.join(value) if isinstance(value, list) else value}"
    yield from [""] * bool(asked)
    rows = [f"| {code} | {count:,} | {REASONS.get(code, '')} |" for code, count in _sorted(counts.left_out)]
    yield from ("| reason | records | what it means |", "|---|---:|---|", *rows, "")
    yield _RIGHTS
    yield from _table("reserved", counts.reserved)
    yield from _table("stated licence", counts.licenses)


_OPENING = """\
# A corpus of news stories

{records:,} records with {words:,} words. {left:,} records were left out.

```python
from datasets import load_dataset

stories = load_dataset("FOLDER", split="train")
```

Made by Copydesk {version}. The records were written by:
"""

_CHOICE = """\
## What was left out, and why

Of records with the same text, and of near duplicates (half the words of both in common, or a resemblance of 0.6), one
is kept: {kept}. Among equals it is the earliest, then the first of the input. A day without a time counts from its
start, and a record without a date comes last. Copies of copies count as copies. `left-out` names each record that is
not in `data`, why, and the record that is kept for it.
"""

_RIGHTS = """\
## Rights

The texts belong to their outlets. `rights` tells what each page reserved for machines when it was fetched; no signal
is no permission, and this card grants none.
"""


def _fields() -> Iterator[str]:
    yield "## Fields"
    yield ""
    yield "| field | what it is |"
    yield "|---|---|"
    for name, stated in article_schema()["properties"].items():
        yield f"| `{name}` | {_cell(stated.get('description') or _DESCRIBED.get(name, ''))} |"
    yield ""


_DESCRIBED = {
    "date_published": "When the story was published, in ISO 8601, as precise as the page states it.",
    "date_modified": "When it was last changed.",
}


def _tables(counts: CorpusCounts) -> Iterator[str]:
    yield "## Counts"
    yield ""
    yield from _table("outlet", counts.outlets)
    yield from _table("language", counts.languages)
    yield from _table("month", counts.months, by_name=True)
    yield from _table("kind", counts.kinds)


def _table(name: str, counts: Counter[str], *, by_name: bool = False) -> Iterator[str]:
    """A table of counts, the most frequent first; `by_name`, the last ones in the order of their names."""
    rows = sorted(counts.items(), key=lambda row: (row[0] == NONE, row[0])) if by_name else _sorted(counts)
    shown, rest = rows[-SHOWN:] if by_name else rows[:SHOWN], len(rows) - SHOWN
    yield f"| {name} | records |"
    yield "|---|---:|"
    yield from (f"| {_cell(value)} | {count:,} |" for value, count in shown)
    if rest > 0:
        others = counts.total() - sum(count for _, count in shown)
        yield f"| {rest:,} {'earlier' if by_name else 'others'} | {others:,} |"
    yield ""


def _sorted(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda row: (-row[1], row[0]))


def _cell(value: str) -> str:
    """A value that ends no cell and is no markup, whatever a page has put there."""
    line = one_line(value)[:200]
    for sign, escape in {"&": "&amp;", "<": "&lt;", "|": "\\|", "`": "\\`", "[": "\\[", "*": "\\*"}.items():
        line = line.replace(sign, escape)
    return line
