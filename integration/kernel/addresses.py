"""Which addresses are the public Internet's, and what the text of a URL gives away."""

import socket
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

LONGEST_ADDRESS = 2048
_LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
# Public by number, yet a way into somebody's network: tunnels, and a cloud's own services.
_DISGUISED = tuple(
    ip_network(block)
    for block in ("2002::/16", "3fff::/20", "fec0::/10", "192.88.99.0/24", "168.63.129.16/32")
)


def acceptable(address: str, *, allow_loopback: bool) -> bool:
    """Return whether we may connect to this address: global unicast, or our own machine."""
    ip = ip_address(address)
    if any(ip in block for block in _LOOPBACK):
        return allow_loopback
    # Reserved holds the IPv6 forms that wrap an IPv4 address.
    special = ip.is_multicast or ip.is_reserved or any(ip in block for block in _DISGUISED)
    return ip.is_global and not special


def is_web_address(text: str) -> bool:
    """Return whether a page may link to this or show it: no ``javascript:``, no ``data:``."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    plain = text.isprintable() and " " not in text
    return (
        len(text) <= LONGEST_ADDRESS and plain and parts.scheme in {"http", "https"} and bool(host)
    )


def problem_with(url: str, *, allow_loopback: bool) -> str | None:
    """Return what is wrong with a target as far as its text tells, or None; resolves no name."""
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        return "Use printable ASCII only, without spaces or backslashes."
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "Not a valid address."
    if parts.scheme not in ({"https", "http"} if allow_loopback else {"https"}):
        return "Use https."
    if "@" in parts.netloc:
        return "Leave user name and password out of the address."
    return _problem_with_host(host, port, allow_loopback=allow_loopback)


def _problem_with_host(host: str, port: int | None, *, allow_loopback: bool) -> str | None:
    if not host or "%" in host or port == 0:
        return "Name a host."
    address = _spelled_out(host)
    if address and not acceptable(address, allow_loopback=allow_loopback):
        return "This address is private, reserved or otherwise not on the public Internet."
    return None


def _spelled_out(host: str) -> str | None:
    """Return the address that a host is, in any of the forms that resolvers take."""
    if host == "localhost" or host.endswith(".localhost"):
        return "127.0.0.1"
    try:
        return str(socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)[0][4][0])
    except (OSError, UnicodeError):
        return None
