"""What a page embeds from elsewhere: posts, videos, audio, maps, charts and documents.

Frames count by where they lead: `embeds.toml` lists hosts, since most frames of a page are advertisements. Networks
mark a post as a quote and replace it by a script; its address stands in an attribute, or in its last link.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import cast
from urllib.parse import urlsplit

from lxml import etree

from cleaners.data import Block, Embed, EmbedKind
from cleaners.words.addresses import web_address, without_www

MOST_EMBEDS, MOST_LOOKED_AT, MOST_LINKS = 100, 500, 50
"""Embeds of a page, elements that are looked at for them, and links of a post that are."""

MOST_AROUND = 40
"""Elements around an embed that are looked at."""

_SOURCES = ("src", "data-src", "data-lazy-src")
_POST_ADDRESSES = ("data-instgrm-permalink", "data-text-post-permalink", "cite", "data-href")
POST_NAMES = frozenset(
    "twitter-tweet twitter-video instagram-media tiktok-embed bluesky-embed text-post-media reddit-embed-bq reddit-card"
    " mastodon-embed".split()
)
"""The classes by which networks mark a post that is quoted in full."""

MOST_BOXES = 6
"""Boxes around a block that are looked at for a post."""


def in_post(block: Block) -> bool:
    """Whether a block is part of a post that a page quotes from a network."""
    boxes = block.boxes(MOST_BOXES)
    return any(box.tag == "blockquote" and not POST_NAMES.isdisjoint(box.names.split()) for box in boxes)


def read_embeds(tree: etree._Element, url: str | None) -> tuple[Embed, ...]:
    """What a page embeds beside its menus and footers, in reading order, each once; `url` makes addresses absolute."""
    found: dict[str, Embed] = {}
    for element in islice(tree.iter("iframe", "blockquote", "video", "audio"), MOST_LOOKED_AT):
        if (embed := _embed(element, url)) and embed.url not in found and not _is_beside(element):
            found[embed.url] = embed
    return tuple(islice(found.values(), MOST_EMBEDS))


def _embed(element: etree._Element, url: str | None) -> Embed | None:
    if element.tag == "blockquote":
        return _post(element, url)
    if element.tag == "video" and element.get("loop") is not None:
        return None  # decoration, which nobody starts
    for stated in _sources(element):
        if address := web_address(stated, url):
            if element.tag == "iframe":
                kind = kind_of(address)
                return Embed(kind, address) if kind else None
            return Embed("video" if element.tag == "video" else "audio", address)
    return None


def _sources(element: etree._Element) -> Iterator[str]:
    """The addresses that a frame, a video or an audio states; one that is loaded later has an empty one first."""
    for place in (element, *islice(element.iter("source"), MOST_LINKS)):
        yield from (value for name in _SOURCES if (value := place.get(name)))


def _post(quote: etree._Element, url: str | None) -> Embed | None:
    """The post of a network that stands as a quote."""
    if POST_NAMES.isdisjoint((quote.get("class") or "").split()):
        return None
    stated = [value for name in _POST_ADDRESSES if (value := quote.get(name))]
    stated += reversed([link.get("href", "") for link in islice(quote.iter("a"), MOST_LINKS)])
    return next((Embed("post", found) for value in stated if (found := web_address(value, url))), None)


def kind_of(address: str) -> EmbedKind | None:
    """What a frame shows, by its address; None if it is not known.

    >>> kind_of("https://www.youtube.com/embed/a1"), kind_of("https://www.google.com/maps/embed?pb=1")
    ('video', 'map')
    >>> kind_of("https://ads.example/frame")
    """
    parts = urlsplit(address)
    host, path = without_www(parts.netloc.lower()), parts.path
    labels = host.split(".")
    for start in range(len(labels) - 1):
        for place, kind in _hosts().get(".".join(labels[start:]), ()):
            if path.startswith(place):
                return kind
    return None


@cache
def _hosts() -> dict[str, list[tuple[str, EmbedKind]]]:
    """For each host the beginnings of paths and what stands there, the longest first."""
    table = tomllib.loads((files(__package__) / "embeds.toml").read_text(encoding="utf-8"))
    hosts: dict[str, list[tuple[str, EmbedKind]]] = {}
    for kind, places in table.items():
        for place in places:
            host, slash, path = place.partition("/")
            hosts.setdefault(host, []).append((slash + path, cast(EmbedKind, kind)))
    return {host: sorted(places, key=lambda place: -len(place[0])) for host, places in hosts.items()}


def _is_beside(element: etree._Element) -> bool:
    """Whether an element stands in a menu, a footer, or a column beside the story."""
    for around in islice(element.iterancestors(), MOST_AROUND):
        if around.tag == "article":
            return False
        if around.tag in ("nav", "footer", "aside"):
            return True
    return False
