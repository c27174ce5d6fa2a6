"""Python's own module for Zstandard, `zstd`, which versions before 3.14 get from a backport."""

from __future__ import annotations

import sys

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["zstd"]
