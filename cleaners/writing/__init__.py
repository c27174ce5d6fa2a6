"""Cleaned pages to files: rows of JSON Lines, plain, packed or as Parquet, and what makes a run resumable."""

from cleaners.writing.files import part_name, whole_file
from cleaners.writing.rows import (
    Record,
    Rows,
    article_rows,
    audit_rows,
    json_line,
    reassemble,
    rejected_rows,
    write_rows,
)

__all__ = [
    "Record",
    "Rows",
    "article_rows",
    "audit_rows",
    "json_line",
    "part_name",
    "reassemble",
    "rejected_rows",
    "whole_file",
    "write_rows",
]
