"""Hosts by name and port, and which of them belong together."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from tldextract import TLDExtract

from cleaners.words.addresses import without_www

ANY_HOST = "any"
"""What a list of hosts holds if every host will do."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_split = TLDExtract(include_psl_private_domains=True, suffix_list_urls=(), cache_dir=None)


def host_and_port(url: str) -> str:
    """The host of an address in lower case, with its port unless that is the usual one; empty if it has no host.

    >>> host_and_port("https://News.example:443/a"), host_and_port("http://news.example:8080/"), host_and_port("x")
    ('news.example', 'news.example:8080', '')
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    host = f"[{host}]" if ":" in host else host.rstrip(".")
    return f"{host}:{port}" if host and port not in (None, _DEFAULT_PORTS.get(parts.scheme)) else host


def is_on_host(url: str, host: str) -> bool:
    """Whether an address is on a host (as `host_and_port` writes it), with or without `www.`.

    >>> is_on_host("https://www.gazette.example/a", "gazette.example"), is_on_host("http://h.example:81/", "h.example")
    (True, False)
    """
    return without_www(host_and_port(url)) == without_www(host)


def is_on_any(url: str, hosts: Collection[str]) -> bool:
    """Whether an address is on one of the hosts, with or without `www.`; on any host if `any` is among them."""
    return ANY_HOST in hosts or any(is_on_host(url, host) for host in hosts)


def is_sister(host: str, other: str) -> bool:
    """Whether two hosts belong to one registered domain and are asked at the same port.

    >>> is_sister("sport.gazette.example", "gazette.example"), is_sister("a.blogspot.com", "b.blogspot.com")
    (True, False)
    """
    return _domain(host) == _domain(other)


def _domain(host: str) -> str:
    """The registered domain of a host, and its port; the host itself if it has no such domain, as an IP address."""
    name, colon, port = host.partition(":")
    found = _split(name)
    if found.domain and found.suffix:
        return f"{found.domain}.{found.suffix}{colon}{port}"
    labels = name.split(".")  # a suffix that the list lacks is one label (https://publicsuffix.org/list/, the rule "*")
    return host if found.suffix or labels[-1].isdecimal() or ":" in port else ".".join(labels[-2:]) + colon + port
