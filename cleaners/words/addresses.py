"""What an address says by itself."""

from __future__ import annotations

from urllib.parse import urlsplit


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
