"""The files in which hosts state what they reserve, as they come in the order of a crawl or of its archive."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple, TypeVar
from urllib.parse import urljoin, urlsplit

from cleaners.data import Signal
from cleaners.rights.robots_txt import RobotsStatements, parse_robots
from cleaners.rights.tdmrep import TdmStatements, parse_tdmrep

ROBOTS, TDMREP = "/robots.txt", "/.well-known/tdmrep.json"
"""Where the files stand."""

MOST_FILES = 10_000
"""Files whose statements are kept in memory, the newest."""

MOST_REDIRECTS = 10

_Kept = TypeVar("_Kept")


class _Moved(NamedTuple):
    """Where a file is said to be instead."""

    url: str
    path: str


class Hosts:
    """What hosts have stated so far. A file that is fetched again takes the place of the earlier one."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, RobotsStatements | TdmStatements | _Moved] = OrderedDict()
        self._targets: OrderedDict[str, str] = OrderedDict()

    def path_of(self, url: str) -> str | None:
        """Which of the files an address is that of, or leads to after redirects; None for a page."""
        path = _split(url)[1]
        return path if path in (ROBOTS, TDMREP) else self._targets.get(url)

    def note(self, url: str, status: int | None, location: str | None, body: bytes) -> None:
        """The answer to a request for one of the files; what is no success and no redirect says nothing.

        >>> hosts = Hosts()
        >>> hosts.note("https://outlet.example/robots.txt", 200, None, b"User-agent: CCBot\\nDisallow: /")
        >>> [signal.use for signal in hosts.signals("https://outlet.example/story")]
        ['ai-train']
        """
        if (path := self.path_of(url)) is None:
            return
        self._files.pop(url, None)
        if status is not None and 300 <= status < 400 and location:
            target = _joined(url, location)
            _keep(self._targets, target, path)
            _keep(self._files, url, _Moved(target, path))
        elif status is None or 200 <= status < 300:
            _keep(self._files, url, parse_robots(body) if path == ROBOTS else parse_tdmrep(body))

    def signals(self, url: str) -> tuple[Signal, ...]:
        """What the host of a page says about it."""
        origin = _split(url)[0]
        return tuple(
            each
            for path in (ROBOTS, TDMREP)
            if (statements := self._file(f"{origin}{path}"))
            for each in statements.signals(url)
        )

    def _file(self, url: str) -> RobotsStatements | TdmStatements | None:
        for _ in range(MOST_REDIRECTS):
            found = self._files.get(url)
            if not isinstance(found, _Moved):
                return found
            url = found.url
        return None


def _keep(kept: OrderedDict[str, _Kept], key: str, value: _Kept) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > MOST_FILES:
        kept.popitem(last=False)


def _split(url: str) -> tuple[str, str]:
    """The origin of an address and its path; both empty where it is broken."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}", parts.path


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location.strip()).partition("#")[0]
    except ValueError:
        return url
