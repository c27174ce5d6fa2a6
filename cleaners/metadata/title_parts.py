"""The parts of a text that a page states as its title: the headline, and the names of its section and its site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from cleaners.words.folding import REMEMBERED, squeeze, word_keys
from cleaners.words.patterns import lazy_pattern
from cleaners.words.shapes import count_words

MAX_SITE_WORDS = 4
MIN_HEADLINE_WORDS = 5
"""Words of a site's name at most, and of the headline in front of it at least, where nothing else separates them."""

MAX_SECTION_WORDS = 2
"""Words of a section's name between the headline and the site's name, at most, where the page has no such line."""

MIN_BEFORE_SECTION = 4
"""Words of the headline in front of a section's name, at least."""

_SEPARATOR = lazy_pattern(
    r"\s(?:[|\-–—−·•»«:~.<]|::|//?|›|\\|-{2,4})\s|\s?[|｜ㅣ]\s?"
    r"|(?<=[\u3040-\u9fff\uac00-\ud7a3！？”》」』）])(?:_{1,3}|-{2,4})(?=[^\W_])"
)
"""Between the parts of a `<title>`; in Chinese, Japanese and Korean also `标题_栏目_网站` and `--` without spaces."""

_MARK_OF_SEPARATOR = lazy_pattern(r"[|\-–—−·•»«:~.</›\\｜ㅣ_]")


def title_parts(title: str) -> list[str]:
    """The parts of a `<title>` between its separators.

    >>> title_parts("Harbour reopens | Local | Example Times")
    ['Harbour reopens', 'Local', 'Example Times']
    """
    marks = separators(title)
    starts, ends = [0, *(mark.end() for mark in marks)], [*(mark.start() for mark in marks), len(title)]
    parts = (title[start:end] for start, end in zip(starts, ends, strict=True))
    return [part for part in parts if part.strip()]


@lru_cache(maxsize=REMEMBERED)
def separators(text: str) -> tuple[re.Match[str], ...]:
    """The separators in a text, which is asked for them again and again; most have none of their marks."""
    return tuple(_SEPARATOR.finditer(text)) if _MARK_OF_SEPARATOR.search(text) else ()


def owns_page(name: str, lines: Sequence[str]) -> bool:
    """Whether a copyright line names an outlet, whose name is squeezed."""
    return bool(name) and any(name in squeeze(line) for line in lines if "©" in line or "(c)" in line[:4].lower())


def without_outlet(text: str, outlets: Sequence[str]) -> str:
    """The text without the outlet's (squeezed) names in front of it and behind it."""
    while (parts := separators(text)) and is_outlet(text[parts[-1].end() :], outlets):
        text = text[: parts[-1].start()]
    while (parts := separators(text)) and is_outlet(text[: parts[0].start()], outlets):
        text = text[parts[0].end() :]
    return text


def shown_head(text: str, lines: Callable[[], Sequence[str]]) -> str:
    """The beginning of a text up to a separator, if the page shows it on a line and not the whole text."""
    heads = [head for head in beginnings(text) if count_words(head) >= MIN_BEFORE_SECTION]
    shown = set(map(squeeze, lines())) if heads else set()
    if squeeze(text) in shown:
        return text
    return next((head for head in reversed(heads) if squeeze(head) in shown), text)


def shown_beginning(title: str, lines: Sequence[str]) -> str | None:
    """The line of a page with which its `<title>` begins, if another mark parts it from a few words for the site."""
    for line in lines:
        behind = title[len(line) :].strip()
        if title.startswith(line) and _OTHER_MARK.match(behind) and count_words(line) >= MIN_BEFORE_SECTION:
            return line if count_words(behind) <= MAX_SITE_WORDS + 1 else None
    return None


_OTHER_MARK = lazy_pattern(r"[：:‖¦/([【«>–—-]")


def headline_in(title: str, lines: Sequence[str]) -> str:
    """The part of a `<title>` without the names of the site and of the section, which stand behind it or in front."""
    parts = separators(title)
    # `标题_栏目_网站`: the column stands between the headline and the site
    unspaced = [part for part in parts if ("_" in part[0] or "--" in part[0]) and part[0].strip() == part[0]]
    if unspaced:
        return title[: unspaced[0].start()]
    shown = {squeeze(line) for line in lines if len(line) <= len(title)}
    first, last = title[: parts[0].start()], title[parts[-1].end() :]
    if _is_named_first(first, last) or _is_masthead(first, last, lines):
        return last
    if count_words(first) <= MAX_SITE_WORDS and owns_page(squeeze(first), lines):
        return title[parts[0].end() :]
    head = title[: parts[-1].start()]
    for part in reversed(parts[:-1]):
        section, rest = head[part.end() :], head[: part.start()]
        short = part[0].strip() in _NO_DASHES and count_words(section) <= MAX_SECTION_WORDS
        named = part[0] == parts[-1][0] and squeeze(section) in shown
        if not (short or named) or count_words(rest) < MIN_BEFORE_SECTION:
            break
        head = rest
    return head


_NO_DASHES = frozenset("|/<»›·•｜ㅣ") | {"::", "//"}
"""Separators that stand in no headline."""


def _is_named_first(first: str, last: str) -> bool:
    """Whether a `<title>` begins with a few words for the site and ends with a headline."""
    words = count_words(last)
    return words >= MIN_HEADLINE_WORDS and words > 2 * count_words(first) <= 2 * MAX_SITE_WORDS


def _is_masthead(first: str, last: str, lines: Sequence[str]) -> bool:
    """Whether a `<title>` begins with the line that stands at the top of the page, and ends with a longer one of it."""
    if not lines or squeeze(lines[0]) != squeeze(first) or count_words(first) > MAX_SITE_WORDS:
        return False
    return count_words(last) > count_words(first) and squeeze(last) in map(squeeze, lines)


def beginnings(text: str) -> Iterator[str]:
    """The text up to each of its separators."""
    return (text[: separator.start()] for separator in separators(text))


def is_outlet(text: str, outlets: Sequence[str]) -> bool:
    """Whether the text is one of the outlet's names, a part of one, or one with a few words around, or whether all its
    words are in one: `Rust Blog` for `blog.rust-lang.org`."""
    own = squeeze(text)
    parts = word_keys(text)
    return not own or any(
        own == name
        or (len(own) > 3 and (own in name or all(len(part) > 2 and part in name for part in parts)))
        or (len(name) > 3 and name in own and len(parts) < 9)
        for name in outlets
    )
