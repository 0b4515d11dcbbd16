"""Where rounds of a drand network come from: any of its HTTP relays (v1 of their API).

https://docs.drand.love/developer/http-api: ``GET /{chain hash}/public/{round}``. What a
relay says is believed by nobody before ``integration.kernel.drand`` has verified it.
"""

from http import HTTPStatus

import requests

SIZE = 48
"""Bytes of a signature: a compressed point."""


def fetch(http: requests.Session, relay: str, chain: str, number: int) -> bytes | None:
    """Return a round's signature; None where the relay has none, or what it says is odd.

    Raises what the guarded session does: ``OutboundFailed`` and ``OutboundRefused``.
    """
    answer = http.get(f"{relay}/{chain}/public/{number}")
    if answer.status_code != HTTPStatus.OK:
        return None
    try:
        said = answer.json()
        signed = bytes.fromhex(said["signature"])
    except (KeyError, TypeError, ValueError):
        return None
    return signed if said.get("round") == number and len(signed) == SIZE else None
