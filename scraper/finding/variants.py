"""Addresses of one article: its own, and those of its AMP, mobile and print versions."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from cleaners.words.addresses import without_www
from scraper.hosts import host_and_port

_SEGMENTS = frozenset(
    "amp amp.html amp.htm print print.html print.htm printer printable print-version printversion printer-friendly"
    " druck drucken druckversion druckansicht imprimir imprimer stampa drukuj".split()
)
"""Folders and files that only say which version of an article this is."""

_SUFFIX = re.compile(r"[._-](?:amp|print)(?=(?:\.\w{2,5})?$)", re.IGNORECASE)
_INDEX = re.compile(r"^(?:index|default)\.\w{2,5}$", re.IGNORECASE)
_EXTENSION = re.compile(r"\.\w{2,5}$")
_HOST = re.compile(r"^(?:(?:www|m|mobile|amp)\.)+(?=[^.]+\.)", re.IGNORECASE)
_FIELDS = frozenset({"amp", "print", "printable", "printview", "druck", "drucken"})
_VALUES = frozenset({"amp", "print", "printable", "printer", "druck", "drucken"})
_OFF = frozenset({"0", "false", "no", "off"})
_IDENTIFIER = re.compile(r"\d{5,}")


def is_other_version(url: str) -> bool:
    """Whether an address says that it leads to the AMP or print version of an article.

    >>> is_other_version("https://gazette.example/bridge/amp/"), is_other_version("https://gazette.example/bridge/")
    (True, False)
    """
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    named = not _SEGMENTS.isdisjoint(segment.lower() for segment in parts.path.split("/")) or bool(_SUFFIX.search(last))
    return named or host_and_port(url).startswith("amp.") or any(_is_version(*field) for field in _fields(parts.query))


def _fields(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query[:2_048], keep_blank_values=True)


def _is_version(name: str, value: str) -> bool:
    return (name.lower() in _FIELDS and value.lower() not in _OFF) or value.lower() in _VALUES


def article_address(url: str) -> str:
    """What the addresses of one article have in common: host and path, without what only names a version.

    The query is left out, so two pages are one article only if their words are the same as well.

    >>> article_address("https://www.gazette.example/bridge/amp/?ref=home")
    'gazette.example/bridge'
    """
    try:
        path = urlsplit(url).path
    except ValueError:
        return url
    segments = [part for part in unquote(path).split("/") if part and part.lower() not in _SEGMENTS]
    if segments and _INDEX.match(segments[-1]):
        segments.pop()
    if segments:
        segments[-1] = _SUFFIX.sub("", segments[-1])
    return "/".join((_HOST.sub("", host_and_port(url)), *segments))


def names_same_article(url: str, other: str) -> bool:
    """Whether two addresses look like those of one article: the same file or folder, or the same long number.

    >>> names_same_article("https://g.example/amp/bridge", "https://g.example/world/bridge.html")
    True
    >>> names_same_article("https://g.example/bridge", "https://g.example/template")
    False
    """
    first, second = (article_address(each).partition("/")[2] for each in (url, other))
    if _name(first) == _name(second) or (first and first == second):
        return True
    return not set(_IDENTIFIER.findall(first)).isdisjoint(_IDENTIFIER.findall(second))


def _name(path: str) -> str:
    return _EXTENSION.sub("", path.rpartition("/")[2]).lower()


def spellings(url: str) -> list[str]:
    """The ways to write an address: with http or https, with `www.` or without, with a slash at its end or without.

    >>> len(spellings("https://gazette.example/bridge"))
    8
    """
    rest = url.partition("://")[2]
    host, _, path = without_www(rest).partition("/")
    paths = {f"/{path}"} if "?" in path else {f"/{path.rstrip('/')}", f"/{path.rstrip('/')}/".replace("//", "/")}
    return [f"{scheme}://{www}{host}{each}" for scheme in ("https", "http") for www in ("", "www.") for each in paths]
