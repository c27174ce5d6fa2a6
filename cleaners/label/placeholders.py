"""Boxes in the place of what a page does not show: a video that needs a cookie, a player that needs another browser.

Their words are data, `placeholders.toml`. Such a box names a thing and speaks to the reader about a condition; it is
short, and no quotation.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Set
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from cleaners.data import Label
from cleaners.label.passage import Passage
from cleaners.words.shapes import composed
from cleaners.words.word_scan import WordScan

LONGEST = 500
"""Characters of such a box, at most."""

SIGNS = (
    "cookie", "javascript", "privac", "confidential", "integritets", "prywatno", "soukrom",
    "browser", "permission", "permiso", "third party", "terza parte", "external", "zustimmung",
    "einwilligung", "datenschutz", "extern", "redaktion", "navigateur", "traceurs", "préférences", "navegador",
    "conse", "toestemming", "webbläsare", "samtyck", "samtykke", "nettleser", "informasjonskapsler",
    "eväste", "selaime", "kakor",
    "suostumu", "przeglądark", "zgody", "prohlížeč", "souhlas", "böngész", "süti", "acordul",
    "περιήγησ", "συγκατάθεσή",
    "браузер", "согласие", "згода", "çerez", "tarayıcı", "onay", "متصفح", "ملفات", "جافا", "جاوا",
    "موافقت", "مرورگر", "کوکی", "דפדפן", "עוגיות", "ब्राउज़र", "कुकी", "peramban", "persetujuan", "trình duyệt", "浏览器",
    "瀏覽器", "ブラウザ", "クッキー", "브라우저", "쿠키", "자바스크립트", "advertisement", "privacy",
    "przeglądarc", "ciasteczk", "prehliadač", "súhlas", "kolačić", "preglednik", "pregledač", "pretraživač",
    "колачи", "прегледач", "претраживач", "прелистувач", "piškotk", "brskalnik", "бисквитк", "браузър",
    "съгласие", "kuki", "pelayar", "الكوكيز", "المتصفح", "küpsis", "brauser", "sīkdat", "pārlūk", "slapuk",
    "naršykl", "shfletues", "galet", "περιηγητ", "คุกกี้", "เบราว์เซอร์", "ব্রাউজার", "কুকি", "জাভাস্ক্রিপ্ট",
    "vafr", "brauzer", "nettlesar", "vidakuzi", "உலாவி", "బ్రౌజర్", "ബ്രൗസർ",
    "ब्राउझर", "ब्राउजर", "براؤزر", "kivinjari", "ბრაუზერ", "դիտարկիչ",
    "զննարկիչ", "բրաուզեր", "កម្មវិធីរុករក", "አሳሽ",
)  # fmt: skip
"""One of these stands in every condition, so that most pages are not searched."""


COOKIES = re.compile(
    r"cookie|kakor|kolačić|колачи|piškotk|бисквитк|süti|çerez|eväste|informasjonskaps|ciasteczk|galet|traceurs|kuki"
    r"|küpsis|sīkdat|slapuk|الكوكيز|تعريف الارتباط|کوکی|עוגיות|クッキー|쿠키|คุกกี้|কুকি|कुकी"
)
"""A word for cookies, in all languages, folded."""


class _Words(NamedTuple):
    things: frozenset[str]
    conditions: frozenset[str]
    views: frozenset[str]


@cache
def _words() -> tuple[_Words, ...]:
    tables = tomllib.loads((files("cleaners.label") / "placeholders.toml").read_text("utf-8")).values()
    return tuple(
        _Words(*(frozenset(map(composed, table.get(kind, ()))) for kind in _Words._fields)) for table in tables
    )


@cache
def _word_scan() -> WordScan:
    return WordScan(word for words in _words() for kind in words for word in kind)


def placeholder(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """A line that stands for a video, a post or a map, and tells the reader what it needs to be shown."""
    kept = [index for index in passage.kept() if len(passage.blocks[index].text) <= LONGEST]
    signs = _sign_scan().found_in("\n".join(passage.blocks[index].text for index in kept).casefold())
    if signs:
        yield from ((index, Label.PROMO, 0.85) for index in kept if is_placeholder(passage.blocks[index].text, signs))


@cache
def _sign_scan() -> WordScan:
    return WordScan(SIGNS, table=True)


def is_placeholder(text: str, signs: Iterable[str] = SIGNS) -> bool:
    """Whether a line is the words of such a box; `signs` are those that may stand in it.

    >>> is_placeholder("Um das Video zu sehen, aktivieren Sie bitte JavaScript.")
    True
    >>> is_placeholder("The court ruled on cookies that browsers accept.")
    False
    """
    small = text.casefold()
    if not any(map(small.__contains__, signs)) or any(map(text.__contains__, _QUOTES)):
        return False
    folded = composed(text)
    cookies = COOKIES.search(folded) is not None
    found = _word_scan().found_in(folded)
    return any(_is_box(words, found, cookies) for words in _words())


def _is_box(words: _Words, found: Set[str], cookies: bool) -> bool:
    if words.things.isdisjoint(found):
        return False
    return not words.conditions.isdisjoint(found) or (cookies and not words.views.isdisjoint(found))


_QUOTES = ('"', "“", "”", "„", "「")
