"""Bylines in which a dump has put two elements together: `ByJane DoePublished`."""

from __future__ import annotations

from cleaners.words.dates import MONTHS
from cleaners.words.name_words import words_of
from cleaners.words.patterns import lazy_pattern
from cleaners.words.publishing_dates import PUBLISHED_WORDS

MOST_TWICE = 80
"""Characters of a name that is printed twice, both times together."""

_TWICE = lazy_pattern(r"(?P<name>\S.{4,38}\S)(?P=name)")
_CAPITAL_INSIDE = lazy_pattern(r"[a-zß-ÿ][A-ZÀ-Þ]")
_BEHIND_NAMES = sorted(
    {"Staff", "Senior", "Chief"}
    | {word.title() for word in words_of("roles") if word.isalpha()}
    | {word.title() for word in (*MONTHS, *PUBLISHED_WORDS) if word.isascii() and word.isalpha() and len(word) > 2}
)
_GLUED = lazy_pattern(
    r"(?:^|(?<=\s))(?:By|Von|Par|Por|Door)(?=[A-ZÀ-Þ][a-zß-ÿ]+\s[A-ZÀ-Þ])"
    rf"|(?<=[^\W\d_][a-zß-ÿ])[a-zß-ÿ](?=(?:{'|'.join(_BEHIND_NAMES)})(?![^\W\d_]))"
)


def unglued(text: str) -> str:
    """A byline with spaces where a dump has put two elements together: behind the word in front of the names, and in
    front of a month, a job or a word for publishing. A name that stands there twice stands there once.

    >>> unglued("Jane DoeJane Doe")
    'Jane Doe'
    >>> unglued("ByJane DoePublished: 7 January 2026"), unglued("Jane DoeJan. 7"), unglued("Jane McMay")
    ('By Jane Doe Published: 7 January 2026', 'Jane Doe Jan. 7', 'Jane McMay')
    """
    if not _CAPITAL_INSIDE.search(text):
        return text
    if len(text) <= MOST_TWICE and (twice := _TWICE.fullmatch(text)):
        return twice["name"]
    return _GLUED.sub(r"\g<0> ", text)
