"""A draw's commitment: made with the draw, and fixed when it opens (design.md, D9)."""

import os
from collections.abc import Collection

from sqlalchemy.orm import Session

from integration.engine.draw_terms import DrawTerms, rules_of, terms_of
from integration.engine.proofs import SEED_BYTES
from integration.engine.schedules import BadSchedule, check_order
from integration.engine.terms import BadTerms
from integration.engine.windows import reached
from integration.kernel.crypto import Vault
from integration.kernel.errors import Conflict, Detail, ValidationFailed
from integration.kernel.settings import Settings
from integration.kernel.tenant import Tenant
from integration.store import draws, rows
from integration.store.distributions import DRAFT
from integration.store.models import Distribution, Draw

COMMITTED = frozenset({"open_at", "close_at", "rules"})
"""The columns that the terms are made of."""


class TermsFixed(Conflict):
    """The commitment to its terms has been published."""

    code = "DRAW_TERMS_FIXED"
    message = "The draw has opened, and is committed to its times, its counts and its tickets."


def prepare(
    session: Session, vault: Vault, settings: Settings, row: Distribution, changed: Collection[str]
) -> None:
    """Commit a draw to its terms, with a seed that nobody sees before it closes.

    ``closeAt`` defaults to ``drawAt``, and moves along with it. Raises ``ValidationFailed``
    and ``TermsFixed``.
    """
    tenant = Tenant(row.organization_id, "live" if row.mode == "live" else "test")
    known = session.scalar(rows.of(Draw, tenant).where(Draw.distribution_id == row.id))
    if known is None:
        seed = vault.seal(os.urandom(SEED_BYTES))
        terms = _terms(settings, row)._asdict()
        session.add(Draw(distribution_id=row.id, seed=seed, **terms, **tenant._asdict()))
        session.flush()
    elif not COMMITTED.isdisjoint(changed):
        if known.frozen_at is not None or _opened(session, row):
            raise TermsFixed
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


def _opened(session: Session, row: Distribution) -> bool:
    return row.state != DRAFT and (row.open_at is None or reached(row.open_at, rows.now(session)))


def _bad(field: str, said: str) -> ValidationFailed:
    return ValidationFailed(details=[Detail(field, said)])
