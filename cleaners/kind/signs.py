"""Which kinds of page the stated types and the address of a page point to.

Types and address are matched once, by `read_signs`; the model and the decision read the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from cleaners.words.addresses import host_of
from cleaners.words.patterns import lazy_pattern

TYPES = {
    "article": lazy_pattern(r"(?!og:|DiscussionForum)\w*(?:Article|Posting|Report|Review)", re.IGNORECASE),
    "product": lazy_pattern(r"(?:og:)*product\b.*|ProductGroup|SomeProducts|Offer", re.IGNORECASE),
    "list": lazy_pattern(r"ItemList|CollectionPage|SearchResultsPage|OfferCatalog"),
    "forum": lazy_pattern(r"DiscussionForumPosting|QAPage"),
    "video": lazy_pattern(r"og:video.*|VideoObject", re.IGNORECASE),
    "gallery": lazy_pattern(r"ImageGallery|MediaGallery"),
}
"""Types of schema.org, as a whole, and of Open Graph with `og:` before them."""

PATHS = {
    "news": lazy_pattern(
        r"(?:^|/)(?:blogs?|news|articles?|stories|story|posts?|magazine|insights|learn|resources?|guides?)(?:/|$)"
    ),
    "product": lazy_pattern(
        r"(?:^|/)(?:products?|p|dp|shop|store|item|itm|collections?|categor(?:y|ies)|c|browse|catalog)(?:/|$)"
    ),
    "forum": lazy_pattern(
        r"(?:^|/)(?:(?:threads?|forums?|questions|comments|t|d|discussions?|topics?|community|bbs|boards?)(?:/|$)"
        r"|viewtopic|showthread|showtopic|thread-\d)"
    ),
    "list": lazy_pattern(r"(?:^|/)(?:tags?|search|topic|author|section|page|archive)(?:/|$)"),
    "gallery": lazy_pattern(
        r"(?:^|/)(?:galler(?:y|ies)|galerien?|photos?|fotos?|bilder|fotostrecken?|slideshows?|fotogaleria)(?:/|$)"
    ),
    "video": lazy_pattern(r"(?:^|/)(?:videos?|watch|mediathek)(?:/|$)"),
}
"""Folders in the path of an address."""

HOSTS = {
    "product": lazy_pattern(r"(?:^|\.)(?:shop|store|boutique|tienda)\.|(?:shop|store|outlet)s?\.[a-z.]{2,10}\Z"),
    "forum": lazy_pattern(
        r"(?:^|\.)(?:forums?|community|bbs|boards?|discuss|discussions?|answers)\.|forums?\.[a-z.]{2,10}\Z"
    ),
}
"""Names of hosts."""


@dataclass(frozen=True, slots=True)
class AddressParts:
    """The parts of a page's address: `path` without slashes around it; `host` and `path` in lower case."""

    host: str
    path: str
    query: str


@dataclass(frozen=True, slots=True)
class Signs:
    """What a page's types and its address say about its kind.

    `types` are the schema.org and Open Graph types as the page spells them (`NewsArticle`, `og:article`), `address` is
    None where the address is unknown or malformed. `in_types`, `in_path` and `in_host` are the keys of TYPES, PATHS and
    HOSTS whose patterns match.
    """

    types: frozenset[str] = frozenset()
    address: AddressParts | None = None
    in_types: frozenset[str] = frozenset()
    in_path: frozenset[str] = frozenset()
    in_host: frozenset[str] = frozenset()


def read_signs(types: Iterable[str] = (), url: str | None = None) -> Signs:
    """The signs in a page's types and address.

    >>> signs = read_signs({"NewsArticle"}, "https://forum.example.org/t/9")
    >>> signs.in_types, signs.in_path, signs.in_host
    (frozenset({'article'}), frozenset({'forum'}), frozenset({'forum'}))
    """
    stated = frozenset(types)
    address = address_parts(url)
    return Signs(
        types=stated,
        address=address,
        in_types=frozenset(kind for kind, pattern in TYPES.items() if any(map(pattern.fullmatch, stated))),
        in_path=_matching(PATHS, address.path) if address else frozenset(),
        in_host=_matching(HOSTS, address.host) if address else frozenset(),
    )


def address_parts(url: str | None) -> AddressParts | None:
    """The parts of an address, None where there is none or it is malformed.

    >>> address_parts("https://Example.org/News/Harbour/?page=2")
    AddressParts(host='example.org', path='news/harbour', query='page=2')
    """
    try:
        parts = urlsplit(url) if url else None
    except ValueError:
        return None
    return AddressParts(host_of(url), parts.path.strip("/").lower(), parts.query) if parts else None


def _matching(patterns: Mapping[str, re.Pattern[str]], text: str) -> frozenset[str]:
    return frozenset(kind for kind, pattern in patterns.items() if pattern.search(text))
