"""Where a browser may be sent: only to hosts that the merchant named (lessons.md, redirects)."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

MAX_LENGTH = 2_048

PLACEHOLDERS = {
    "token": "token",
    "handle": "handle",
    "consumerId": "consumer_id",
    "experienceId": "experience_id",
    "productId": "product_id",
    "variantId": "variant_id",
    "distributionType": "distribution_type",
    "distributionId": "distribution_id",
    "returnUrl": "return_url",
}
"""The names a checkout URL may hold in braces, and the ``CheckoutValues`` they stand for."""

_APPENDED = ("token", "consumerId", "productId", "distributionType", "distributionId")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
# Exactly what every parser reads alike: no userinfo, backslash, space, escape or IDN in
# the host; nothing but printable ASCII behind it.
_URL = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[::1\])"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?"
    r"(?:[/?#](?:(?!\\)[\x21-\x7e])*)?",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"https": "443", "http": "80"}
_BRACES = re.compile(r"\{([^{}]*)\}")


class RefusedRedirect(ValueError):
    """The address is not one to send a browser to; the text says why, not which."""


class CheckoutValues(NamedTuple):
    """What a checkout URL may carry; None is left empty, or out."""

    token: str | None = None
    handle: str | None = None
    consumer_id: str | None = None
    experience_id: str | None = None
    product_id: str | None = None
    variant_id: str | None = None
    distribution_type: str | None = None
    distribution_id: str | None = None
    return_url: str | None = None


def host_of(url: str, *, development: bool = False) -> str:
    """Return the host of an address or template, with its port where that is not the usual.

    Raises ``RefusedRedirect`` unless it is a plain absolute https address; in development
    http will do on loopback.
    """
    found = _URL.fullmatch(url) if len(url) <= MAX_LENGTH else None
    if found is None:
        raise RefusedRedirect("Use an absolute https address in plain ASCII, without a login.")
    scheme, host = found["scheme"].lower(), found["host"].lower()
    if scheme == "http" and not (development and host in _LOOPBACK):
        raise RefusedRedirect("Use an https address.")
    port = found["port"]
    return host if port in {None, _DEFAULT_PORTS[scheme]} else f"{host}:{port}"


def check_redirect(url: str, allowed_hosts: Iterable[str], *, development: bool = False) -> str:
    """Return the address if its host (with its port) is one of those named.

    Raises ``RefusedRedirect``.
    """
    if host_of(url, development=development) not in {host.lower() for host in allowed_hosts}:
        raise RefusedRedirect("The host is not among the allowed redirect hosts.")
    return url


def check_template(template: str, *, development: bool = False) -> None:
    """Refuse a ``checkoutUrl`` that could not be filled in, or be led elsewhere by a value.

    Raises ``RefusedRedirect``; braces in the host never pass ``host_of``.
    """
    host_of(template, development=development)
    if unknown := set(_BRACES.findall(template)) - PLACEHOLDERS.keys():
        raise RefusedRedirect(f"{{{min(unknown)}}} is not a placeholder of a checkout URL.")


def fill_checkout_url(template: str, values: CheckoutValues) -> str:
    """Return the checkout address of one admission (contract.md, ``GET /checkout/{code}``).

    Placeholders take their values percent-encoded; where there are none the usual five
    join the query, in front of a fragment.
    """
    wire = _wire(values)
    if not PLACEHOLDERS.keys().isdisjoint(_BRACES.findall(template)):
        return _BRACES.sub(lambda hole: wire.get(hole[1], hole[0]), template)
    address, hash_, fragment = template.partition("#")
    pairs = "&".join(f"{name}={wire[name]}" for name in _APPENDED if wire[name])
    return f"{address}{_joint(address)}{pairs}{hash_}{fragment}"


def _wire(values: CheckoutValues) -> dict[str, str]:
    given = values._asdict()
    return {name: quote(given[field] or "", safe="") for name, field in PLACEHOLDERS.items()}


def _joint(address: str) -> str:
    if "?" not in address:
        return "?"
    return "" if address.endswith(("?", "&")) else "&"
