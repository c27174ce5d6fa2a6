"""The folds of cross-validation: all pages of one site are in the same fold."""

from __future__ import annotations

import hashlib

FOLDS = 5


def fold_of(site: str) -> int:
    """The fold of all pages of a site or registered domain, 0 to FOLDS - 1.

    >>> fold_of("example.com") == fold_of("example.com")
    True
    """
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % FOLDS
