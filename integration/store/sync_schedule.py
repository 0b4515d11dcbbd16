"""Statements on when connections are to be synced by themselves.

The view ``connection_schedule`` has what each connection's merchant wants, and for orders every
five minutes while winners are sent there, hold an admission with which they may be, or had a
checkout there within the last day. Where the admission of somebody who was sent there is about to
end, their order is looked for within the minute before.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant


class Due(NamedTuple):
    """A connection, and what of it is to be synced."""

    organization_id: str
    mode: str
    id: str
    subject: str


_ENDING = text("""
SELECT DISTINCT coalesce(h.connection_id, e.connection_id)
FROM admission a
JOIN handoff h ON h.admission_id = a.id AND h.external_ref IS NOT NULL
JOIN distribution d ON d.id = a.distribution_id
JOIN experience e ON e.id = d.experience_id
WHERE a.state = 'ADMITTED' AND a.expires_at > now()
  AND a.expires_at < now() + interval '1 minute'
""")
_DUE = """
SELECT s.organization_id, s.mode, s.id, s.subject FROM connection_schedule s
WHERE NOT EXISTS (
    SELECT FROM sync_run r
    WHERE r.connection_id = s.id AND r.subject = s.subject
      AND r.organization_id = s.organization_id AND r.mode = s.mode
      AND (r.finished_at IS NULL
           OR r.started_at > clock_timestamp() - interval '1 minute' * CASE
               WHEN s.subject = 'orders' AND s.id = ANY(:ending) THEN least(s.minutes, 1)
               ELSE s.minutes END)
)
"""
_ALL_DUE = text(f"{_DUE} ORDER BY s.id, s.subject")
_STILL_DUE = text(f"""{_DUE}
AND s.id = :id AND s.subject = :subject
AND s.organization_id = :organization_id AND s.mode = :mode
""")
_HURRY = text("""
UPDATE sync_run SET due_at = earliest_at, attempts = greatest(attempts - 1, 0)
WHERE subject = 'orders' AND status = 'waiting' AND finished_at IS NULL
  AND due_at > earliest_at AND connection_id = ANY(:ending)
""")
_HOLD = text("""
SELECT id FROM connection
WHERE id = :id AND organization_id = :organization_id AND mode = :mode FOR UPDATE SKIP LOCKED
""")
_MINUTES = text("""
SELECT subject, minutes FROM connection_schedule
WHERE id = :id AND organization_id = :organization_id AND mode = :mode
""")


Ending = Sequence[str]
"""The connections to whose shop somebody was sent whose admission ends within a minute."""


def ending(session: Session) -> Ending:
    """Return where orders are to be looked for at once, whoever's it is."""
    return [each for each in session.scalars(_ENDING) if each is not None]


def due(session: Session, ending: Ending) -> Sequence[Due]:
    """Return what is due of all connections, whoever's they are."""
    return [Due(*row) for row in session.execute(_ALL_DUE, {"ending": ending})]


def hurry(session: Session, ending: Ending) -> None:
    """Let no run over orders sleep longer than it must while an admission is about to end.

    That is until its shop may be asked again. A try that was brought forward does not count.
    """
    session.execute(_HURRY, {"ending": ending})


def take(session: Session, each: Due, ending: Ending) -> bool:
    """Tell whether it is still due, once no other clock can start it."""
    owned = each._asdict()
    if session.execute(_HOLD, owned).first() is None:
        return False
    return session.execute(_STILL_DUE, {**owned, "ending": ending}).first() is not None


def minutes_of(session: Session, tenant: Tenant, connection_id: str) -> dict[str, int]:
    """Return the minutes between two syncs of each subject that is synced by itself."""
    found = session.execute(_MINUTES, {"id": connection_id, **tenant._asdict()})
    return {row.subject: row.minutes for row in found}
