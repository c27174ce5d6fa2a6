"""The values in which pages carry their data: JSON in scripts and attributes, and the object literals of JavaScript.

A script is not run. Its assignments to `window` and to variables at its start are read: as JSON, as the text of a
`JSON.parse`, or token by token, so that keys without quotes, single quotes and a function that returns an object, as
Nuxt writes it, are understood too. What is no literal is passed over. Each script is read once from left to right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import unquote

from cleaners.words.patterns import lazy_pattern

MOST_LITERAL = 5_000_000
"""Characters of a script that is no JSON, at most."""

MOST_TRIES = 20
"""Values of a script that are first read as JSON and are none; each costs a count of the lines above it."""

MOST_LEVELS = 60
"""Levels of a value whose parts refer to each other."""

OUTER_LEVELS = 4
"""Groups around a function whose arguments are put into its body: Nuxt wraps the whole value in one."""

_ASSIGNED = lazy_pattern(
    r"(?:(?:\A[\s;]*|[;\n]\s*)(?:var|let|const)\s|(?:window|self|globalThis)[.\[]|Fusion\.|(?<![\w$.])__)"
    r"[^=;(){}]{1,80}=\s*(?=[{\[(\"']|JSON\.parse|decodeURIComponent)"
    r"|\bstart\([^{}\n;]{0,100}(?=\{)"
)
"""What stands before a value: its name, and the call that starts SvelteKit."""

_TOKEN = lazy_pattern(
    r"""(?P<string>"(?:[^"\\\n]|\\[\s\S])*+"?|'(?:[^'\\\n]|\\[\s\S])*+'?|`(?:[^`\\]|\\[\s\S])*+`?)"""
    r"|(?P<comment>//[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/)?)"
    r"|(?P<mark>=>|[{}\[\](),:;=])|(?P<word>[\w$.]+)|\S"
)
_ESCAPE = lazy_pattern(r"\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|([\s\S]))")
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_WRAPPERS = frozenset({"Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "Set"})


def json_value(text: str) -> Any:
    """The value of a JSON text, which may stand in an HTML comment or have its quotes escaped; None if it is none.

    >>> json_value("<!--[1, 2]-->"), json_value("{&quot;a&quot;: 1}"), json_value("{a: 1}")
    ([1, 2], {'a': 1}, None)
    """
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    if text[:10].startswith(("{&quot;", "[&quot;", "[{&quot;")):
        text = unescape(text)
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return _revived(value, 2 * len(text)) if _refers(value) else value


def script_values(text: str) -> Iterator[Any]:
    """The values that a script assigns.

    >>> list(script_values('window.a=1; window.__X__ = {story: {body: "Snow fell.", free: !0}};'))
    [[{'story': {'body': 'Snow fell.', 'free': None}}]]
    >>> list(script_values(r'window.__Y__ = JSON.parse("{\\"a\\": [1]}")'))
    [[{'a': [1]}]]
    """
    at, tries, decoder = 0, MOST_TRIES, json.JSONDecoder(strict=False)
    while match := _ASSIGNED.search(text, at):
        start = match.end()
        try:
            value, at = decoder.raw_decode(text, start) if tries and text[start] in "{[" else (None, start)
        except (ValueError, RecursionError):
            tries -= 1
        if at <= start:
            if len(text) - start > MOST_LITERAL:
                return
            value, at = _literal(text, start)
        yield [_loaded(part) if isinstance(part, str) else part for part in value] if isinstance(value, list) else value


def _loaded(text: str) -> Any:
    """The value of a string that holds JSON, also with escapes of an address; other strings as they are."""
    if text[:3] in ("%7B", "%5B"):
        text = unquote(text)
    return json_value(text) if text[:1] in ("{", "[") else text


# Values whose parts refer to each other by their numbers, as `devalue` writes them for Nuxt


def _refers(value: Any) -> bool:
    if not (isinstance(value, list) and len(value) > 1 and value[0]):
        return False
    first = value[0]
    if isinstance(first, list):
        return first[0] in _WRAPPERS if isinstance(first[0], str) else False
    return isinstance(first, dict) and all(type(at) is int and 0 < at < len(value) for at in first.values())


def _revived(rows: list[Any], budget: int) -> Any:
    """The value of the first row, with other rows in the place of their numbers; `budget` characters of them."""

    def value_of(at: Any, level: int) -> Any:
        nonlocal budget
        if type(at) is not int or not 0 <= at < len(rows) or budget <= 0 or level > MOST_LEVELS:
            return None
        row = rows[at]
        budget -= 1 + (len(row) if isinstance(row, str) else 0)
        if isinstance(row, dict):
            return {key: value_of(inner, level + 1) for key, inner in row.items()}
        if not isinstance(row, list):
            return row
        if row and isinstance(row[0], str):
            return value_of(row[1], level + 1) if len(row) == 2 and row[0] in _WRAPPERS else None
        return [value_of(inner, level + 1) for inner in row]

    return value_of(0, 0)


# Literals of JavaScript


@dataclass(frozen=True, slots=True)
class _Name:
    """A word of the script that is no value: a variable, a keyword."""

    word: str


@dataclass(slots=True)
class _Group:
    """What stands between two brackets: parts with a key, parts without one, and the part that is being read.

    `takes` are the parameters of a function whose body stands in the group.
    """

    bracket: str
    keyed: dict[str, Any] = field(default_factory=dict)
    parts: list[Any] = field(default_factory=list)
    key: str | None = None
    part: Any = None
    takes: list[Any] | None = None

    def close_part(self, keeps_place: bool = False) -> None:
        if self.key is not None:
            self.keyed[self.key] = self.part
        elif self.part is not None or (keeps_place and self.bracket == "("):
            self.parts.append(self.part)
        self.key = self.part = None

    def name_part(self) -> None:
        name = self.part
        if isinstance(name, _Name):
            self.key = name.word.rpartition(".")[2]
        elif isinstance(name, str):
            self.key = name
        self.part = None

    def value(self) -> Any:
        self.close_part()
        if self.bracket == "{":
            return self.keyed | ({"": self.parts} if self.parts else {})
        if self.takes is not None and len(self.parts) == 1:
            return self.parts[0]
        return self.parts + ([self.keyed] if self.keyed else [])


def _literal(text: str, start: int) -> tuple[Any, int]:
    """The value of the expression at a place of a script, and where it ends."""
    groups = [_Group("(")]
    for token in _TOKEN.finditer(text, start):
        what = token[0]
        if token["string"]:
            groups[-1].part = _unescaped(what)
        elif token["word"]:
            groups[-1].part = None if what in _NO_NAMES or what[0].isdigit() else _Name(what)
        elif token["mark"]:
            if len(groups) == 1 and what in "}]);":
                return groups[0].value(), token.end()
            _mark(groups, what, len(text))
    return groups[0].value(), len(text)


def _mark(groups: list[_Group], what: str, budget: int) -> None:
    """Opens or closes a group, or ends a part or a key."""
    here = groups[-1]
    if what in "{[(":
        groups.append(_Group(what))
    elif what in "}])":
        groups.pop()
        _into(groups[-1], here, budget if len(groups) <= OUTER_LEVELS else 0)
    elif what in ",;":
        here.close_part(keeps_place=True)  # null stands for an argument
    elif what == "=>":
        here.takes, here.part = here.part if isinstance(here.part, list) else [here.part], None
    else:
        here.name_part()


_NO_NAMES = frozenset({"null", "undefined", "true", "false", "void", "return", "new"})


def _into(outer: _Group, inner: _Group, budget: int) -> None:
    """Puts a group that has ended into the one around it: as a part, as parameters or arguments of a function."""
    value = inner.value()
    before = outer.part
    if inner.bracket == "(":
        if isinstance(before, _Name):
            outer.part = value
            if before.word == "function":
                outer.takes, outer.part = value, None
            elif before.word in ("JSON.parse", "decodeURIComponent") and value and isinstance(value[0], str):
                outer.part = _loaded(value[0])
            return
        if outer.takes is not None and isinstance(before, dict | list):
            if budget:
                given = value if isinstance(value, list) else []
                _bind(before, dict(zip(_words(outer.takes), given, strict=False)), budget)
            outer.takes = None
            return
        if inner.takes is not None:
            outer.takes = inner.takes
    outer.part = value


def _words(names: list[Any]) -> list[str]:
    return [name.word if isinstance(name, _Name) else "" for name in names]


def _bind(value: dict[str, Any] | list[Any], bound: dict[str, Any], budget: int) -> None:
    """Puts arguments in the place of parameters: a text as often as `budget` characters allow, other values once."""
    stack: list[Any] = [value]
    while stack:
        here = stack.pop()
        pairs = here.items() if isinstance(here, dict) else enumerate(here)
        for key, part in list(pairs):
            if isinstance(part, _Name):
                argument = bound.get(part.word)
                if isinstance(argument, str):
                    budget -= len(argument)
                    argument = argument if budget > 0 else None
                else:
                    bound.pop(part.word, None)
                here[key] = argument
            elif isinstance(part, dict | list):
                stack.append(part)


def _unescaped(quoted: str) -> str:
    """The text of a string literal.

    >>> _unescaped(r"'It\\'s \\u00e4\\x41 \\ud83d\\ude00'")
    "It's äA 😀"
    """
    text = quoted[1:-1] if quoted[-1] == quoted[0] and len(quoted) > 1 else quoted[1:]
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(_character, text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if "\\u" in quoted else text


def _character(escape: re.Match[str]) -> str:
    if letter := escape[4]:
        return _NAMED.get(letter, letter)
    code = int(escape[1] or escape[2] or escape[3], 16)
    return chr(code) if code <= 0x10FFFF else "�"
