"""Text in Markdown that shows these characters and no others. See https://spec.commonmark.org/."""

from __future__ import annotations

from cleaners.words.patterns import lazy_pattern

_INLINE = lazy_pattern(r"[\\`*_\[\]<>&~$|]")
_NUMBERED = lazy_pattern(r"^([0-9]{1,9})([.)])")
_LINE_ENDS = lazy_pattern(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_ENTITY = lazy_pattern(r"&(?=#?\w+;)")


def escaped(text: str) -> str:
    """One line of text so that Markdown shows these characters and no others: no markup, link or HTML comes of it."""
    return line_start_escaped(escaped_inside(" ".join(_LINE_ENDS.split(text))))


def escaped_inside(text: str) -> str:
    """A piece of a line without markup in it; what is markup only where a line begins is left."""
    return _INLINE.sub(r"\\\g<0>", text)


def line_start_escaped(line: str) -> str:
    """A line that begins no heading, list or rule by what its text begins with."""
    if _NUMBERED.match(line):
        return _NUMBERED.sub(r"\1\\\2", line, count=1)
    return f"\\{line}" if line.startswith(("#", "+", "=", "-")) else line


def heading(level: int, text: str) -> str:
    """A heading. `text` is Markdown; the signs at its end that would close the heading stay text.

    >>> heading(2, "The language C #")
    '## The language C \\\\#'
    """
    return f"{'#' * level} {text[:-1]}\\#" if text.endswith("#") else f"{'#' * level} {text}"


def link_target(address: str) -> str:
    """An address of the web as the target of a link."""
    target = _ENTITY.sub(r"\\&", address)
    return f"<{target}>" if "(" in target or ")" in target else target
