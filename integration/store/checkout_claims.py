"""Who asks a shop for a winner's checkout: one at a time, and one checkout for a winner."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from integration.engine.participations import AdmissionState
from integration.kernel.errors import Conflict
from integration.kernel.tenant import Tenant
from integration.store import goods
from integration.store.arrays import among
from integration.store.handoffs import Way
from integration.store.models import Admission, Handoff


class OtherCheckout(Conflict):
    """The shop has a checkout of this winner for something else."""

    code = "CHECKOUT_OPEN"
    message = (
        "A checkout for another variant or quantity is open. "
        "Go on with that one: ask for the same variantId and quantity as before."
    )


class Claim(NamedTuple):
    """The right to ask a shop for a checkout that ends at ``until``, under a handoff's handle.

    ``ask`` is False where the handoff has its checkout; ``again`` names the one of which the
    shop is asked for another link only.
    """

    handoff: Handoff
    until: datetime
    ask: bool
    again: str | None = None


class _Begun(NamedTuple):
    handoff: Handoff
    asking: bool


def claim(
    session: Session, way: Way, shop_id: str, *, lease: timedelta, single_use: bool
) -> Claim | None:
    """Take the right to ask a shop for a winner's checkout; None while another has it.

    A later handoff goes on with the checkout of the first, of an earlier admission too, and
    where an answer was lost with its handle, so that the shop knows it again. With
    ``single_use`` links it is given one of its own. Raises ``OtherCheckout``.
    """
    tenant, handoff = way.tenant, way.handoff
    whose = f"{way.admission.distribution_id} {way.admission.consumer_id}"
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(whose, 4))))
    begun = _begun(session, way, shop_id)
    alike = _alike_of(session, tenant, handoff, begun)
    if any(each.asking for each in begun):
        return None
    _keep(session, way, begun)
    made = [each for each in alike if each.checkout_url is not None]
    if made and not single_use:
        return Claim(made[0], way.admission.expires_at, ask=False)
    first = handoff if single_use else next(iter(alike), handoff)
    ends = first.checkout_until or way.admission.expires_at
    values = {"connection_id": shop_id, "checkout_until": ends}
    session.execute(
        update(Handoff)
        .where(Handoff.id == first.id)
        .where(Handoff.organization_id == tenant.organization_id, Handoff.mode == tenant.mode)
        .values(claimed_until=func.clock_timestamp() + lease, **values)
        .execution_options(synchronize_session=False)
    )
    return Claim(first, ends, ask=True, again=made[-1].external_ref if made else None)


def refuse_other(session: Session, way: Way, shop_id: str) -> None:
    """Raise ``OtherCheckout`` where the winner has checkouts, all of them for something else."""
    _alike_of(session, way.tenant, way.handoff, _begun(session, way, shop_id))


def _alike_of(
    session: Session, tenant: Tenant, handoff: Handoff, begun: Sequence[_Begun]
) -> list[Handoff]:
    """Return which of those begun are for the same. Raises ``OtherCheckout``."""
    there = [each for each, asking in begun if asking or each.checkout_url is not None]
    alike = [each for each, _ in begun if _alike(session, tenant, each, handoff)]
    if there and not any(each in alike for each in there):
        said = {"variantId": there[0].variant_id, "quantity": there[0].quantity}
        raise OtherCheckout(extra=said)
    return alike


def _begun(session: Session, way: Way, shop_id: str) -> list[_Begun]:
    """Return which of the winner's handoffs this shop was asked for and has not ended.

    Those of an admission that was completed are used up.
    """
    tenant, mine = way.tenant, way.admission
    found = session.execute(
        select(Handoff, func.coalesce(Handoff.claimed_until > func.clock_timestamp(), False))
        .join(Admission, Admission.id == Handoff.admission_id)
        .where(Admission.distribution_id == mine.distribution_id)
        .where(Admission.consumer_id == mine.consumer_id)
        .where((Admission.id == mine.id) | (Admission.state != AdmissionState.COMPLETED.value))
        .where(Handoff.connection_id == shop_id, Handoff.checkout_until > func.clock_timestamp())
        .where(Handoff.organization_id == tenant.organization_id, Handoff.mode == tenant.mode)
        .order_by(Handoff.id)
        .execution_options(populate_existing=True)
    )
    return [_Begun(row[0], row[1]) for row in found]


def _keep(session: Session, way: Way, begun: Sequence[_Begun]) -> None:
    """Let the live admission have what was begun for earlier ones: its order completes it."""
    earlier = [each.id for each, _ in begun if each.admission_id != way.admission.id]
    if not earlier:
        return
    live = select(Admission.id).where(
        Admission.id == way.admission.id, Admission.state == AdmissionState.ADMITTED.value
    )
    session.execute(
        update(Handoff)
        .where(among(Handoff.id, earlier), live.exists())
        .where(Handoff.organization_id == way.tenant.organization_id)
        .where(Handoff.mode == way.tenant.mode)
        .values(admission_id=way.admission.id)
        .execution_options(synchronize_session=False)
    )


def _alike(session: Session, tenant: Tenant, one: Handoff, other: Handoff) -> bool:
    """Tell whether two handoffs of a winner are for as many of the same."""
    if one.quantity != other.quantity:
        return False
    same = one.variant_id == other.variant_id
    return same or goods.sold(session, tenant, one) == goods.sold(session, tenant, other)
