"""A draw's commitment: made with the draw, and fixed when it opens (design.md, D9)."""

import os
from collections.abc import Collection

from sqlalchemy.orm import Session

from integration.engine.draw_terms import DrawTerms, rules_of, terms_of
from integration.engine.proofs import SEED_BYTES
from integration.engine.schedules import BadSchedule, check_order
from integration.engine.terms import BadTerms
from integration.kernel.crypto import Vault
from integration.kernel.errors import Detail, ValidationFailed
from integration.kernel.settings import Settings
from integration.kernel.tenant import owner_of
from integration.store import draws, rows
from integration.store.models import Distribution, Draw

COMMITTED = frozenset({"open_at", "close_at", "rules"})
"""The columns that the terms are made of."""


def prepare(
    session: Session, vault: Vault, settings: Settings, row: Distribution, changed: Collection[str]
) -> None:
    """Commit a draw to its terms, with a seed that nobody sees before it closes.

    ``closeAt`` defaults to ``drawAt``, and moves along with it; a draw that has opened is not
    changed here any more (engine/changes.py). Raises ``ValidationFailed``.
    """
    tenant = owner_of(row)
    known = session.scalar(rows.of(Draw, tenant).where(Draw.distribution_id == row.id))
    if known is None:
        seed = vault.seal(os.urandom(SEED_BYTES))
        terms = _terms(settings, row)._asdict()
        session.add(Draw(distribution_id=row.id, seed=seed, **terms, **tenant._asdict()))
        session.flush()
    elif not COMMITTED.isdisjoint(changed):
        if "close_at" not in changed and row.close_at == known.draw_at:
            row.close_at = None
        draws.change(session, tenant, row.id, **_terms(settings, row)._asdict())


def _terms(settings: Settings, row: Distribution) -> DrawTerms:
    try:
        close_at = row.close_at or rules_of(row.rules).draw_at
        check_order(row.open_at, close_at)
        terms = terms_of(row.rules, open_at=row.open_at, close_at=close_at)
    except BadSchedule as error:
        raise _bad("closeAt", str(error)) from error
    except BadTerms as error:
        raise _bad(error.field, str(error)) from error
    if terms.beacon_round is not None and settings.drand_url is None:
        raise _bad("beacon.kind", "Beacons are not fetched here: set FANFARE_DRAND_URL first.")
    row.close_at = close_at
    return terms


def _bad(field: str, said: str) -> ValidationFailed:
    return ValidationFailed(details=[Detail(field, said)])
