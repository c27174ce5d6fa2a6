"""The file of profiles: TOML, a table `[[profile]]` for each outlet and kind of page, which a person can read and edit.

    [[profile]]
    outlet = "gazette.example"     # the host without `www.`; of files without addresses their folder
    kind = "html"                  # or "text": dumps
    pages = 240
    lines = [[212, "Get the news of the day by mail."]]
    places = [[238, "p. < div.story < article."]]

A line that is taken out of `lines` is left to the cleaners again; one that is added is dropped. Other tables of the
file, such as `[[outlet]]`, are not read here.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast

from cleaners.data import Page, PageFile, Profile, Waiting
from cleaners.decoding.utf16 import marked_encoding
from cleaners.errors import CopydeskError
from cleaners.profiles.learning import LearnedLine, LearnedProfile
from cleaners.records.outlets import outlet_of
from cleaners.version import VERSION
from cleaners.words.shapes import shape

_Waiting = TypeVar("_Waiting", bound=Waiting)

TABLE = "profile"
"""The name of the tables."""

_FIELDS = {"outlet", "kind", "pages", "lines", "places"}


class BadProfile(CopydeskError):
    """A file of profiles cannot be read. The message names the file and the table."""


class Profiles:
    """The profiles of a file, by outlet."""

    def __init__(self, by_outlet: Mapping[str, tuple[Profile, ...]]) -> None:
        self._by_outlet = by_outlet

    def __len__(self) -> int:
        return len(self._by_outlet)

    @property
    def digest(self) -> str:
        """A digest of all profiles (16 hex digits), by which a run knows whether they have changed."""
        told = [
            (outlet, profile.kind, profile.pages, sorted(profile.lines.items()), sorted(profile.places.items()))
            for outlet, profiles in sorted(self._by_outlet.items())
            for profile in sorted(profiles, key=lambda profile: profile.kind)
        ]
        return blake2b(repr(told).encode("utf-8", "replace"), digest_size=8).hexdigest()

    def put_on(self, page: Page) -> Page:
        """The page with the profiles of its outlet, if there are any."""
        profiles = self.of(outlet_of_page(page))
        return replace(page, profiles=profiles) if profiles else page

    def with_profile(self, outlet: str, profile: Profile) -> Profiles:
        """These profiles and one more."""
        return Profiles({**self._by_outlet, outlet: (*self._by_outlet.get(outlet, ()), profile)})

    def of(self, outlet: str) -> tuple[Profile, ...]:
        """The profiles of an outlet, one for each kind of page."""
        return self._by_outlet.get(outlet, ())

    def put_on_all(self, pages: Iterable[_Waiting]) -> Iterator[_Waiting]:
        """The pages, each with the profiles of its outlet; what was rejected stays as it is."""
        return map(self._put_on_waiting, pages) if self._by_outlet else iter(pages)

    def _put_on_waiting(self, waiting: _Waiting) -> _Waiting:
        if isinstance(waiting, PageFile):
            return replace(waiting, page=self.put_on(waiting.page))
        return cast("_Waiting", self.put_on(waiting)) if isinstance(waiting, Page) else waiting


NO_PROFILES = Profiles({})
"""No profile of any outlet."""


def outlet_of_page(page: Page) -> str:
    """The outlet of a page: the host that it was fetched from without `www.`, or else the folder of its file.

    >>> outlet_of_page(Page("", url="https://www.gazette.example/a")), outlet_of_page(Page("", source="gazette/1.txt"))
    ('gazette.example', 'gazette')
    """
    return outlet_of({"url": page.url, "source": page.source})


# --- Writing -----------------------------------------------------------------------------------------------------


def write_profiles(profiles: Iterable[LearnedProfile]) -> Iterator[str]:
    """The file, in pieces."""
    yield f"# Learned by Copydesk {VERSION}. Each line stands behind the number of pages that have it.\n"
    yield "# Take out the lines that belong to stories; they are left to the cleaners then.\n"
    for learned in profiles:
        yield from write_profile(learned)


def write_profile(learned: LearnedProfile) -> Iterator[str]:
    """The table of one profile, in pieces: it may be added to a file of profiles."""
    yield f"\n[[{TABLE}]]\noutlet = {_quoted(learned.outlet)}\nkind = {_quoted(learned.kind)}\n"
    yield f"pages = {learned.pages}{_remark(learned)}\nlines = [\n"
    yield from _lines(learned.lines)
    yield "]\nplaces = [\n"
    yield from (f"  [{count}, {_quoted(place)}],\n" for place, count in sorted(learned.places.items()))
    yield "]\n"


def _remark(learned: LearnedProfile) -> str:
    if learned.at:
        return f"  # the first ones of a crawl, until {learned.at}"
    return f"  # of {learned.seen} that were read" if learned.seen > learned.pages else ""


def _lines(lines: Iterable[LearnedLine]) -> Iterator[str]:
    """The lines that were kept somewhere first: they are those in which a profile makes a difference."""
    kept = [line for line in lines if line.kept]
    others = [line for line in lines if not line.kept]
    for head, group in (("kept in the text of a page without this profile", kept), ("kept nowhere", others)):
        if group:
            yield f"  # {head}\n"
            yield from (f"  [{line.pages}, {_quoted(line.text)}],\n" for line in group)


def _quoted(text: str) -> str:
    """A basic string of TOML, which is one of JSON but for DEL and halves of surrogate pairs."""
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007F")


# --- Reading -----------------------------------------------------------------------------------------------------


def read_profiles(path: str | Path) -> Profiles:
    """The profiles in a file. Raises BadProfile where it holds none or what is none, and OSError if it cannot be
    read."""
    return _profiles_in(_document(path), path)


def profiles_so_far(path: str | Path) -> Profiles:
    """The profiles in a file that a crawl adds to: none where there is no file, or where it holds no table at all.
    Raises as `read_profiles` does."""
    try:
        document = _document(path)
    except FileNotFoundError:
        return NO_PROFILES
    return _profiles_in(document, path) if document else NO_PROFILES


def _document(path: str | Path) -> dict[str, Any]:
    content = Path(path).read_bytes()
    encoding, length = marked_encoding(content) or ("utf-8", 0)
    try:
        return tomllib.loads(content[length:].decode(encoding))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadProfile(f"{path}: no TOML file: {' '.join(str(error).split())[:200]}") from error


def _profiles_in(document: dict[str, Any], path: str | Path) -> Profiles:
    tables = document.get(TABLE)
    if not isinstance(tables, list) or not tables:
        raise BadProfile(f"{path}: no profiles; each is a table [[{TABLE}]], as copydesk outlets learn writes it")
    return parse_profiles(tables, str(path))


def profiles_named(path: str | Path | None) -> Profiles:
    """The profiles in a file that a setting or an option may name, and none where it names none. Raises as
    `read_profiles` does."""
    return read_profiles(path) if path else NO_PROFILES


def parse_profiles(tables: list[Any], where: str) -> Profiles:
    """The profiles in tables; `where` begins every message. Raises BadProfile."""
    found: dict[str, tuple[Profile, ...]] = {}
    for position, table in enumerate(tables, start=1):
        outlet, profile = _parse(table, f"{where}, profile {position}")
        if any(other.kind == profile.kind for other in found.get(outlet, ())):
            raise BadProfile(f"{where}: several profiles of {outlet} for {profile.kind}")
        found[outlet] = (*found.get(outlet, ()), profile)
    return Profiles(found)


def _parse(table: Any, where: str) -> tuple[str, Profile]:
    if not isinstance(table, dict):
        raise BadProfile(f"{where}: not a table")
    if unknown := table.keys() - _FIELDS:
        raise BadProfile(f"{where}: not known here: {', '.join(sorted(unknown))}")
    outlet, kind, pages = table.get("outlet"), table.get("kind"), table.get("pages")
    if not isinstance(outlet, str) or not outlet.strip():
        raise BadProfile(f"{where}: it has no outlet")
    where = f"{where} ({outlet[:100]})"
    if kind not in ("html", "text"):
        raise BadProfile(f'{where}: kind is "html" or "text"')
    if not isinstance(pages, int) or not _is_count(pages):
        raise BadProfile(f"{where}: pages is a whole number above 0")
    lines = {shape(text).key: count for text, count in _counted(table.get("lines", []), f"{where}: lines")}
    places = dict(_counted(table.get("places", []), f"{where}: places"))
    return outlet.strip(), Profile(kind, pages, {key: count for key, count in lines.items() if key}, places)


def _counted(given: Any, where: str) -> Iterator[tuple[str, int]]:
    if not isinstance(given, list):
        raise BadProfile(f'{where}: a list of pairs, as in [[12, "Share this"]]')
    for pair in given:
        if not (isinstance(pair, list) and len(pair) == 2 and _is_count(pair[0]) and isinstance(pair[1], str)):
            raise BadProfile(f'{where}: each is pages and a text, as in [12, "Share this"]; not {repr(pair)[:100]}')
        yield pair[1], pair[0]


def _is_count(given: Any) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and given > 0
