"""Ways out for consumers: from a live admission to a signed code (contract.md, section 3)."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from integration.engine.participations import AdmissionState
from integration.engine.redirects import RefusedRedirect, check_redirect, host_of
from integration.kernel.crypto import random_text
from integration.kernel.errors import Detail, NotFound, ValidationFailed
from integration.kernel.ids import new_id
from integration.kernel.tenant import Caller, Tenant
from integration.runtime import Runtime
from integration.store import admissions, checkout_claims, goods, handoffs
from integration.store.db import Transaction
from integration.store.handoffs import NoCheckout, Way
from integration.store.models import Handoff
from integration.store.named import Named, NotAdmitted, admission_id

LIFETIME = timedelta(seconds=120)


class Made(NamedTuple):
    """A way out: a signed code, the address that takes it, and until when."""

    code: str
    url: str
    expires_at: datetime


def create(rt: Runtime, caller: Caller, body: dict[str, Any]) -> Made:
    """Make a way out for the consumer's own live admission.

    Raises ``NotFound`` for an admission that is not theirs, ``NotAdmitted`` for one that is
    over, ``ValidationFailed`` for an address or a quantity that is not allowed, ``OtherCheckout``
    where the connected shop has one for something else.
    """
    tenant, keyring = caller.tenant, rt.keyring
    wanted = admission_id(keyring, tenant, Named(token=body["admission_token"]))
    with rt.transaction() as tx:
        held = None if wanted is None else admissions.find(tx.session, tenant, wanted)
        if held is None or held.consumer_id != caller.consumer_id:
            raise NotFound("Admission")
        if held.state is not AdmissionState.ADMITTED or held.now >= held.expires_at:
            raise NotAdmitted
        expires_at = min(held.now + LIFETIME, held.expires_at)
        handoff = Handoff(
            id=new_id("hand"),
            admission_id=held.id,
            pattern=body["pattern"],
            return_url=body["return_url"],
            variant_id=body["variant_id"],
            quantity=body["quantity"],
            handle=f"hnd_{random_text(32)}",
            expires_at=expires_at,
            **tenant._asdict(),
        )
        _check(rt, tx, tenant, handoff)
    code = handoffs.code_of(rt.vault, tenant, handoff.id)
    return Made(code, f"{rt.settings.base_url()}/checkout/{code}", expires_at)


def _check(rt: Runtime, tx: Transaction, tenant: Tenant, handoff: Handoff) -> None:
    """Keep a new handoff, unless it asks for what its distribution does not give."""
    handoffs.add(tx.session, handoff)
    way = handoffs.way(tx.session, tenant, handoff.id)
    if way is None or (way.template is None and way.shop is None):
        raise NoCheckout
    if way.shop is not None:
        checkout_claims.refuse_other(tx.session, way, way.shop.id)
    if handoff.quantity > way.distribution.units_per_admission:
        said = f"At most {way.distribution.units_per_admission} per admission."
        raise ValidationFailed(details=[Detail("quantity", said)])
    wanted = handoff.variant_id
    sold = wanted and goods.variant_of(tx.session, tenant, way.distribution, wanted)
    if wanted is not None and sold is None:
        raise NotFound("Variant")
    if handoff.return_url is not None:
        _check_return(rt, way, handoff.return_url)


def _check_return(rt: Runtime, way: Way, return_url: str) -> None:
    development = rt.settings.development
    try:
        check_redirect(return_url, _hosts(way, development=development), development=development)
    except RefusedRedirect as error:
        raise ValidationFailed(details=[Detail("returnUrl", str(error))]) from error


def _hosts(way: Way, *, development: bool) -> Iterator[str]:
    """Yield the hosts that the merchant named (contract.md, section 3)."""
    yield from way.organization.allowed_redirect_hosts
    named = [way.template]
    if way.shop is not None:
        named += [str(value) for value in way.shop.settings.values()]
    for address in named:
        with suppress(RefusedRedirect):
            yield host_of(address or "", development=development)
