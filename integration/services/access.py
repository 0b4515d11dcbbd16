"""Who is asking: keys and access tokens, from memory on the hot path."""

from integration.kernel.crypto import hash_secret
from integration.kernel.errors import (
    AuthenticationRequired,
    ConsumerRequired,
    PermissionDenied,
    SecretKeyRequired,
)
from integration.kernel.tenant import Caller
from integration.kernel.tokens import BadToken
from integration.runtime import Runtime
from integration.store.keys import KeyFacts

LONGEST_KEY = 64


class Credentials:
    """What a request carried: ``X-Publishable-Key``, ``Authorization``, ``Origin``."""

    __slots__ = ("bearer", "origin", "publishable")

    def __init__(
        self, publishable: str | None, authorization: str | None, origin: str | None
    ) -> None:
        scheme, _, value = (authorization or "").partition(" ")
        if authorization and (scheme.lower() != "bearer" or not value.strip()):
            raise AuthenticationRequired
        self.bearer = value.strip() or None
        self.publishable = publishable
        self.origin = origin


def any_key(rt: Runtime, sent: Credentials) -> Caller:
    """Return the caller by a publishable or a secret key; a consumer where one is told."""
    if sent.publishable is None:
        return secret_key(rt, sent, missing=AuthenticationRequired)
    key = _key(rt, sent.publishable, secret=False)
    if key is None:
        raise AuthenticationRequired
    if key.allowed_origins and sent.origin and sent.origin not in key.allowed_origins:
        raise PermissionDenied(
            "This publishable key does not serve pages of this origin. Add the origin to the key."
        )
    return key.caller if sent.bearer is None else _with_consumer(rt, key.caller, sent.bearer)


def consumer(
    rt: Runtime,
    sent: Credentials,
    missing: type[ConsumerRequired | AuthenticationRequired] = ConsumerRequired,
) -> Caller:
    """Return the caller with a consumer, or raise ``missing`` where no token came."""
    caller = any_key(rt, sent)
    if caller.consumer_id is None:
        raise missing
    return caller


def secret_key(
    rt: Runtime,
    sent: Credentials,
    *scopes: str,
    missing: type[SecretKeyRequired | AuthenticationRequired] = SecretKeyRequired,
) -> Caller:
    """Return the caller by a secret key that has every one of ``scopes``."""
    key = _key(rt, sent.bearer or "", secret=True)
    if key is None:
        raise missing
    for scope in scopes:
        if not key.caller.may(scope):
            raise PermissionDenied(f"This key lacks the scope '{scope}'.")
    return key.caller


def _key(rt: Runtime, text: str, *, secret: bool) -> KeyFacts | None:
    if not text.startswith("sk_" if secret else "pk_") or len(text) > LONGEST_KEY:
        return None
    found = rt.keys.get(hash_secret(text).hex())
    if found is None or found.caller.secret is not secret:
        return None
    if found.expires_at is not None and found.expires_at <= rt.clock.now():
        return None
    rt.keys_used.add(found.caller.key_id)
    return found


def _with_consumer(rt: Runtime, caller: Caller, token: str) -> Caller:
    try:
        claims = rt.keyring.verify(token, "access", rt.clock.now())
    except BadToken as error:
        raise AuthenticationRequired from error
    if (claims["aud"], claims["mode"]) != caller.tenant or claims["sid"] in rt.revoked:
        raise AuthenticationRequired
    return caller._replace(consumer_id=claims["sub"], session_id=claims["sid"])
