"""What the header of a response says about the use of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleaners.data import Signal
from cleaners.rights.signals import LONGEST_VALUE, directive_signals, tdm_signals, terms, usage_signals
from cleaners.words.patterns import lazy_pattern

_SOURCE = "header"
_LINK = lazy_pattern(r"<([^<>]{1,2000})>((?:\s*;\s*[^;,<>]{1,200}){1,10})")
_LICENSE = lazy_pattern(r"""\brel\s*=\s*["']?[\w -]{0,100}\blicense\b""", re.IGNORECASE)


def header_signals(fields: Iterable[tuple[str, str]]) -> tuple[Signal, ...]:
    """The signals of the fields of a header: X-Robots-Tag, tdm-reservation, tdm-policy, Content-Usage, Content-Signal
    and links to a licence.

    >>> [(signal.use, signal.says) for signal in header_signals([("TDM-Reservation", "1"), ("Server", "x")])]
    [('tdm', 'reserved')]
    """
    return tuple(each for name, value in fields for each in _field_signals(name.lower(), value))


def _field_signals(name: str, value: str) -> Iterator[Signal]:
    if name == "x-robots-tag":
        yield from directive_signals(value, _SOURCE)
    elif name == "tdm-reservation":
        yield from tdm_signals(value, None, _SOURCE)
    elif name == "tdm-policy":
        yield from tdm_signals(None, value, _SOURCE)
    elif name in ("content-usage", "content-signal"):
        yield from usage_signals(value, _SOURCE, name)
    elif name == "link":
        for address, parameters in _LINK.findall(value[:LONGEST_VALUE]):
            if _LICENSE.search(parameters):
                yield from terms("license", address, _SOURCE)
