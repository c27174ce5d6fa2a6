"""Ruby text: words that stand beside other words and say how these are read."""

from __future__ import annotations

from lxml import etree

READINGS = ("rt", "rp", "rtc")
"""Readings, the brackets around them, and their containers."""


def empty_readings(root: etree._Element) -> None:
    """Empties the readings on a page, which say the words beside them a second time.

    A base whose reading has no end tag stands inside the reading for this parser, and is taken out of it first. The
    elements stay: to remove a great many of them would take time in proportion to their square.
    """
    for base in list(root.iter("rb")):
        reading = base.getparent()
        if reading is not None and reading.tag in READINGS:
            reading.addnext(base)
    for reading in root.iter(*READINGS):
        reading.text = None
        del reading[:]
