"""Links to pages of the same site, told by what the menus of the page lead to."""

from __future__ import annotations

import re
from collections import Counter

from cleaners.data import DROPPED, Block
from cleaners.label.passage import Passage
from cleaners.words.patterns import lazy_pattern


def hosts_of_menus(passage: Passage) -> Counter[str]:
    """To which hosts the links lead that the scorer drops."""
    menus = (block.surroundings for index, block in enumerate(passage.blocks) if passage.label(index) in DROPPED)
    return Counter(_host(around.href) for around in menus if around)


_HOST = lazy_pattern(r"(?:https?:)?//([^/?#]+)(?=[/?#])", re.IGNORECASE)


def _host(href: str) -> str:
    """The host of an absolute address, empty for a relative one."""
    found = _HOST.match(href)
    return found[1].lower() if found else ""


def is_of_site(block: Block, hosts: Counter[str]) -> bool:
    """Whether a link leads to a page of the same site: by a relative address, or to a host that others lead to."""
    href = block.surroundings.href if block.surroundings else ""
    host = _host(href)
    if not host:
        return _PATH.match(href) is not None
    return hosts[host] >= OWN_LINKS or not hosts.keys() - {"", host}


_PATH = lazy_pattern(r"(?![\w+.-]*:)(?:\.{0,2}/)?[^#?/]")

OWN_LINKS = 3
"""Links of menus to a host, if it is the page's own."""
