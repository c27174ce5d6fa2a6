"""Where a page may send the crawl: to public addresses, over http and https.

A link or a redirect can name the crawling machine itself, its neighbours, or the address at which a cloud hands out
credentials (server-side request forgery, https://cwe.mitre.org/data/definitions/918.html). Such addresses are refused
unless the user named the host: a spider says which by its `named_hosts`.

Names are judged by what they resolve to, in the look-up whose answer the connection is made with. A name that answers
differently when it is asked again (DNS rebinding) gains nothing by that.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection
from ipaddress import IPv4Address, ip_address
from typing import Any
from urllib.parse import unquote, urlsplit

import scrapy.exceptions
from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.datatypes import LocalCache
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from scraper.manners.public_networks import Address, is_public
from scraper.refusals import RefusedAddress

LONGEST_NAME = 1000
"""Characters of a host above which its spelling is not looked into: names end at 253 (RFC 1035)."""

REFUSALS_KEPT = 10_000
"""Hosts for which the resolver knows why it refused them; the oldest go first."""

# Scrapy has exceptions of its own from 2.15 on.
_NOT_FOUND = (DNSLookupError, getattr(scrapy.exceptions, "CannotResolveHostError", DNSLookupError))


def host_name(host: str) -> str:
    """A host in one spelling: lower case, ASCII, without brackets, percent signs and the root's dot.

    An IP address is given in its usual form however it was written (`0x7f.1`, `2130706433`, `[0::1]`).

    >>> host_name("News.Example."), host_name("0x7f.1")
    ('news.example', '127.0.0.1')
    """
    name = unquote(host.strip("[]")).lower()
    if not name.isascii() and len(name) <= LONGEST_NAME:
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:  # no name that could be resolved
            return name
    name = name.rstrip(".")
    address = literal_address(name)
    return str(address) if address else name


def literal_address(name: str) -> Address | None:
    """The IP address that a host spells out, or None if it is a name.

    Parts may be decimal, octal or hexadecimal and fewer than four, as the C library reads them and browsers do.

    >>> literal_address("2130706433"), literal_address("news.example")
    (IPv4Address('127.0.0.1'), None)
    """
    if len(name) > LONGEST_NAME:
        return None
    try:
        return ip_address(name.partition("%")[0])  # what follows is the network card that a link-local address is on
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(name)) if " " not in name else None
    except (OSError, ValueError):
        return None


def why_refused(url: str, named_hosts: Collection[str], *, any_scheme: bool = False) -> str | None:
    """Why a URL is refused, as far as that is known without a look-up; None if nothing speaks against it.

    `named_hosts` are the hosts that the user named, as `host_name` spells them. With `any_scheme` only the host is
    looked at.

    >>> why_refused("file:///etc/passwd", ())
    'Pages may lead to http and https only; this is file.'
    """
    try:
        parts = urlsplit(url)
        host = host_name(parts.hostname or "")
    except ValueError:
        return "The address cannot be read as a URL."
    if parts.scheme not in ("http", "https"):
        return None if any_scheme else f"Pages may lead to http and https only; this is {parts.scheme or 'neither'}."
    address = literal_address(host)
    if address and host not in named_hosts and not is_public(address):
        return not_public(host, host)
    return None


def not_public(host: str, address: str) -> str:
    """The reason that a person reads.

    >>> not_public("intranet.example", "10.0.0.1").partition(". ")[0]
    'intranet.example is at 10.0.0.1, which is no address on the open internet'
    """
    subject = host if host == address else f"{host} is at {address}, which"
    return f"{subject} is no address on the open internet. If it is meant, name the host in the spider's arguments."


@implementer(IHostnameResolver)
class GuardedResolver:
    """A resolver that asks another one and removes private addresses from its answers, except for named hosts.

    mypy cannot read Twisted's interfaces, so they are typed as Any.
    """

    def __init__(self, resolver: Any) -> None:
        self.named_hosts: set[str] = set()
        self._resolver = resolver
        self._refused: LocalCache[str, str] = LocalCache(REFUSALS_KEPT)

    def resolveHostName(self, receiver: Any, hostName: str, *details: Any, **more: Any) -> Any:  # noqa: N802, N803
        """Look a name up, as Twisted asks for it; see IHostnameResolver."""
        host = host_name(hostName)
        if host not in self.named_hosts:
            receiver = _PublicOnly(receiver, lambda address: self._note(host, address))
        return self._resolver.resolveHostName(receiver, hostName, *details, **more)

    def refused(self, host: str) -> str | None:
        """An address that was left out of the last answer for a host, or None."""
        return self._refused.get(host)

    def _note(self, host: str, address: str | None) -> None:
        if address:
            self._refused[host] = address
        else:
            self._refused.pop(host, None)


@implementer(IResolutionReceiver)
class _PublicOnly:
    """Passes the public addresses of one look-up on, and reports one that it removed, or None."""

    def __init__(self, receiver: Any, tell: Callable[[str | None], None]) -> None:
        self._receiver = receiver
        self._tell = tell
        self._left_out: str | None = None

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        found = literal_address(address.host)
        if found and is_public(found):
            self._receiver.addressResolved(address)
        else:
            self._left_out = address.host

    def resolutionComplete(self) -> None:  # noqa: N802
        self._tell(self._left_out)
        self._receiver.resolutionComplete()


def guard_reactor() -> GuardedResolver:
    """The resolver of the running reactor, behind a guard from now on.

    The guard wraps the resolver that Scrapy's settings name, so that its cache and its time limit stay. A host that one
    crawl of a process names is open to the other crawls of that process.
    """
    from twisted.internet import reactor as running  # importing it installs one, if Scrapy has not done so yet

    reactor: Any = running
    if not isinstance(reactor.nameResolver, GuardedResolver):
        reactor.installNameResolver(GuardedResolver(reactor.nameResolver))
    return reactor.nameResolver  # type: ignore[no-any-return]


class AddressGuard:
    """Downloader middleware: refuses addresses before they are asked for, and says why a look-up was refused.

    A request that the spider makes at its start may have any scheme that Scrapy knows: the user asked for it. With a
    proxy it is the proxy that looks names up; then only spelled-out addresses are seen here.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._given: frozenset[str] = frozenset()  # as the spider spells them
        self._named: frozenset[str] = frozenset()
        self._resolver: GuardedResolver | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuard:
        """Make the middleware and connect it to the crawl."""
        guard = cls(crawler)
        crawler.signals.connect(guard.open, signal=signals.spider_opened)
        return guard

    def open(self, spider: Spider) -> None:
        """Put the guard up."""
        self._resolver = guard_reactor()

    def _learn_named_hosts(self) -> None:
        """Open the guard for the hosts that the user has named so far: a list of addresses is read line by line."""
        given: frozenset[str] = getattr(self.crawler.spider, "named_hosts", frozenset())
        if given != self._given and self._resolver:
            self._given = given
            self._named = frozenset(map(host_name, given))
            self._resolver.named_hosts |= self._named

    def process_request(self, request: Request) -> None:
        """Raise RefusedAddress for an address that needs no look-up to be refused."""
        self._learn_named_hosts()
        at_start = request.meta.get("is_start_request", False) and not request.meta.get("redirect_times")
        if reason := why_refused(request.url, self._named, any_scheme=at_start):
            self._count()
            raise RefusedAddress(reason)
        if (proxy := request.meta.get("proxy")) and self._resolver:  # the user's own, often on a private address
            self._resolver.named_hosts.add(host_name(urlsplit(proxy).hostname or proxy))

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Raise RefusedAddress where a look-up failed because its answers were left out."""
        host = host_name(urlparse_cached(request).hostname or "")
        if isinstance(exception, _NOT_FOUND) and self._resolver and (address := self._resolver.refused(host)):
            self._count()
            raise RefusedAddress(not_public(host, address)) from exception

    def _count(self) -> None:
        self.crawler.stats.inc_value("addresses/refused")
