"""Boxes in the place of what a page does not show: a video that needs a cookie, a player that needs another browser.

Their words are data, `placeholders.toml`. Such a box names a thing and speaks to the reader about a condition; it is
short, and no quotation.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from cleaners.data import Label
from cleaners.label.passage import Passage
from cleaners.words.shapes import composed

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
    things: re.Pattern[str]
    conditions: re.Pattern[str]
    views: re.Pattern[str] | None


@cache
def _words() -> tuple[_Words, ...]:
    tables = tomllib.loads((files("cleaners.label") / "placeholders.toml").read_text("utf-8"))
    return tuple(
        _Words(_any_of(table["things"]), _any_of(table["conditions"]), _any_of(views) if views else None)
        for table in tables.values()
        for views in [table.get("views")]
    )


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(composed(phrase)) for phrase in phrases))


def placeholder(passage: Passage) -> Iterator[tuple[int, Label, float]]:
    """A line that stands for a video, a post or a map, and tells the reader what it needs to be shown."""
    kept = [index for index in passage.kept() if len(passage.blocks[index].text) <= LONGEST]
    signs = _signs_in("\n".join(passage.blocks[index].text for index in kept))
    if signs:
        yield from ((index, Label.PROMO, 0.85) for index in kept if is_placeholder(passage.blocks[index].text, signs))


def _signs_in(text: str) -> list[str]:
    small = text.casefold()
    return [sign for sign in SIGNS if sign in small]


def is_placeholder(text: str, signs: Sequence[str] = SIGNS) -> bool:
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
    return any(_is_box(words, folded, cookies) for words in _words())


def _is_box(words: _Words, folded: str, cookies: bool) -> bool:
    told = words.conditions.search(folded) or (cookies and words.views and words.views.search(folded))
    return bool(told) and words.things.search(folded) is not None


_QUOTES = ('"', "“", "”", "„", "「")
