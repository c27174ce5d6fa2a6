"""What a robots.txt says to crawlers of AI companies, and about the use of pages.

- Groups that name such a crawler: what it may not fetch is reserved for its use. A group for everybody says who may
  fetch, not what for, and gives no signal.
- `Content-Signal` (https://contentsignals.org) and `Content-Usage` (IETF's aipref drafts), for all paths or for one,
  in groups for everybody, for such a crawler, or before any group.
- `License` (https://rslstandard.org): where the terms stand.

Nothing here decides what may be fetched: that is `scraper.manners.robots`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cleaners.data import Signal
from cleaners.rights.crawlers import ai_crawlers
from cleaners.rights.signals import LONGEST_VALUE, signal, terms, usage_signals
from cleaners.words.patterns import lazy_pattern

if TYPE_CHECKING:
    from protego import Protego

MOST_BYTES = 500 * 1024
"""Bytes of a robots.txt that are read; RFC 9309, section 2.5, asks for at least as many."""

MOST_RULES = 2_000
"""Rules of a crawler that are kept: a file can name forty crawlers above all of its rules."""

MOST_USAGE_LINES = 100

# As lenient as Protego, which reads what they let through: a colon or a space, and the usual misspellings.
AGENT_LINE = lazy_pattern(r"\s*user[- ]?agent(?:\s*:|\s)([^#]*)", re.IGNORECASE)
RULE_LINE = lazy_pattern(r"\s*(allow|dis+al+ow|diasllow|disallaw|crawl[- ]delay)(?:\s*:|\s)([^#]*)", re.IGNORECASE)
TOKEN = lazy_pattern(r"[^\s/*]+")

_USAGE_LINE = lazy_pattern(r"\s*(content-(?:signals?|usage))\s*:\s*([^#]*)", re.IGNORECASE)
_LICENSE_LINE = lazy_pattern(r"\s*license\s*:\s*(\S+)", re.IGNORECASE)
_ANYBODY = "*"


class _Crawlers(NamedTuple):
    """Crawlers with the same rules: their names by use, and the rules under one name."""

    names: dict[str, list[str]]
    rules: Protego


class _Usage(NamedTuple):
    """Preferences for the paths that match a pattern."""

    pattern: str
    name: str
    preferences: str


@dataclass(frozen=True)
class RobotsStatements:
    """What a robots.txt says beside what may be fetched."""

    crawlers: tuple[_Crawlers, ...] = ()
    usages: tuple[_Usage, ...] = ()
    licenses: tuple[str, ...] = ()

    def signals(self, url: str) -> Iterator[Signal]:
        """What it says about the page at an address."""
        for same in self.crawlers:
            says = "allowed" if same.rules.can_fetch(url, _NAME) else "reserved"
            for use, names in same.names.items():
                yield signal(use, says, _SOURCE, f"User-agent: {', '.join(names)}")  # type: ignore[arg-type]
        yield from closest((usage.pattern, _signals(usage)) for usage in self.usages if matches(usage.pattern, url))
        for address in self.licenses:
            yield from terms("license", address, _SOURCE)


_NAME = "x"
_SOURCE = "robots.txt"


def parse_robots(body: bytes) -> RobotsStatements:
    """What the first `MOST_BYTES` of a robots.txt say. Never raises: what cannot be read says nothing.

    >>> found = parse_robots(b"User-agent: GPTBot\\nUser-agent: CCBot\\nDisallow: /news/")
    >>> [(signal.use, signal.says, signal.statement) for signal in found.signals("https://outlet.example/news/a")]
    [('ai-train', 'reserved', 'User-agent: GPTBot, CCBot')]
    """
    reader = _Reader()
    for line in body[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff").splitlines():
        reader.take(line[:LONGEST_VALUE])
    return RobotsStatements(tuple(reader.crawlers()), tuple(reader.usages), tuple(dict.fromkeys(reader.licenses)))


@dataclass
class _Reader:
    """Reads line by line: which groups name which crawler, and what stands in them."""

    groups: list[list[str]] = field(default_factory=list)
    named: dict[str, tuple[str, list[int]]] = field(default_factory=dict)
    """By the crawler in small letters: the name as the file has it, and its groups."""
    usages: list[_Usage] = field(default_factory=list)
    licenses: list[str] = field(default_factory=list)
    concerns_us: bool = True
    among_agents: bool = False

    def take(self, line: str) -> None:
        """One more line."""
        if agent := AGENT_LINE.match(line):
            self._open_group(agent[1])
        elif rule := RULE_LINE.match(line):
            self.among_agents = False
            if self.groups:
                self.groups[-1].append(f"{rule[1]}: {rule[2].strip()}")
        elif usage := _USAGE_LINE.match(line):
            self._add_usage(usage[1], usage[2].strip())
        elif (address := _LICENSE_LINE.match(line)) and len(self.licenses) < MOST_USAGE_LINES:
            self.licenses.append(address[1])

    def _open_group(self, agent: str) -> None:
        if not self.among_agents:
            self.groups.append([])
            self.concerns_us = False
        self.among_agents = True
        token = agent.strip()
        found = TOKEN.match(token)
        name = found[0] if found else ""
        if token == _ANYBODY:
            self.concerns_us = True
        elif name.lower() in ai_crawlers():
            self.concerns_us = True
            groups = self.named.setdefault(name.lower(), (name, []))[1]
            if groups[-1:] != [len(self.groups) - 1]:
                groups.append(len(self.groups) - 1)

    def _add_usage(self, name: str, value: str) -> None:
        self.among_agents = False
        if self.concerns_us and len(self.usages) < MOST_USAGE_LINES:
            first, _, rest = value.partition(" ")
            self.usages.append(_Usage(first, name, rest) if first.startswith("/") else _Usage("", name, value))

    def crawlers(self) -> Iterator[_Crawlers]:
        """The crawlers that the file names, together where they have the same groups."""
        together: dict[tuple[int, ...], list[str]] = {}
        for token, (_, groups) in self.named.items():
            together.setdefault(tuple(groups), []).append(token)
        for numbers, tokens in together.items():
            names: dict[str, list[str]] = {}
            for token in tokens:
                names.setdefault(ai_crawlers()[token], []).append(self.named[token][0])
            rules = [rule for number in numbers for rule in self.groups[number]]
            yield _Crawlers(names, _parsed([f"User-agent: {_NAME}", *rules[:MOST_RULES]]))


def _signals(usage: _Usage) -> list[Signal]:
    name = f"{usage.name} {usage.pattern}".strip()
    return list(usage_signals(usage.preferences, _SOURCE, name))


def matches(pattern: str, url: str) -> bool:
    """Whether the path of an address matches a pattern as robots.txt has them; an empty pattern matches all.

    >>> matches("/news/*.html$", "https://outlet.example/news/a.html"), matches("/b", "https://outlet.example/a")
    (True, False)
    """
    one_line = "".join(pattern.split())
    if one_line in ("", "/"):
        return True
    return not _parsed([f"User-agent: {_NAME}", f"Disallow: {one_line}"]).can_fetch(url, _NAME)


def _parsed(lines: Sequence[str]) -> Protego:
    """The rules in the lines of a robots.txt, by Protego, which is loaded for the first file that is read."""
    from protego import Protego

    return Protego.parse("\n".join(lines))


def closest(found: Iterable[tuple[str, list[Signal]]]) -> list[Signal]:
    """For each use, the signals of the longest of the patterns that match, which is the closest one (RFC 9309)."""
    best: dict[str, tuple[int, list[Signal]]] = {}
    for pattern, signals in found:
        for each in signals:
            length, kept = best.get(each.use, (-1, []))
            if len(pattern) > length:
                best[each.use] = len(pattern), [each]
            elif len(pattern) == length:
                kept.append(each)
    return [each for _, signals in best.values() for each in signals]
