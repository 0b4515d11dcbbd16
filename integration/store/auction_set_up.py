"""An auction's own fields, completed and checked before they are kept."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from integration.engine.auction_terms import FOLLOWED, complete, settle_at
from integration.engine.schedules import BadSchedule, check_order
from integration.engine.status import stamp
from integration.engine.terms import BadTerms
from integration.kernel.crypto import Vault
from integration.kernel.errors import Detail, ValidationFailed
from integration.kernel.settings import Settings
from integration.store.models import Distribution


def prepare(
    _session: Session,
    _vault: Vault,
    _settings: Settings,
    row: Distribution,
    changed: Collection[str],
) -> None:
    """Complete an auction's terms; ``closeAt`` defaults to ``settleAt``.

    Raises ``ValidationFailed``.
    """
    if changed and {"open_at", "close_at", "rules"}.isdisjoint(changed):
        return
    try:
        rules = complete(row.rules)
        _close(row, rules, given="close_at" in changed)
        check_order(row.open_at, row.close_at)
    except BadTerms as error:
        raise _bad(error.field, str(error)) from error
    except BadSchedule as error:
        raise _bad("closeAt", str(error)) from error
    row.rules = rules


def _close(row: Distribution, rules: dict[str, object], *, given: bool) -> None:
    """Let bidding close with the settlement, unless the merchant said otherwise."""
    at, followed = settle_at(rules), rules.pop(FOLLOWED, None)
    moves_along = row.close_at is not None and stamp(row.close_at) == followed and not given
    if row.close_at is None or moves_along:
        row.close_at = at
        rules[FOLLOWED] = stamp(at)


def _bad(field: str, said: str) -> ValidationFailed:
    return ValidationFailed(details=[Detail(field, said)])
