"""Parquet to Pages, a record a row. Needs pyarrow, which `copydesk[parquet]` brings."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from io import BufferedReader

from cleaners.data import Input
from cleaners.decoding.signatures import PARQUET
from cleaners.reading.own_output import refuse_own
from cleaners.reading.page_records import TIME_FIELDS, URL_FIELDS, content_field, no_content, record_page
from cleaners.reading.rejects import rejected
from cleaners.reading.unpacking import Stream

ROWS = 16
"""Rows that are unpacked at a time: pages are large, and one that is stored once may stand in many rows."""

MISSING = "Parquet needs pyarrow: pip install 'copydesk[parquet]'"
FROM_PIPE = "Parquet cannot be read from a pipe or packed: give the file itself"

_START = PARQUET + b"\x15"
"""The mark of the format, and the first field of what has to follow it, a header in Thrift's compact protocol."""


def is_parquet(head: bytes) -> bool:
    """Whether what begins with these bytes is a Parquet file."""
    return head.startswith(_START)


def parquet_faults() -> tuple[type[Exception], ...]:
    """What pyarrow raises for a damaged file: errors of its own, and Python's for values that are no UTF-8, numbers out
    of range and time zones that do not exist."""
    import pyarrow as pa

    return pa.ArrowException, OSError, ValueError, LookupError, OverflowError


def parquet_pages(file: Stream, source: str, field: str | None) -> Iterator[Input]:
    """The pages of a Parquet file; each is named by the file and the number of its row.

    A row group that is damaged is named, and the next one is read. A file that is cut off holds nothing that can be
    read, as its table of contents stands at its end.
    """
    if not find_spec("pyarrow"):
        yield rejected("no-parquet", f"{MISSING}.", source)
        return
    if not (isinstance(file, BufferedReader) and file.seekable()):
        yield rejected("no-parquet", f"{FROM_PIPE}.", source)
        return
    yield from _row_pages(file, source, field)


def _row_pages(file: BufferedReader, source: str, field: str | None) -> Iterator[Input]:
    from pyarrow import parquet

    faults = parquet_faults()
    try:
        table = parquet.ParquetFile(file)
        names = table.schema_arrow.names
    except faults as error:
        reason = "The Parquet file is cut off or damaged: the table of contents at its end cannot be read"
        yield rejected("cut-off", f"{reason}. {' '.join(str(error).split())[:200]}", source)
        return
    if not field and (refusal := refuse_own(names, source)):
        yield refusal
        return
    if not (content := content_field(names, field)):
        yield no_content(names, source, field)
        return
    columns = [content, *(name for name in (*URL_FIELDS, *TIME_FIELDS) if name in names)]
    first_row = 1
    for group in range(table.num_row_groups):
        try:
            batches = table.iter_batches(ROWS, row_groups=[group], columns=columns, use_threads=False)
            rows = (row for batch in batches for row in batch.to_pylist())
            for number, row in enumerate(rows, first_row):
                yield record_page(row, f"{source}:{number}", content)
        except faults as error:
            reason = f"The rows from {first_row:,} on are damaged: {' '.join(str(error).split())[:200]}"
            yield rejected("damaged", reason, source)
        first_row += table.metadata.row_group(group).num_rows
