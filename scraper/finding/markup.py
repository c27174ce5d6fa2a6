"""The text and the tags of feeds and sitemaps, however broken they are.

An XML parser does not serve here. After the first error it either stops or drops the references that follow, and
`?id=1&amp;cat=9` silently becomes another address. Many feeds and sitemaps have such an error: a blank line or a PHP
notice before the declaration, a byte of another encoding, an unknown entity, a bare `<` in a title. A crawl needs only
a few elements, and not their nesting. So a document is read as a sequence of tags, in linear time. Nothing is loaded
from outside, and entities that the document defines are not expanded.
"""

from __future__ import annotations

import codecs
import re
from html.entities import html5

from cleaners.decoding.bytewise import decode_bytewise
from cleaners.decoding.utf16 import marked_encoding, sample_of, unmarked_utf16

ATTRIBUTES = r"""(?:(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+>|[^<>]*+>)"""
"""Pattern of what stands behind a tag's name. A quoted value may contain `>`; where quotes are broken it may not."""

_START_BYTES = 4_096
"""Bytes in which a declaration is looked for: a notice of PHP may stand before it."""

_ROOT_CHARACTERS = 1 << 18
"""Characters in which the root is looked for: licences of some kilobytes stand in comments before it."""

_DECLARED = re.compile(rb"""<\?xml[^<>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})""")
_UNICODE = frozenset({"", "utf-8", "utf8", "utf-16", "utf16"})
"""Encodings to which a declaration adds nothing: UTF-8 is the default, and UTF-16 shows in the bytes."""

_MOST_STRAY = 10_000
"""Stray bytes that are looked at one by one, which takes a microsecond each. A document with more is of another
encoding."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_SPECIAL = re.compile(r"<!--|<!\[CDATA\[|<!DOCTYPE|<\?", re.IGNORECASE)
_ENDS = {"<!--": "-->", "<?": ">"}
_DECISIVE = re.compile(
    r"<(?:[\w.-]{1,40}:)?(rss|feed|rdf|urlset|sitemapindex|url|sitemap|html|head|body|title|meta|script)(?=[\s/>])",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]\w{1,31}));")
_ANY_TAG = re.compile(r"<[/!?A-Za-z][^<>]*>")
_ATTRIBUTE = re.compile(r"""([\w:.-]{1,60})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")


def text_of(body: bytes, charset: str | None = None) -> str:
    """The text of a feed, a sitemap, a robots.txt or a list of addresses, without control characters.

    `charset` is that of the HTTP header. Single bytes that are not valid in a UTF-8 document are read as Windows-1252,
    so that an address keeps the letter that was meant.

    >>> text_of(b"\\xef\\xbb\\xbfcaf\\xe9 caf\\xc3\\xa9")
    'café café'
    >>> text_of("https://news.example/".encode("utf-16"))
    'https://news.example/'
    """
    return _CONTROLS.sub("", _decoded(body, charset)).removeprefix("\ufeff")


def _decoded(body: bytes, charset: str | None) -> str:
    encoding, length = marked_encoding(body) or ("", 0)
    body = body[length:]
    if encoding not in _UNICODE:
        return body.decode(encoding, "replace")
    if byte_order := unmarked_utf16(sample_of(body)):
        return body.decode(byte_order, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded_legacy(body, charset)


def _decoded_legacy(body: bytes, charset: str | None) -> str:
    """The text of what is not quite UTF-8: the declared encoding if it is another one, else UTF-8 with a few stray
    bytes, else what the bytes look like."""
    declared = _DECLARED.search(body[:_START_BYTES])
    encoding = declared[1].decode("ascii", "replace") if declared else charset or ""
    is_unicode = encoding.lower() in _UNICODE
    if is_unicode and body.decode("utf-8", "replace").count("\ufffd") <= _MOST_STRAY:
        return body.decode("utf-8", _STRAY)
    return decode_bytewise(body, None if is_unicode else encoding, "html")


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_STRAY = "copydesk-stray-bytes"
codecs.register_error(_STRAY, _as_windows_1252)


def plain_markup(text: str) -> str:
    """Markup of nothing but tags and text: without comments, instructions and DOCTYPE, and with CDATA escaped.

    A section without an end counts as text, so that nothing after it is lost.

    >>> plain_markup("<?xml version='1.0'?><a><!-- <b> --><![CDATA[1 < 2 & 3]]></a>")
    '<a>1 &lt; 2 &amp; 3</a>'
    """
    find = _Finder(text)
    pieces: list[str] = []
    position = 0
    while special := _SPECIAL.search(text, position):
        pieces.append(text[position : special.start()])
        start, opener = special.end(), special[0].upper()
        if opener == "<![CDATA[":
            content, position = _cdata(text, start, find)
            pieces.append(content)
        elif opener == "<!DOCTYPE":
            position = _after_doctype(start, find)
        else:
            end = find(_ENDS[opener], start)
            position = start if end < 0 else end + len(_ENDS[opener])
    pieces.append(text[position:])
    return "".join(pieces)


class _Finder:
    """`text.find` for growing positions, which searches no part of the text twice for the same words."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, int] = {}

    def __call__(self, words: str, position: int) -> int:
        found = self._found.get(words, 0)
        if 0 <= found < position or words not in self._found:
            found = self._found[words] = self._text.find(words, position)
        return found


def _cdata(text: str, start: int, find: _Finder) -> tuple[str, int]:
    """The escaped content of a CDATA section, and where the text behind it begins. One that has no end before the next
    one begins was never closed."""
    end, following = find("]]>", start), find("<![CDATA[", start)
    if end < 0 or 0 <= following < end:
        return "", start
    content = text[start:end].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return content, end + len("]]>")


def _after_doctype(start: int, find: _Finder) -> int:
    """Where the text behind a DOCTYPE begins, which may contain declarations in brackets."""
    end, bracket = find(">", start), find("[", start)
    if 0 <= bracket < end and (closing := find("]", bracket)) >= 0:
        end = find(">", closing)
    return start if end < 0 else end + 1


def root_of(text: str) -> str:
    """The kind of a document by its first telling element: `rss`, `feed`, `rdf`, `urlset`, `sitemapindex` or `html`;
    empty if it has no such element.

    >>> root_of("<br/><b>Notice</b>: undefined index <?xml version='1.0'?><!-- <html> --><rss version='2.0'>")
    'rss'
    """
    start = text[:_ROOT_CHARACTERS]
    if re.match(r"\s*<!DOCTYPE\s+html\b", start, re.IGNORECASE):
        return "html"
    found = _DECISIVE.search(plain_markup(start))
    name = found[1].lower() if found else ""
    if name in ("url", "sitemap"):
        return "urlset" if name == "url" else "sitemapindex"
    return name if name in ("", "rss", "feed", "rdf", "urlset", "sitemapindex") else "html"


def value_of(markup: str) -> str:
    """The text of an element, without the tags in it and with its references resolved.

    A reference needs its semicolon, so the `&lang=` of an address stays. Addresses are often escaped twice, in CDATA or
    by two programs. No real address contains `&amp;`, so it becomes `&` there, too.

    >>> value_of(" https://news.example/?id=1&amp;cat=9&lang=en&#38;p=<b>2</b>&amp;amp;q=3 ")
    'https://news.example/?id=1&cat=9&lang=en&p=2&q=3'
    """
    text = _REFERENCE.sub(_character, _ANY_TAG.sub("", markup))
    return text.replace("&amp;", "&").replace("&#038;", "&").replace("&#38;", "&").strip()


def _character(reference: re.Match[str]) -> str:
    decimal, hexadecimal, name = reference.groups()
    if name:
        return html5.get(f"{name};", reference[0])
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0x20 <= code < 0xD800 or 0xDFFF < code < 0x110000 or code in (9, 10, 13) else ""


def attributes_of(markup: str) -> dict[str, str]:
    """The attributes of a tag by their names in lower case, the first of each; from what stands behind its name.

    >>> attributes_of(" rel='alternate' HREF=/a?b=1&amp;c=2 />")
    {'rel': 'alternate', 'href': '/a?b=1&c=2'}
    """
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(markup):
        found.setdefault(name.lower(), value_of(double or single or bare.removesuffix("/")))
    return found
