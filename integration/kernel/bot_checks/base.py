"""What a bot check promises."""

from datetime import datetime
from typing import Any, NamedTuple, Protocol

from integration.kernel.errors import Conflict
from integration.kernel.tenant import Tenant


class ChallengedElsewhere(Conflict):
    """The challenges are another service's to make."""

    code = "CHALLENGED_ELSEWHERE"
    message = "The bot check's own script makes its challenges. See provider and siteKey."


class Proof(NamedTuple):
    """A good answer to a challenge; remember the hash until then, and it opens one gate only."""

    hash: bytes
    expires_at: datetime


class BotCheck(Protocol):
    """A way to tell people from programs."""

    @property
    def provider(self) -> str:
        """The name by which pages know which script to load."""
        ...

    @property
    def site_key(self) -> str | None:
        """The public key that a hosted service's script asks for."""
        ...

    def challenge(self, tenant: Tenant, now: datetime) -> dict[str, Any]:
        """Return a new challenge; raises ``ChallengedElsewhere``."""
        ...

    def verify(self, tenant: Tenant, answer: str, now: datetime) -> Proof | None:
        """Return what a good answer proves, None for any other.

        It may call another server, so not in a transaction; ``OutboundFailed`` where that
        server is away.
        """
        ...
