"""More time at the checkout for whoever needs it, once an admission (WCAG 2.2.1)."""

from datetime import timedelta
from typing import Any

from integration.engine.status import status_body
from integration.kernel.errors import Conflict
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import admissions, distributions, extensions, named, participations
from integration.store.extensions import Terms
from integration.store.named import Named, NotAdmitted


class NotExtendable(Conflict):
    """The merchant has not allowed it."""

    code = "NOT_EXTENDABLE"
    message = "Admissions of this distribution are not extendable."


class AlreadyExtended(Conflict):
    """Once is all."""

    code = "ALREADY_EXTENDED"
    message = "This admission has been extended before. It extends once."


def extend(rt: Runtime, tenant: Tenant, which: Named, seconds: int) -> dict[str, Any]:
    """Put off an admission's end; the status object has its new token, of the same ``jti``.

    Raises ``NotAdmitted`` for one that is over, ``NotExtendable`` and ``AlreadyExtended``.
    """
    keyring, more = rt.keyring, timedelta(seconds=seconds)
    with rt.transaction() as tx:
        held = named.required(tx.session, keyring, tenant, which)
        distributions.lock_line(tx.session, tenant, held.distribution_id)
        if not extensions.extend(tx.session, tenant, held.id, more):
            raise _refused(extensions.terms(tx.session, tenant, held.id))
        standing = participations.standing(tx.session, tenant, held.participation_id)
    return status_body(standing, admissions.token_of(keyring, standing))


def _refused(terms: Terms) -> Conflict:
    if not terms.live:
        return NotAdmitted("The admission is over, and has no time that could be extended.")
    return AlreadyExtended() if terms.extended else NotExtendable()
