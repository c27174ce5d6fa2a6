"""Statements to signals, and signals to rights: what the sources of signals share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from cleaners.data import Rights, Signal
from cleaners.rights.crawlers import ai_crawlers
from cleaners.words.patterns import lazy_pattern

MOST_SIGNALS = 40
"""Signals that a record keeps; a page has two or three."""

LONGEST_STATEMENT = 300
"""Characters of a statement that are kept. The longest are the names of thirty crawlers."""

LONGEST_VALUE = 4_000
"""Characters of a header, a meta tag or a line that are looked at."""

USES = {
    "ai-train": "ai-train", "train-ai": "ai-train", "train-genai": "ai-train", "genai": "ai-train", "ai": "ai-train",
    "ai-input": "ai-input", "ai-use": "ai-input",
    "search": "search",
    "tdm": "tdm", "bots": "tdm",
}  # fmt: skip
"""The uses that Content-Signal (contentsignals.org) and Content-Usage (the drafts of IETF's aipref) name, as ours."""

_ANSWERS: dict[str, Literal["allowed", "reserved"]] = {
    "yes": "allowed", "y": "allowed", "?1": "allowed", "no": "reserved", "n": "reserved", "?0": "reserved",
}  # fmt: skip

_FOR_ALL = frozenset({"robots", "googlebot", "bingbot", "copydesk"})
"""Whom a robots meta tag has to address to speak of indexes as such; googlebot-news, say, is one product."""

_WITH_VALUE = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
"""Directives that have a colon themselves, so that what stands before it is no name of a crawler."""

_WEB_ADDRESS = lazy_pattern(r"https?://[^\s<>\"']+", re.IGNORECASE)


def rights_of(signals: Iterable[Signal]) -> Rights:
    """What counts as reserved by these signals: a use is, if any of them reserves it. Equal signals are told once.

    Who reserves text and data mining reserves training, too, which mines the text.

    >>> both = Signal("tdm", "allowed", "meta", "tdm-reservation: 0"), Signal("tdm", "reserved", "header", "1")
    >>> rights_of(both).reserved
    ('ai-train', 'tdm')
    """
    kept = tuple(dict.fromkeys(signals))[:MOST_SIGNALS]
    reserved = {signal.use for signal in kept if signal.says == "reserved"}
    if "tdm" in reserved:
        reserved.add("ai-train")
    return Rights(tuple(sorted(reserved)), kept)


def usage_signals(preferences: str, source: str, name: str) -> Iterator[Signal]:
    """The signals of a list of preferences, such as `search=yes, ai-train=no`; what cannot be read is passed over.

    >>> found = usage_signals("train-ai=n, search=y, x=maybe", "header", "Content-Usage")
    >>> [(signal.use, signal.says) for signal in found]
    [('ai-train', 'reserved'), ('search', 'allowed')]
    """
    for preference in preferences[:LONGEST_VALUE].split(","):
        key, _, value = preference.partition("=")
        use, answer = USES.get(key.strip().lower()), _ANSWERS.get(value.partition(";")[0].strip().lower())
        if use and answer:
            yield signal(use, answer, source, f"{name}: {preference}")


def tdm_signals(reservation: object, policy: object, source: str) -> Iterator[Signal]:
    """The signals of TDMRep (https://www.w3.org/2022/tdmrep/): 1 reserves, 0 does not, all else says nothing.

    >>> [signal.says for signal in tdm_signals("1", "https://outlet.example/tdm.json", "meta")]
    ['reserved', 'terms']
    """
    stated = str(reservation).strip() if isinstance(reservation, str | int) and reservation is not True else ""
    if stated in ("0", "1"):
        yield signal("tdm", "reserved" if stated == "1" else "allowed", source, f"tdm-reservation: {stated}")
    yield from terms("tdm", policy, source)


def terms(use: str, address: object, source: str) -> Iterator[Signal]:
    """The signal of a web address at which the terms of a use, or a licence, stand; none for anything else."""
    if isinstance(address, str) and _WEB_ADDRESS.fullmatch(stated := address[:LONGEST_VALUE].strip()):
        yield signal(use, "terms", source, stated)


def directive_signals(directives: str, source: str, agent: str = "robots") -> Iterator[Signal]:
    """The signals of a robots meta tag, or of an X-Robots-Tag, in which a name before a colon changes the `agent`.

    >>> [signal.use for signal in directive_signals("noindex, GPTBot: none, noai", "header")]
    ['index', 'ai-train', 'ai-train']
    """
    agent = agent.strip().lower()
    for piece in directives[:LONGEST_VALUE].split(","):
        before, colon, after = piece.partition(":")
        if colon and before.strip().lower() not in _WITH_VALUE:
            agent, piece = before.strip().lower(), after
        word = piece.strip().lower()
        for use, says in _directed(agent, word):
            yield signal(use, says, source, f"{agent}: {word}")


def speaks_of_use(agent: str) -> bool:
    """Whether a directive to an agent says anything here: to all, or to a crawler of an AI company.

    >>> speaks_of_use("ccbot"), speaks_of_use("googlebot-news")
    (True, False)
    """
    return agent in _FOR_ALL or agent in ai_crawlers()


def _directed(agent: str, word: str) -> Iterator[tuple[str, Literal["allowed", "reserved"]]]:
    """The use that a directive is about, and what it says."""
    if not speaks_of_use(agent):
        return
    purpose = ai_crawlers().get(agent)
    if word == "noai":
        yield "ai-train", "reserved"
    elif word == "noimageai":
        yield "ai-images", "reserved"
    elif word in ("noindex", "none"):
        yield purpose or "index", "reserved"
    elif word in ("index", "all"):
        yield purpose or "index", "allowed"


def signal(use: str, says: Literal["reserved", "allowed", "terms"], source: str, statement: str) -> Signal:
    """A signal whose statement is one line of bounded length."""
    line = " ".join(statement.split()).encode("utf-8", "replace").decode()
    return Signal(use, says, source, line if len(line) <= LONGEST_STATEMENT else line[: LONGEST_STATEMENT - 1] + "…")
