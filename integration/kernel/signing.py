"""Ed25519 keys, parsed once, with the JWT header that each of them stands under."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cached_property
from typing import Self

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

RAW_LENGTH = 32


class VerifyingKey:
    """The public half of a key; equal to another of the same name and bytes."""

    def __init__(self, kid: str, public: Ed25519PublicKey) -> None:
        self.kid = kid
        self.header = to_base64url(orjson.dumps({"alg": "EdDSA", "typ": "JWT", "kid": kid}))
        self.verify = public.verify
        self._raw = public.public_bytes_raw()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, VerifyingKey) and (self.kid, self._raw) == (other.kid, other._raw)

    def __hash__(self) -> int:
        return hash((self.kid, self._raw))

    def jwk(self) -> dict[str, str]:
        """Return the key as RFC 8037 writes it."""
        return {
            "kty": "OKP",
            "crv": "Ed25519",
            "use": "sig",
            "alg": "EdDSA",
            "kid": self.kid,
            "x": to_base64url(self._raw),
        }


class SigningKey:
    """A private key and its name; ``sign`` takes bytes and returns 64."""

    def __init__(self, kid: str, private: Ed25519PrivateKey) -> None:
        self.kid = kid
        self.sign = private.sign
        self._private = private

    def __repr__(self) -> str:
        return f"SigningKey(kid={self.kid!r})"

    @classmethod
    def generate(cls, kid: str | None = None) -> Self:
        """Make a new key; without a name it takes its RFC 7638 thumbprint."""
        private = Ed25519PrivateKey.generate()
        return cls(kid or _thumbprint(private.public_key()), private)

    @classmethod
    def load(cls, kid: str, private: bytes) -> Self:
        """Read 32 raw bytes or an unencrypted PEM; raises ``ValueError`` for anything else."""
        if len(private) == RAW_LENGTH:
            return cls(kid, Ed25519PrivateKey.from_private_bytes(private))
        key = load_pem_private_key(private, password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError("The key is not an Ed25519 key.")  # noqa: TRY004 - bad content
        return cls(kid, key)

    def private_bytes(self) -> bytes:
        """Return the 32 raw bytes, to be sealed and kept."""
        return self._private.private_bytes_raw()

    @cached_property
    def verifying(self) -> VerifyingKey:
        """The public half."""
        return VerifyingKey(self.kid, self._private.public_key())


def to_base64url(data: bytes) -> str:
    """Encode without padding, as JWTs do."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Decode the one spelling that ``to_base64url`` gives; raises ``ValueError`` for others."""
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if to_base64url(data) != text:
        raise ValueError("The text is not canonical base64url.")
    return data


def _thumbprint(public: Ed25519PublicKey) -> str:
    members = {"crv": "Ed25519", "kty": "OKP", "x": to_base64url(public.public_bytes_raw())}
    return to_base64url(hashlib.sha256(orjson.dumps(members)).digest())
