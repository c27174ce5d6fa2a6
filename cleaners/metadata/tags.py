"""The tags of a story: what it is about, in the words of its newsroom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lxml import etree

from cleaners.metadata import schema_org
from cleaners.metadata.html_head import HtmlHead
from cleaners.metadata.json_ld import JsonObject
from cleaners.words.folding import one_line, squeeze
from cleaners.words.patterns import lazy_pattern

MOST_TAGS = 30
LONGEST_TAG = 60
MOST_WORDS = 6
"""What has more is a sentence that was put among the keywords."""

MOST_LINKS = 60
"""Links marked as tags that are read on one page."""

_META = ("news_keywords", "article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "keywords")
"""Meta tags in the order in which they are believed: `keywords` comes last, as many pages state the site's there."""

_BETWEEN = lazy_pattern(r"[,;|\n、，；،]")
_FOR_MACHINES = lazy_pattern(
    r"^[\w-]{1,30}[:=]\S|https?:|^[\d\W_]+$|[{}<>]|_.*_|^(?:null|none|undefined|n/a)$", re.IGNORECASE
)


def read_tags(tree: etree._Element, head: HtmlHead, article: JsonObject, outlets: Iterable[str]) -> tuple[str, ...]:
    """The tags that a page states, each once, without those that name the outlet.

    The first source that states any is taken: JSON-LD or microdata, then meta tags, then links that are marked as tags.
    """
    own = {squeeze(name) for name in outlets}
    for source in _sources(tree, head, article):
        if tags := _chosen(source, own):
            return tags
    return ()


def _sources(tree: etree._Element, head: HtmlHead, article: JsonObject) -> Iterator[Iterable[str]]:
    yield _pieces(_stated(article.get("keywords")))
    for name in _META:
        yield _pieces(head.values(name))
    links = (link for link in tree.iter("a") if "tag" in link.get("rel", "") or "keywords" in link.get("itemprop", ""))
    yield (one_line("".join(link.itertext())) for link in islice(links, MOST_LINKS))


def _stated(value: object) -> list[str]:
    """The strings in a value of `keywords`, which may also be defined terms with a name."""
    named = (item.get("name") if isinstance(item, dict) else item for item in schema_org.flat(value))
    return [schema_org.plain(text) for text in named if isinstance(text, str)]


def _pieces(texts: Iterable[str]) -> Iterator[str]:
    return (one_line(piece) for text in texts for piece in _BETWEEN.split(text))


def _chosen(pieces: Iterable[str], own: set[str]) -> tuple[str, ...]:
    chosen: dict[str, str] = {}
    for piece in pieces:
        tag = piece.strip(" \"'#*[]")
        key = squeeze(tag)
        if key and key not in own and key not in chosen and _may_be_tag(tag):
            chosen[key] = tag
            if len(chosen) == MOST_TAGS:
                break
    return tuple(chosen.values())


def _may_be_tag(tag: str) -> bool:
    return len(tag) <= LONGEST_TAG and len(tag.split()) <= MOST_WORDS and not _FOR_MACHINES.search(tag)


def tags_of(values: Sequence[str]) -> tuple[str, ...]:
    """The tags in strings that hold several each.

    >>> tags_of(["Harbour, Port; harbour", "type:article", "#Bridge"])
    ('Harbour', 'Port', 'Bridge')
    """
    return _chosen(_pieces(values), set())
