"""What an event says to whoever hears of it (contract.md, section 6)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from integration.engine.status import stamp


class Told(Protocol):
    """An event as it was kept."""

    @property
    def id(self) -> str:
        """Its id, the same at every attempt."""

    @property
    def type(self) -> str:
        """Its name."""

    @property
    def organization_id(self) -> str:
        """Whose it is."""

    @property
    def sequence(self) -> int:
        """Rises per subject."""

    @property
    def data(self) -> Mapping[str, Any]:
        """What it is about."""

    @property
    def created_at(self) -> datetime:
        """When it happened."""


def body(event: Told) -> dict[str, Any]:
    """Return the body of a webhook."""
    return {
        "id": event.id,
        "type": event.type,
        "timestamp": stamp(event.created_at),
        "organizationId": event.organization_id,
        "sequence": event.sequence,
        "data": event.data,
    }
