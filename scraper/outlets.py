"""Outlets: the entry points and limits of a crawl, and the file that describes many outlets."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cssselect import SelectorError

from cleaners.decoding.utf16 import marked_encoding
from cleaners.errors import CopydeskError
from cleaners.profiles import TABLE as PROFILES
from cleaners.reading import check_paths
from cleaners.words.addresses import host_of
from scraper.finding.links import web_address
from scraper.finding.markup import text_of
from scraper.finding.moments import read_moment, read_span
from scraper.finding.selectors import xpath_of
from scraper.hosts import ANY_HOST, host_and_port

DEPTH = 3
"""Links from the start page that are followed: front, section, second page of the section, article."""

COUNT = 1_000
"""Addresses that are taken from a site in one run, those nearest to its start page first."""


_HOST = re.compile(r"(?:[^\s/?#@:\[\]]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.IGNORECASE)


class BadArgument(CopydeskError):
    """An argument of a spider, or an entry of an outlets file, that is not valid."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """One source of articles: its name, its entry points, and its limits.

    Entry points are addresses of pages (`urls`), feeds, sitemaps (or robots.txt files) and start pages of sites.
    `since`: what feeds and sitemaps know to be older is left out. `max_age`: seconds after which an article is fetched
    again. `depth` and `count` bound how far a site is followed. `language`: its code, asked for, and believed of a
    page that states none. `hosts`: further hosts that its articles may be on, or `any`. `cookies`: whether those that
    it sets are sent back; metered sites count by them what was read. `keep` and `drop` are CSS selectors, see
    `scraper.finding.selectors`.
    """

    name: str
    urls: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    language: str | None = None
    since: datetime | None = None
    max_age: int | None = None
    depth: int = DEPTH
    count: int = COUNT
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    cookies: bool = True

    @property
    def entry_points(self) -> tuple[str, ...]:
        """All addresses with which it begins."""
        return (*self.urls, *self.feeds, *self.sitemaps, *self.sites)

    @property
    def named_hosts(self) -> frozenset[str]:
        """The hosts that the user named, without their ports."""
        return frozenset(map(host_of, (*self.entry_points, *(f"//{host}" for host in self.hosts if host != ANY_HOST))))


# --- Arguments ---------------------------------------------------------------------------------------------------


def read_entry_points(url: str, file: str) -> tuple[str, ...]:
    """The addresses in an argument, and in the lines of files. Several are separated by commas.

    Raises BadArgument for what is no web address, and where there is none at all, and OSError for a file that cannot be
    read.
    """
    found = read_addresses(url)
    for path in read_paths(file):
        found += tuple(_address(line) for line in address_lines(text_of(Path(path).read_bytes()).splitlines()))
    if not found:
        raise BadArgument("no address to begin with: give -a url=… or -a file=…")
    return found


def read_addresses(given: str) -> tuple[str, ...]:
    """The addresses in an argument. A comma within an address is written %2C. Raises BadArgument for what is none."""
    return tuple(_address(part) for part in _parts(given))


def read_paths(given: str) -> tuple[str, ...]:
    """The paths in an argument. Raises MissingPath for one that does not exist."""
    paths = _parts(given)
    check_paths(paths)
    return paths


def address_lines(lines: Iterable[str]) -> Iterator[str]:
    """The lines that are not empty, nor remarks that begin with #; without a byte order mark.

    >>> list(address_lines(["\ufeffhttps://news.example/a", "", "# a remark"]))
    ['https://news.example/a']
    """
    return (text for line in lines if (text := line.strip("\ufeff \t\r\n")) and not text.startswith("#"))


def read_since(given: str | date) -> datetime | None:
    """A day or a moment, such as 2026-01-01; None for an empty text. Raises BadArgument for what is neither."""
    if given == "":
        return None
    if (moment := read_moment(str(given))) is None:
        raise BadArgument(f"since is a day such as 2026-01-01, not {_shown(given)}")
    return moment


def read_max_age(given: str) -> int | None:
    """The seconds in a span such as 12h or 7d; None for an empty text. Raises BadArgument for what is neither."""
    if not given:
        return None
    if (seconds := read_span(given)) is None:
        raise BadArgument(f"max_age is a number with s, m, h, d or w, such as 12h or 7d, not {_shown(given)}")
    return seconds


def read_bound(name: str, given: str | int) -> int:
    """A number of zero or more. Raises BadArgument for what is none."""
    text = str(given).replace("_", "").strip()
    if isinstance(given, bool) or not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise BadArgument(f"{name} is a whole number, not {_shown(given)}")
    return int(text)


def read_hosts(given: str) -> tuple[str, ...]:
    """The hosts in an argument, each with its port if it has an unusual one, or `any`. Raises BadArgument for others.

    >>> read_hosts("sport.gazette.example, gazette.example:8080")
    ('sport.gazette.example', 'gazette.example:8080')
    """
    return tuple(map(_host, _parts(given)))


def _host(given: str) -> str:
    host = host_and_port(f"http://{given}")
    if not (host and _HOST.fullmatch(given)):
        raise BadArgument(f"hosts are names such as sport.gazette.example, or any; not {_shown(given)}")
    return host


def _parts(given: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in given.split(",") if part.strip())


def _address(given: str) -> str:
    if (address := web_address(given)) is None:
        raise BadArgument(f"not a web address: {_shown(given)} (it begins with http:// or https://)")
    return address


def _shown(value: object) -> str:
    """A value in a message of one line."""
    text = " ".join(str(value).split())
    return repr(text if len(text) < 100 else text[:100] + "…")


# --- The outlets file --------------------------------------------------------------------------------------------


def read_outlets(path: str | Path) -> tuple[Outlet, ...]:
    """The outlets in a TOML file. Raises BadArgument with the outlet and the field if one means nothing, and OSError
    if there is no such file."""
    return parse_outlets(_read_document(path), str(path))


def read_own_profiles(path: str | Path) -> tuple[Any, ...]:
    """The tables `[[profile]]` in an outlets file; none is fine. Raises BadArgument and OSError like `read_outlets`."""
    tables = _read_document(path).get(PROFILES, [])
    return tuple(tables) if isinstance(tables, list) else (tables,)


def _read_document(path: str | Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_unmarked(Path(path).read_bytes()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadArgument(f"{path}: no TOML file: {error}") from error


def _unmarked(content: bytes) -> str:
    """The text of a TOML file. TOML is UTF-8, but editors put a byte order mark before it, and some write UTF-16."""
    encoding, length = marked_encoding(content) or ("utf-8", 0)
    return content[length:].decode(encoding)


def parse_outlets(document: dict[str, Any], where: str) -> tuple[Outlet, ...]:
    """The outlets in the tables `[[outlet]]` of a document; `where` begins every message. Profiles that stand beside
    them are left to `cleaners.profiles`."""
    if unknown := document.keys() - {"outlet", PROFILES}:
        raise BadArgument(f"{where}: not known here: {_listed(unknown)}; each outlet is a table [[outlet]]")
    tables = document.get("outlet")
    if not isinstance(tables, list) or not tables:
        raise BadArgument(f"{where}: no outlets; each is a table [[outlet]]")
    outlets = tuple(_outlet(table, f"{where}, outlet {position}") for position, table in enumerate(tables, start=1))
    names = [outlet.name for outlet in outlets]
    if twice := {name for name in names if names.count(name) > 1}:
        raise BadArgument(f"{where}: several outlets named {_listed(twice)}")
    return outlets


def _outlet(table: Any, where: str) -> Outlet:
    if not isinstance(table, dict):
        raise BadArgument(f"{where}: not a table")
    name = table.get("name")
    if not isinstance(name, str) or not name.strip():
        raise BadArgument(f"{where}: it has no name")
    where = f"{where} ({_shown(name)})"
    if unknown := table.keys() - {field.name for field in fields(Outlet)}:
        raise BadArgument(f"{where}: not known here: {_listed(unknown)}")
    try:
        outlet = Outlet(name.strip(), **{field: _READERS[field](table[field]) for field in table.keys() - {"name"}})
    except BadArgument as error:
        raise BadArgument(f"{where}: {error}") from error
    if not outlet.entry_points:
        raise BadArgument(f"{where}: no entry points: give it urls, feeds, sitemaps or sites")
    return outlet


def _address_list(given: Any) -> tuple[str, ...]:
    return tuple(_address(text) for text in _texts(given))


def _selectors(given: Any) -> tuple[str, ...]:
    """CSS selectors, each of which lxml can follow."""
    selectors = _texts(given)
    for selector in selectors:
        try:
            xpath_of(selector)
        except SelectorError as error:
            raise BadArgument(f"not a CSS selector: {_shown(selector)} ({error})") from error
    return selectors


def _texts(given: Any) -> tuple[str, ...]:
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise BadArgument(f"a text or a list of texts, not {_shown(given)}")
    return tuple(texts)


def _host_list(given: Any) -> tuple[str, ...]:
    return tuple(map(_host, _texts(given)))


def _yes_or_no(given: Any) -> bool:
    if not isinstance(given, bool):
        raise BadArgument(f"cookies is true or false, not {_shown(given)}")
    return given


def _language(given: Any) -> str:
    if not isinstance(given, str) or not (len(given) in (2, 3) and given.isascii() and given.isalpha()):
        raise BadArgument(f"language is a code of two or three letters, not {_shown(given)}")
    return given.lower()


def _listed(names: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, names)))


_READERS: dict[str, Callable[[Any], Any]] = {
    "urls": _address_list,
    "feeds": _address_list,
    "sitemaps": _address_list,
    "sites": _address_list,
    "language": _language,
    "since": read_since,
    "max_age": lambda given: read_max_age(str(given)),
    "depth": lambda given: read_bound("depth", given),
    "count": lambda given: read_bound("count", given),
    "keep": _selectors,
    "drop": _selectors,
    "hosts": _host_list,
    "cookies": _yes_or_no,
}
