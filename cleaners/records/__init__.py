"""Cleaned pages as records, and written records back again: rows, schemas, Markdown, Parquet, audits."""

from cleaners.records.reader import read_articles

__all__ = ["read_articles"]
