"""Which addresses may be connected to: what a feed or a page names must not reach into the network of who runs this.

The check is made where the socket for a connection is made, with the address that it is made for. So it holds for
literal addresses, for each redirect, and for a name that resolves otherwise the second time.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

_METADATA = frozenset(map(ip_address, ("169.254.169.254", "168.63.129.16", "100.100.100.200", "fd00:ec2::254")))
"""Where clouds tell machines their secrets; the second is public by its number (Azure), the others are not."""

_NAT64 = ip_network("64:ff9b::/96")


class ForbiddenAddressError(OSError):
    """The address is not one of the public internet; the message says so."""


def refusal_of(address: str, *, allow_private: bool) -> str | None:
    """Why an address may not be connected to; None if it may.

    Args:
        address: IPv4 or IPv6, as the system gives it.
        allow_private: whether loopback and private networks may; link-local and metadata addresses never may.

    """
    found = _inner(ip_address(address.partition("%")[0]))
    if found in _METADATA or found.is_link_local:
        return f"{address} is a link-local or metadata address, which is never asked"
    if found.is_multicast or found.is_unspecified:
        return f"{address} is the address of no host"
    if not found.is_global and not allow_private:
        return f"{address} is not of the public internet; --allow-private-hosts allows it"
    return None


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one stands for, where it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None) or address


def guarded_socket(info: tuple[Any, ...], *, allow_private: bool) -> socket.socket:
    """A socket for the address that `info` (as `getaddrinfo` gives it) ends with.

    Raises:
        ForbiddenAddressError: it may not be connected to.

    """
    family, kind, protocol, _, where = info
    if (refusal := refusal_of(where[0], allow_private=allow_private)) is not None:
        raise ForbiddenAddressError(refusal)
    return socket.socket(family, kind, protocol)
