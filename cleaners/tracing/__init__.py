"""Finds duplicates, near duplicates, shared passages and wire copy among any number of articles.

    records ─► folded words ─► fingerprints ─► index ─► candidate pairs ─► exact passages ─► clusters ─► trace records

Fingerprints only select the pairs of articles that are worth comparing. Every reported passage was found word for word
in both texts. Only `inputs`, `index`, `index_database` and `posting_runs` touch files; all other modules are pure.
"""

from __future__ import annotations

from cleaners.tracing.index import Index
from cleaners.tracing.trace_rows import trace

__all__ = ["Index", "trace"]
