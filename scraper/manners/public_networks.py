"""Which IP addresses are on the open internet, the same on every version of Python.

The tables follow IANA's registries of special-purpose addresses:
https://www.iana.org/assignments/iana-ipv4-special-registry and
https://www.iana.org/assignments/iana-ipv6-special-registry. `ipaddress` holds them too, but each version of Python
knows another state of them, and it calls some addresses public at which a cloud hands out credentials.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address

_SPECIAL_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network (RFC 791)
            "10.0.0.0/8",  # private (RFC 1918)
            "100.64.0.0/10",  # shared by carriers (RFC 6598); Alibaba's metadata is at 100.100.100.200
            "127.0.0.0/8",  # loopback (RFC 1122)
            "168.63.129.16/32",  # no entry of the registry: Azure's own services, on every virtual machine of it
            "169.254.0.0/16",  # link-local (RFC 3927), with the metadata of most clouds
            "172.16.0.0/12",  # private (RFC 1918)
            "192.0.0.0/24",  # IETF protocols (RFC 6890); Oracle's metadata is at 192.0.0.192
            "192.0.2.0/24",  # documentation (RFC 5737)
            "192.31.196.0/24",  # AS112 (RFC 7535)
            "192.52.193.0/24",  # AMT (RFC 7450)
            "192.88.99.0/24",  # relays of 6to4, given up (RFC 7526)
            "192.168.0.0/16",  # private (RFC 1918)
            "192.175.48.0/24",  # AS112 (RFC 7534)
            "198.18.0.0/15",  # benchmarks (RFC 2544)
            "198.51.100.0/24",  # documentation (RFC 5737)
            "203.0.113.0/24",  # documentation (RFC 5737)
            "224.0.0.0/4",  # multicast (RFC 5771)
            "240.0.0.0/4",  # reserved (RFC 1112), and the broadcast address
        ),
    )
)

_UNICAST_V6 = IPv6Network(
    "2000::/3"
)  # all that has been given out so far: https://www.iana.org/assignments/ipv6-unicast
_SPECIAL_V6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # IETF protocols (RFC 2928): Teredo, benchmarks, AMT, ORCHID and others
            "2001:db8::/32",  # documentation (RFC 3849)
            "2620:4f:8000::/48",  # AS112 (RFC 7534)
            "3ffe::/16",  # the 6bone, given back (RFC 3701)
            "3fff::/20",  # documentation (RFC 9637)
        ),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are the IPv4 address that is meant


def is_public(address: Address) -> bool:
    """Whether an address is on the open internet: in no range that is kept for a special purpose.

    An IPv6 address that stands for an IPv4 one (mapped, 6to4, NAT64) is judged by that.

    >>> is_public(IPv4Address("8.8.8.8")), is_public(IPv4Address("192.0.0.192")), is_public(IPv6Address("3fff::1"))
    (True, False, False)
    """
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _SPECIAL_V4)
    if inner := _inner_address(address):
        return is_public(inner)
    return address in _UNICAST_V6 and not any(address in network for network in _SPECIAL_V6)


def _inner_address(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
