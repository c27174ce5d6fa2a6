"""What the types that a page states, and its address, are signs of: patterns by the kind of page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

TYPES = {
    "article": re.compile(r"(?!og:|DiscussionForum)\w*(?:Article|Posting|Report|Review)", re.IGNORECASE),
    "product": re.compile(r"(?:og:)*product\b.*|ProductGroup|SomeProducts|Offer", re.IGNORECASE),
    "list": re.compile(r"ItemList|CollectionPage|SearchResultsPage|OfferCatalog"),
    "forum": re.compile(r"DiscussionForumPosting|QAPage"),
    "video": re.compile(r"og:video.*|VideoObject", re.IGNORECASE),
    "gallery": re.compile(r"ImageGallery|MediaGallery"),
}
"""Types of schema.org, as a whole, and of Open Graph with `og:` before them."""

PATHS = {
    "news": re.compile(
        r"(?:^|/)(?:blogs?|news|articles?|stories|story|posts?|magazine|insights|learn|resources?|guides?)(?:/|$)"
    ),
    "product": re.compile(
        r"(?:^|/)(?:products?|p|dp|shop|store|item|itm|collections?|categor(?:y|ies)|c|browse|catalog)(?:/|$)"
    ),
    "forum": re.compile(
        r"(?:^|/)(?:(?:threads?|forums?|questions|comments|t|d|discussions?|topics?|community|bbs|boards?)(?:/|$)"
        r"|viewtopic|showthread|showtopic|thread-\d)"
    ),
    "list": re.compile(r"(?:^|/)(?:tags?|search|topic|author|section|page|archive)(?:/|$)"),
    "gallery": re.compile(
        r"(?:^|/)(?:galler(?:y|ies)|galerien?|photos?|fotos?|bilder|fotostrecken?|slideshows?|fotogaleria)(?:/|$)"
    ),
    "video": re.compile(r"(?:^|/)(?:videos?|watch|mediathek)(?:/|$)"),
}
"""Folders in the path of an address."""

HOSTS = {
    "product": re.compile(r"(?:^|\.)(?:shop|store|boutique|tienda)\.|(?:shop|store|outlet)s?\.[a-z.]{2,10}\Z"),
    "forum": re.compile(
        r"(?:^|\.)(?:forums?|community|bbs|boards?|discuss|discussions?|answers)\.|forums?\.[a-z.]{2,10}\Z"
    ),
}
"""Names of hosts."""


def path_of(url: str | None) -> str | None:
    """The path of an address without slashes around it, lower case; None where there is no readable address."""
    try:
        return urlsplit(url).path.strip("/").lower() if url else None
    except ValueError:
        return None


def states(types: frozenset[str], kind: str) -> bool:
    """Whether one of the types that a page states is that of a kind of TYPES."""
    return any(TYPES[kind].fullmatch(each) for each in types)
