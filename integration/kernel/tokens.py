"""Signed tokens: Ed25519 JWTs, computed from rows and checked against nothing but keys.

The same claims under the same key are always the same token (design.md, D8).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from sys import intern
from types import MappingProxyType
from typing import NamedTuple

import orjson
from cryptography.exceptions import InvalidSignature

from integration.kernel.signing import SigningKey, VerifyingKey, from_base64url, to_base64url
from integration.kernel.token_cache import Claims, Seen, TokenCache

MAX_LENGTH = 2048
CACHE_SIZE = 65_536
_SEGMENTS = 3
_SHARED = ("iss", "typ", "aud", "mode")

ATTESTED = b"fanfare-attest-v1\0"
"""Before what is signed and no token, so that neither passes for the other."""


class BadTokenReason(StrEnum):
    """Why a token was refused; for logs and metrics, callers hear less."""

    MALFORMED = "malformed"
    UNKNOWN_KEY = "unknown_key"
    SIGNATURE = "signature"
    ISSUER = "issuer"
    TYPE = "type"
    EXPIRED = "expired"


class BadToken(Exception):
    """The token is not one that we would sign and accept now."""

    def __init__(self, reason: BadTokenReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class _Keys(NamedTuple):
    """One moment's keys; never changed, only replaced."""

    active: SigningKey
    signing: Mapping[str, SigningKey]
    by_header: Mapping[str, VerifyingKey]


class Keyring:
    """Signs with the active key; accepts what any of its keys has signed.

    Safe to share between threads; ``replace`` swaps all keys at once.
    """

    def __init__(self, issuer: str, active: SigningKey, others: Iterable[SigningKey] = ()) -> None:
        self._issuer = issuer
        self._cache = TokenCache(CACHE_SIZE)
        self._keys = _snapshot(active, others)

    @property
    def active_kid(self) -> str:
        """The key that new rows are to name."""
        return self._keys.active.kid

    def replace(self, active: SigningKey, others: Iterable[SigningKey] = ()) -> None:
        """Take these keys and no others from now on; tokens of keys that stay stay good."""
        self._keys = _snapshot(active, others)

    def sign(self, claims: Mapping[str, str | int], kid: str | None = None) -> str:
        """Return the compact JWT of these claims and our ``iss``.

        ``kid`` names an older key; one that we do not hold raises ``BadToken``.
        """
        keys = self._keys
        key = keys.active if kid is None else keys.signing.get(kid)
        if key is None:
            raise BadToken(BadTokenReason.UNKNOWN_KEY)
        body = orjson.dumps({**claims, "iss": self._issuer}, option=orjson.OPT_SORT_KEYS)
        signed = f"{key.verifying.header}.{to_base64url(body)}"
        return f"{signed}.{to_base64url(key.sign(signed.encode('ascii')))}"

    def issue(self, claims: Mapping[str, str | int]) -> str:
        """Return the token of these claims, known here as if it had been verified already.

        Its bearer often comes at once: checking a signature takes longer than all the rest.
        """
        token = self.sign(claims)
        header, body, _ = token.split(".")
        key = self._keys.by_header.get(header)
        if key is not None:
            self._cache.put(_digest(token), Seen(key, _claims(body)))
        return token

    def verify(self, token: str, typ: str, now: datetime) -> Claims:
        """Return the claims of a good token of this ``typ``; else raise ``BadToken``."""
        claims = self.read(token, typ)
        if now.timestamp() >= claims["exp"]:
            raise BadToken(BadTokenReason.EXPIRED)
        return claims

    def read(self, token: str, typ: str) -> Claims:
        """Return the claims as ``verify`` does, but leave it to the caller's row when they end."""
        if not isinstance(token, str) or len(token) > MAX_LENGTH or not token.isascii():
            raise BadToken(BadTokenReason.MALFORMED)
        digest = _digest(token)
        seen = self._cache.get(digest)
        # A key may have been withdrawn since the token was seen.
        if seen is None or self._keys.by_header.get(seen.key.header) != seen.key:
            seen = _check(token, self._keys)
            self._cache.put(digest, seen)
        if seen.claims["iss"] != self._issuer:
            raise BadToken(BadTokenReason.ISSUER)
        if seen.claims["typ"] != typ:
            raise BadToken(BadTokenReason.TYPE)
        return seen.claims

    def attest(self, digest: bytes) -> tuple[str, bytes]:
        """Sign a digest that is no token, with the active key; return the key's name too."""
        key = self._keys.active
        return key.kid, key.sign(ATTESTED + digest)

    def attested(self, kid: str, digest: bytes, signature: bytes) -> bool | None:
        """Tell whether this key has signed a digest; None where we hold no such key."""
        key = self._keys.signing.get(kid)
        if key is None:
            return None
        try:
            key.verifying.verify(signature, ATTESTED + digest)
        except InvalidSignature:
            return False
        return True

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """Return the public keys as an RFC 7517 set, the active one first."""
        keys = self._keys
        ordered = {keys.active.kid: keys.active, **keys.signing}
        return {"keys": [key.verifying.jwk() for key in ordered.values()]}


def access_claims(
    *,
    organization_id: str,
    mode: str,
    consumer_id: str,
    session_id: str,
    issued_at: datetime,
    expires_at: datetime,
) -> dict[str, str | int]:
    """Claims of a consumer's access token (contract.md, section 2)."""
    return {
        "typ": "access",
        "aud": organization_id,
        "mode": mode,
        "sub": consumer_id,
        "sid": session_id,
        "iat": int(issued_at.timestamp()),
        "exp": int(expires_at.timestamp()),
    }


def admission_claims(
    *,
    organization_id: str,
    consumer_id: str,
    admission_id: str,
    issued_at: datetime,
    expires_at: datetime,
    distribution_id: str,
    distribution_type: str,
    experience_id: str,
    sequence_id: str,
) -> dict[str, str | int]:
    """Claims of an admission token (contract.md, section 3)."""
    return {
        "typ": "admission",
        "aud": organization_id,
        "sub": consumer_id,
        "jti": admission_id,
        "iat": int(issued_at.timestamp()),
        "exp": int(expires_at.timestamp()),
        "dst": distribution_id,
        "dtp": distribution_type,
        "exp_id": experience_id,
        "seq_id": sequence_id,
    }


def _snapshot(active: SigningKey, others: Iterable[SigningKey]) -> _Keys:
    signing = {key.kid: key for key in (*others, active)}
    by_header = {key.verifying.header: key.verifying for key in signing.values()}
    return _Keys(active, MappingProxyType(signing), MappingProxyType(by_header))


def _digest(token: str) -> bytes:
    return sha256(token.encode("ascii")).digest()


def _check(token: str, keys: _Keys) -> Seen:
    segments = token.split(".")
    if len(segments) != _SEGMENTS:
        raise BadToken(BadTokenReason.MALFORMED)
    header, body, signature = segments
    # Every header that we write is known by heart, so no header is ever interpreted:
    # "none", HS256, foreign kids and "crit" are all the same stranger.
    key = keys.by_header.get(header)
    if key is None:
        raise BadToken(BadTokenReason.UNKNOWN_KEY)
    try:
        key.verify(from_base64url(signature), f"{header}.{body}".encode("ascii"))
    except (InvalidSignature, ValueError):
        raise BadToken(BadTokenReason.SIGNATURE) from None
    return Seen(key, _claims(body))


def _claims(body: str) -> Claims:
    try:
        claims = orjson.loads(from_base64url(body))
    except ValueError:
        raise BadToken(BadTokenReason.MALFORMED) from None
    whole = isinstance(claims, dict) and {"iss", "typ", "exp"} <= claims.keys()
    if not whole or type(claims["exp"]) is not int:
        raise BadToken(BadTokenReason.MALFORMED)
    # Remembered 65 536 times over, what all tokens share is kept once: a quarter of the memory.
    shared = {name: intern(claims[name]) for name in _SHARED if type(claims.get(name)) is str}
    return MappingProxyType(claims | shared)
