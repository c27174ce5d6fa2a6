"""Decides the kind of a page: an article, a stub of one, or something that yields no record.

    evidence about the page ─► phrases of walls and errors ─► a small logistic model ─► article or not ─► stub or whole

Refusing an article loses the whole article, while keeping another page adds one line that a reader can delete. So a
page is refused only where hardly any doubt is left (`REFUSED_BELOW`). A page that is more likely no article, but not
surely, gives a record that states its kind. `kind.model` describes the model.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from cleaners.kind.evidence import Evidence, ends_sentence
from cleaners.kind.model import article_log_odds
from cleaners.kind.phrases import count_phrases, has_phrase
from cleaners.kind.signs import Signs
from cleaners.label.pitches import says_wall
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import PARAGRAPH_WORDS, count_words


class PageKind(StrEnum):
    """The kinds of pages. The first three give a record, the others only where they are in doubt."""

    ARTICLE = "article"
    STUB = "stub"
    LIVE = "live"

    INDEX = "index"
    GALLERY = "gallery"
    VIDEO = "video"
    PRODUCT = "product"
    FORUM = "forum"
    SEARCH = "search"
    ERROR = "error"
    COOKIE_WALL = "cookie wall"
    SCRIPT_SHELL = "script shell"


ARTICLE_KINDS = frozenset({PageKind.ARTICLE, PageKind.STUB, PageKind.LIVE})
"""The kinds that always give a record."""


@dataclass(frozen=True, slots=True)
class KindVerdict:
    """A kind of page, the rule that gave it, and the confidence (0 to 1).

    `is_doubtful` is set on a kind other than article where the page may be an article all the same.
    """

    kind: PageKind
    rule: str
    confidence: float
    is_doubtful: bool = False

    @property
    def gives_record(self) -> bool:
        """Whether the page's story becomes a record: that of an article, a stub, or a page that may be an article."""
        return self.is_doubtful or self.kind in ARTICLE_KINDS


REFUSED_BELOW = -2.4
"""The model's log-odds under which a page is no article (P < 0.09). `bench train-page-kind` tries other values."""

UNLIKELY_BELOW = 0.0
"""The model's log-odds under which a page is more likely no article: 2 % of articles and 70 % of WCXB's other pages."""

LITTLE_TEXT = 120
"""Words. On a page with fewer, a phrase about errors, cookies or scripts is its main content."""

HARDLY_ANY_TEXT = 40
"""Words. The same for a page that otherwise looks like an article, since a short article may have a banner."""

STUB_WORDS = 250
"""Words. A longer text is complete even if there is a paywall's notice."""

TEASER, TEASER_BLOCKS = 60, 3
"""Words and kept blocks. A page that is not free and shows as many of either in whole sentences, without a notice,
holds the whole story. Of the pages of the corpora two are so, and both are whole."""

CUT_OFF_BLOCKS = 4
"""Kept blocks. A longer text ends in an ellipsis on purpose."""

_WALLS = ((PageKind.ERROR, "error"), (PageKind.COOKIE_WALL, "cookie_wall"), (PageKind.SCRIPT_SHELL, "script_shell"))

_SEARCH_QUERY = lazy_pattern(r"(?:^|&)(?:q|s|query|search)=")
_ELLIPSIS = lazy_pattern(r"(?:\.\.\.|…|\[…\])\s*$")


def page_kind(evidence: Evidence, weights: Mapping[str, float]) -> KindVerdict:
    """The kind of the page that the evidence is about; `weights` are those of `cleaners.models.Models.page_kind`."""
    log_odds = article_log_odds(evidence, weights)
    if wall := _wall(evidence, log_odds):
        return wall
    holds_story = _holds_story(evidence)
    if _is_search(evidence.signs):
        return KindVerdict(PageKind.SEARCH, "address", 0.96, is_doubtful=holds_story)
    if _says_error(evidence.headline):
        return KindVerdict(PageKind.ERROR, "headline", 0.96, is_doubtful=holds_story)
    if stated := _around_pictures(evidence):
        return KindVerdict(stated, "stated", 0.9)
    probability = 1 / (1 + math.exp(-log_odds))
    if log_odds < UNLIKELY_BELOW:
        return KindVerdict(_other_kind(evidence), "model", 1 - probability, holds_story or log_odds >= REFUSED_BELOW)
    if rule := _stub_rule(evidence):
        return KindVerdict(PageKind.STUB, rule, 0.8)
    return KindVerdict(PageKind.ARTICLE, "model", probability)


def _wall(evidence: Evidence, log_odds: float) -> KindVerdict | None:
    """The wall, error or shell whose phrases a page with little text holds."""
    if evidence.kept_words < (HARDLY_ANY_TEXT if log_odds > 0 else LITTLE_TEXT):
        for kind, phrases in _WALLS:
            alone = evidence.kept_blocks == 1 and evidence.sentence_words >= PARAGRAPH_WORDS
            if (
                kind is PageKind.SCRIPT_SHELL
                and (evidence.long_blocks or alone)
                and not has_phrase(phrases, evidence.ending)
            ):
                continue  # a paragraph stands on the page, and the notice beside it is about a map or a form
            if has_phrase(phrases, evidence.ending, evidence.dropped):
                return KindVerdict(kind, f"phrase-{phrases.replace('_', '-')}", 0.9)
    if evidence.kept_words < LITTLE_TEXT and _asks_for_consent(evidence):
        return KindVerdict(PageKind.COOKIE_WALL, "phrase-consent", 0.9)
    return None


def _asks_for_consent(evidence: Evidence) -> bool:
    """Whether the heading or the last line asks for consent to cookies, or lines of the text do so in several ways."""
    if has_phrase("consent", evidence.headline, evidence.ending):
        return True
    return count_phrases("consent", evidence.kept) >= SEVERAL_WAYS


SEVERAL_WAYS = 2
"""Phrases that ask for consent, in a text among whose lines one may be those of a banner."""


def _holds_story(evidence: Evidence) -> bool:
    """Whether the kept blocks are a run of paragraphs in one box, which is a story, whatever else the page is.

    Of 676 pages of WCXB that are no articles 19 hold one; of those without the condition on the box 138 do, such as
    threads of long posts.
    """
    kept = evidence.kept_words
    return (
        evidence.long_blocks >= SEVERAL_PARAGRAPHS
        and evidence.sentence_words >= IN_SENTENCES * kept
        and evidence.widest_box >= IN_ONE_BOX * kept
        and evidence.kept_link_words <= IN_LINKS * kept
    )


SEVERAL_PARAGRAPHS = 3
"""Blocks of paragraph size that make a story."""

IN_SENTENCES, IN_ONE_BOX, IN_LINKS = 0.7, 0.7, 0.1
"""Shares of a story's words: at least in blocks that end as sentences do, at least in one box, at most in links. They
were chosen so that more than 45 % of WCXB's other pages are still refused (`bench refusals`)."""


def _is_search(signs: Signs) -> bool:
    """Whether an address is that of search results: a folder of that name and a query with the words searched for."""
    address = signs.address
    return address is not None and (
        address.path.rpartition("/")[2] in _SEARCH_FOLDERS and bool(_SEARCH_QUERY.search(address.query))
    )


_SEARCH_FOLDERS = frozenset("search suche suchen recherche buscar busqueda busca ricerca cerca zoeken szukaj".split())


def _says_error(headline: str) -> bool:
    """Whether a heading is that of an error page: a phrase, or the number of the error by itself."""
    short = count_words(headline) <= HEADLINE_OF_AN_ERROR
    return short and (has_phrase("error", headline) or headline.strip(_AROUND_A_CODE) in _ERROR_CODES)


_ERROR_CODES, _AROUND_A_CODE = frozenset({"403", "404"}), " #-–—:.!()[]"

HEADLINE_OF_AN_ERROR = 8
"""Words of an error page's heading at most; a longer heading may be a story about an error."""


def _around_pictures(evidence: Evidence) -> PageKind | None:
    """Gallery or video, where types or address say so, none says article, and there is little text."""
    if evidence.long_blocks >= FEW_PARAGRAPHS or evidence.kept_words >= STUB_WORDS:
        return None
    signs = evidence.signs
    if not signs.in_types.isdisjoint({"article", "product"}) or "og:article" in signs.types:
        return None
    kinds = (PageKind.GALLERY, PageKind.VIDEO)
    stated = signs.in_types if _holds_short_story(evidence) else signs.in_types | signs.in_path
    return next((kind for kind in kinds if kind in stated), None)


def _holds_short_story(evidence: Evidence) -> bool:
    """Whether the kept blocks are nothing but a few sentences in one box, which an address alone does not refuse."""
    kept = evidence.kept_words
    alike = evidence.sentence_words >= IN_STORY * kept and evidence.widest_box >= IN_STORY * kept
    return kept >= SHORT_STORY and evidence.kept_blocks >= SEVERAL_PARAGRAPHS and alike


SHORT_STORY, IN_STORY = 25, 0.9
"""Words of such a story, and the share of them in sentences and in its box. What describes a video is shorter."""


FEW_PARAGRAPHS = 2
"""Paragraphs from which on there is a story beside the pictures. No article of the corpora has fewer and states that it
is a gallery or a video."""


def _other_kind(evidence: Evidence) -> PageKind:
    """The kind of a page that is no article; an index where there is no other sign."""
    signs = evidence.signs
    address = signs.address
    if address and address.path and (_SEARCH_QUERY.search(address.query) or address.path.startswith("search")):
        return PageKind.SEARCH
    kinds = (PageKind.FORUM, PageKind.PRODUCT, PageKind.GALLERY, PageKind.VIDEO)
    stated = (kind for kind in kinds if kind in signs.in_types)
    in_path = (kind for kind in kinds if kind in signs.in_path)
    return next(chain(stated, in_path), PageKind.INDEX)


def _stub_rule(evidence: Evidence) -> str | None:
    """The rule that shows a text to be only the beginning of an article, None where it seems complete."""
    if evidence.kept_words >= STUB_WORDS:
        return None
    if evidence.is_free is False and (_is_teaser(evidence) or not ends_sentence(evidence.ending)):
        return "not-free"
    end = f"{evidence.ending}\n{evidence.notices}"
    if has_phrase("paywall", end) or any(map(says_wall, end.splitlines())):
        return "phrase-paywall"
    return "cut-off" if _is_cut_off(evidence) else None


def _is_teaser(evidence: Evidence) -> bool:
    return evidence.kept_words < TEASER and evidence.kept_blocks < TEASER_BLOCKS


def _is_cut_off(evidence: Evidence) -> bool:
    """Whether a short text ends in an ellipsis and is one block only, or has a link to the rest below it."""
    if not (0 < evidence.kept_blocks <= CUT_OFF_BLOCKS and _ELLIPSIS.search(evidence.ending[-20:])):
        return False
    return evidence.kept_blocks == 1 or has_phrase("goes_on", evidence.notices)
