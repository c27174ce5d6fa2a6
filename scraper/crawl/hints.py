"""Reasons of rejections with what a caller of a crawl can do about them; the cleaners name what Python takes."""

from __future__ import annotations

from dataclasses import replace

from cleaners.data import Input, page_of
from cleaners.kind.rejections import PYTHON_OPTION
from cleaners.running.batch import CleanedLines
from scraper.browser.addon import SHELLS

ANY_PAGE = "-s CLEANING_ANY_PAGE=True"
"""What a crawl is given to take the main content of pages that are no articles, too."""

_BROWSER = " With -s JAVASCRIPT=True a browser fills it."


def in_crawl(cleaned: CleanedLines, item: Input, *, may_use_browser: bool) -> CleanedLines:
    """A cleaned page whose rejection, if there is one, says what can be done in a crawl.

    `may_use_browser` says whether a browser could be asked for the page and was not.
    """
    if cleaned.rejected is None:
        return cleaned
    reason = cleaned.rejected["reason"].replace(PYTHON_OPTION, ANY_PAGE)
    if may_use_browser and _is_shell(cleaned.rejected["code"], page_of(item).content):
        reason += _BROWSER
    return replace(cleaned, rejected={**cleaned.rejected, "reason": reason})


def _is_shell(code: str, content: str | bytes) -> bool:
    """Whether a script may fill the page."""
    has_script = "<script" in content.lower() if isinstance(content, str) else b"<script" in content.lower()
    return has_script and code in SHELLS
