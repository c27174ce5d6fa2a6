"""Where words came from: duplicates, near duplicates, shared passages and wire copy among any number of articles.

    records ─► folded words ─► fingerprints ─► index ─► candidate pairs ─► exact passages ─► clusters ─► trace records

Fingerprints only say which two articles are worth comparing; whatever is reported was found word for word in the texts
of both. All but `records`, `index`, `index_file` and `runs` is pure.
"""

from __future__ import annotations

from cleaners.tracing.index import Index
from cleaners.tracing.trace_rows import trace

__all__ = ["Index", "trace"]
