"""The owner of a page by its copyright line: `© 2019-2026 Example Times. All rights reserved.`"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from cleaners.words.patterns import lazy_pattern

MAX_LINE = 200
"""Characters of a line that may be a copyright line."""

MAX_LINES = 5
"""Copyright lines that are read. Pictures have some too; the page's own is the last."""

_OWNER = lazy_pattern(
    r"(?:©|\(c\)|(?<!\w)copyright(?!\w))(?:[\s:,©-]|\(c\)|copyright|by\s|von\s|(?:19|20)\d\d\s?[–—-]?){1,12}"
    r"(?P<owner>[^\W\d_][^|•·.;,©()/–—\d]{1,60})",
    re.IGNORECASE,
)
_RIGHTS = lazy_pattern(
    r"\s(?:all|alle|todos|tous|tutti|wszelkie|inc|ltd|llc|gmbh|and|und|powered|privacy)(?!\w).*", re.IGNORECASE
)


def copyright_owners(lines: Sequence[str]) -> Iterator[str]:
    """The owners that the copyright lines of a page name, the last line first.

    >>> list(copyright_owners(["Harbour reopens", "© 2019-2026 Example Times. All rights reserved."]))
    ['Example Times']
    """
    marked = (line for line in reversed(lines) if len(line) <= MAX_LINE and ("©" in line or "opyright" in line))
    for line in islice(marked, MAX_LINES):
        if found := _OWNER.search(line):
            yield _RIGHTS.sub("", found["owner"]).strip()
