"""Lines of JSON to Parquet and back. Needs pyarrow, which `copydesk[parquet]` brings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.util import find_spec
from io import BufferedReader
from typing import Any

from cleaners.data import DROPPED, Label
from cleaners.errors import CopydeskError
from cleaners.reading.parquet import FROM_PIPE, MISSING, parquet_faults
from cleaners.records.rows import json_line

GROUP_ROWS, GROUP_BYTES = 20_000, 64 * 1024 * 1024
"""The most rows, and about the most bytes of lines, that make a row group, which is held in memory."""

READ_ROWS = 1000
"""Rows that are read at a time: articles are small beside pages."""


class UnreadableParquet(CopydeskError):
    """A Parquet file cannot be read here, or not from some row on."""


def check_pyarrow() -> None:
    """Raise CopydeskError if Parquet cannot be written here."""
    if not find_spec("pyarrow"):
        raise CopydeskError(MISSING)


def to_parquet(lines: str, target: str, rows: str) -> None:
    """Write the file `target` with the rows of the file `lines`; `rows` says which they are ("articles", …)."""
    from pyarrow import Table, parquet

    schema = _schemas()[rows]
    with parquet.ParquetWriter(target, schema, compression="zstd", write_page_checksum=True) as writer:
        for group in _groups(lines):
            try:
                table = Table.from_pylist(group, schema)
            except UnicodeEncodeError:
                table = Table.from_pylist([_in_utf8(row) for row in group], schema)
            writer.write_table(table)


def parquet_lines(source: str) -> Iterator[bytes]:
    """The rows of the Parquet file `source` as the lines that they were before. Raises UnreadableParquet."""
    with open(source, "rb") as table:
        for row in parquet_rows(table):
            try:
                yield json_line(row)
            except TypeError as error:  # a damaged footer may say that a column of text holds bytes
                raise UnreadableParquet("a column holds what no record has") from error


def parquet_rows(file: BufferedReader) -> Iterator[dict[str, Any]]:
    """The rows of an open Parquet file that `to_parquet` wrote, as they stand in JSON Lines.

    Raises UnreadableParquet without pyarrow, for a pipe, and where the file is cut off or damaged.
    """
    if not find_spec("pyarrow"):
        raise UnreadableParquet(MISSING)
    if not file.seekable():
        raise UnreadableParquet(FROM_PIPE)
    from pyarrow import parquet

    try:
        for batch in parquet.ParquetFile(file, page_checksum_verification=True).iter_batches(READ_ROWS):
            yield from map(_without_empty_columns, batch.to_pylist())
    except parquet_faults() as error:
        raise UnreadableParquet(" ".join(str(error).split())[:200]) from error


def _without_empty_columns(row: dict[str, Any]) -> dict[str, Any]:
    """The row without what is in no line: a table has all labels in each article, and the text in each reject."""
    if "code" in row and row.get("text") is None:
        row.pop("text", None)
    if isinstance(counts := row.get("dropped"), dict):
        row["dropped"] = {label: count for label, count in counts.items() if count is not None}
    return row


def _groups(lines: str) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    size = 0
    with open(lines, "rb") as file:
        for line in file:
            group.append(json.loads(line))
            size += len(line)
            if len(group) >= GROUP_ROWS or size >= GROUP_BYTES:
                yield group
                group, size = [], 0
    if group:
        yield group


def _in_utf8(value: Any) -> Any:
    """The value without half surrogate pairs, which no UTF-8 holds: each becomes a question mark."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_in_utf8(item) for item in value]
    return {key: _in_utf8(item) for key, item in value.items()} if isinstance(value, dict) else value


def _schemas() -> dict[str, Any]:
    """The columns of each kind of row, in the order of its JSON."""
    import pyarrow as pa

    text, number, share = pa.string(), pa.int64(), pa.float64()
    texts = pa.list_(text)
    verdict = {"label": text, "rule": text, "confidence": share}
    story = {"index": number, "count": number, "parent_id": text}
    article = dict.fromkeys("id url canonical_url source retrieved_at title summary text language".split(), text)
    article |= {"date_published": text, "date_modified": text, "authors": texts, "publisher": text, "section": text}
    article |= {"dateline": pa.struct({"place": text, "agency": text}), "credits": texts}
    article |= {"captions": pa.list_(pa.struct({"text": text, "credit": text})), "kind": text}
    article |= {
        "confidence": share,
        "story": pa.struct(story),
        "dropped": pa.struct({str(label): number for label in _dropped()}),
    }
    signal = pa.struct(dict.fromkeys(("use", "says", "source", "statement"), text))
    article |= {
        "copydesk": text,
        "rights": pa.struct({"reserved": texts, "signals": pa.list_(signal)}),
        "replaces": text,
        "images": pa.list_(pa.struct({"url": text, "alt": text, "caption": text, "credit": text})),
        "tags": texts,
        "free": pa.bool_(),
        "license": text,
        "words": number,
        "embeds": pa.list_(pa.struct({"kind": text, "url": text})),
        "updates": pa.list_(pa.struct({"time": text, "title": text, "text": text})),
        "markdown": text,
    }
    audit = {"page": text, "line": number, **verdict, "story": number, "story_confidence": share}
    audit |= dict.fromkeys(("text", "before", "raw"), text)
    audit |= {"first": pa.struct(verdict), "tag": text, "path": text, "after": text}
    rejected = dict.fromkeys(("source", "url", "retrieved_at", "code", "reason", "text"), text)
    left_out = dict.fromkeys("id url source date_published language publisher outlet reason kept".split(), text)
    columns = {"articles": article, "audit": audit, "rejects": rejected, "left-out": left_out}
    return {name: pa.schema(fields) for name, fields in columns.items()}


def _dropped() -> list[Label]:
    return [label for label in Label if label in DROPPED]
