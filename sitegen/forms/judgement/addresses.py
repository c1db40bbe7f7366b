"""Who is asking: the address to count by, and whether over HTTPS. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache, partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

MOST_HOPS = 20  # proxies one behind the other


def client_address(peer: str, forwarded: str, trusted: Sequence[str]) -> str:
    """The address to count by: the peer, or what trusted proxies say; an IPv6 address is its /64.

    `forwarded` is X-Forwarded-For, several of them joined by commas. It is read from the right, as each proxy appends
    whom it saw; the first that is no trusted proxy is the client, and whatever stands left of it may be forged.
    `Forwarded` (RFC 7239) is not read: a visitor could write whichever of the two the proxy leaves alone.
    """
    address = _address(peer)
    for hop in reversed(forwarded.rsplit(",", MOST_HOPS)[-MOST_HOPS:]) if forwarded else ():
        if address is None or not _is_trusted(address, tuple(trusted)):
            break
        before = _address(hop)
        if before is None:
            break
        address = before
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False))
    return str(address) if address else peer


def network_of(address: str) -> str:
    """The network that one customer may have to themselves: the /48 of an IPv6 address by `client_address` (RFC 6177).

    >>> network_of("2001:db8:1:2::/64"), network_of("192.0.2.1")
    ('2001:db8:1::/48', '192.0.2.1')
    """
    return str(IPv6Network(address).supernet(new_prefix=48)) if address.endswith("/64") else address


def is_https(scheme: str, peer: str, forwarded: str, trusted: Sequence[str]) -> bool:
    """Whether a visitor speaks HTTPS: to us, or to a trusted proxy, by what that says in X-Forwarded-Proto.

    Of several words the last is from the nearest proxy, as with addresses.
    """
    address = _address(peer)
    if forwarded and address is not None and _is_trusted(address, tuple(trusted)):
        return forwarded.rpartition(",")[2].strip().lower() == "https"
    return scheme == "https"


def _address(text: str) -> IPv4Address | IPv6Address | None:
    text = text.strip()
    if match := re.fullmatch(r"\[([^\]]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+", text):
        text = match[1] or match[2]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_trusted(address: IPv4Address | IPv6Address, trusted: tuple[str, ...]) -> bool:
    return any(address in network for network in map(_network, trusted) if network.version == address.version)


_network = lru_cache(partial(ip_network, strict=False))  # as the configuration takes them: 10.0.0.1/8
