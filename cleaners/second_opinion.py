"""What trafilatura makes of a page: the one place that knows it."""

from __future__ import annotations

import logging

import trafilatura

from cleaners.blocks.text import fold

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it could not do shows in what it gives back


def kept_lines(html: str) -> frozenset[str]:
    """The lines of the main text, white space folded, as trafilatura sees it; none where it finds no main text."""
    text = trafilatura.extract(html, include_comments=False, include_tables=True, fast=True)
    return frozenset(map(fold, text.splitlines())) if text else frozenset()
