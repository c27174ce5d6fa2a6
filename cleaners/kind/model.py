"""A small logistic model that distinguishes articles from other pages.

It weighs some fifty simple facts: how much text was kept and how it stands on the page, which buttons and labels are
around it, what the page's markup and its address say. Its weights, learned by `python -m bench train-page-kind`
from annotated pages of many sites, years and languages, are in `page_kind.json`; `page_kind.md` names them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from cleaners.kind.evidence import Evidence, Layout
from cleaners.kind.phrases import PHRASES
from cleaners.kind.signs import AddressParts, Signs, read_signs
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import count_words

_LINES = {name: frozenset(PHRASES[name]) for name in ("shop_lines", "forum_lines", "list_lines")}
_YEAR = lazy_pattern(r"(?:19|20)\d\d")
_NUMBER = lazy_pattern(r"\d{4}")


def article_log_odds(evidence: Evidence, weights: Mapping[str, float]) -> float:
    """The log-odds that the page is an article: 0 where both are equally likely, -50 to 50."""
    facts = features(evidence)
    return max(-50.0, min(50.0, weights["intercept"] + sum(weights[name] * value for name, value in facts.items())))


def features(evidence: Evidence) -> dict[str, float]:
    """The facts that the model weighs, by name.

    Those of the address are left out where there is none, or only a host: front pages and articles of old crawls and
    of corpora that keep no paths look alike there.
    """
    signs, address = evidence.signs, evidence.signs.address
    facts = _text_features(evidence) | _layout_features(evidence.layout) | _type_features(signs)
    facts |= _address_features(address, signs) if address and address.path else {"no_url": 1.0}
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
        "log_headline_words": math.log1p(count_words(evidence.headline)),
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
"""The page numbers below a list of several pages."""

MOST_LINES = 6
"""Lines of one sort that are counted; more of them are no stronger evidence."""


def _lines(layout: Layout, name: str) -> int:
    return min(MOST_LINES, len(layout.lines & _LINES[name]))


def _type_features(signs: Signs) -> dict[str, float]:
    stated = {name.lower() for name in signs.types}
    return {
        "article_type": "article" in signs.in_types,
        "product_type": "product" in signs.in_types,
        "list_type": "list" in signs.in_types,
        "forum_type": "forum" in signs.in_types,
        "og_article": "og:article" in stated,
        "og_website": "og:website" in stated,
        "news_type": "newsarticle" in stated,
        "person_type": "person" in stated,
        "organization_type": "organization" in stated,
        "website_type": "website" in stated,
        "webpage_type": "webpage" in stated,
        "breadcrumb_type": "breadcrumblist" in stated,
    }


def _address_features(address: AddressParts, signs: Signs) -> dict[str, float]:
    segments = [segment for segment in address.path.split("/") if segment]
    last = segments[-1]
    return {
        "path_is_short": len(segments) == 1,
        "path_has_slug": last.count("-") >= 3,
        "path_log_hyphens": math.log1p(last.count("-")),
        "path_log_last": math.log1p(len(last)),
        "path_has_year": bool(_YEAR.search(address.path)),
        "path_has_number": bool(_NUMBER.search(address.path)),
        "path_of_news": "news" in signs.in_path,
        "path_of_shop": "product" in signs.in_path,
        "path_of_forum": "forum" in signs.in_path,
        "path_of_list": "list" in signs.in_path,
        "host_of_forum": "forum" in signs.in_host,
        "host_of_shop": "product" in signs.in_host,
    }


ADDRESS = frozenset(_address_features(AddressParts("", "path", ""), read_signs()))
"""The features that a page without an address lacks."""
