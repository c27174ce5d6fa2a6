"""The section that a page stands in: `Politics`, `Local`, `Vie municipale`.

Structured data states it on less than half of all pages. Where it does, a link that the page marks as its category
says the same on 20 of 23 pages of one half of the corpora, the links right above the headline on 43 of 59, and the
last parts of a visible trail (`Home > News > Local`) on 45 of 80; most of the others name a part of it, or a wider one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from lxml import etree

from cleaners.metadata import schema_org
from cleaners.metadata.html_head import HtmlHead
from cleaners.metadata.json_ld import JsonObject
from cleaners.metadata.section_links import MENU
from cleaners.metadata.visible import VisiblePage
from cleaners.metadata.visible_text import text_of
from cleaners.words.folding import one_line, squeeze
from cleaners.words.patterns import lazy_pattern

MAX_CHARACTERS = 60
MAX_WORDS = 6
"""A section's name has one to three words; `Arts, Culture and Entertainment` is long."""

MAX_TRAILS = 5
"""Breadcrumb trails read on one page."""

MAX_LINKS = 12
"""Links of a trail; a menu has more."""

MAX_PAGE_LINKS = 2_000
MAX_PARTS = 8
"""Links of a page, and elements of each, that are compared with the line above the headline."""

_HOME = frozenset(
    squeeze(name)
    for name in (
        "home homepage main start startseite accueil inicio início portada homepage páginainicial stronagłówna hjem hem"
        " etusivu anasayfa главная головна"
        " होम الرئيسية 首页 首頁 ホーム トップ 홈 blog blogs article articles post posts"
        " newsletter previous next back zurück übersicht all alle uncategorized uncategorised unkategorisiert"
        " nichtkategorisiert nonclassé noncatégorisé sincategoría sincategorizar semcategoria senzacategoria"
        " nonclassificato geencategorie nietgecategoriseerd utenkategori ikkekategoriseret okategoriserad"
        " okategoriserade luokittelematon bezkategorii nezařazené nezaradené nekategorizirano nerazvrščeno"
        " kategorizálatlan fărăcategorie uncategorizedid безрубрики некатегоризирано некатегорисано"
        " безкатегорії χωρίςκατηγορία αταξινόμητα kategorisiz غيرمصنف دستهبندینشده כללי अवर्गीकृत"
        " ไม่มีหมวดหมู่ chưaphânloại 未分类 未分類 미분류 takberkategori kategorisizlar tweet retweet share sharethis"
        " trangchủ beranda начало почетна početna domů domov acasă kezdőlap főoldal หน้าแรก প্রচ্ছদ হোম ראשי ទំព័រដើម"
        " მთავარი գլխավոր መነሻ முகப்பு nyumbani destpêk etusivu главное басты anasəhifə pradžia sākums avaleht naslovnica"
        " गृहपृष्ठ मुखपृष्ठ صفحهاول خانه پہلاصفحہ hjemmeside forside úvod úvodní αρχική utama"
        " print email facebook twitter whatsapp telegram linkedin pinterest save comment comments subscribe"
        " login signin menu search none null undefined na n/a default untitled test"
    ).split()
)
"""Squeezed names in a breadcrumb trail that are no section."""

_NO_NAME = lazy_pattern(r"https?:|[<>{}@#↓↑←→]")
_PARTED = lazy_pattern(r"[>/›»→|·•]")
_TRAIL = lazy_pattern(r"bread-?crumb|\bcrumbs|\bariane|\bbc\b", re.IGNORECASE)
_TRAIL_TAGS = ("nav", "ol", "ul", "div", "p", "span")


def choose_section(head: HtmlHead, article: JsonObject, page: VisiblePage, title: str | None) -> str | None:
    """The section's name from the most trusted place that has one, or None."""
    return next(filter(None, _sections(head, article, page, squeeze(title or ""))), None)


def _sections(head: HtmlHead, article: JsonObject, page: VisiblePage, title: str) -> Iterator[str | None]:
    stated = schema_org.strings(article.get("articleSection"))
    yield _name(map(schema_org.plain, [*stated, *head.values("article:section")]), title)
    categories = (link for link in page.tree.iter("a") if "category" in link.get("rel", "").split())
    yield _name(map(text_of, islice(categories, MAX_TRAILS)), title)
    for item in head.objects:
        if "BreadcrumbList" in schema_org.types(item):
            yield _last(_trail(item), title)
    for element in islice(_trails(page.tree), MAX_TRAILS):
        yield _last(_links(element), title)
    yield _kicker(page, title)


def _name(texts: Iterable[str], title: str) -> str | None:
    """The first text that may be a section's name."""
    for text in texts:
        own = squeeze(text)
        short = len(text) <= MAX_CHARACTERS and len(text.split()) <= MAX_WORDS
        if own and own != title and short and not _is_none(own) and not _NO_NAME.search(text):
            return text
    return None


def _is_none(squeezed: str) -> bool:
    """Whether a squeezed name is that of no section: a number, a button, `Uncategorized`, `Example News Home`."""
    return squeezed.isdecimal() or squeezed in _HOME or squeezed.endswith(("newshome", "flashhome", "sitehome"))


def _last(trail: Sequence[str], title: str) -> str | None:
    """The deepest part of a trail, which begins with the site and often ends with the headline."""
    return _name(reversed(trail), title)


def _trail(item: JsonObject) -> list[str]:
    """The names in a `BreadcrumbList`, but for the page's own at its end."""
    parts = [part for part in schema_org.flat(item.get("itemListElement")) if isinstance(part, dict)]
    return [schema_org.plain(name) for part in parts[:-1] for name in _part_names(part)[:1]]


def _part_names(part: JsonObject) -> list[str]:
    item: Any = part.get("item")
    inner = item.get("name") if isinstance(item, dict) else None
    return schema_org.strings(part.get("name")) or schema_org.strings(inner)


def _trails(tree: etree._Element) -> Iterator[etree._Element]:
    """The elements that say by class or id that they hold a trail."""
    named = ((element, element.get("class") or element.get("id", "")) for element in tree.iter(*_TRAIL_TAGS))
    return (element for element, name in named if _names_a_trail(name))


@lru_cache(maxsize=20_000)
def _names_a_trail(name: str) -> bool:
    return _TRAIL.search(name) is not None


def _links(element: etree._Element) -> list[str]:
    """The texts of the links in an element, none where it holds too many for a trail."""
    links = list(islice(element.iter("a"), MAX_LINKS + 1))
    return [text_of(link).strip(" >/|›»") for link in links] if len(links) <= MAX_LINKS else []


def _kicker(page: VisiblePage, title: str) -> str | None:
    """The short line right above the headline, where it is a link, or says what a link elsewhere on the page says."""
    above = page.above(title)
    text = text_of(above) if above is not None else ""
    if above is None or len(text) > MAX_CHARACTERS:
        return None
    links = _links(above)
    if len(links) > 1 and _is_menu(above) and not _PARTED.search(text):
        return None
    if links and squeeze(text) == squeeze("".join(links)):
        return _name(links if squeeze(links[0]) not in _HOME else reversed(links), title)
    linked = text and any(text == _beginning(link) for link in islice(page.tree.iter("a"), MAX_PAGE_LINKS))
    return _name([text], title) if linked else None


def _is_menu(element: etree._Element) -> bool:
    """Whether an element is or holds a menu: a `nav`, or a box with such a class name."""
    return next(element.iter("nav"), None) is not None or MENU.search(element.get("class") or "") is not None


def _beginning(link: etree._Element) -> str:
    """The text of the first elements in a link. A link to a section has no more, and hostile pages nest thousands."""
    elements = islice(link.iter(), MAX_PARTS)
    texts = (text or "" for part in elements for text in (part.text, None if part is link else part.tail))
    return " ".join(filter(None, map(one_line, texts)))
