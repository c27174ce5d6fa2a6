"""Script that stands in a dump as text, since a script wrote it or a converter took it for some."""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.data import Label
from cleaners.label.passage import Passage, Revision
from cleaners.words.patterns import lazy_pattern

_SCRIPT = lazy_pattern(r"(?i)<(?:no)?script\b(?=.{80})")
"""The tag that opens a script, with more behind it than a guide to programming prints as an example of the tag."""


def script_line(passage: Passage) -> Iterator[Revision]:
    """A line that opens with the tag of a script and goes on with it."""
    for index, block in enumerate(passage.blocks):
        if block.text.startswith("<") and _SCRIPT.match(block.text):
            yield index, Label.NAVIGATION, 0.9
