"""Trace records as a table for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cleaners.words.display import one_line, shortened

_ROW = "{:<20} {:>7} {:>7}  {:<22} {}"
_QUOTED = 60
"""Characters of a passage that are shown."""

_NAMED = 3
"""Other articles that are named; the rest are counted."""

TABLE_HEAD = _ROW.format("article", "words", "shared", "wire", "same text, near duplicates") + "\n"


def table_lines(row: Mapping[str, Any]) -> Iterator[str]:
    """The lines of one article: its numbers and partners, then each shared passage with the others that have it."""
    share = f"{row['shared_words'] / max(row['words'], 1):.0%}" if row["shared"] else "-"
    line = _ROW.format(one_line(row["id"]), f"{row['words']:,}", share, _wire(row["wire"]), "; ".join(_partners(row)))
    yield line.rstrip() + "\n"
    for passage in row["shared"]:
        ids = [article["id"] for article in passage["articles"]]
        quoted = shortened(one_line(passage["text"]), _QUOTED)
        yield f"  {passage['words']:>5} words “{quoted}” also in {_list(ids, passage['count'])}\n"


def _partners(row: Mapping[str, Any]) -> Iterator[str]:
    if row["replaces"]:
        yield f"new version of {one_line(row['replaces'])}"
    if row["duplicates"]["count"]:
        relation = "same as" if row["duplicate_of"] else "first of"
        yield f"{relation} {_list(row['duplicates']['ids'], row['duplicates']['count'])}"
    if cluster := row["cluster"]:
        yield f"near {_list(cluster['ids'], cluster['count'])}, first {one_line(cluster['first'])}"


def _wire(wire: list[Mapping[str, Any]]) -> str:
    return ", ".join(
        f"{one_line(each['agency'])} {each['share']:.0%}" if each["words"] else f"{one_line(each['agency'])} named"
        for each in wire
    )


def _list(ids: list[str], count: int) -> str:
    named = ", ".join(map(one_line, ids[:_NAMED]))
    return named if count <= _NAMED else f"{named} and {count - _NAMED:,} more"
