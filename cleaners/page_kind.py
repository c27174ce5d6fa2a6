"""What kind of page this is: an article, a stub of one, or something that yields no record.

    evidence about the page ─► phrases of walls and errors ─► a small logistic model ─► article or not ─► stub or whole

Refusing an article costs the whole article, keeping another page costs a line that a reader can delete. So a page is
refused only where hardly any doubt is left (`REFUSED_BELOW`). The model weighs some fifty simple facts: how
much text was kept and how it stands on the page, which buttons and labels are around it, what the page's markup and
its address say. Its weights, learned by `python -m bench.page_kind --train` from
WCXB's pages (M. Foley 2026, CC-BY-4.0) and Fundus's test pages, are in `page_kind.json`.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from urllib.parse import urlsplit

from cleaners.evidence import Evidence, Layout


class Kind(StrEnum):
    """The kinds of pages. All but the first two yield no record."""

    ARTICLE = "article"
    STUB = "stub"

    INDEX = "index"
    GALLERY = "gallery"
    VIDEO = "video"
    PRODUCT = "product"
    FORUM = "forum"
    SEARCH = "search"
    ERROR = "error"
    COOKIE_WALL = "cookie wall"
    SCRIPT_SHELL = "script shell"


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind, the rule that gave it, and how sure it is (0 to 1)."""

    kind: Kind
    rule: str
    confidence: float

    @property
    def is_article(self) -> bool:
        """Whether the page yields a record, be it a stub's."""
        return self.kind in (Kind.ARTICLE, Kind.STUB)


REFUSED_BELOW = -3.0
"""The model's log-odds under which a page is no article (P < 0.05). The bench shows what other values would give."""

REFUSED_BELOW_WITHOUT_ADDRESS = -2.2
"""The same for a page of which nobody knows where it is from: there is less to tell it by, and the odds go less far."""

LITTLE_TEXT = 120
"""Words. With less, a phrase about errors, cookies or scripts is what the page has to say."""

HARDLY_ANY_TEXT = 40
"""Words. The same for a page that otherwise looks like an article: a short one may stand above a banner."""

STUB_WORDS = 250
"""Words. A longer text behind a paywall's notice is there all the same."""

CUT_OFF_BLOCKS = 4
"""Kept blocks. A text of more that ends in an ellipsis ends so on purpose."""

_PHRASES: dict[str, list[str]] = tomllib.loads((files(__package__) / "page_kind.toml").read_text(encoding="utf-8"))
_LINES = {name: frozenset(_PHRASES[name]) for name in ("shop_lines", "forum_lines", "list_lines")}
_MODEL: dict[str, float] = json.loads((files(__package__) / "page_kind.json").read_text(encoding="utf-8"))
_WALLS = ((Kind.ERROR, "error"), (Kind.COOKIE_WALL, "cookie_wall"), (Kind.SCRIPT_SHELL, "script_shell"))

_ARTICLE_TYPE = re.compile(r"(?!og:|DiscussionForum)\w*(?:Article|Posting|Report|Review)", re.IGNORECASE)
_PRODUCT_TYPE = re.compile(r"(?:og:)*product\b.*|ProductGroup|SomeProducts|Offer", re.IGNORECASE)
_LIST_TYPE = re.compile(r"ItemList|CollectionPage|SearchResultsPage|OfferCatalog")
_FORUM_TYPE = re.compile(r"DiscussionForumPosting|QAPage")
_VIDEO_TYPE = re.compile(r"og:video.*|VideoObject", re.IGNORECASE)
_GALLERY_TYPE = re.compile(r"ImageGallery|MediaGallery")
_NEWS_PATH = re.compile(
    r"(?:^|/)(?:blogs?|news|articles?|stories|story|posts?|magazine|insights|learn|resources?|guides?)(?:/|$)"
)
_SHOP_PATH = re.compile(
    r"(?:^|/)(?:products?|p|dp|shop|store|item|itm|collections?|categor(?:y|ies)|c|browse|catalog)(?:/|$)"
)
_FORUM_PATH = re.compile(
    r"(?:^|/)(?:(?:threads?|forums?|questions|comments|t|d|discussions?|topics?|community|bbs|boards?)(?:/|$)"
    r"|viewtopic|showthread|showtopic|thread-\d)"
)
_LIST_PATH = re.compile(r"(?:^|/)(?:tags?|search|topic|author|section|page|archive)(?:/|$)")
_GALLERY_PATH = re.compile(
    r"(?:^|/)(?:galler(?:y|ies)|galerien?|photos?|fotos?|bilder|fotostrecken?|slideshows?|fotogaleria)(?:/|$)"
)
_VIDEO_PATH = re.compile(r"(?:^|/)(?:videos?|watch|mediathek)(?:/|$)")
_FORUM_HOST = re.compile(
    r"(?:^|\.)(?:forums?|community|bbs|boards?|discuss|discussions?|answers)\.|forums?\.[a-z.]{2,10}\Z"
)
_SHOP_HOST = re.compile(r"(?:^|\.)(?:shop|store|boutique|tienda)\.|(?:shop|store|outlet)s?\.[a-z.]{2,10}\Z")
_SEARCH_QUERY = re.compile(r"(?:^|&)(?:q|s|query|search)=")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d{4}")
_ELLIPSIS = re.compile(r"(?:\.\.\.|…|\[…\])\s*$")


def page_kind(evidence: Evidence) -> PageKind:
    """The kind of the page that the evidence is about."""
    log_odds = article_log_odds(evidence)
    if evidence.kept_words < (HARDLY_ANY_TEXT if log_odds > 0 else LITTLE_TEXT):
        for kind, phrases in _WALLS:
            if _says(phrases, evidence.ending, evidence.dropped):
                return PageKind(kind, f"phrase-{phrases.replace('_', '-')}", 0.9)
    if _is_search(evidence.url):
        return PageKind(Kind.SEARCH, "address", 0.96)
    if _says_error(evidence.headline):
        return PageKind(Kind.ERROR, "headline", 0.96)
    if stated := _around_pictures(evidence):
        return PageKind(stated, "stated", 0.9)
    probability = 1 / (1 + math.exp(-log_odds))
    if log_odds < (REFUSED_BELOW_WITHOUT_ADDRESS if _path(evidence.url) is None else REFUSED_BELOW):
        return PageKind(_other_kind(evidence), "model", 1 - probability)
    if rule := _stub_rule(evidence):
        return PageKind(Kind.STUB, rule, 0.8)
    return PageKind(Kind.ARTICLE, "model", probability)


def _is_search(url: str | None) -> bool:
    """Whether an address is that of search results: a folder of that name, and what was searched for."""
    path = _path(url)
    if path is None or url is None:
        return False
    return path.rpartition("/")[2] in _SEARCH_FOLDERS and bool(_SEARCH_QUERY.search(urlsplit(url).query))


_SEARCH_FOLDERS = frozenset("search suche suchen recherche buscar busqueda busca ricerca cerca zoeken szukaj".split())


def _says_error(headline: str) -> bool:
    short = len(headline.split()) <= HEADLINE_OF_AN_ERROR
    return short and any(phrase in headline.casefold() for phrase in _PHRASES["error"])


HEADLINE_OF_AN_ERROR = 8
"""Words that the heading of an error page has at most; a longer one may be a story about one."""


def _around_pictures(evidence: Evidence) -> Kind | None:
    """Gallery or video, where the page or its address says so, nothing says article, and there is little to read."""
    if evidence.long_blocks >= FEW_PARAGRAPHS or evidence.kept_words >= STUB_WORDS:
        return None
    if (
        any(_any_type(evidence.types, types) for types in (_ARTICLE_TYPE, _PRODUCT_TYPE))
        or "og:article" in evidence.types
    ):
        return None
    path = _path(evidence.url) or ""
    signs = ((Kind.GALLERY, _GALLERY_TYPE, _GALLERY_PATH), (Kind.VIDEO, _VIDEO_TYPE, _VIDEO_PATH))
    return next((kind for kind, types, paths in signs if _any_type(evidence.types, types) or paths.search(path)), None)


FEW_PARAGRAPHS = 2
"""Paragraphs from which on there is a story beside the pictures. None of the corpora's articles has fewer and is set
around pictures or a video by what it says of itself."""


def article_log_odds(evidence: Evidence) -> float:
    """How much speaks for an article: the logarithm of the odds, 0 where both are equally likely."""
    facts = features(evidence)
    return max(-50.0, min(50.0, _MODEL["intercept"] + sum(_MODEL[name] * value for name, value in facts.items())))


def features(evidence: Evidence) -> dict[str, float]:
    """The facts that the model weighs, by name. Those of the address are left out where there is none."""
    facts = _text_features(evidence) | _layout_features(evidence.layout) | _type_features(evidence.types)
    path = _path(evidence.url)
    if path is None:
        facts["no_url"] = 1.0
    else:
        facts |= _address_features(_host(evidence.url), path)
    return {name: float(value) for name, value in facts.items()}


def _text_features(evidence: Evidence) -> dict[str, float]:
    kept, total = max(1, evidence.kept_words), max(1, evidence.total_words)
    return {
        "log_kept": math.log1p(evidence.kept_words),
        "log_words_per_block": math.log1p(evidence.kept_words / max(1, evidence.kept_blocks)),
        "log_longest_run": math.log1p(evidence.longest_run),
        "log_long_blocks": math.log1p(evidence.long_blocks),
        "log_boxes": math.log1p(evidence.kept_boxes),
        "boxes_per_block": min(1.0, evidence.kept_boxes / max(1, evidence.kept_blocks)),
        "kept_share": min(1.0, evidence.kept_words / total),
        "kept_link_share": min(1.0, evidence.kept_link_words / kept),
        "sentence_share": min(1.0, evidence.sentence_words / kept),
        "widest_box_share": min(1.0, evidence.widest_box / kept),
        "log_title_words": math.log1p(evidence.title_words),
        "log_headline_words": math.log1p(len(evidence.headline.split())),
        "has_h1": evidence.has_h1,
        "has_date": evidence.has_date,
        "has_modified": evidence.has_modified,
        "has_author": evidence.has_author,
        "has_section": evidence.has_section,
    }


def _layout_features(layout: Layout) -> dict[str, float]:
    return {
        "log_headings": math.log1p(layout.headings),
        "log_teasers": math.log1p(layout.teasers),
        "log_articles": math.log1p(layout.articles),
        "has_articles": layout.articles > 0,
        "log_controls": math.log1p(layout.controls),
        "log_prices": math.log1p(layout.prices),
        "log_dates": math.log1p(layout.dates),
        "shop_lines": _lines(layout, "shop_lines"),
        "forum_lines": _lines(layout, "forum_lines"),
        "list_lines": _lines(layout, "list_lines"),
        "pages_to_turn": layout.lines >= PAGES_TO_TURN,
    }


PAGES_TO_TURN = frozenset("123")
"""The links under a list that goes on."""

MOST_LINES = 6
"""Lines of one sort beyond which more of them say nothing more."""


def _lines(layout: Layout, name: str) -> int:
    return min(MOST_LINES, len(layout.lines & _LINES[name]))


def _type_features(types: frozenset[str]) -> dict[str, float]:
    stated = {kind.lower() for kind in types}
    return {
        "article_type": _any_type(types, _ARTICLE_TYPE),
        "product_type": _any_type(types, _PRODUCT_TYPE),
        "list_type": _any_type(types, _LIST_TYPE),
        "forum_type": _any_type(types, _FORUM_TYPE),
        "og_article": "og:article" in stated,
        "og_website": "og:website" in stated,
        "news_type": "newsarticle" in stated,
        "person_type": "person" in stated,
        "organization_type": "organization" in stated,
        "website_type": "website" in stated,
        "webpage_type": "webpage" in stated,
        "breadcrumb_type": "breadcrumblist" in stated,
    }


def _address_features(host: str, path: str) -> dict[str, float]:
    segments = [segment for segment in path.split("/") if segment]
    last = segments[-1] if segments else ""
    return {
        "path_is_root": not segments,
        "path_is_short": len(segments) <= 1,
        "path_has_slug": last.count("-") >= 3,
        "path_log_hyphens": math.log1p(last.count("-")),
        "path_log_last": math.log1p(len(last)),
        "path_has_year": bool(_YEAR.search(path)),
        "path_has_number": bool(_NUMBER.search(path)),
        "path_of_news": bool(_NEWS_PATH.search(path)),
        "path_of_shop": bool(_SHOP_PATH.search(path)),
        "path_of_forum": bool(_FORUM_PATH.search(path)),
        "path_of_list": bool(_LIST_PATH.search(path)),
        "host_of_forum": bool(_FORUM_HOST.search(host)),
        "host_of_shop": bool(_SHOP_HOST.search(host)),
    }


ADDRESS = frozenset(_address_features("", ""))
"""The features that a page without an address lacks."""


def _path(url: str | None) -> str | None:
    """The path of an address without slashes around it, lower case; None where there is no readable address."""
    try:
        return urlsplit(url).path.strip("/").lower() if url else None
    except ValueError:
        return None


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def _any_type(types: frozenset[str], pattern: re.Pattern[str]) -> bool:
    return any(pattern.fullmatch(kind) for kind in types)


def _says(phrases: str, *texts: str) -> bool:
    """Whether one of the texts says one of the phrases."""
    text = " ".join(" ".join(texts).casefold().split())
    return any(phrase in text for phrase in _PHRASES[phrases])


def _other_kind(evidence: Evidence) -> Kind:
    """What a page is that is no article; an index where nothing says more."""
    path = _path(evidence.url) or ""
    signs = (
        (Kind.FORUM, _FORUM_TYPE, _FORUM_PATH),
        (Kind.PRODUCT, _PRODUCT_TYPE, _SHOP_PATH),
        (Kind.GALLERY, _GALLERY_TYPE, _GALLERY_PATH),
        (Kind.VIDEO, _VIDEO_TYPE, _VIDEO_PATH),
    )
    if _SEARCH_QUERY.search(urlsplit(evidence.url).query if path and evidence.url else "") or path.startswith("search"):
        return Kind.SEARCH
    for kind, types, _ in signs:
        if _any_type(evidence.types, types):
            return kind
    return next((kind for kind, _, paths in signs if paths.search(path)), Kind.INDEX)


def _stub_rule(evidence: Evidence) -> str | None:
    """The rule by which the text is only the beginning of an article, None where it seems whole."""
    if evidence.kept_words >= STUB_WORDS:
        return None
    if evidence.is_free is False:
        return "not-free"
    if _says("paywall", evidence.ending, evidence.notices):
        return "phrase-paywall"
    return "cut-off" if _is_cut_off(evidence) else None


def _is_cut_off(evidence: Evidence) -> bool:
    """Whether a short text ends in an ellipsis and is but one block, or something below it leads on."""
    if not (0 < evidence.kept_blocks <= CUT_OFF_BLOCKS and _ELLIPSIS.search(evidence.ending[-20:])):
        return False
    return evidence.kept_blocks == 1 or _says("goes_on", evidence.notices)
