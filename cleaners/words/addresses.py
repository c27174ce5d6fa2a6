"""What an address says by itself."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit

from cleaners.words.patterns import lazy_pattern

MOST_CHARACTERS = 4096
"""The longest address that is taken for one; what is longer holds data."""

_NOT_AN_ADDRESS = lazy_pattern(r"[^\w!#$%&'()*+,\-./:;=?@\[\]~]")
"""Characters that no address holds as they are. Letters of any script may stand there, as browsers show them."""

_LEFT_OUT = str.maketrans("", "", "\t\r\n")


def host_of(address: str | None) -> str:
    """The host of an address in lower case, without the port; empty where there is none or the address is malformed.

    >>> host_of("https://News.example.org:8080/a")
    'news.example.org'
    >>> host_of("http://[broken")
    ''
    """
    try:
        return urlsplit(address or "").hostname or ""
    except ValueError:
        return ""


def without_www(host: str) -> str:
    """A host without the `www.` that makes no difference.

    >>> without_www("www.gazette.example")
    'gazette.example'
    """
    return host.removeprefix("www.")


def web_address(stated: str, base: str | None = None) -> str | None:
    """An address of the web as a page states it, made absolute by that of the page; None for any other.

    White space and characters that steer the reader (quotes, brackets, the direction of text) are encoded, so that the
    address can stand in other markup.

    >>> web_address("/a b?c=<d>", "https://news.example/2026/")
    'https://news.example/a%20b?c=%3Cd%3E'
    >>> web_address("java\\nscript:alert(1)"), web_address("data:image/png;base64,AAAA"), web_address("/a")
    (None, None, None)
    """
    stated = stated.translate(_LEFT_OUT).strip() if len(stated) <= MOST_CHARACTERS else ""
    if not stated:
        return None
    try:
        address = urljoin(base or "", stated)
        parts = urlsplit(address)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return None
    except ValueError:
        return None
    if len(address) > MOST_CHARACTERS or _NOT_AN_ADDRESS.search(parts.netloc):
        return None
    return _NOT_AN_ADDRESS.sub(lambda character: quote(character[0], safe="", errors="replace"), address)
