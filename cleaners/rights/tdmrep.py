"""`/.well-known/tdmrep.json`, by which a host reserves text and data mining (https://www.w3.org/2022/tdmrep/)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from cleaners.data import Signal
from cleaners.rights.robots_txt import MOST_BYTES, closest, matches
from cleaners.rights.signals import LONGEST_VALUE, tdm_signals

MOST_RULES = 500

_SOURCE = "tdmrep.json"


@dataclass(frozen=True)
class TdmStatements:
    """The rules of a tdmrep.json: patterns of paths, each with its signals."""

    rules: tuple[tuple[str, tuple[Signal, ...]], ...] = ()

    def signals(self, url: str) -> Iterator[Signal]:
        """What it says about the page at an address: the rules with the longest pattern that matches."""
        found = [(pattern, list(signals)) for pattern, signals in self.rules if matches(pattern, url)]
        longest = max((len(pattern) for pattern, _ in found), default=0)
        yield from closest(rule for rule in found if len(rule[0]) == longest)


def parse_tdmrep(body: bytes) -> TdmStatements:
    """What a tdmrep.json says. Never raises: what is no list of rules says nothing.

    >>> found = parse_tdmrep(b'[{"location": "/news/*", "tdm-reservation": 1}]')
    >>> [signal.says for signal in found.signals("https://outlet.example/news/a")]
    ['reserved']
    """
    try:
        stated = json.loads(body[:MOST_BYTES].decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return TdmStatements()
    rules = stated if isinstance(stated, list) else [stated]
    read = (rule for rule in rules[:MOST_RULES] if isinstance(rule, dict) and isinstance(rule.get("location"), str))
    return TdmStatements(
        tuple(
            (
                rule["location"][:LONGEST_VALUE],
                tuple(tdm_signals(rule.get("tdm-reservation"), rule.get("tdm-policy"), _SOURCE)),
            )
            for rule in read
        )
    )
