"""Secrets at rest: sealing, deriving, hashing, and making new ones."""

import base64
import hashlib
import hmac
import os
import threading
from collections.abc import Sequence
from typing import Literal

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from integration.kernel.tenant import Mode

KeyKind = Literal["publishable", "secret"]

API_KEY_LENGTH = 32
_BASE62 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_FAIR = 256 - 256 % len(_BASE62)
_TO_BASE62 = bytes(_BASE62[byte % len(_BASE62)] for byte in range(256))
_UNFAIR = bytes(range(_FAIR, 256))
_DRAW = 65_536


class CannotOpen(Exception):
    """The sealed bytes are damaged, or were sealed under a secret that is gone."""


class Vault:
    """What the installation's secret is good for, one derived key per purpose.

    ``previous`` are older secrets, newest first: they still open, never seal.
    """

    def __init__(self, secret: str, previous: Sequence[str] = ()) -> None:
        self._secrets = (secret, *previous)
        self._box = MultiFernet([_fernet(each) for each in self._secrets])
        self._fingerprint_key = _derive(secret, "fingerprint")

    def __repr__(self) -> str:
        return "Vault()"

    def seal(self, data: bytes) -> bytes:
        """Encrypt and sign under the current secret."""
        return self._box.encrypt(data)

    def open(self, sealed: bytes) -> bytes:
        """Give back what was sealed; raises ``CannotOpen``."""
        try:
            return self._box.decrypt(sealed)
        except InvalidToken:
            raise CannotOpen from None

    def derive(self, purpose: str) -> bytes:
        """Return the 32-byte key of this purpose, under the current secret."""
        return _derive(self._secrets[0], purpose)

    def derive_all(self, purpose: str) -> list[bytes]:
        """Return this purpose's keys of all secrets, oldest first, as itsdangerous takes them."""
        return [_derive(secret, purpose) for secret in reversed(self._secrets)]

    def fingerprint(self, text: str) -> bytes:
        """Hash a device's fingerprint so that the record alone cannot be searched for one."""
        return hmac.digest(self._fingerprint_key, text.encode(), "sha256")


def hash_secret(text: str) -> bytes:
    """Return the SHA-256 of a long random secret, the only form we keep it in."""
    return hashlib.sha256(text.encode()).digest()


def same(a: str | bytes, b: str | bytes) -> bool:
    """Compare two secrets in a time that tells nothing about them."""
    return hmac.compare_digest(_as_bytes(a), _as_bytes(b))


def new_api_key(kind: KeyKind, mode: Mode) -> str:
    """Make a key such as ``pk_live_`` and 32 random base62 characters."""
    return f"{kind[0]}k_{mode}_{random_text(API_KEY_LENGTH)}"


def random_text(length: int) -> str:
    """Return base62 characters for a secret, 5.95 bits each, cheap enough for each request."""
    return _randomness.take(length)


class _Randomness(threading.local):
    """Slices of a large draw: a system call a secret costs a fifth of a request."""

    pool = ""

    def take(self, length: int) -> str:
        while len(self.pool) < length:
            self.pool += os.urandom(_DRAW).translate(_TO_BASE62, _UNFAIR).decode("ascii")
        taken, self.pool = self.pool[:length], self.pool[length:]
        return taken


_randomness = _Randomness()


def _forget() -> None:
    _randomness.pool = ""


# A forked child must not repeat its parent's secrets.
os.register_at_fork(after_in_child=_forget)


def _derive(secret: str, purpose: str) -> bytes:
    kdf = HKDF(SHA256(), length=32, salt=b"fanfare-v1", info=purpose.encode())
    return kdf.derive(secret.encode())


def _fernet(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derive(secret, "seal")))


def _as_bytes(value: str | bytes) -> bytes:
    return value.encode() if isinstance(value, str) else value
