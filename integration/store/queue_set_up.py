"""A queue's own fields, checked against its times before they are kept."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from integration.engine import lobby
from integration.engine.windows import reached
from integration.kernel.crypto import Vault
from integration.kernel.errors import Detail, ValidationFailed
from integration.kernel.settings import Settings
from integration.store import rows
from integration.store.models import Distribution


def prepare(
    session: Session,
    _vault: Vault,
    _settings: Settings,
    row: Distribution,
    changed: Collection[str],
) -> None:
    """Raise ``ValidationFailed`` unless a lobby opens before the queue does.

    One that has opened by hand may have a lobby that never was.
    """
    opens_at = lobby.opens_at(row.rules)
    if opens_at is None or {"open_at", "rules"}.isdisjoint(changed):
        return
    early = row.open_at is None or opens_at >= row.open_at
    if early and not reached(row.open_at, rows.now(session)):
        raise ValidationFailed(details=[Detail("lobbyOpensAt", "Open the lobby before openAt.")])
