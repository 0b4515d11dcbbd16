"""What a process remembers of tokens that it has verified, or made."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from integration.kernel.signing import VerifyingKey

Claims = Mapping[str, Any]


class Seen(NamedTuple):
    """A token's claims, and the key that has signed them."""

    key: VerifyingKey
    claims: Claims


class TokenCache:
    """The last tokens that were verified, by hash; two generations instead of a lock.

    Threads may race for a place: at worst an entry is lost and verified again.
    """

    def __init__(self, size: int) -> None:
        self._half = size // 2
        self._young: dict[bytes, Seen] = {}
        self._old: dict[bytes, Seen] = {}

    def __len__(self) -> int:
        return len(self._young) + len(self._old)

    def get(self, digest: bytes) -> Seen | None:
        """Return what was put under this hash, if it is still here."""
        seen = self._young.get(digest)
        if seen is None and (seen := self._old.get(digest)) is not None:
            self.put(digest, seen)
        return seen

    def put(self, digest: bytes, seen: Seen) -> None:
        """Remember it; the half that was longest unused may be forgotten for it."""
        if len(self._young) >= self._half:
            self._old, self._young = self._young, {}
        self._young[digest] = seen
